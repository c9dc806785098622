"""A ledger in the few columns that a window has room for, and the whole of a row in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.desk import ledger as ledgers
from desktop_app.desk.desk import Desk
from desktop_app.desk.listed_items import listed_items
from desktop_app.language import _
from desktop_app.model.ledger import IN_VIEW, Cell, CellKind, Column, Ledger, LedgerKind, Sheet, value_of
from desktop_app.model.listed import ListedItem
from desktop_app.model.plain import decimal_text
from ui.models.plan_words import short

_LONGEST = 120  # characters of a text below the table; the whole stands in the files
_LESS = ("measure_word", "source", "revision", "first_code")  # said beside what they belong to, or in the files only


@dataclass(frozen=True)
class Shown:
    """`items` are the listed items of the rows, empty for a ledger of something else; `words` what a row says more."""

    said: str
    notes: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    items: tuple[ListedItem, ...]
    words: tuple[str, ...]


def columns_of(kind: LedgerKind) -> tuple[tuple[str, bool], ...]:
    """The columns in view, and whether they share what room is left."""
    return tuple((name.rstrip("*"), name.endswith("*")) for name in IN_VIEW[kind])


def shown(desk: Desk, year: int, kind: LedgerKind) -> Shown:
    """Read a ledger; ClerkError where the year has no signed month."""
    found = ledgers.ledger(desk, year, kind)
    sheet = found.sheets[0]
    keys = [column.key for column in sheet.columns]
    places = [keys.index(name) for name, _shares in columns_of(kind)]
    columns = [sheet.columns[place] for place in places]
    short = {name for name, shares in columns_of(kind) if not shares}
    told = [(place, column) for place, column in enumerate(sheet.columns) if column.key not in (*_LESS, *short)]
    return Shown(
        _said(found),
        found.notes,
        tuple(column.head for column in columns),
        tuple(
            tuple(_text(value_of(row[place]), column) for place, column in zip(places, columns, strict=True))
            for row in sheet.rows
        ),
        _items(desk, year, kind, sheet),
        tuple(_words([(column, row[place]) for place, column in told]) for row in sheet.rows),
    )


def _said(found: Ledger) -> str:
    """How many of each, and what the ledger says of itself."""
    sheet = found.sheets[0]
    counts = _("、").join(f"{tally.label} {tally.count}" for tally in sheet.tallies)
    rows = _("共 {count} 行。").format(count=len(sheet.rows))
    return " ".join(filter(None, (rows, counts and _("其中：{counts}。").format(counts=counts), found.notes[0])))


def _items(desk: Desk, year: int, kind: LedgerKind, sheet: Sheet) -> tuple[ListedItem, ...]:
    if kind not in (LedgerKind.INSPECTION, LedgerKind.PROBLEMS):
        return ()
    known = {item.id: item for item in listed_items(desk, year).items}
    return tuple(known[str(name)] for name in sheet.values("item"))


def _words(cells: Sequence[tuple[Column, Cell]]) -> str:
    told = [(column.head, short(_text(value_of(cell), column), _LONGEST)) for column, cell in cells]
    return "　".join(_("{head}：{text}").format(head=head, text=text) for head, text in told if text != "—")


def _text(value: str | Decimal | date | None, column: Column) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value) + ("%" if column.kind is CellKind.PERCENT else "")
    return value.isoformat() if isinstance(value, date) else value or "—"
