"""Undo from the journal: any draft can be walked back to its beginning and forward again, and nothing is erased."""

import hashlib
import tempfile
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.model.entry import Status
from desktop_app.model.finding import Explanation
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import (
    Book,
    Month,
    create_book,
    entries,
    evidence,
    explanations,
    journal,
    months,
    open_book,
    plans,
    sealed,
    soundness,
)
from desktop_app.store.taking_back import Scope, last_step, last_undone, turn

MARCH = Period(2023, 3)
NOW = datetime(2023, 4, 3, 9, 30).astimezone()  # noqa: DTZ001
ALL = Scope()


def back(book: Book, scope: Scope = ALL) -> bool:
    taken = last_step(book, scope)
    if taken:
        turn(book, taken, NOW, "王", again=False)
    return bool(taken)


def forth(book: Book, scope: Scope = ALL) -> bool:
    taken = last_undone(book, scope)
    if taken:
        turn(book, taken, NOW, "王", again=True)
    return bool(taken)


def words(book: Book, month: Month) -> Any:
    """All that the clerk wrote; a row that was emptied again counts as none."""
    rows = {task: entry for task, entry in entries.entries(book, month.id).items() if not entry.empty}
    files = {(item.task_id, item.name, item.media_type, item.sha256) for item in evidence.evidence(book, month.id)}
    return rows, files, explanations.explanations(book, month.id)


TASKS = st.sampled_from(["3-1", "3-2"])
EDITS = st.one_of(
    st.tuples(
        st.just("save"),
        TASKS,
        st.fixed_dictionaries(
            {},
            optional={
                "status": st.none() | st.sampled_from(Status),
                "percent": st.none() | st.integers(0, 3).map(Decimal),
                "nil": st.booleans(),
                "narrative": st.sampled_from(["", "甲", "乙"]),
            },
        ),
    ),
    st.tuples(st.just("explain"), TASKS, st.tuples(st.sampled_from(["", "因雨", "因雪"]), st.sampled_from("12"))),
    st.tuples(st.just("attach"), TASKS, st.sampled_from([b"1", b"22"])),
    st.tuples(st.just("detach"), TASKS, st.sampled_from([b"1", b"22"])),
)


def edit(book: Book, month: Month, kind: str, task: str, what: Any) -> None:
    if kind == "save":
        entries.save(book, month, task, what, NOW, "王")
    elif kind == "explain":
        explanations.put(book, month, Explanation(task, "W1", what[0], (("a", what[1]),)), NOW, "王")
    elif kind == "attach":
        evidence.add(book, month, task, "图.png", "image/png", what, NOW, "王")
    else:
        evidence.remove(book, month, task, hashlib.sha256(what).hexdigest(), NOW, "王")


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=8), reopen=st.booleans())
def test_back_to_the_beginning_and_forward_again(edits: list[Any], reopen: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.yuebao"
        book = create_book(path, "unit", Unit("110105", "朝阳区政府", UnitKind.DISTRICT, 3), NOW)
        book.read("pragma synchronous=off")  # thousands of small saves; durability is held elsewhere
        plans.save_plan(book, Plan("ab" * 32, 2023, "计划", "4号", 1, "x", True, (), ()), NOW, "王")
        month = months.open_month(book, MARCH, "ab" * 32, NOW, "王")
        states = [words(book, month)]
        for one in edits:
            edit(book, month, *one)
            if words(book, month) != states[-1]:
                states.append(words(book, month))
        if reopen:
            book.close()
            book = open_book(path)
        rows = journal.rows(book)
        for state in states[-2::-1]:
            assert back(book)
            assert words(book, month) == state
        assert not back(book)
        for state in states[1:]:
            assert forth(book)
            assert words(book, month) == state
        assert not forth(book)
        for state in states[-2::-1]:
            assert back(book)
            assert words(book, month) == state
        assert journal.rows(book)[: len(rows)] == rows, "nothing of the journal is erased"
        assert journal.verify(book).intact
        assert soundness.flaws(book.connection) == ()
        book.close()


def test_two_saves_of_one_second_are_two_steps(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"status": Status.DONE}, now, "王")
    entries.save(book, month, "3-1", {"narrative": "甲"}, now, "王")
    back(book)
    assert entries.entries(book, month.id)["3-1"].status is Status.DONE


def test_many_rows_filled_together_go_together_unless_one_is_asked_for(book: Book, month: Month, now: datetime) -> None:
    both = {task: {"narrative": task, "percent": Decimal(1)} for task in ("3-1", "3-2")}
    entries.save_many(book, month, both, now, "王")
    back(book, Scope(MARCH, "3-1", "percent"))
    assert [entry.percent for entry in entries.entries(book, month.id).values()] == [None, 1]
    back(book, Scope(MARCH, "3-1"))
    assert entries.entries(book, month.id)["3-1"].empty
    back(book)
    assert entries.entries(book, month.id)["3-2"].empty
    for _ in range(3):
        forth(book)
    assert {task: entry.narrative for task, entry in entries.entries(book, month.id).items()} == {
        "3-1": "3-1",
        "3-2": "3-2",
    }


def test_after_another_change_there_is_nothing_to_make_again_over_it(book: Book, month: Month, now: datetime) -> None:
    for text in ("甲", "乙"):
        entries.save(book, month, "3-1", {"narrative": text}, now, "王")
    back(book)
    entries.save(book, month, "3-1", {"narrative": "丙"}, now, "王")
    head = journal.head(book)
    with pytest.raises(ClerkError, match="后来又改过"):
        forth(book)
    assert journal.head(book) == head
    back(book)
    assert entries.entries(book, month.id)["3-1"].narrative == "甲"
    back(book)
    assert entries.entries(book, month.id)["3-1"].narrative == ""


def test_a_sealed_month_is_left_alone(book: Book, month: Month, now: datetime) -> None:
    april = months.open_month(book, MARCH.next, month.plan_id, now, "王")
    entries.save(book, april, "3-1", {"narrative": "四月"}, now, "王")
    entries.save(book, month, "3-1", {"narrative": "三月"}, now, "王")
    taken = last_step(book, ALL)
    sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "CODE", 1, now, "王")
    with pytest.raises(ClerkError, match="封存"):
        turn(book, taken, now, "王", again=False)
    assert {row.period for row in last_step(book, ALL)} == {MARCH.next}
    assert last_step(book, Scope(MARCH)) == ()


def test_words_that_went_over_to_another_plan_are_not_taken_back_under_the_old_number(
    book: Book, month: Month, plan: Plan, now: datetime
) -> None:
    from dataclasses import replace

    entries.save(book, month, "3-1", {"narrative": "甲"}, now, "王")
    entries.save(book, month, "3-2", {"narrative": "乙"}, now, "王")
    moved = plans.Move(month, "cd" * 32, {"3-1": "3-2", "3-2": "3-1"})
    plans.take_plan(book, replace(plan, id="cd" * 32), [moved], now, "王")
    assert not back(book)
    assert soundness.flaws(book.connection) == (), "the words are where the journal says, number for number"
    entries.save(book, month, "3-2", {"narrative": "甲甲"}, now, "王")
    back(book)
    assert entries.entries(book, month.id)["3-2"].narrative == "甲"
    assert not back(book)


def test_an_explanation_written_before_values_were_kept_must_be_written_anew(
    book: Book, month: Month, now: datetime
) -> None:
    explanations.put(book, month, Explanation("3-1", "W1", "因雨", (("a", "1"),)), now, "王")
    with book.write() as connection:  # as the first schema did it: only the text was told
        connection.execute("update explanation set text = '因雪', finding_values = '[[\"a\", \"2\"]]'")
        journal.append(connection, [journal.Change("explanation:W1", "因雨", "因雪", MARCH, 1, "3-1")], now, "王")
    back(book)
    (note,) = explanations.explanations(book, month.id)
    assert note.text == "因雨"


def test_evidence_whose_bytes_are_gone(book: Book, month: Month, now: datetime) -> None:
    digest = evidence.add(book, month, "3-1", "图.png", "image/png", b"png", now, "王").sha256
    evidence.remove(book, month, "3-1", digest, now, "王")
    with book.write() as connection:
        connection.execute("delete from blob")
    with pytest.raises(ClerkError, match=r"图\.png"):
        back(book)


def test_who_took_it_back_is_told(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"narrative": "甲"}, now, "王")
    (row,) = last_step(book, ALL)
    turn(book, (row,), now + timedelta(minutes=1), "李", again=False)
    marker, told = journal.rows(book)[-2:]
    assert (marker.field, marker.new, marker.actor) == ("undo", str(row.seq), "李")
    assert (told.field, told.old, told.new, told.actor) == ("narrative", "甲", "", "李")
