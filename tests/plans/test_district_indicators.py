"""Annex 6 of the sample: 12 indicators for 17 units, cell by cell where a cell is odd."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.plan import Direction, TargetKind
from desktop_app.plans.indicator_cells import read_cell

HEADINGS = [
    ("大气环境", "PM2.5年均浓度", "微克/立方米", 17),
    ("大气环境", "降尘量", "吨/平方公里·月", 17),
    ("水环境", "国考断面达标率", "%", 15),
    ("水环境", "劣Ⅴ类断面数", "个", 15),
    ("土壤", "重点建设用地安全利用率", "%", 17),
    ("土壤", "受污染耕地安全利用率", "%", 13),
    ("生态", "生态环境质量指数(EI)", "", 17),
    ("生态", "新增造林绿化", "亩", 15),
    ("应对气候", "碳排放强度下降率", "%", 17),
    ("重点任务", "农村污水治理村庄数", "个", 13),
    ("重点任务", "餐饮业深度治理", "家", 17),
    ("重点任务", "新能源车推广", "辆", 17),
]

A, M, N = Direction.AT_LEAST, Direction.AT_MOST, Direction.NONE
CELLS = [
    ("1", "110105", TargetKind.CEILING, M, "32"),
    ("1", "110109", TargetKind.TREND, Direction.IMPROVE, None),
    ("2", "110106", TargetKind.CEILING, M, "5"),
    ("2", "110109", TargetKind.CEILING, M, "3.5"),
    ("3", "110111", TargetKind.RATIO, A, "95"),
    ("4", "110102", TargetKind.CEILING, M, "0"),
    ("4", "110112", TargetKind.QUALITATIVE, N, None),
    ("5", "110112", TargetKind.RATIO, A, "100"),
    ("6", "110109", TargetKind.RATIO, A, "95"),
    ("7", "110105", TargetKind.TREND, Direction.IMPROVE, None),
    ("7", "110117", TargetKind.TREND, Direction.STABLE, None),
    ("8", "BJ-BDA", TargetKind.QUANTITY, A, "50"),
    ("9", "110101", TargetKind.RATIO, A, "3"),
    ("9", "BJ-BDA", TargetKind.QUALITATIVE, N, None),
    ("12", "110105", TargetKind.QUANTITY, A, "12000"),
    ("12", "110112", TargetKind.QUANTITY, A, "8000"),
]


def test_headings_with_their_units(plan):
    found = [(row.group, row.name, row.unit, len(row.targets)) for row in plan.indicators]
    assert found == HEADINGS
    assert [row.id for row in plan.indicators] == [f"6-{number}" for number in range(1, 13)]


def test_districts_with_blanks_and_breaks_in_their_names(plan):
    codes = [target.scope for target in plan.indicators[0].targets]
    assert codes[1] == "110102"
    assert codes[-1] == "BJ-BDA"
    assert len(set(codes)) == 17


@pytest.mark.parametrize(("number", "unit", "kind", "direction", "value"), CELLS)
def test_cells(plan, number, unit, kind, direction, value):
    target = plan.indicators[int(number) - 1].target_for(unit)
    assert (target.kind, target.direction) == (kind, direction)
    assert target.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(("number", "unit"), [("3", "110101"), ("6", "110107"), ("10", "BJ-BDA")])
def test_a_stroke_means_not_applicable(plan, number, unit):
    assert plan.indicators[int(number) - 1].target_for(unit) is None


def test_the_raw_text_is_kept(plan):
    assert plan.indicators[8].target_for("110101").raw == "3左右"
    assert plan.indicators[11].target_for("110112").raw == "8,000"


@given(st.integers(0, 10**7), st.booleans(), st.sampled_from(["≤", "≥", "不高于", "不低于", ""]))
def test_the_figure_is_never_lost(value, upper, sign):
    target = read_cell(f"{sign}{value:,}", "x", "家", "110105", upper=upper)
    assert target.value == value
    at_most = sign in ("≤", "不高于") or (upper and not sign)
    assert target.direction is (M if at_most else A)


def test_a_note_may_turn_the_rule_round(workbook, units):
    from desktop_app.plans import import_plan

    note = "注：未注明方向的，人均绿地、森林覆盖率为下限，其余为上限。"
    tasks = [["2023年计划"], ["序号", "工作措施", "完成时限", "主责单位"], [1, "x", "年底前", "市水务局"]]
    rows = [
        ["附件9"],
        ["区", "森林覆盖率(%)", "用电量(万度)"],
        ["东城", 10, 5],
        ["西城区", 11, 6],
        ["朝阳区", 12, 7],
        [note],
    ]
    found = import_plan(workbook(tasks, rows), "t.xlsx", units).plan.indicators
    assert [(row.id, row.targets[0].direction) for row in found] == [("9-1", A), ("9-2", M)]
