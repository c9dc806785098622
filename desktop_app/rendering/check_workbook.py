"""The list of findings as a workbook, to be sorted, filtered and sent round. Every cell is text, never a formula."""

import io

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.model.check_list import CheckList
from desktop_app.rendering.workbook_cells import for_print, put_text

_WIDTHS = (8, 20, 9, 18, 16, 52, 44, 36, 8, 10, 36)
_HEAD_ROW = 3
_TOP = Alignment(vertical="top", wrap_text=True)


def check_workbook(found: CheckList) -> bytes:
    """One sheet: title, counts, a head that stays in view and on every printed page, and one row for each finding."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = f"{found.period}"
    for number, text in enumerate((found.title, found.summary), 1):
        _put(sheet, number, 1, text)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for column, head in enumerate(found.heads, 1):
        _put(sheet, _HEAD_ROW, column, head)
        sheet.cell(_HEAD_ROW, column).font = Font(bold=True)
        sheet.cell(_HEAD_ROW, column).fill = PatternFill("solid", fgColor="E8EEF4")
    for number, line in enumerate(found.lines, _HEAD_ROW + 1):
        for column, text in enumerate(line.cells, 1):
            _put(sheet, number, column, text)
            sheet.cell(number, column).alignment = _TOP
    _furnish(sheet, len(found.heads), _HEAD_ROW + len(found.lines))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Text as text; what XML cannot hold is named by its code point."""
    put_text(sheet, row, column, ILLEGAL_CHARACTERS_RE.sub(lambda found: f"U+{ord(found[0]):04X}", text))


def _furnish(sheet: Worksheet, columns: int, last: int) -> None:
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    for_print(sheet, columns, _HEAD_ROW, last)
