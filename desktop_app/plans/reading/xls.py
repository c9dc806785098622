"""A workbook of Excel 97 to 2003, or a WPS .et, which is the same container."""

import io
from typing import Any

import xlrd

from .bounds import COLUMNS, Refused
from .grid import Grid, answer
from .shown import as_shown, pattern_of


def read_xls(data: bytes) -> dict[str, Any]:
    """The worksheets of an .xls file; charts and macro sheets are left out by xlrd itself."""
    book = _open(data)
    own = {number: shape.format_str for number, shape in book.format_map.items()}
    grids = [_read_sheet(book, sheet, own) for sheet in book.sheets()]
    return answer("xls", grids)


def _open(data: bytes) -> Any:
    for formatted in (True, False):
        try:
            return xlrd.open_workbook(
                file_contents=data, formatting_info=formatted, ragged_rows=True, logfile=io.StringIO()
            )
        except NotImplementedError:
            continue
        except xlrd.XLRDError as bad:
            raise Refused("locked" if "encrypted" in str(bad).lower() else "damaged") from bad
    raise Refused("damaged")


def _read_sheet(book: Any, sheet: Any, own: dict[int, str]) -> Grid:
    grid = Grid(sheet.name, hidden=bool(sheet.visibility))
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                grid.note(row + 1, column + 1, grid.faulty)
            elif kind == xlrd.XL_CELL_TEXT and not sheet.cell_value(row, column):
                # A text without text is what a formula leaves that was never calculated.
                grid.note(row + 1, column + 1, grid.bare_formulas)
            elif kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                grid.put(row + 1, column + 1, _text(book, sheet, own, row, column))
    # xlrd ends areas one row and one column after their last.
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge((top + 1, left + 1, bottom, right))
    grid.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    grid.hidden_columns = {at + 1 for at, info in sheet.colinfo_map.items() if info.hidden and at < COLUMNS}
    return grid


def _text(book: Any, sheet: Any, own: dict[int, str], row: int, column: int) -> str:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "是" if value else "否"
    since_1904 = bool(book.datemode)
    if not book.formatting_info:
        return as_shown(value, "yyyy/m/d" if kind == xlrd.XL_CELL_DATE else "General", since_1904=since_1904)
    number = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    return as_shown(value, pattern_of(number, own), since_1904=since_1904)
