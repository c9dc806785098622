"""What a unit has settled for itself, as far as a month cannot be read without it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop_app.deadlines.calendars import YearCalendar, from_data, load
from desktop_app.deadlines.workdays import Workdays
from desktop_app.model.plan import Plan
from desktop_app.store import settings as kept

if TYPE_CHECKING:
    from desktop_app.desk.desk import Desk

DUE_INCLUSIVE, CUTOFF, CURVES, CALENDARS = "due_inclusive", "internal_cutoff", "curves", "calendars"


def due_inclusive(desk: "Desk") -> bool:
    """Whether the third working day itself is still in time."""
    return kept.get(desk.book, DUE_INCLUSIVE) is not False


def internal_cutoff(desk: "Desk") -> int | None:
    """The day of the month by which towns and departments hand in to the unit, None where there is none."""
    day: int | None = kept.get(desk.book, CUTOFF)
    return day


def curves(desk: "Desk", plan: Plan) -> dict[str, tuple[Decimal, ...]]:
    """The schedules of a plan's own, those of the table it revises under its own ids where it has none itself."""
    held: Mapping[str, Any] = kept.get(desk.book, CURVES) or {}
    if plan.id in held:
        return _read(held[plan.id])
    if plan.previous is not None and plan.previous in held and plan.comparison is not None:
        names = dict(plan.comparison.same)
        found = _read(held[plan.previous])
        return {names[task]: curve for task, curve in found.items() if task in names}
    return {}


def _read(texts: Mapping[str, list[str]]) -> dict[str, tuple[Decimal, ...]]:
    return {task: tuple(Decimal(text) for text in numbers) for task, numbers in texts.items()}


def imported(desk: "Desk") -> dict[int, YearCalendar]:
    """The years that were brought in, by year."""
    found: dict[str, Any] = kept.get(desk.book, CALENDARS) or {}
    return {int(year): from_data(data) for year, data in found.items()}


def workdays(desk: "Desk") -> Workdays:
    """The shipped years, with the imported ones over them."""
    own = imported(desk)
    return Workdays({**load(), **own} if own else load())
