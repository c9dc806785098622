"""All that the rules may look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.checks.thresholds import Thresholds
from desktop_app.model.entry import Entry, Evidence
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan, Task
from desktop_app.model.report import DueDate, People
from desktop_app.model.unit import Unit


def nothing_unprintable(_text: str) -> str:
    """Every character has a glyph: for callers that do not print."""
    return ""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A month as the rules see it: no clock, no disk.

    `tasks` must be answered, `optional` may be; `previous` is last month's entries and may be empty; `unprintable`
    returns the characters of a text that no font has.
    """

    unit: Unit
    period: Period
    plan: Plan
    tasks: tuple[Task, ...]
    optional: tuple[Task, ...]
    entries: Mapping[str, Entry]
    previous: Mapping[str, Entry]
    evidence: Mapping[str, tuple[Evidence, ...]]
    people: People
    due: DueDate
    today: date
    thresholds: Thresholds = field(default_factory=Thresholds)
    unprintable: Callable[[str], str] = nothing_unprintable
