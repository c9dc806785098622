"""Working-day calendars of a book: the years that ship with the program, and those a clerk brought in."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from desktop_app.deadlines.calendars import YearCalendar, load, same
from desktop_app.deadlines.year_file import LARGEST, doubts, read_year, year_data
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.month import due
from desktop_app.desk.settled import CALENDARS, imported
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate
from desktop_app.store import Also
from desktop_app.store import settings as kept

SHIPPED, IMPORTED = "shipped", "imported"


_EFFECTS = {
    "new": N_("{year}年的工作日历已导入（{notice}），这一年的期限不再是估计。"),
    "replaces": N_("{year}年的工作日历已导入（{notice}），与程序自带的不同，今后以导入的为准。"),
    "again": N_("{year}年的工作日历以前已经导入过（{notice}），没有变化。"),
    "shipped": N_("{year}年的工作日历与程序自带的相同（{notice}），以程序自带的为准。"),
}


class DueChange(NamedTuple):
    """A report whose last day in time has moved."""

    period: Period
    before: DueDate
    after: DueDate


@dataclass(frozen=True)
class CalendarInfo:
    """One year at hand. `replaces`: an imported year that says otherwise than the one that ships."""

    year: int
    notice: str
    title: str
    source: str
    holidays: int
    makeup: int
    replaces: bool = False


@dataclass(frozen=True)
class CalendarTaken:
    """What an import did; `outcome`: new, replaces (what ships), again (imported before) or shipped (nothing kept)."""

    year: int
    notice: str
    title: str
    outcome: str
    changed_due: tuple[DueChange, ...]
    doubts: tuple[str, ...]

    @property
    def effect(self) -> str:
        """In a sentence or two."""
        said = _(_EFFECTS[self.outcome]).format(year=self.year, notice=self.notice)
        return " ".join((said, *map(moved, self.changed_due), *self.doubts))


def moved(change: DueChange) -> str:
    """A sentence for one report whose date has moved."""
    text = _("{period}月报的截止日由 {before} 改为 {after}。")
    return text.format(
        period=change.period.spoken,
        before=change.before.last_workday.isoformat(),
        after=change.after.last_workday.isoformat(),
    )


def calendars(desk: Desk) -> tuple[CalendarInfo, ...]:
    """Every year at hand, oldest first."""
    shipped, own = load(), _differing(imported(desk))
    return tuple(
        CalendarInfo(
            year=year,
            notice=calendar.notice,
            title=calendar.title,
            source=IMPORTED if year in own else SHIPPED,
            holidays=len(calendar.holidays),
            makeup=len(calendar.makeup),
            replaces=year in own and year in shipped,
        )
        for year, calendar in sorted({**shipped, **own}.items())
    )


def first_missing(desk: Desk) -> int:
    """The first year from this one on whose notice is missing: its dates are an estimate."""
    year = desk.today().year
    while desk.workdays.known(year):
        year += 1
    return year


def import_calendar(desk: Desk, file: Path) -> CalendarTaken:
    """Take a year file in, whole or not at all; ClerkError says what is wrong with it."""
    return take_calendar(desk, read_file(file, largest=LARGEST), file.name)


def take_calendar(desk: Desk, data: bytes, name: str, also: Also | None = None) -> CalendarTaken:
    """The same for bytes already read. A year that says what ships is not kept; it withdraws an older import.

    `also` shares the transaction.
    """
    looked = look_at_calendar(desk, data, name)
    calendar = read_year(data, name)
    changed = _settle(desk, calendar.year, None if looked.outcome == "shipped" else calendar, also)
    return replace(looked, changed_due=changed)


def look_at_calendar(desk: Desk, data: bytes, name: str) -> CalendarTaken:
    """What taking a year file would do, the dates apart; nothing is written."""
    calendar = read_year(data, name)
    shipped = load().get(calendar.year)
    if shipped is not None and same(calendar, shipped):
        outcome = "shipped"
    elif imported(desk).get(calendar.year) == calendar:
        outcome = "again"
    else:
        outcome = "replaces" if shipped is not None else "new"
    return CalendarTaken(calendar.year, calendar.notice, calendar.title, outcome, (), doubts(calendar))


def remove_calendar(desk: Desk, year: int) -> tuple[DueChange, ...]:
    """Take an imported year out again; ClerkError where that year was not imported."""
    if year not in imported(desk):
        text = (
            _("{year}年的工作日历是程序自带的，不能删除。") if year in load() else _("没有导入过{year}年的工作日历。")
        )
        raise ClerkError(text.format(year=year), _("用 calendar list 查看已有的年份。"))
    return _settle(desk, year, None)


def _settle(desk: Desk, year: int, calendar: YearCalendar | None, also: Also | None = None) -> tuple[DueChange, ...]:
    """Keep a year, or drop it; gives the reports of that year whose dates have moved."""
    periods = [Period(year - 1, 12), *(Period(year, month) for month in range(1, 12))]
    before = [due(period, desk) for period in periods]
    own = imported(desk)
    own.pop(year, None)
    if calendar is not None:
        own[year] = calendar
    if own != imported(desk) or also is not None:
        plain = {str(each): year_data(kept_year) for each, kept_year in sorted(own.items())}
        kept.put(desk.book, CALENDARS, plain, at=desk.now(), actor=desk.actor, also=also)
        desk.reread()
    after = [due(period, desk) for period in periods]
    rows = (DueChange(*row) for row in zip(periods, before, after, strict=True))
    return tuple(row for row in rows if (row.before.due, row.before.safe) != (row.after.due, row.after.safe))


def _differing(own: dict[int, YearCalendar]) -> dict[int, YearCalendar]:
    """Without the years that ship by now and say the same."""
    shipped = load()
    return {year: each for year, each in own.items() if year not in shipped or not same(each, shipped[year])}
