"""The year before, task by task: which of its tasks seem to be these, by their words, and how far they were then."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.desk.signed_months import SignedMonth
from desktop_app.model.outlook import Course, LastYear, Likeness
from desktop_app.model.period import Period
from desktop_app.model.plan import Task
from desktop_app.model.report_body import ReportTask

_TENTH, _FULL = Decimal("0.1"), Decimal(100)


def courses(months: Sequence[SignedMonth]) -> tuple[Course, ...]:
    """Every task of a year's signed months, as its newest month has it."""
    newest: dict[str, tuple[SignedMonth, ReportTask]] = {}
    for month in months:
        newest |= {name: (month, item) for name, item in month.tasks.items()}
    return tuple(_course(name, month, item, months) for name, (month, item) in newest.items())


def last_year(past: Sequence[Course], tasks: Mapping[str, Task], at: Period) -> dict[str, LastYear]:
    """The tasks of last year that these seem to be, under the ids of this year's.

    Numbers move from year to year: what is paired here is likely, not certain, and says how it was found.
    """
    from desktop_app.plans import same_measures

    then = {each.task.id: each for each in past}
    ids = {task.id: name for name, task in tasks.items()}
    found = {}
    for was, now in same_measures([each.task for each in past], list(tasks.values())):
        one = then[was]
        if one.target is not None and one.actual is not None:
            found[ids[now]] = LastYear(
                one.task, likeness(one.task, tasks[ids[now]]), one.period, one.check_code, one.unit, one.target,
                one.actual, one.percents, dict(one.percents).get(at.month),
            )  # fmt: skip
    return found


def likeness(was: Task, now: Task) -> Likeness:
    """How two tasks that were paired are alike."""
    from desktop_app.plans import same_words

    if same_words(was, now):
        return Likeness.SAME_WORDS
    return Likeness.SAME_NUMBER if was.id == now.id else Likeness.ALIKE


def _course(name: str, source: SignedMonth, item: ReportTask, months: Sequence[SignedMonth]) -> Course:
    bare = Course(item.task, source.period, source.check_code)
    target = item.task.target_for(source.report.unit.code)
    if target is None or not target.value:
        return bare
    said = [(month.period.month, month.entry(month.tasks[name])) for month in months if name in month.tasks]
    amounts = {month: entry.cumulative for month, entry in said if entry.cumulative is not None}
    if not amounts:
        return bare
    percents = {
        month: entry.percent
        if entry.percent is not None
        else (amounts[month] / target.value * _FULL).quantize(_TENTH, ROUND_HALF_UP)
        for month, entry in said
        if month in amounts
    }
    return Course(
        item.task, source.period, source.check_code, target.unit, target.value, amounts[max(amounts)],
        tuple(sorted(percents.items())),
    )  # fmt: skip
