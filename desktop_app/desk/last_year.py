"""The year before, task by task: which of its tasks seem to be these, by their words, and how far they were then."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.desk.signed_months import SignedMonth
from desktop_app.model.outlook import LastYear, Likeness
from desktop_app.model.period import Period
from desktop_app.model.plan import Task
from desktop_app.model.report import ReportTask

_TENTH, _FULL = Decimal("0.1"), Decimal(100)


def last_year(months: Sequence[SignedMonth], tasks: Mapping[str, Task], at: Period) -> dict[str, LastYear]:
    """The tasks of last year's signed months that these seem to be, under the ids of this year's.

    Numbers move from year to year: what is paired here is likely, not certain, and says how it was found.
    """
    from desktop_app.plans import same_measures

    newest: dict[str, tuple[SignedMonth, ReportTask]] = {}
    for month in months:
        newest |= {name: (month, item) for name, item in month.tasks.items()}
    old = [item.task for _month, item in newest.values()]
    names = {item.task.id: name for name, (_month, item) in newest.items()}
    ids = {task.id: name for name, task in tasks.items()}
    found = {}
    for was, now in same_measures(old, list(tasks.values())):
        month, item = newest[names[was]]
        made = _course(names[was], month, item, months, likeness(item.task, tasks[ids[now]]), at)
        if made is not None:
            found[ids[now]] = made
    return found


def likeness(was: Task, now: Task) -> Likeness:
    """How two tasks that were paired are alike."""
    from desktop_app.plans import same_words

    if same_words(was, now):
        return Likeness.SAME_WORDS
    return Likeness.SAME_NUMBER if was.id == now.id else Likeness.ALIKE


def _course(
    name: str, source: SignedMonth, item: ReportTask, months: Sequence[SignedMonth], how: Likeness, at: Period
) -> LastYear | None:
    """None where it had no amount, or no month states one."""
    target = item.task.target_for(source.report.unit.code)
    if target is None or not target.value:
        return None
    said = [(month.period.month, month.entry(month.tasks[name])) for month in months if name in month.tasks]
    amounts = {month: entry.cumulative for month, entry in said if entry.cumulative is not None}
    if not amounts:
        return None
    percents = {
        month: entry.percent
        if entry.percent is not None
        else (amounts[month] / target.value * _FULL).quantize(_TENTH, ROUND_HALF_UP)
        for month, entry in said
        if month in amounts
    }
    return LastYear(
        item.task, how, source.period, source.check_code, target.unit, target.value, amounts[max(amounts)],
        tuple(sorted(percents.items())), percents.get(at.month),
    )  # fmt: skip
