"""A ledger as a table: columns with their kinds, rows of cells, totals that can be reckoned again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.unit import Unit


class LedgerKind(StrEnum):
    """Which ledger."""

    PERFORMANCE = "performance"
    INSPECTION = "inspection"
    PROBLEMS = "problems"
    TIMELINESS = "timeliness"


LEDGER_WORDS = {
    LedgerKind.PERFORMANCE: N_("绩效台账"),
    LedgerKind.INSPECTION: N_("督察台账"),
    LedgerKind.PROBLEMS: N_("问题台账"),
    LedgerKind.TIMELINESS: N_("报送时效台账"),
}


# The columns that a window or a line has room for; those marked by a star share what room is left.
IN_VIEW = {
    LedgerKind.INSPECTION: ("item", "title*", "state", "months_open", "words*"),
    LedgerKind.PROBLEMS: ("item", "title*", "state", "months_open", "latest*"),
    LedgerKind.PERFORMANCE: ("id", "title*", "scheduled", "percent", "status", "score"),
    LedgerKind.TIMELINESS: ("period", "last_day", "handed_in", "standing", "returned", "receipt_says*"),
}


class CellKind(StrEnum):
    """How a column's values are written. PERCENT holds percents, 86.7 for 86.7 %."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


class Total(StrEnum):
    """What stands under a column."""

    NONE = "none"
    SUM = "sum"
    COUNT = "count"  # of the cells that hold something
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Formula:
    """A value that a spreadsheet reckons again: `{row}` in its text is the row, `{key}` a column's letter there."""

    text: str
    value: Decimal | None


Cell = str | Decimal | date | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in JSON, its head, its width in characters, and on paper in points, 0 for not at all."""

    key: str
    head: str
    width: int
    kind: CellKind = CellKind.TEXT
    total: Total = Total.NONE
    paper: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A line under the totals: how many rows hold this word in this column."""

    label: str
    key: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `constants` stand above columns, with a label; `tallies` below the totals."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tallies: tuple[Tally, ...] = ()
    constants: tuple[tuple[str, str, Decimal], ...] = ()  # column, label, figure

    def values(self, key: str) -> tuple[Cell, ...]:
        """A column's values, formulas as what they come to."""
        at = [column.key for column in self.columns].index(key)
        return tuple(value_of(row[at]) for row in self.rows)

    def printed_first(self) -> "Sheet":
        """The same with the columns that go on paper before the others."""
        order = sorted(range(len(self.columns)), key=lambda place: not self.columns[place].paper)
        rows = tuple(tuple(row[place] for place in order) for row in self.rows)
        return replace(self, columns=tuple(self.columns[place] for place in order), rows=rows)

    def total(self, column: Column) -> Decimal | None:
        """What stands under a column; None where nothing does."""
        found = [value for value in self.values(column.key) if value is not None and value != ""]
        if column.total is Total.COUNT:
            return Decimal(len(found))
        numbers = [value for value in found if isinstance(value, Decimal)]
        if column.total is Total.NONE or (column.total is Total.MEAN and not numbers):
            return None
        whole = sum(numbers, Decimal(0))
        return whole if column.total is Total.SUM else whole / len(numbers)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A year's ledger: what it says of itself in `notes`, its tables, the last of which names its sources.

    `kind` is None for what is laid out in the same way and is no ledger: an outlook, a plan.
    """

    kind: LedgerKind | None
    year: int
    unit: Unit
    title: str
    notes: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    sample: bool


def value_of(cell: Cell) -> str | Decimal | date | None:
    """What a cell comes to."""
    return cell.value if isinstance(cell, Formula) else cell


def totals(sheet: Sheet) -> Sequence[tuple[Column, Decimal]]:
    """The columns with something under them."""
    found = ((column, sheet.total(column)) for column in sheet.columns)
    return [(column, value) for column, value in found if value is not None]
