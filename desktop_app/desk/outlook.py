"""The year so far, read from signed months: every task with an amount, its forecast and what it still needs."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.checks import forecast
from desktop_app.checks.schedule import expected_percent
from desktop_app.desk.desk import Desk
from desktop_app.desk.last_year import courses, last_year
from desktop_app.desk.last_year_archive import kept_courses
from desktop_app.desk.signed_months import SignedMonth, signed_months, years
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.outlook import ArchivedCourses, Forecast, LastYear, NoForecast, Outlook, Stated, TaskOutlook
from desktop_app.model.period import Period
from desktop_app.model.plan import Target, Task
from desktop_app.model.report_body import ReportTask

MONTHS = 12
METHOD = N_(
    "推算方法：以已签署月份的每月新增量为准，按月均新增推算出中间值；最低、最高是假定以后每个月都像最慢、最快的那个月。"
    "这不是概率区间，以后明显提速或放慢的会落在范围之外；不足三个月、按季节或节点推进、过半月份没有新增的任务不推算。"
)
_TENTH, _FULL = Decimal("0.1"), Decimal(100)


def outlook(desk: Desk, year: int, *, through: Period | None = None) -> Outlook:
    """The outlook after the newest signed month, or as it was after `through`; ClerkError where none is signed."""
    return outlook_of(desk, year, signed_until(desk, year, through))


def signed_until(desk: Desk, year: int, through: Period | None = None) -> tuple[SignedMonth, ...]:
    """The year's signed months, those behind `through` left out; ClerkError where none is left."""
    months = signed_months(desk, year)
    if through is not None:
        months = tuple(month for month in months if month.period <= through)
        if not months:
            raise ClerkError(
                _("{year}年到 {period} 为止没有签署完毕的月报。").format(year=year, period=through.spoken),
                _("请换一个月份；history 列出各月的状态。"),
            )
    return months


def outlook_of(desk: Desk, year: int, months: Sequence[SignedMonth]) -> Outlook:
    """The same of months already read."""
    newest: dict[str, tuple[SignedMonth, ReportTask]] = {}
    for month in months:
        newest |= {name: (month, item) for name, item in month.tasks.items()}
    order = {name: place for place, name in enumerate(months[-1].tasks)}
    asked = sorted(
        (name for name, (_month, item) in newest.items() if item.required),
        key=lambda name: order.get(name, len(order)),
    )
    archive = kept_courses(desk, year - 1)
    before = _of_last_year(desk, year, archive, months, {name: newest[name][1].task for name in asked})
    found = [
        _task(name, *newest[name], target, months, (before or {}).get(name))
        for name in asked
        if (target := _target(*newest[name])) is not None
    ]
    sample = any(month.report.plan.sample for month in months)
    count = None if before is None else sum(task.last_year is not None for task in found)
    return Outlook(year, months[-1].period, len(months), tuple(found), len(asked) - len(found), sample, count, archive)


def _target(month: SignedMonth, item: ReportTask) -> Target | None:
    found = item.task.target_for(month.report.unit.code)
    return found if found is not None and found.value else None


def _of_last_year(
    desk: Desk,
    year: int,
    archive: ArchivedCourses | None,
    months: Sequence[SignedMonth],
    tasks: Mapping[str, Task],
) -> Mapping[str, LastYear] | None:
    """What each task seems to have been a year ago; None where neither an archive nor this book knows that year."""
    if archive is not None:
        return last_year(archive.courses, tasks, months[-1].period)
    if year - 1 not in years(desk):
        return None
    return last_year(courses(signed_months(desk, year - 1)), tasks, months[-1].period)


def _task(
    name: str,
    source: SignedMonth,
    item: ReportTask,
    target: Target,
    months: Sequence[SignedMonth],
    before: LastYear | None,
) -> TaskOutlook:
    amounts, percents = _stated(name, months)
    unit, asked, stated = target.unit, target.value or _FULL, amounts
    if not _comparable(target, amounts, percents):
        unit, asked, stated = "%", _FULL, percents
    curve = {each.task: each.percents for each in source.report.checks.curves}.get(item.task.id)
    plan_year = source.report.plan.year
    due = forecast.due_month(item.task.deadline, plan_year)
    reason = _why_not(item.task, target, asked, stated, curve)
    at_end = forecast.forecast(stated, MONTHS) if reason is None else None
    at_date = forecast.forecast(stated, due) if reason is None else None
    return TaskOutlook(
        name, item.task, unit, asked, source.period, source.revision, source.check_code, stated,
        tuple((each.month, share(each.cumulative, asked)) for each in stated),
        tuple(
            (month, expected_percent(item.task.deadline, plan_year, Period(source.period.year, month), curve))
            for month in range(1, MONTHS + 1)
        ),
        due, at_end, at_date, reason, forecast.needed(asked, stated, due),
        forecast.standing(asked, stated, due, at_date), before,
    )  # fmt: skip


def _stated(name: str, months: Sequence[SignedMonth]) -> tuple[tuple[Stated, ...], tuple[Stated, ...]]:
    """The amounts that the months state of a task, and the rates."""
    amounts, percents = [], []
    for month in months:
        if name not in month.tasks:
            continue
        entry = month.entry(month.tasks[name])
        if entry.cumulative is not None:
            amounts.append(Stated(month.period.month, entry.cumulative, entry.this_month))
        if entry.percent is not None:
            percents.append(Stated(month.period.month, entry.percent))
    return tuple(amounts), tuple(percents)


def _comparable(target: Target, amounts: Sequence[Stated], percents: Sequence[Stated]) -> bool:
    """Whether the plan's amount is the unit's: its own figure, or the clerk's rate says that it is reckoned by it."""
    if target.scope is not None:
        return True
    if not amounts or not percents or amounts[-1].month != percents[-1].month or not target.value:
        return False
    return abs(amounts[-1].cumulative / target.value * _FULL - percents[-1].cumulative) <= _TENTH


def _why_not(
    task: Task, target: Target, asked: Decimal, stated: Sequence[Stated], curve: tuple[Decimal, ...] | None
) -> NoForecast | None:
    if stated and stated[-1].cumulative >= asked:
        return NoForecast.DONE
    if forecast.seasonal(task, target):
        return NoForecast.SEASONAL
    if curve is not None:
        return NoForecast.OWN_CURVE
    return forecast.why_not(stated)


def share(amount: Decimal, target: Decimal) -> Decimal:
    """Percent of the target, to one place, halves up."""
    return (amount / target * _FULL).quantize(_TENTH, ROUND_HALF_UP)


def band(task: TaskOutlook, found: Forecast) -> tuple[Decimal, Decimal, Decimal]:
    """A forecast in percent of the target."""
    return share(found.low, task.target), share(found.mid, task.target), share(found.high, task.target)
