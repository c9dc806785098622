"""Texts in a workbook's cells: never reckoned, whatever they begin with."""

from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

RECKONED = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of a formula


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Place a text as text; characters that XML cannot hold must be gone. Gives the cell."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in RECKONED:
        cell.quotePrefix = True
    return cell


def for_print(sheet: Worksheet, columns: int, head_row: int, last: int) -> None:
    """A4 across, as wide as the page, the head in view on the screen and on every page, filters over the rows."""
    right = get_column_letter(columns)
    sheet.auto_filter.ref = f"A{head_row}:{right}{last}"
    sheet.print_area = f"A1:{right}{last}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
