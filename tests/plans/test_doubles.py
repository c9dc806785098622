"""Two measures under one number: whatever was answered can be answered anew, at once and from a kept plan."""

from dataclasses import replace
from itertools import permutations, product

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Plan
from desktop_app.plans import apply_answer, shipped_directory
from tests.plans.table_maker import HEADINGS, ids, imported, measure, sheet

pytestmark = pytest.mark.usefixtures("read_here")
DIRECTORY = shipped_directory()
BOTH, FIRST, SECOND = "两条都保留", "只保留前一条", "只保留后一条"
CHOICES = (BOTH, FIRST, SECOND)
PAGE = sheet(
    "x",
    ("2024年计划",),
    HEADINGS,
    measure(1, "检查1家。"),
    measure(2, "检查2家。"),
    measure(2, "检查3家。", rest=("年底前", "市水务局", "相关区政府", "")),
    measure(3, "检查4家。"),
    measure(2, "检查5家。"),
)
QUESTIONS = ("1-2-2-duplicate", "1-2-3-duplicate")


def answered(plan, *answers):
    for key, choice in answers:
        plan = apply_answer(plan, key, choice, DIRECTORY)
    return plan


@pytest.mark.parametrize("choices", list(permutations(CHOICES)))
def test_an_answer_can_be_turned_round(choices):
    plan = imported(PAGE).plan
    for choice in choices:
        plan = answered(plan, (QUESTIONS[0], choice))
        assert plan.tasks == imported(PAGE, answers={QUESTIONS[0]: choice}).plan.tasks
        assert {each.task for each in plan.questions if each.answer is None} <= {None, *ids(plan)}


@pytest.mark.parametrize(("first", "second"), list(product(CHOICES, CHOICES)))
def test_three_under_one_number_are_the_same_however_they_were_settled(first, second):
    wanted = imported(PAGE, answers=dict(zip(QUESTIONS, (first, second), strict=True))).plan
    found = answered(imported(PAGE).plan, *((key, SECOND) for key in QUESTIONS))
    found = answered(found, (QUESTIONS[1], second), (QUESTIONS[0], first))
    assert found.tasks == wanted.tasks
    assert {each.task.id for each in found.aside} == {each.task.id for each in wanted.aside}


def test_what_was_left_out_is_kept_with_the_plan_and_comes_back_with_its_answers():
    plan = answered(imported(PAGE).plan, ("1-2-2-owners", "朝阳区"), (QUESTIONS[0], FIRST))
    assert ids(plan) == ["1-1", "1-2", "1-3", "1-2-3"]
    kept = from_plain(Plan, to_plain(plan))
    assert kept == plan
    back = answered(kept, (QUESTIONS[0], BOTH))
    assert ids(back) == ["1-1", "1-2", "1-2-2", "1-3", "1-2-3"]
    assert back.task("1-2-2").owners == ("110105",)
    assert back.aside == ()


def test_columns_that_were_explained_meanwhile_hold_for_what_comes_back():
    headings = (*HEADINGS[:5], "谁来干", HEADINGS[6])
    page = sheet("x", ("2024年计划",), headings, measure(1, "检查1家。"), measure(1, "检查2家。"))
    plan = answered(imported(page).plan, ("1-1-2-duplicate", FIRST), ("1-header-owners", "谁来干"))
    assert len(answered(plan, ("1-1-2-duplicate", BOTH)).task("1-1-2").owners) == 16


def test_a_plan_kept_before_there_was_a_place_for_it():
    plan = imported(PAGE).plan
    assert "aside" not in to_plain(plan)
    settled = answered(plan, (QUESTIONS[0], FIRST))
    with pytest.raises(ClerkError, match=r"1-2-2.*重新导入"):
        answered(replace(settled, aside=()), (QUESTIONS[0], BOTH))
