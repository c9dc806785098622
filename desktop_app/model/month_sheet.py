"""A month as a workbook to fill in: what is given, what is asked, one row for each task."""

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.model.period import Period

TASK, MEASURE = "task", "measure"  # keys of the columns by which a row is known again


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column; `asked` ones are open for writing, and offer `choices` where there are any. `width` in characters."""

    key: str
    head: str
    width: int
    asked: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """`whose` names unit and period for people and for the way back; a cell is None where nothing stands in it."""

    period: Period
    title: str
    whose: str
    notice: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str | Decimal | None, ...], ...]
