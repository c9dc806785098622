"""The list of findings as a file: everything in it, nothing in it reckoned, and a stale explanation on top."""

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app import language
from desktop_app.desk import check_list
from desktop_app.desk.check_report import check, explain
from desktop_app.desk.demo import MARCH
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.save_entry import save
from desktop_app.errors import ClerkError

TEXT = "=1+2 示例说明：2月重复登记4个，已核减。"


@pytest.fixture
def desk(sample_desk: Desk) -> Desk:
    return sample_desk


def rows(file: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(file).worksheets[0]
    return list(sheet.iter_rows(min_row=4, values_only=True))


def test_everything_found_and_everything_not_checked_is_in_the_workbook(desk: Desk, tmp_path: Path) -> None:
    checked = check(desk, MARCH)
    file = check_list.write(desk, MARCH, tmp_path / "list.xlsx")
    found = rows(file)
    assert len(found) == len(checked.findings) + checked.not_checked
    assert sorted(row[8] for row in found) == sorted(
        [each.code for each in checked.findings] + [each.code for each in checked.unchecked]
    )
    assert all(row[5] and row[6] for row in found)


def test_the_sheet_can_be_worked_with(desk: Desk, tmp_path: Path) -> None:
    sheet = load_workbook(check_list.write(desk, MARCH, tmp_path / "list.xlsx")).worksheets[0]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == f"A3:K{sheet.max_row}"
    assert sheet.print_area == f"'2023-03'!$A$1:$K${sheet.max_row}"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["F"].width > 40


def test_no_cell_is_a_formula(desk: Desk, tmp_path: Path) -> None:
    explain(desk, MARCH, "3-9", "K301", TEXT)
    save(desk, MARCH, "3-9", {"problems": "@SUM(A1)", "narrative": "-2+3"})
    sheet = load_workbook(check_list.write(desk, MARCH, tmp_path / "list.xlsx")).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    (written,) = [cell for cell in cells if cell.value == TEXT]
    assert written.quotePrefix


def test_what_xml_cannot_hold_is_named(desk: Desk, tmp_path: Path) -> None:
    explain(desk, MARCH, "3-9", "K301", "示例\x07说明：重复登记。")
    found = rows(check_list.write(desk, MARCH, tmp_path / "list.xlsx"))
    assert any(row[7] == "示例U+0007说明：重复登记。" for row in found)


def test_the_pages_are_chinese_whatever_the_screen_speaks(desk: Desk, tmp_path: Path) -> None:
    explain(desk, MARCH, "3-9", "K301", "示例\x07说明：重复登记𠮷𪚥。")
    language.use("en")
    try:
        file = check_list.write(desk, MARCH, tmp_path / "list.pdf")
    finally:
        language.use("zh")
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    text = "".join(done.stdout.decode().split())
    for words in ("校验结果清单", "K302", "未校验：缺少数据", "示例任务集（非官方文本）", "没有填报任何内容"):
        assert words in text, words
    assert "校验码" not in text
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert fonts
    assert all(row.split()[-5] == "yes" for row in fonts)


@pytest.mark.parametrize("name", ["list.doc", "list", "list.pdf.txt"])
def test_another_kind_of_file_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(ClerkError, match="xlsx"):
        check_list.write(desk, MARCH, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_stale_explanation_leads_the_list_with_its_old_words(desk: Desk, tmp_path: Path) -> None:
    explain(desk, MARCH, "3-9", "K301", TEXT)
    assert check(desk, MARCH).stale == ()
    before = check(desk, MARCH).unexplained
    save(desk, MARCH, "3-9", {"cumulative": Decimal(18)})
    now = check(desk, MARCH)
    (stale,) = now.stale
    assert (stale.task, stale.code, stale.text) == ("3-9", "K301", TEXT)
    assert now.unexplained == before + 1
    first = check_list.listed(desk, open_month(desk, MARCH)).lines[0]
    assert (first.code, first.explanation) == ("K301", f"（已过时）{TEXT}")
    explain(desk, MARCH, "3-9", "K301", TEXT)
    assert check(desk, MARCH).stale == ()
    assert check(desk, MARCH).unexplained == before
    save(desk, MARCH, "3-9", {"cumulative": Decimal(26)})
    assert "K301" not in {each.code for each in check(desk, MARCH).findings}
    assert check(desk, MARCH).stale == ()
