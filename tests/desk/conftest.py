"""Task tables as the bureau would send them again: the sample plan with cells changed."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app import assets
from desktop_app.desk.demo import DAY, sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import open_desk

SAMPLE = "plan-2023-sample.xlsx"
Change = Callable[[dict[str, Worksheet]], None]


def sheet_row(sheet: Worksheet, number: int) -> int:
    """The row of the sheet that holds this number."""
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value).strip() == str(number):
            return row
    raise LookupError(number)


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "sample.yuebao"
    sample_book(file).close()
    return file


@pytest.fixture
def sample_desk(_sample_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the sample book, opened; the book itself is made once."""
    opened = open_desk(Path(shutil.copy(_sample_file, tmp_path / "sample.yuebao")), today=DAY)
    yield opened
    opened.close()


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """A file with the sample plan after `change` was done to its sheets."""

    def make(name: str, change: Change | None = None) -> Path:
        book = load_workbook(io.BytesIO(assets.read_bytes("samples", SAMPLE)))
        for sheet in book.worksheets:  # inserting a row does not move merged areas: every cell gets its own text
            for area in list(sheet.merged_cells.ranges):
                text = sheet.cell(area.min_row, area.min_col).value
                sheet.unmerge_cells(str(area))
                if area.max_col == area.min_col:
                    for row in range(area.min_row, area.max_row + 1):
                        sheet.cell(row, area.min_col).value = text
        if change:
            change({sheet.title: sheet for sheet in book.worksheets})
        file = tmp_path / name
        book.save(file)
        return file

    return make
