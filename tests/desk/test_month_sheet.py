"""A month out as a workbook and back: nothing is lost on the way, and nobody's words are overwritten."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app import language
from desktop_app.desk import fill_month, month_sheet
from desktop_app.desk.demo import MARCH, sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError, UsageError
from desktop_app.model.entry import ENTRY_FIELDS, FIELD_LABELS, TEXT_FIELDS, Entry, Status

HEAD = 4
EVERYTHING = {
    "status": "滞后",
    "this_month": "999999999999999.123456",
    "cumulative": "0",
    "percent": "116.7",
    "under_way": "-3",
    "narrative": "=SUM(A1)\n第二行\t制表 漷县 _x0041_ 铃\x07 零宽\u200b \ufffe 𠮷",
    "problems": "+1",
    "next_steps": " 前后有空格 ",
    "coordination": "@某某",
    "nil": True,
    "nil_reason": "-无",
}
Change = Callable[[Worksheet], None]


BLANK = {field: None if field not in TEXT_FIELDS else "" for field in ENTRY_FIELDS} | {"nil": False}


@pytest.fixture
def desk(sample_desk: Desk) -> Desk:
    """The sample's March with nothing written on 3-9."""
    save(sample_desk, MARCH, "3-9", BLANK)
    return sample_desk


@pytest.fixture
def sheet(desk: Desk, tmp_path: Path) -> Path:
    file = tmp_path / "填报表.xlsx"
    month_sheet.write(desk, MARCH, file)
    return file


def changed(file: Path, change: Change) -> Path:
    """The workbook after somebody worked in it."""
    book = load_workbook(file)
    change(book.worksheets[0])
    book.save(file)
    return file


def place(sheet: Worksheet, task: str, field: str) -> tuple[int, int]:
    """The cell of a field."""
    heads = {sheet.cell(HEAD, column).value: column for column in range(1, sheet.max_column + 1)}
    row = next(row for row in range(HEAD + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == task)
    return row, heads[FIELD_LABELS[field]]


def typing(task: str, **values: object) -> Change:
    def change(sheet: Worksheet) -> None:
        for field, value in values.items():
            row, column = place(sheet, task, field)
            sheet.cell(row, column).value = value  # type: ignore[assignment]

    return change


def entry(desk: Desk, task: str) -> Entry:
    return open_month(desk, MARCH).row(task).entry


def test_one_row_a_task_with_last_month_beside_it(desk: Desk, sheet: Path) -> None:
    view = open_month(desk, MARCH)
    found = load_workbook(sheet).worksheets[0]
    assert [found.cell(row, 1).value for row in range(HEAD + 1, found.max_row + 1)] == [
        row.task.id for row in view.rows
    ]
    heads = {found.cell(HEAD, column).value: column for column in range(1, found.max_column + 1)}
    row = place(found, "3-9", "status")[0]
    last = view.row("3-9").previous
    assert last is not None
    assert found.cell(row, heads["上月累计完成"]).value == 21
    assert found.cell(row, heads["上月进展"]).value == last.narrative
    assert found.cell(row, heads["工作措施"]).value == view.row("3-9").task.measure


def test_the_schedule_is_a_figure_that_can_be_read(desk: Desk, tmp_path: Path) -> None:
    """A third of a percent has no end; one decimal says it."""
    file = tmp_path / "四月.xlsx"
    month_sheet.write(desk, MARCH.next, file)
    found = load_workbook(file).worksheets[0]
    heads = {found.cell(HEAD, column).value: column for column in range(1, found.max_column + 1)}
    shown = {found.cell(row, heads["序时进度（%）"]).value for row in range(HEAD + 1, found.max_row + 1)}
    assert 33.3 in shown
    assert all(value is None or value == round(value, 1) for value in shown)


@pytest.mark.parametrize("tick", ["√", "☑", 1, "是", True])
def test_a_nil_report_may_be_ticked(desk: Desk, sheet: Path, tick: object) -> None:
    assert fill_month.fill(desk, MARCH, changed(sheet, typing("3-9", nil=tick, nil_reason="本月无"))).refused == ()
    assert entry(desk, "3-9").nil


def test_what_is_given_is_locked_and_what_is_asked_is_open(sheet: Path) -> None:
    found = load_workbook(sheet).worksheets[0]
    asked = {FIELD_LABELS[field] for field in ENTRY_FIELDS}
    assert found.protection.sheet
    for column in range(1, found.max_column + 1):
        assert found.cell(HEAD + 1, column).protection.locked is (found.cell(HEAD, column).value not in asked)
    lists = {rule.formula1 for rule in found.data_validations.dataValidation}
    assert f'"{",".join(status.label for status in Status)}"' in lists
    assert '"是,否"' in lists


def test_every_word_and_figure_comes_back_the_same_in_another_book(desk: Desk, tmp_path: Path) -> None:
    save(desk, MARCH, "3-9", EVERYTHING)
    file = tmp_path / "一样.xlsx"
    month_sheet.write(desk, MARCH, file)
    assert {cell.data_type for row in load_workbook(file).worksheets[0].iter_rows() for cell in row} <= {"s", "n"}
    other = sample_book(tmp_path / "other.yuebao")
    try:
        save(other, MARCH, "3-9", BLANK)
        done = fill_month.fill(other, MARCH, file)
        assert done.refused == ()
        assert done.filled == sum(not row.entry.empty for row in open_month(desk, MARCH).rows)
        mine, theirs = (
            {row.task.id: row.entry for row in open_month(each, MARCH).rows if not row.entry.empty}
            for each in (desk, other)
        )
        assert mine == theirs
        assert theirs["3-9"].this_month == Decimal("999999999999999.123456")
        assert theirs["3-9"].narrative == EVERYTHING["narrative"]
    finally:
        other.close()


def test_untouched_it_changes_nothing(desk: Desk, sheet: Path) -> None:
    save(desk, MARCH, "3-9", {"narrative": "写出以后才在窗口里填的。"})
    done = fill_month.fill(desk, MARCH, sheet)
    assert done.refused == ()
    assert entry(desk, "3-9").narrative == "写出以后才在窗口里填的。"


def test_what_was_typed_is_taken_and_what_was_emptied_is_empty(desk: Desk, tmp_path: Path) -> None:
    save(desk, MARCH, "3-9", {"problems": "要删去的话", "narrative": "留着的话"})
    file = tmp_path / "a.xlsx"
    month_sheet.write(desk, MARCH, file)
    work = typing("3-9", problems=None, cumulative=26.5, status="正常推进", percent="８８%", nil="否")
    done = fill_month.fill(desk, MARCH, changed(file, work))
    assert done.refused == ()
    found = entry(desk, "3-9")
    assert (found.problems, found.narrative, found.nil) == ("", "留着的话", False)
    assert (found.cumulative, found.percent, found.status) == (Decimal("26.5"), Decimal(88), Status.ON_TRACK)


def test_a_row_that_went_on_in_both_places_is_refused(desk: Desk, sheet: Path) -> None:
    save(desk, MARCH, "3-9", {"narrative": "窗口里写的"})
    done = fill_month.fill(desk, MARCH, changed(sheet, typing("3-9", narrative="表里写的", problems="无")))
    assert [(row.task, row.field) for row in done.refused] == [("3-9", "narrative")]
    assert "两边不同" in done.refused[0].reason
    assert (entry(desk, "3-9").narrative, entry(desk, "3-9").problems) == ("窗口里写的", "")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("this_month", "三个", "不是数字"),
        ("status", "飞快", "不是进展状态"),
        ("nil", "也许", "只能是 是 或 否"),
        ("cumulative", "=1+2", "公式"),
    ],
)
def test_a_refused_row_says_task_field_and_reason_and_is_left_whole(
    desk: Desk, sheet: Path, field: str, value: str, words: str
) -> None:
    done = fill_month.fill(desk, MARCH, changed(sheet, typing("3-9", **{field: value, "problems": "一起写的"})))
    assert [(row.task, row.field) for row in done.refused] == [("3-9", field)]
    assert words in done.refused[0].reason
    assert entry(desk, "3-9").empty
    assert done.filled == sum(not row.entry.empty for row in open_month(desk, MARCH).rows)


def test_rows_that_are_no_tasks_or_come_twice_are_named(desk: Desk, sheet: Path) -> None:
    def work(found: Worksheet) -> None:
        typing("3-9", narrative="本月完成五个。")(found)
        last = found.max_row
        column = place(found, "3-9", "narrative")[1]
        for number, task in enumerate(("3-9", "99-1", None), last + 1):
            found.cell(number, 1).value = task
            found.cell(number, column).value = "重复的话"

    done = fill_month.fill(desk, MARCH, changed(sheet, work))
    assert {row.task for row in done.refused} == {"3-9", "99-1", f"第 {load_workbook(sheet).worksheets[0].max_row} 行"}
    assert entry(desk, "3-9").empty


def test_a_row_of_another_measure_is_refused(desk: Desk, sheet: Path) -> None:
    def work(found: Worksheet) -> None:
        heads = {found.cell(HEAD, column).value: column for column in range(1, found.max_column + 1)}
        row = place(found, "3-9", "narrative")[0]
        found.cell(row, heads["工作措施"]).value = "另一项措施"
        typing("3-9", narrative="本月完成五个。")(found)

    done = fill_month.fill(desk, MARCH, changed(sheet, work))
    assert [(row.task, row.field) for row in done.refused] == [("3-9", "measure")]
    assert entry(desk, "3-9").empty


def test_without_its_memory_a_blank_cell_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    save(desk, MARCH, "3-9", {"problems": "留着", "narrative": "旧"})
    file = tmp_path / "a.xlsx"
    month_sheet.write(desk, MARCH, file)
    book = load_workbook(file)
    del book[book.sheetnames[1]]
    typing("3-9", problems=None, narrative="新")(book.worksheets[0])
    book.save(file)
    assert fill_month.fill(desk, MARCH, file).refused == ()
    assert (entry(desk, "3-9").problems, entry(desk, "3-9").narrative) == ("留着", "新")


def test_written_in_english_it_comes_back_all_the_same(desk: Desk, tmp_path: Path) -> None:
    save(desk, MARCH, "3-9", {"status": "done", "nil": True})
    file = tmp_path / "english.xlsx"
    with language.speaking("en"):
        month_sheet.write(desk, MARCH, file)
        head = language._(FIELD_LABELS["problems"])
    assert head != FIELD_LABELS["problems"]
    found = load_workbook(file).worksheets[0]
    column = next(column for column in range(1, 40) if found.cell(HEAD, column).value == head)
    row = next(row for row in range(HEAD + 1, found.max_row + 1) if found.cell(row, 1).value == "3-9")
    changed(file, lambda sheet: setattr(sheet.cell(row, column), "value", "缺少人手"))
    assert fill_month.fill(desk, MARCH, file).refused == ()
    assert (entry(desk, "3-9").problems, entry(desk, "3-9").status) == ("缺少人手", Status.DONE)


def test_another_months_workbook_and_other_files_are_refused_whole(desk: Desk, sheet: Path, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="报告期是 2023-03"):
        fill_month.fill(desk, MARCH.previous, sheet)
    changed(
        sheet,
        lambda found: setattr(found.cell(2, 1), "value", "报告期 2023-03，报送单位 北京市通州区人民政府（110112）"),
    )
    with pytest.raises(ClerkError, match="通州区"):
        fill_month.fill(desk, MARCH, sheet)
    changed(sheet, lambda found: setattr(found.cell(2, 1), "value", None))
    with pytest.raises(ClerkError, match="看不出是哪个单位"):
        fill_month.fill(desk, MARCH, sheet)
    other = tmp_path / "别的.xlsx"
    other.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ClerkError, match="损坏"):
        fill_month.fill(desk, MARCH, other)
    with pytest.raises(UsageError):
        month_sheet.write(desk, MARCH, tmp_path / "a.doc")


def test_a_text_as_long_as_a_field_may_be_comes_back(desk: Desk, tmp_path: Path) -> None:
    save(desk, MARCH, "3-9", {"narrative": "长" * 20_000})
    file = tmp_path / "long.xlsx"
    month_sheet.write(desk, MARCH, file)
    assert fill_month.fill(desk, MARCH, changed(file, typing("3-9", problems="短"))).refused == ()
    assert entry(desk, "3-9").problems == "短"
