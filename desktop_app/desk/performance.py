"""绩效: how each key task of a year stands by the signed months, and the score that the printed weights give it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.checks.schedule import expected_percent
from desktop_app.desk.ledger_facts import Facts
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.model.entry import Entry, Status
from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.plan import Target, Task
from desktop_app.model.report_body import ReportTask

MONTHS = 12
_TENTH, _FULL = Decimal("0.1"), Decimal(100)
# What a task without an amount is worth by its status, in points of a hundred; printed with the weights.
STATUS_POINTS: Mapping[Status, Decimal] = {
    Status.DONE: _FULL,
    Status.ONGOING: _FULL,
    Status.ON_TRACK: _FULL,
    Status.PREPARING: Decimal(60),
    Status.BEHIND: Decimal(60),
    Status.OVERDUE: Decimal(0),
    Status.NOT_STARTED: Decimal(0),
}


@dataclass(frozen=True)
class TaskYear:
    """One task over the year. `source` is the newest signed month that lists it; percents are 0 to 100 and beyond.

    `amounts` are by month from January, None where nothing was stated. `progress`, `on_time` and `first_pass` are
    points of a hundred, None where there is nothing to judge by; `score` weighs those that are there.
    """

    id: str
    task: Task
    annex_title: str
    target: Target | None
    source: SignedMonth
    entry: Entry
    scheduled: Decimal | None
    percent: Decimal | None
    amounts: tuple[Decimal | None, ...]
    counted: int
    timely: int
    returned: int
    progress: Decimal | None
    on_time: Decimal | None
    first_pass: Decimal | None
    score: Decimal | None
    explanation: str

    @property
    def gap(self) -> Decimal | None:
        """Percent points ahead of the schedule, negative behind it."""
        return None if self.percent is None or self.scheduled is None else self.percent - self.scheduled


def key_tasks(facts: Facts, months: Sequence[SignedMonth], *, every: bool = False) -> tuple[TaskYear, ...]:
    """The tasks marked as key that the unit must report on; all such where none is marked, or `every` is asked for."""
    newest: dict[str, tuple[SignedMonth, ReportTask]] = {}
    for month in months:
        newest |= {name: (month, item) for name, item in month.tasks.items()}
    asked = {name: found for name, found in newest.items() if found[1].required}
    keys = {name: found for name, found in asked.items() if found[1].task.key}
    chosen = asked if every or not keys else keys
    faults = _faults(facts, months)
    years = [_task_year(facts, name, *chosen[name], months, faults) for name in chosen]
    order = {name: place for place, name in enumerate(months[-1].tasks)}
    return tuple(sorted(years, key=lambda each: order.get(each.id, len(order))))


def _faults(facts: Facts, months: Sequence[SignedMonth]) -> dict[Period, frozenset[str]]:
    """The tasks that were remarked on when a month came back, REPORT where it was the whole; under the month's ids."""
    return {month.period: frozenset(facts.remarked(month.period, month.revision)) for month in months}


def _task_year(
    facts: Facts,
    name: str,
    source: SignedMonth,
    item: ReportTask,
    months: Sequence[SignedMonth],
    faults: Mapping[Period, frozenset[str]],
) -> TaskYear:
    target = item.task.target_for(source.report.unit.code)
    listed = [(month, month.tasks[name]) for month in months if name in month.tasks]
    entry = source.entry(item)
    percent, scheduled = _percent(target, entry), _scheduled(source, item, target)
    judged = [late for month, _task in listed if (late := month.late(facts.day)) is not None]
    back = sum(bool(faults[month.period] & {task.task.id, REPORT}) for month, task in listed)
    points = (
        _progress(target, percent, scheduled, entry.status),
        _share(len(judged) - sum(judged), len(judged)),
        _share(len(listed) - back, len(listed)),
    )
    amounts = {month.period.month: month.entry(task).this_month for month, task in listed}
    return TaskYear(
        name, item.task, item.annex_title, target, source, entry, scheduled, percent,
        tuple(amounts.get(number) for number in range(1, MONTHS + 1)),
        len(listed), len(judged) - sum(judged), back, *points, facts.weights.score(points),
        "；".join(dict.fromkeys(_explanations(source, item.task.id))),
    )  # fmt: skip


def _percent(target: Target | None, entry: Entry) -> Decimal | None:
    """The rate that was stated, else the one that the unit's own amount gives."""
    if entry.percent is not None or entry.cumulative is None:
        return entry.percent
    if target is None or not target.value or target.scope is None:
        return None
    return rounded(entry.cumulative / target.value * _FULL)


def _scheduled(source: SignedMonth, item: ReportTask, target: Target | None) -> Decimal | None:
    """序时进度 at the end of the source's month, by the curve that the report carries; None without an amount."""
    if target is None:
        return None
    curves = {curve.task: curve.percents for curve in source.report.checks.curves}
    year = source.report.plan.year
    return rounded(expected_percent(item.task.deadline, year, source.period, curves.get(item.task.id)))


def _progress(
    target: Target | None, percent: Decimal | None, scheduled: Decimal | None, status: Status | None
) -> Decimal | None:
    """What was reached of what was to be reached by now, at most all of it; by the status where no amount is asked."""
    if target is not None and percent is not None and scheduled is not None:
        return _FULL if not scheduled else rounded(min(_FULL, max(Decimal(0), percent / scheduled * _FULL)))
    return STATUS_POINTS.get(status) if status is not None else None


def _share(part: int, whole: int) -> Decimal | None:
    return rounded(Decimal(100 * part) / whole) if whole else None


def rounded(value: Decimal) -> Decimal:
    """To one place, halves up, as a spreadsheet's ROUND does."""
    return value.quantize(_TENTH, ROUND_HALF_UP)


def _explanations(source: SignedMonth, task_id: str) -> Iterator[str]:
    for finding in source.report.findings:
        if finding.task == task_id and finding.explanation:
            yield finding.explanation
