"""All that a report says: what is printed, signed and embedded."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop_app.model.activity import Publicised
from desktop_app.model.correction import Difference, Follows, RemarkAnswer
from desktop_app.model.entry import Entry, Evidence
from desktop_app.model.finding import Finding
from desktop_app.model.later import LATER
from desktop_app.model.period import Period
from desktop_app.model.plan import Change, Indicator, Task
from desktop_app.model.report import DueDate, People
from desktop_app.model.unit import Unit


@dataclass(frozen=True, slots=True)
class PlanReference:
    """Which plan a report answers: document number, year, revision, and the sha256 of its table."""

    document_number: str
    title: str
    year: int
    revision: int
    sha256: str
    sample: bool


@dataclass(frozen=True, slots=True)
class ReportTask:
    """A task as the report carries it, with its annex title so that the report stands alone."""

    task: Task
    annex_title: str
    required: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The plan's own schedule for one task: percent expected by the end of each month, January to December."""

    task: str
    percents: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """What 存在问题 said of a task in an earlier month."""

    task: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckBasis:
    """What the checks of a report rested on beside the report itself, so that anyone can run them again.

    `catalogue` is the version of the rules, `thresholds` those that are not the default, `previous` last month's
    entries and `earlier` the problems of the month before (None: not at hand, or a report of an older program),
    `changes` what a revision of the plan altered since last month's report.
    """

    catalogue: int = 1
    thresholds: tuple[tuple[str, str], ...] = field(default=(), metadata=LATER)
    curves: tuple[Curve, ...] = field(default=(), metadata=LATER)
    previous: tuple[Entry, ...] | None = field(default=None, metadata=LATER)
    earlier: tuple[Problems, ...] | None = field(default=None, metadata=LATER)
    changes: tuple[Change, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says. What is printed and what is embedded are both made from this and nothing else.

    `tasks` are in the plan's order; `entries` has one per answered task; `as_of` is 统计截止日期 (the period's last day
    unless set); `prepared_on` 填报日期; `journal_head` the hex head of the book's journal when the report was made.
    A correction names the revision that it `follows`, the `changes` since then and the `answers` to what was remarked.
    `activities` are what was done in public in the month, as far as it was entered by then.
    """

    unit: Unit
    period: Period
    revision: int
    reason: str
    plan: PlanReference
    due: DueDate
    as_of: date
    prepared_on: date
    people: People
    tasks: tuple[ReportTask, ...]
    entries: tuple[Entry, ...]
    indicators: tuple[Indicator, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    journal_head: str
    program: str
    checks: CheckBasis = CheckBasis()
    follows: Follows | None = field(default=None, metadata=LATER)
    changes: tuple[Difference, ...] = field(default=(), metadata=LATER)
    answers: tuple[RemarkAnswer, ...] = field(default=(), metadata=LATER)
    activities: tuple[Publicised, ...] = field(default=(), metadata=LATER)

    def entry(self, task_id: str) -> Entry | None:
        """The entry for one task."""
        return next((entry for entry in self.entries if entry.task_id == task_id), None)
