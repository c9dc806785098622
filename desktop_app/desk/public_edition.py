"""公开版: whether a month or a year may leave as it is, what is kept inside, and a year for the public."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk import activities, disclosure, ledger, make_report, withholding
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.signed_months import SignedMonth, signed_months
from desktop_app.errors import ClerkError
from desktop_app.language import _, speaking
from desktop_app.model.activity import ACTIVITY_WORDS, Activity
from desktop_app.model.disclosure import FIGURES, Consent, Leak, Withheld
from desktop_app.model.entry import Entry
from desktop_app.model.ledger import Cell, CellKind, Column, Ledger, Sheet, Total
from desktop_app.model.period import Period
from desktop_app.model.plain import decimal_text

Edition = Period | int  # a month, or a year


@dataclass(frozen=True, slots=True)
class Looked:
    """What an edition would give away: `left` is what nobody allowed; `inside` is what it does not print.

    `month` is the one whose words are printed: of a year, its newest signed one.
    """

    edition: Edition
    month: Period
    leaks: tuple[Leak, ...]
    left: tuple[Leak, ...]
    inside: tuple[Withheld, ...]
    consents: tuple[Consent, ...]


def look(desk: Desk, edition: Edition) -> Looked:
    """What the edition would give away as things stand; ClerkError for a year without a signed month."""
    if isinstance(edition, Period):
        report = make_report.prepare(desk, edition).report
        inside = withholding.withheld(desk, edition)
        return _looked(desk, edition, edition, disclosure.leaks_of(report, inside), inside)
    newest = signed_months(desk, edition)[-1]
    inside = withholding.withheld(desk, newest.period)
    return _looked(desk, edition, newest.period, _leaks_of_year(desk, edition, newest, inside), inside)


def pages(desk: Desk, period: Period) -> Callable[[], bytes]:
    """What makes the month's pages as they stand now, to be looked at inside, in any thread."""
    work = make_report.prepare(desk, period, edition="public", leaking=True)
    return lambda: work.render().pdf


def allow(desk: Desk, edition: Edition, reason: str, task: str = "", field: str = "") -> tuple[Leak, ...]:
    """Let what is found now leave, all of it or that in one place, with the reason; ClerkError where nothing is."""
    found = _in(look(desk, edition).leaks, task, field)
    if not found:
        raise ClerkError(
            _("{edition} 的公开版没有查出不宜公开的内容，不需要说明。").format(edition=edition_words(edition))
        )
    disclosure.allow(desk, str(edition), found, reason)
    return found


def forbid(desk: Desk, edition: Edition, task: str = "", field: str = "") -> tuple[Leak, ...]:
    """Take back what was allowed, all of it or that in one place; ClerkError where nothing was."""
    known = [each.leak for each in disclosure.consents(desk, str(edition)) if each.edition == str(edition)]
    found = _in(known, task, field)
    if not found:
        raise ClerkError(_("{edition} 的公开版没有可以撤回的说明。").format(edition=edition_words(edition)))
    disclosure.forbid(desk, str(edition), found)
    return found


def edition_words(edition: Edition) -> str:
    """2023年3月, or 2023年."""
    return edition.spoken if isinstance(edition, Period) else _("{year}年").format(year=edition)


def year(desk: Desk, wanted: int, out: Path) -> Ledger:
    """Write the year for the public as PDF/A; ClerkError names what would be given away."""
    months = signed_months(desk, wanted)
    inside = withholding.withheld(desk, months[-1].period)
    done = activities.of_year(desk, wanted)
    found = look(desk, wanted)
    disclosure.refuse_leaks(found.left, str(wanted))
    with speaking("zh"):
        made = _pages(desk, wanted, months, done, inside)
        write_file(out, ledger.pages(made, "公开版", desk.today()))
    return made


def _looked(
    desk: Desk, edition: Edition, month: Period, found: tuple[Leak, ...], inside: tuple[Withheld, ...]
) -> Looked:
    """A year prints the newest month's words: what may leave in that month's edition may leave in the year's."""
    left = disclosure.not_allowed(desk, found, str(edition), str(month))
    known = tuple(dict.fromkeys((*disclosure.consents(desk, str(edition)), *disclosure.consents(desk, str(month)))))
    return Looked(edition, month, found, left, inside, known)


def _leaks_of_year(desk: Desk, wanted: int, newest: SignedMonth, inside: Sequence[Withheld]) -> tuple[Leak, ...]:
    """Of the newest month what the year prints of it, and of the register the whole year."""
    words = disclosure.leaks_of(newest.report, inside, ("narrative", "nil_reason"))
    people = disclosure.names(newest.report.people)
    kept = disclosure.leaks_of_activities(activities.of_year(desk, wanted), people)
    return (*(each for each in words if newest.report.entry(each.task)), *kept)


def _in(found: Sequence[Leak], task: str, field: str) -> tuple[Leak, ...]:
    return tuple(each for each in found if task in ("", each.task) and field in ("", each.field))


def _pages(
    desk: Desk, wanted: int, months: Sequence[SignedMonth], done: Sequence[Activity], inside: Sequence[Withheld]
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


def _progress(newest: SignedMonth, inside: Sequence[Withheld]) -> Sheet:
    columns = (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=40),
        Column("title", _("重点任务"), 22, paper=100),
        Column("measure", _("工作措施"), 40, paper=190),
        Column("deadline", _("完成时限"), 14, paper=56),
        Column("status", _("进展状态"), 10, paper=52),
        Column("percent", _("完成率"), 10, paper=46),
        Column("narrative", _("进展"), 50, paper=240),
    )
    report = withholding.withhold(newest.report, inside)
    without = {each.task for each in inside if each.field == FIGURES}
    rows: list[tuple[Cell, ...]] = []
    for item in report.tasks:
        entry = report.entry(item.task.id) or Entry(item.task.id)
        status = _(entry.status.label) if entry.status else ""
        title = ("★" if item.task.key else "") + item.task.title.lstrip("★").strip()
        words = entry.narrative or entry.nil_reason
        share = "不公开" if item.task.id in without else _share(entry)
        rows.append((item.task.id, title, item.task.measure, item.task.deadline.raw, status, share, words))
    return Sheet(_("重点任务进展"), columns, tuple(rows))


def _share(entry: Entry) -> str:
    return "—" if entry.percent is None else f"{decimal_text(entry.percent)}%"


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
