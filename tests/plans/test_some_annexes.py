"""A file that holds some annexes only changes those; the others go on with all that was settled."""

import pytest

from desktop_app import assets
from desktop_app.plans import apply_answer, open_source, shipped_directory, take_after
from tests.plans.table_maker import HEADINGS, ids, measure, sheet, written

UNITS = shipped_directory()


def read(data, name="t.xlsx", known=()):
    return take_after(open_source(data, name, UNITS), {}, known)


def annex(number, *rows):
    return sheet(f"附件{number}", (f"附件{number}",), ("2023年行动计划",), HEADINGS, *rows)


@pytest.fixture(scope="module")
def whole():
    return read(assets.read_bytes("samples", "plan-2023-sample.xlsx"), "plan-2023-sample.xlsx").taken.plan


@pytest.fixture(scope="module")
def water():
    return assets.read_bytes("samples", "plan-2023-water.docx")


def test_one_annex_against_the_whole_plan(whole, water):
    settled = apply_answer(whole, "1-16-owners", "朝阳区", UNITS, by="王")
    settled = apply_answer(settled, "2-3.deadline", "11月15日前", UNITS, by="王")
    settled = apply_answer(settled, "6-1.110105", "≤31", UNITS, by="王")
    found = read(water, "water.docx", [settled])
    plan = found.taken.plan
    assert found.absent == (1, 2, 4, 5, 6)
    assert found.comparison.dropped == ()
    assert found.comparison.dropped_indicators == ()
    assert {change.id.partition("-")[0] for change in found.comparison.changed} <= {"3"}
    assert ids(plan) == ids(whole)
    assert plan.title == whole.title
    assert [task for task in plan.tasks if task.annex != 3] == [task for task in settled.tasks if task.annex != 3]
    assert plan.indicators == settled.indicators
    assert {(each.id, each.by) for each in plan.decisions} >= {
        ("1-16-owners", "王"), ("2-3.deadline", "王"), ("6-1.110105", "王")
    }  # fmt: skip
    assert {question.id for question in plan.questions} >= {
        question.id for question in whole.questions if not question.id.startswith("3-")
    }
    # the district's part of 3-6 stands in annex 6, which is not in the file
    assert plan.task("3-6").target_for("110105") == whole.task("3-6").target_for("110105")
    assert plan.task("3-6").target_for("110105").scope == "110105"
    # the same file once more leaves everything as it is
    assert read(water, "water.docx", [settled, plan]).taken.plan.tasks == plan.tasks


def test_an_annex_that_drops_a_measure_drops_it():
    first = read(
        written(annex(1, measure(1)), annex(2, measure(1, "清掏管涵2处。"), measure(2, "绿化9公顷。")))
    ).taken.plan
    found = read(written(annex(2, measure(1, "清掏管涵2处。"))), known=[first])
    assert (found.absent, found.comparison.dropped) == ((1,), ("2-2",))
    assert ids(found.taken.plan) == ["1-1", "2-1"]


def test_one_file_for_each_annex_makes_one_plan():
    plans = []
    for number, words in enumerate(("检查甲类企业1家。", "绿化2公顷。", "清掏管涵3处。"), start=1):
        file = written(annex(number, measure(1, words)))
        plans.append(read(file, known=plans).taken.plan)
    assert ids(plans[-1]) == ["1-1", "2-1", "3-1"]
    assert [each.number for each in plans[-1].annexes] == [1, 2, 3]


def test_a_whole_plan_with_fewer_annexes_drops_the_others():
    first = read(written(*(annex(at, measure(1, f"检查{at}类{at}家。")) for at in (1, 2, 3)))).taken.plan
    found = read(written(*(annex(at, measure(1, f"检查{at}类{at}家。")) for at in (1, 2))), known=[first])
    assert (found.absent, found.comparison.dropped) == ((), ("3-1",))


def test_annexes_in_another_order_are_no_part():
    """What stood in annex 2 comes alone as annex 1: nothing may then stand twice."""
    rows = [measure(at, f"完成第{at}类重点行业企业治理{at}家。") for at in range(1, 6)]
    first = read(written(annex(1, measure(1, "绿化9公顷。")), annex(2, *rows))).taken.plan
    found = read(written(annex(1, *rows)), known=[first])
    assert found.absent == ()
    assert found.comparison.dropped == ("1-1",)
    assert len(found.taken.plan.tasks) == 5
