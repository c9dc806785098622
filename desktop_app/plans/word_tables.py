"""Tables of a Word document that are one table on paper: cut at a page or at a section's heading, joined again."""

import re
from dataclasses import replace

from desktop_app.plans.cells import Sheet, squeeze
from desktop_app.plans.headings import Header, find_header
from desktop_app.plans.numerals import serial

_ANNEX = re.compile(r"^[(《]?附[件表]\d*|^(?:北京市|20\d\d年).*(?:计划|方案|清单|分工)")


def join_tables(sheets: tuple[Sheet, ...], heads: list[tuple[int, int]]) -> tuple[Sheet, ...]:
    """The sheets of a document, `heads` giving each table's lines above it and its columns; the rest stays behind."""
    joined: list[Sheet] = []
    width, header = 0, None
    for sheet, (lines, columns) in zip(sheets, heads, strict=False):
        own = find_header(sheet)
        if header and columns == width and _goes_on(joined[-1], header, sheet, own, lines):
            joined[-1] = _below(joined[-1], sheet)
        else:
            joined.append(sheet)
            width, header = columns, own
    return (*joined, *sheets[len(heads) :])


def _goes_on(above: Sheet, header: Header, sheet: Sheet, own: Header | None, lines: int) -> bool:
    texts = [squeeze(text) for (row, _column), text in sheet.cells.items() if row <= lines]
    if any(_ANNEX.match(text) for text in texts):
        return False
    if own and list(map(squeeze, own.headings.values())) != list(map(squeeze, header.headings.values())):
        return False
    column = header.fields.get("number")
    if column is None:
        return not lines
    numbers = _serials(sheet, column, own.below if own else lines + 1)
    if not numbers:
        return not own and not lines
    before = _serials(above, column, header.below)
    return not own or not before or numbers[0] > before[-1]


def _serials(sheet: Sheet, column: int, first: int) -> list[int]:
    found = (serial(sheet.own(row, column)) for row in sheet.rows if row >= first)
    return [int(text) for text in found if text and text.isdigit()]


def _below(above: Sheet, sheet: Sheet) -> Sheet:
    """Both tables in one sheet, the second under the first."""
    step = max(above.rows, default=0)
    step = max([step, *(area[2] for area in above.merges)])
    cells = {(row + step, column): text for (row, column), text in sheet.cells.items()}
    merges = tuple((top + step, left, bottom + step, right) for top, left, bottom, right in sheet.merges)
    return replace(
        above,
        cells={**above.cells, **cells},
        merges=(*above.merges, *merges),
        hidden_rows=(*above.hidden_rows, *(row + step for row in sheet.hidden_rows)),
        cleaned=above.cleaned + sheet.cleaned,
    )
