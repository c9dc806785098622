"""公开版: whether a month may leave as it is, and a year for the public from its signed months."""

from collections.abc import Sequence
from pathlib import Path

from desktop_app.desk import activities, disclosure, ledger, make_report
from desktop_app.desk.desk import Desk
from desktop_app.desk.disclosure import Allowed, Leak
from desktop_app.desk.files import write_file
from desktop_app.desk.month import open_month
from desktop_app.desk.signed_months import SignedMonth, signed_months
from desktop_app.errors import ClerkError
from desktop_app.language import _, speaking
from desktop_app.model.activity import ACTIVITY_WORDS, Activity
from desktop_app.model.entry import Entry
from desktop_app.model.ledger import Cell, CellKind, Column, Ledger, Sheet, Total
from desktop_app.model.period import Period


def look(desk: Desk, period: Period) -> tuple[Leak, ...]:
    """What the month's public edition would give away as things stand."""
    report = make_report.prepare(desk, period).report
    return disclosure.leaks_of(report, disclosure.hidden(desk, period))


def hide(desk: Desk, period: Period, task: str, *, show: bool = False) -> tuple[str, ...]:
    """Keep the words of a task of the month inside, or not any more; ClerkError where it has no such task."""
    open_month(desk, period).row(task)
    return disclosure.hide(desk, period, task, show=show)


def allow(desk: Desk, period: Period, reason: str) -> Allowed:
    """Let what is found now leave, with the reason; ClerkError where nothing is found."""
    found = look(desk, period)
    if not found:
        raise ClerkError(_("{period} 的公开版没有查出不宜公开的内容，不需要说明。").format(period=period.spoken))
    return disclosure.allow(desk, period, found, reason)


def year(desk: Desk, wanted: int, out: Path) -> Ledger:
    """Write the year for the public as PDF/A; ClerkError names what would be given away."""
    months = signed_months(desk, wanted)
    newest = months[-1]
    inside = disclosure.hidden(desk, newest.period)
    done = activities.of_year(desk, wanted)
    found = (*disclosure.leaks_of(newest.report, inside), *disclosure.leaks_of_activities(done))
    disclosure.refuse_leaks(desk, newest.period, found)
    with speaking("zh"):
        made = _pages(desk, wanted, months, done, inside)
        write_file(out, ledger.pages(made, "公开版", desk.today()))
    return made


def _pages(
    desk: Desk, wanted: int, months: Sequence[SignedMonth], done: Sequence[Activity], inside: Sequence[str]
) -> Ledger:
    newest = months[-1]
    notes = (
        _("取自 {first} 至 {last} 签署完毕的月报；进展为 {last} 的情况。不含存在问题、需协调事项和佐证材料。").format(
            first=months[0].period.label, last=newest.period.label
        ),
    )
    sample = any(month.report.plan.sample for month in months)
    sheets = (_progress(newest, inside), register_sheet(done))
    title = _("{unit}{year}年污染防治攻坚战工作进展（公开版）").format(unit=desk.unit.name, year=wanted)
    return Ledger(None, wanted, desk.unit, title, notes, sheets, sample)


def _progress(newest: SignedMonth, inside: Sequence[str]) -> Sheet:
    columns = (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=40),
        Column("title", _("重点任务"), 22, paper=100),
        Column("measure", _("工作措施"), 40, paper=190),
        Column("deadline", _("完成时限"), 14, paper=56),
        Column("status", _("进展状态"), 10, paper=52),
        Column("percent", _("完成率"), 10, CellKind.PERCENT, paper=46),
        Column("narrative", _("进展"), 50, paper=240),
    )
    report = disclosure.withhold(newest.report, inside)
    rows: list[tuple[Cell, ...]] = []
    for item in report.tasks:
        entry = report.entry(item.task.id) or Entry(item.task.id)
        status = _(entry.status.label) if entry.status else ""
        title = ("★" if item.task.key else "") + item.task.title.lstrip("★").strip()
        words = entry.narrative or entry.nil_reason
        rows.append((item.task.id, title, item.task.measure, item.task.deadline.raw, status, entry.percent, words))
    return Sheet(_("重点任务进展"), columns, tuple(rows))


def register_sheet(done: Sequence[Activity]) -> Sheet:
    """What was done in public, as a table."""
    columns = (
        Column("day", _("日期"), 12, CellKind.DAY, paper=60),
        Column("kind", _("类别"), 8, paper=40),
        Column("title", _("标题"), 50, total=Total.COUNT, paper=300),
        Column("channel", _("渠道"), 20, paper=120),
        Column("link", _("链接或文号"), 30, paper=150),
    )
    rows = ((each.day, _(ACTIVITY_WORDS[each.kind]), each.title, each.channel, each.link) for each in done)
    return Sheet(_("宣传与信息公开"), columns, tuple(rows))
