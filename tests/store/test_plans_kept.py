"""Plans: the one saved last is in force, and no body is ever lost."""

from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.errors import WorldError
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan, Question
from desktop_app.store import Book, journal, open_book, plans


def test_a_plan_comes_back_as_it_was(book: Book, plan: Plan, now: datetime) -> None:
    plans.save_plan(book, plan, now, "王")
    book.close()
    with open_book(book.path) as again:
        assert plans.plan_by_id(again, plan.id) == plan
        assert plans.plans(again) == (plan,)
        assert plans.plan_by_id(again, "other") is None


def test_the_plan_in_force_is_the_last_of_its_year(book: Book, plan: Plan, now: datetime) -> None:
    revised = replace(plan, id="cd" * 32, revision=2)
    later = replace(plan, id="ef" * 32, year=2024)
    for each in (plan, revised, later):
        plans.save_plan(book, each, now, "王")
    assert plans.plan_in_force(book, Period(2023, 3)) == revised
    assert plans.plan_in_force(book, Period(2024, 1)) == later
    assert plans.plan_in_force(book, Period(2025, 3)) == later  # goes on until the next one is there
    assert plans.plan_in_force(book, Period(2025, 4)) is None
    assert plans.plans(book) == (plan, revised, later)


def test_an_earlier_plan_taken_in_again_is_in_force_again(book: Book, plan: Plan, now: datetime) -> None:
    revised = replace(plan, id="cd" * 32, revision=2)
    for each in (plan, revised, plan):
        plans.save_plan(book, each, now, "王")
    assert plans.plan_in_force(book, Period(2023, 3)) == plan
    assert plans.plans(book) == (revised, plan)


def test_an_answer_replaces_the_body_and_the_old_one_stays(book: Book, plan: Plan, now: datetime) -> None:
    asked = replace(plan, questions=(Question("q1", "owners", "附件3", "谁？", ("甲", "乙")),))
    settled = replace(plan, questions=(replace(asked.questions[0], answer="甲"),))
    plans.save_plan(book, asked, now, "王")
    plans.save_plan(book, settled, now, "李")
    assert plans.plan_by_id(book, plan.id) == settled
    assert plans.plans(book) == (settled,)
    assert len(book.read("select * from plan_version")) == 2
    first, second = journal.rows(book, field=f"plan:{plan.id}")
    assert (first.old, first.actor, second.old, second.actor) == (None, "王", first.new, "李")


def test_the_same_plan_again_writes_nothing(book: Book, plan: Plan, now: datetime) -> None:
    plans.save_plan(book, plan, now, "王")
    head = journal.head(book)
    plans.save_plan(book, plan, now, "王")
    assert journal.head(book) == head


def test_a_flipped_byte_in_a_plan_is_found(book: Book, plan: Plan, now: datetime) -> None:
    plans.save_plan(book, plan, now, "王")
    book.close()
    whole = book.path.read_bytes()
    book.path.write_bytes(whole.replace("任务2".encode(), "任务9".encode()))
    with open_book(book.path) as again, pytest.raises(WorldError, match="已损坏"):
        plans.plans(again)
