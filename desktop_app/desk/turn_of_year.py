"""Whether the turn of the year is to be thought of; asked whenever 本月 is shown, so nothing heavy is read for it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import months, plans, settings

_UNSIGNED = (MonthState.DRAFT, MonthState.SEALED)


@dataclass(frozen=True)
class Opened:
    """A year that was opened: when, by whom, and the copy of the book from before, where it is still there."""

    year: int
    at: datetime
    by: str
    backup: Path | None


def turn_due(desk: Desk) -> int | None:
    """The year whose end is to be thought of: December is signed, and the next year has begun or its plan is here.

    None where there is no such year, or the next one was opened.
    """
    states = {month.period: month.state for month in months.months(desk.book)}  # the last revision of each stays
    year = max((period.year for period, state in states.items() if state not in _UNSIGNED), default=None)
    if year is None or states.get(Period(year, 12), MonthState.DRAFT) in _UNSIGNED or opened(desk, year + 1):
        return None
    here = any(each.year == year + 1 for each in plans.terms(desk.book))
    return year if here or desk.today().year > year else None


def opened(desk: Desk, year: int) -> Opened | None:
    """What was written down when a year was opened; None where it was not."""
    found = settings.get(desk.book, _key(year))
    if not found:
        return None
    backup = Path(found["backup"])
    at = datetime.fromisoformat(found["at"])
    return Opened(year, at, found["by"], backup if backup.exists() else None)


def note_opened(desk: Desk, year: int, backup: Path) -> None:
    """Write down that a year is opened, and which copy of the book leads back."""
    said = {"at": desk.now().isoformat(), "by": desk.actor, "backup": str(backup)}
    settings.put(desk.book, _key(year), said, at=desk.now(), actor=desk.actor)


def _key(year: int) -> str:
    return f"opened:{year}"
