"""A month as a workbook: grey and locked what is given, white and open what is asked, beside it what last month said.

A second, hidden sheet keeps what stood in the open cells when the workbook was made: on the way back it tells what was
typed since from what was there before.
"""

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.language import _
from desktop_app.model.month_sheet import TASK, MonthSheet, SheetColumn
from desktop_app.model.plain import decimal_text
from desktop_app.rendering.workbook_cells import for_print, put_text, spelled

HEAD_ROW = 4
_TOP = Alignment(vertical="top", wrap_text=True)
_GIVEN = PatternFill("solid", fgColor="EEF1F4")
_HEAD = PatternFill("solid", fgColor="DCE5EE")
_ASKED_HEAD = PatternFill("solid", fgColor="FFF2CC")
_LINE = Side(style="thin", color="BFC7CF")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_OPEN = Protection(locked=False)


def month_workbook(found: MonthSheet) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = f"{found.period}"
    for number, text in enumerate((found.title, found.whose, found.notice), 1):
        put_text(sheet, number, 1, spelled(text))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for column, each in enumerate(found.columns, 1):
        cell = put_text(sheet, HEAD_ROW, column, each.head)
        cell.font, cell.alignment, cell.border = Font(bold=True), _TOP, _EDGE
        cell.fill = _ASKED_HEAD if each.asked else _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = each.width
    for number, row in enumerate(found.rows, HEAD_ROW + 1):
        for column, (each, value) in enumerate(zip(found.columns, row, strict=True), 1):
            _cell(sheet, number, column, each, value)
    last = HEAD_ROW + len(found.rows)
    _choices(sheet, found.columns, last)
    _protect(sheet)
    first_asked = next(place for place, each in enumerate(found.columns, 1) if each.asked)
    sheet.freeze_panes = f"{get_column_letter(min(first_asked, 4))}{HEAD_ROW + 1}"
    for_print(sheet, len(found.columns), HEAD_ROW, last)
    _remember(book.create_sheet(_("导出时的内容")), found)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Worksheet, row: int, column: int, each: SheetColumn, value: str | Decimal | None) -> None:
    """One cell: a number as a number where a spreadsheet can hold it to the last digit, else as text."""
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) <= 15:
        cell = sheet.cell(row, column)
        cell.value = value
    elif value is None:
        cell = sheet.cell(row, column)
    else:
        cell = put_text(sheet, row, column, _text(value))
    cell.alignment, cell.border = _TOP, _EDGE
    if each.asked:
        cell.protection = _OPEN
    else:
        cell.fill = _GIVEN


def _choices(sheet: Worksheet, columns: tuple[SheetColumn, ...], last: int) -> None:
    for place, each in enumerate(columns, 1):
        if each.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(each.choices)}"', allow_blank=True)
            rule.error = _("请从下拉列表里选。")
            rule.showErrorMessage = True
            letter = get_column_letter(place)
            rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{max(last, HEAD_ROW + 1)}")
            sheet.add_data_validation(rule)


def _protect(sheet: Worksheet) -> None:
    """Locked without a password: against slips, not against people. Widths, heights and filters stay free."""
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False


def _remember(hidden: Worksheet, found: MonthSheet) -> None:
    kept = [place for place, each in enumerate(found.columns) if each.asked or each.key == TASK]
    for column, place in enumerate(kept, 1):
        put_text(hidden, 1, column, found.columns[place].key)
        for row, values in enumerate(found.rows, 2):
            value = values[place]
            if value is not None:
                put_text(hidden, row, column, _text(value))
    hidden.sheet_state = "hidden"
    hidden.protection.enable()


def _text(value: str | Decimal) -> str:
    return decimal_text(value) if isinstance(value, Decimal) else spelled(value)
