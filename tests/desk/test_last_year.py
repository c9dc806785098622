"""This year beside the last one: tasks are paired by their words, and every pair says how it was found."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app import assets
from desktop_app.desk import outlook_list, take_plan
from desktop_app.desk.desk import Desk
from desktop_app.desk.last_year import courses, last_year
from desktop_app.desk.outlook import outlook
from desktop_app.desk.signed_months import signed_months
from desktop_app.model.outlook import Likeness
from desktop_app.model.period import Period
from tests import sample_year
from tests import sample_year_words as words

JANUARY = Period(2024, 1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample year, and after it January of the next on a plan of its own."""
    folder = tmp_path_factory.mktemp("two-years")
    made = sample_year.year_desk(folder)
    sample_year._at(made, date(2024, 2, 2))
    take_plan.import_plan(made, next_plan(folder / "plan-2024-sample.xlsx"))
    sample_year._fill(folder, made, JANUARY)
    sample_year._send(folder, made, JANUARY)
    yield made
    made.close()


def next_plan(file: Path) -> Path:
    """The sample table for 2024."""
    book = load_workbook(assets.path("samples", "plan-2023-sample.xlsx"))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("2023", "2024")
    book.save(file)
    return file


def test_a_new_year_stands_beside_the_old_one(desk: Desk) -> None:
    found = outlook(desk, 2024)
    assert found.compared == len(words.AMOUNTS)
    for task in found.tasks:
        was, totals = task.last_year, words.totals(task.id)
        assert (was.actual, was.task.id, str(was.period)) == (totals[-1], task.id, "2023-12")
        assert was.same_month == was.percents[0][1]
        assert [month for month, _percent in was.percents] == list(range(1, 13))
    first = found.tasks[0].last_year
    assert (first.same_month, first.target, first.likeness) == (Decimal("89.6"), 68, Likeness.SAME_WORDS)
    assert outlook(desk, 2023).compared is None


def test_the_comparison_is_a_sheet_of_the_list_and_a_line_in_the_chart(desk: Desk, tmp_path: Path) -> None:
    outlook_list.write_list(desk, 2024, tmp_path / "l.xlsx")
    book = load_workbook(tmp_path / "l.xlsx")
    assert book.sheetnames == ["预计完不成的任务", "各项任务", "与上年比较", "依据"]
    rows = [[cell.value for cell in row] for row in book["与上年比较"].iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "任务编号")
    first = dict(zip(rows[head], rows[head + 1], strict=True))
    assert (first["上年同月完成率"], first["上年累计完成"], first["上年来源月报"]) == (0.896, 70.4, "2023-12")
    assert first["对应依据"] == "措施文字相同（数字除外）"
    found = outlook_list.write_chart(desk, 2024, tmp_path / "y.pdf")
    assert found.compared == 7


def test_pairs_say_how_they_were_found_and_strangers_are_not_paired(desk: Desk) -> None:
    months = signed_months(desk, 2023)
    tasks = {name: item.task for name, item in months[-1].tasks.items()}
    asked = {
        "9-1": replace(tasks["2-4"], id="9-1"),
        "2-12": replace(tasks["2-12"], measure=_reworded(tasks["2-12"].measure)),
        "9-2": replace(tasks["2-9"], id="9-2", measure=_reworded(tasks["2-9"].measure)),
        "2-16": replace(tasks["2-16"], title="别的事", measure="植树造林并养护管理。"),
        "2-19": tasks["2-19"],
    }
    found = last_year(courses(months), asked, JANUARY)
    assert {name: (was.task.id, was.likeness) for name, was in found.items()} == {
        "9-1": ("2-4", Likeness.SAME_WORDS),
        "2-12": ("2-12", Likeness.SAME_NUMBER),
        "9-2": ("2-9", Likeness.ALIKE),
    }


def _reworded(measure: str) -> str:
    """The same measure with a tail of other words."""
    return measure + "，并按月通报。"
