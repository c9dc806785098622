"""Thresholds and schedules from a file: whole or not at all, one sentence for each nonsense."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.desk import bounds, settled, take_plan
from desktop_app.desk.check_report import check
from desktop_app.desk.demo import MARCH
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import row
from desktop_app.desk.plan_in_force import current_plan
from desktop_app.desk.settings import thresholds
from desktop_app.errors import ClerkError

CURVE = [0, 0, 0, 10, 20, 30, 40, 50, 60, 70, 85, 100]


@pytest.fixture
def desk(sample_desk: Desk) -> Desk:
    return sample_desk


@pytest.fixture
def file(tmp_path: Path) -> Callable[[object], Path]:
    def write(data: object) -> Path:
        path = tmp_path / "bounds.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return path

    return write


def test_a_curve_takes_the_place_of_even_shares(desk: Desk, file: Callable[[object], Path]) -> None:
    assert "S402" in {each.code for each in check(desk, MARCH).findings if each.task == "4-3"}
    taken = bounds.take(desk, file({"curves": {"4-3": CURVE}}))
    assert (taken.thresholds, taken.curves) == ((), ("4-3",))
    assert not {each.code for each in check(desk, MARCH).findings if each.task == "4-3"} & {"S401", "S402"}
    assert settled.curves(desk, current_plan(desk))["4-3"][3] == Decimal(10)


def test_the_form_shows_the_curves_figure(desk: Desk, file: Callable[[object], Path]) -> None:
    before = row(desk, MARCH, "4-3").scheduled
    bounds.take(desk, file({"curves": {"4-3": CURVE}}))
    found = row(desk, MARCH, "4-3")
    assert (before, found.scheduled) == (Decimal(30), Decimal(0))
    assert found.curve == tuple(Decimal(percent) for percent in CURVE)


def test_thresholds_that_are_not_named_stay(desk: Desk, file: Callable[[object], Path]) -> None:
    bounds.take(desk, file({"thresholds": {"behind": 5}}))
    bounds.take(desk, file({"thresholds": {"serious": "20"}}))
    assert (thresholds(desk).behind, thresholds(desk).serious) == (Decimal(5), Decimal(20))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "不是校验设置文件"),
        ({}, "不是校验设置文件"),
        ({"curve": {}}, "不是校验设置文件"),
        ("{", "JSON"),
        ({"thresholds": [1]}, "按名称列出"),
        ({"thresholds": {"behind": "ten"}}, "不是数字"),
        ({"thresholds": {"behind": 40}}, "不合理"),
        ({"thresholds": {"behnid": 4}}, "没有名为"),
        ({"thresholds": {"lag_measure": "percent"}}, "不认识"),
        ({"thresholds": {"serious_ratio": 90}}, "不合理"),
        ({"curves": []}, "按任务编号列出"),
        ({"curves": {"9-99": CURVE}}, "9-99"),
        ({"curves": {"4-3": CURVE[:11]}}, "不是 12 个数"),
        ({"curves": {"4-3": "0,1,2"}}, "不是 12 个数"),
        ({"curves": {"4-3": [*CURVE[:11], 99]}}, "不是 100"),
        ({"curves": {"4-3": [5, 4, *CURVE[2:]]}}, "还低"),
        ({"curves": {"4-3": [None, *CURVE[1:]]}}, "0 到 100"),
        ({"curves": {"4-3": [True, *CURVE[1:]]}}, "0 到 100"),
        ({"curves": {"4-3": [-1, *CURVE[1:]]}}, "0 到 100"),
        ({"curves": {"4-3": ["NaN", *CURVE[1:]]}}, "0 到 100"),
        ({"thresholds": {"behind": 5}, "curves": {"4-3": [101, *CURVE[1:]]}}, "0 到 100"),
    ],
)
def test_nonsense_is_refused_and_nothing_changes(
    desk: Desk, file: Callable[[object], Path], data: object, said: str
) -> None:
    before = thresholds(desk), settled.curves(desk, current_plan(desk))
    with pytest.raises(ClerkError) as refused:
        bounds.take(desk, file(data))
    assert said in str(refused.value)
    assert (thresholds(desk), settled.curves(desk, current_plan(desk))) == before


def test_curves_follow_a_revised_table(desk: Desk, file: Callable[[object], Path], table: Callable[..., Path]) -> None:
    def insert(sheets: dict) -> None:
        sheet = next(sheet for sheet in sheets.values() if "土壤" in sheet.title)
        sheet.cell(5, 3).value = f"{sheet.cell(5, 3).value}（修订）"

    bounds.take(desk, file({"curves": {"4-3": CURVE, "3-9": CURVE}}))
    take_plan.import_plan(desk, table("revised.xlsx", insert))
    revised = current_plan(desk)
    assert revised.previous is not None
    assert set(settled.curves(desk, revised)) == {"4-3", "3-9"}
