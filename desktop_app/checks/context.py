"""All that the rules may look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.checks.curves import Curves
from desktop_app.checks.thresholds import Thresholds
from desktop_app.model.correction import Remark
from desktop_app.model.entry import Entry, Evidence
from desktop_app.model.period import Period
from desktop_app.model.plan import Change, Plan, Task
from desktop_app.model.report import DueDate, People
from desktop_app.model.unit import Unit


def nothing_unprintable(_text: str) -> str:
    """Every character has a glyph: for callers that do not print."""
    return ""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A month as the rules see it: no clock, no disk.

    `tasks` must be answered, `optional` may be; `previous` is last month's entries and may be empty, `earlier` those of
    the month before, None where that month is not at hand; `changes` are what a revision of the plan altered since last
    month's report, by task; `as_of` is 统计截止日期 and `cutoff` the internal cut-off day; `remarks` are
    those of a return that nobody has answered yet; `unprintable` returns the characters of a text that no font has.
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
    curves: Curves = field(default_factory=dict)
    earlier: Mapping[str, Entry] | None = None
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    as_of: date | None = None
    cutoff: date | None = None
    remarks: tuple[Remark, ...] = ()
    _held: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, reckon: Callable[["CheckContext"], Any]) -> Any:
        """What is the same for every row, reckoned when it is first asked for."""
        if name not in self._held:
            self._held[name] = reckon(self)
        return self._held[name]
