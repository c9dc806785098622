"""Texts in a workbook's cells: never reckoned, whatever they begin with."""

import re
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

RECKONED = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of a formula


# What XML has no place for, and the spelling that stands for it, are both spelled out: _x0007_ is how workbooks do it.
_SPELLED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def spelled(text: str) -> str:
    """A text as a workbook's XML can hold it."""
    return _SPELLED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Place a text as text; characters that XML cannot hold must be gone. Gives the cell."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in RECKONED:
        cell.quotePrefix = True
    return cell


def for_print(sheet: Worksheet, columns: int, head_row: int, last: int, end: int = 0, printed: int = 0) -> None:
    """A4 across, as wide as the page, the head in view on the screen and on every page, filters over the rows.

    `end` is the last row that is printed, where totals stand below the rows; `printed` how many of the columns are,
    where not all.
    """
    right = get_column_letter(columns)
    sheet.auto_filter.ref = f"A{head_row}:{right}{last}"
    sheet.print_area = f"A1:{get_column_letter(printed or columns)}{max(last, end)}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
