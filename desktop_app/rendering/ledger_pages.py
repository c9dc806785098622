"""A ledger as pages: the same rows and totals as the workbook's, in the columns that paper has room for."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.model.ledger import Cell, CellKind, Column, Ledger, Sheet, Total, value_of
from desktop_app.rendering.blocks import Row, Space, Text, row
from desktop_app.rendering.faces import HEI, unprintable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import LANDSCAPE
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.styles import BODY_HEIGHT, CELL, CELL_CENTRE, HEAD, NOTE, SECTION, TITLE, Align, Style
from desktop_app.rendering.wording import NONE, SAMPLE, number

_WIDTH = BODY_HEIGHT  # the portrait type area, turned
_TEXT = Style(CELL.face, 9.0, 12.5, Align.LEFT)
_FIGURE = Style(CELL.face, 9.0, 12.5, Align.CENTRE)
_HEADS = Style(HEAD.face, 9.0, 12.0, Align.CENTRE)
_FOOT = Style(HEI, 9.0, 12.5, Align.CENTRE)
_NOTE = Style(NOTE.face, 10.5, 15.0, Align.LEFT)
_WHOLE = 160.0
_LONG = 46  # points: what is narrower holds words and figures, not sentences
_LINE, _HALF = 125, 62  # points that a check code needs on one line, and on two
_CODE = re.compile("[0-9A-F]{4}(?:-[0-9A-F]{4}){3}")
_TENTH = Decimal("0.1")


def render_ledger(found: Ledger) -> Rendered:
    """Print a ledger; what no face has is printed as its code point."""
    flow = Flow()
    flow.begin(LANDSCAPE)
    flow.bookmark(0, _clean(found.title))
    flow.add(Text.of(_clean(found.title), TITLE, _WIDTH))
    if found.sample:
        flow.add(Text.of(SAMPLE, Style(NOTE.face, 12.0, 18.0, Align.CENTRE), _WIDTH))
    for note in found.notes:
        flow.add(Text.of(_clean(note), _NOTE, _WIDTH))
    for place, table in enumerate(found.sheets):
        _table(flow, table, titled=place > 0)
    marks = [SAMPLE] if found.sample else []
    left = "　".join([found.unit.name, f"{found.year}年", found.sheets[0].name, *marks])
    about = f"{found.sheets[0].name} {found.year}"
    return press(flow.pages, Imprint(_clean(left), "", _clean(found.title), found.unit.name, about, about, draft=False))


def _table(flow: Flow, table: Sheet, *, titled: bool) -> None:
    shown = [column for column in table.columns if column.paper]
    widths = _widths(shown)
    flow.add(Space(10.0))
    flow.need(110.0)
    if titled:
        flow.bookmark(1, table.name)
        flow.add(Text.of(table.name, SECTION, _WIDTH))
    constants = {key: f"{number(weight)}分" for key, _label, weight in table.constants}
    heads = [f"{column.head}\n{constants[column.key]}" if column.key in constants else column.head for column in shown]
    places = [place for place, column in enumerate(table.columns) if column.paper]
    rows = [_row([each[place] for place in places], shown, widths) for each in table.rows]
    if not rows:
        rows = [row(["本年没有这样的事项。"], [_WIDTH], CELL_CENTRE)]
    else:
        rows += _totals(table, shown, widths)
    flow.table([row(heads, widths, _HEADS, grey=0.92, middle=True)], rows)


def _widths(shown: Sequence[Column]) -> list[float]:
    whole = sum(column.paper for column in shown)
    return [column.paper * _WIDTH / whole for column in shown]


def _row(cells: Sequence[Cell], shown: Sequence[Column], widths: Sequence[float]) -> Row:
    texts = [_clean(_text(value_of(cell), column)) for cell, column in zip(cells, shown, strict=True)]
    styles = [_TEXT if column.kind is CellKind.TEXT and column.paper > _LONG else _FIGURE for column in shown]
    return row(texts, widths, styles, whole=_WHOLE)


def _text(value: str | Decimal | date | None, column: Column) -> str:
    if isinstance(value, Decimal):
        return number(value, "%" if column.kind is CellKind.PERCENT else "")
    if isinstance(value, date):
        return value.isoformat()
    return _broken(value, column.paper) if value and _CODE.fullmatch(value) else value or NONE


def _broken(code: str, width: int) -> str:
    """A check code on one, two or four lines, never torn where one would read it wrong."""
    groups = code.split("-")
    if width >= _LINE:
        return code
    if width >= _HALF:
        return f"{groups[0]}-{groups[1]}-\n{groups[2]}-{groups[3]}"
    return "-\n".join(groups)


def _totals(table: Sheet, shown: Sequence[Column], widths: Sequence[float]) -> list[Row]:
    values = [table.total(column) for column in shown]
    if all(value is None for value in values):
        return []
    cells = ["" if value is None else _total(value, column) for value, column in zip(values, shown, strict=True)]
    lines = [row(cells, widths, _FOOT, grey=0.95)]
    if table.tallies:
        said = "　".join(f"{tally.label} {tally.count}" for tally in table.tallies)
        lines.append(row([said], [_WIDTH], Style(HEI, 9.0, 12.5, Align.LEFT), grey=0.95))
    return lines


def _total(value: Decimal, column: Column) -> str:
    if column.total is Total.COUNT:
        return f"共{number(value)}项"
    return f"平均{number(value.quantize(_TENTH))}" if column.total is Total.MEAN else f"合计{number(value)}"


def _clean(text: str) -> str:
    for character in unprintable(text):
        text = text.replace(character, f"U+{ord(character):04X}")
    return text
