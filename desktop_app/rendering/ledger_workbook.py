"""A ledger as a workbook: figures are figures, days are days, texts are texts; what can be reckoned is a formula.

Every formula has its value beside it, so that a reader that does not reckon shows the same.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.language import _
from desktop_app.model.ledger import Cell, CellKind, Column, Formula, Ledger, Sheet, Total
from desktop_app.model.plain import decimal_text
from desktop_app.rendering.cached_values import with_values
from desktop_app.rendering.wording import SAMPLE
from desktop_app.rendering.workbook_cells import for_print, put_text, spelled

_TOP = Alignment(vertical="top", wrap_text=True)
_PLAIN = Alignment(vertical="top")
_HEAD = PatternFill("solid", fgColor="DCE5EE")
_FOOT = PatternFill("solid", fgColor="EEF1F4")
_LINE = Side(style="thin", color="BFC7CF")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BOLD = Font(bold=True)
_LONGEST_NAME = 31  # characters that a sheet's name can have
_EXACT = 15  # digits that a spreadsheet keeps of a number
_HUNDRED = Decimal(100)
_TOTALS = {Total.SUM: 109, Total.COUNT: 103, Total.MEAN: 101}  # SUBTOTAL's, over the rows that a filter leaves
_LINE_HEIGHT, _HIGHEST = 15.0, 409.0  # points; no row can be higher
_DAY = "yyyy-mm-dd"


def ledger_workbook(found: Ledger) -> bytes:
    """The workbook's bytes; one sheet for each table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    values = {}
    for number, table in enumerate(found.sheets, 1):
        sheet: Worksheet = book.create_sheet(table.name[:_LONGEST_NAME])
        page = _Page(sheet, table.printed_first())
        page.write([found.title, *([SAMPLE] if found.sample else []), *(found.notes if number == 1 else [table.name])])
        values[f"sheet{number}.xml"] = page.values
    book.properties.title, book.properties.creator = spelled(found.title), spelled(found.unit.name)
    stream = io.BytesIO()
    book.save(stream)
    return with_values(stream.getvalue(), values)


@dataclass
class _Page:
    """One sheet being written; `values` are what its formulas come to, by cell."""

    sheet: Worksheet
    table: Sheet
    head: int = 0
    values: dict[str, Decimal | None] = field(default_factory=dict)

    @property
    def constants(self) -> int:
        """The row of the weights, above the head where there are any."""
        return self.head - 1

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.head + len(self.table.rows)

    def letter(self, key: str) -> str:
        """The column of this name."""
        return get_column_letter([column.key for column in self.table.columns].index(key) + 1)

    def write(self, texts: list[str]) -> None:
        """Title and notes, weights, head, rows, totals."""
        for number, text in enumerate(texts, 1):
            put_text(self.sheet, number, 1, spelled(text))
        self.sheet.cell(1, 1).font = Font(bold=True, size=14)
        self.head = len(texts) + 1 + bool(self.table.constants)
        self._write_constants()
        for place, column in enumerate(self.table.columns, 1):
            cell = put_text(self.sheet, self.head, place, spelled(column.head))
            cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _EDGE, _TOP
            self.sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._heighten(self.head, [column.head for column in self.table.columns])
        for number, row in enumerate(self.table.rows, self.head + 1):
            for place, (column, value) in enumerate(zip(self.table.columns, row, strict=True), 1):
                self._write_cell(number, place, column, value)
            self._heighten(number, row)
        end = self._write_totals()
        self.sheet.freeze_panes = f"C{self.head + 1}"
        printed = sum(1 for _column in takewhile(lambda column: column.paper, self.table.columns))
        for_print(self.sheet, len(self.table.columns), self.head, self.last, end, printed)

    def _heighten(self, row: int, cells: Sequence[Cell]) -> None:
        """As high as its longest text needs: not every program fits rows by itself."""
        pairs = zip(self.table.columns, cells, strict=True)
        lines = max((_lines(cell, column.width) for column, cell in pairs if isinstance(cell, str)), default=1)
        self.sheet.row_dimensions[row].height = min(_HIGHEST, _LINE_HEIGHT * lines + 3)

    def _write_constants(self) -> None:
        for key, label, figure in self.table.constants:
            cell = self.sheet[f"{self.letter(key)}{self.constants}"]
            cell.value, cell.number_format, cell.font = figure, _format(figure), _BOLD
            if cell.column > 1 and cell.offset(column=-1).value is None:
                put_text(self.sheet, cell.row, cell.column - 1, spelled(label)).font = _BOLD

    def _write_cell(self, row: int, place: int, column: Column, value: Cell) -> None:
        if isinstance(value, str):
            cell = put_text(self.sheet, row, place, spelled(value))
            cell.alignment = _TOP
        else:
            cell = self.sheet.cell(row, place)
            cell.alignment = _PLAIN
            self._put(cell, column.kind, value)
        cell.border = _EDGE

    def _put(self, cell: Any, kind: CellKind, value: Decimal | date | Formula | None) -> None:
        """A number as a number where a spreadsheet can hold it to the last digit, a day, a formula, or nothing."""
        if isinstance(value, Formula):
            self._reckon(cell, kind, self._named(value.text, cell.row), value.value)
        elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _EXACT:
            put_text(self.sheet, cell.row, cell.column, decimal_text(value))
        elif isinstance(value, Decimal):
            cell.value, cell.number_format = _scaled(kind, value), _shown(kind, value)
        elif value is not None:
            cell.value, cell.number_format = value, _DAY

    def _named(self, text: str, row: int) -> str:
        letters = {column.key: get_column_letter(place) for place, column in enumerate(self.table.columns, 1)}
        return text.format(**letters, row=row, constants=self.constants)

    def _reckon(self, cell: Any, kind: CellKind, text: str, value: Decimal | None) -> None:
        cell.value, cell.number_format = text, _shown(kind, value or Decimal(0))
        self.values[cell.coordinate] = None if value is None else _scaled(kind, value)

    def _write_totals(self) -> int:
        """A line of totals and one for each word that is counted; gives the last row."""
        totals = [(column, self.table.total(column)) for column in self.table.columns]
        if not self.table.rows or all(value is None for _column, value in totals):
            return self.last
        row = self.last + 1
        for place, (column, value) in enumerate(totals, 1):
            cell = self.sheet.cell(row, place)
            cell.font, cell.fill, cell.border = _BOLD, _FOOT, _EDGE
            if value is not None:
                letter = get_column_letter(place)
                text = f"=SUBTOTAL({_TOTALS[column.total]},{letter}{self.head + 1}:{letter}{self.last})"
                self._reckon(cell, column.kind, text, value)
                if column.total is Total.MEAN:
                    cell.number_format = "0.0"
        first = self.sheet.cell(row, 2)
        if first.value is None:
            put_text(self.sheet, row, 2, _("合计（件数、平均分随筛选变动）")).font = _BOLD
        return self._write_tallies(row)

    def _write_tallies(self, row: int) -> int:
        for tally in self.table.tallies:
            row += 1
            letter = self.letter(tally.key)
            put_text(self.sheet, row, 2, spelled(tally.label)).font = _BOLD
            label = f"$B${row}"
            text = f"=COUNTIF({letter}{self.head + 1}:{letter}{self.last},{label})"
            self._reckon(self.sheet.cell(row, 1), CellKind.NUMBER, text, Decimal(tally.count))
        return row


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of this many characters; a Chinese one is as wide as two."""
    room = max(1, width - 1)
    wide = (sum(2 if east_asian_width(character) in "WFA" else 1 for character in part) for part in text.split("\n"))
    return sum(max(1, -(-units // room)) for units in wide)


def _scaled(kind: CellKind, value: Decimal) -> Decimal:
    """A percent is kept as the fraction that it is."""
    return value / _HUNDRED if kind is CellKind.PERCENT else value


def _shown(kind: CellKind, value: Decimal) -> str:
    return f"{_places('0', value, least=1)}%" if kind is CellKind.PERCENT else _format(value)


def _format(value: Decimal) -> str:
    """As many places as the figure has."""
    return _places("#,##0", value)


def _places(whole: str, value: Decimal, *, least: int = 0) -> str:
    exponent = value.normalize().as_tuple().exponent
    places = max(least, -exponent if isinstance(exponent, int) else 0)
    return f"{whole}.{'0' * places}" if places else whole
