"""The months of a year as lines: sign, word and days of each revision, the newest of a month first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.desk.year import Place
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate, MonthState
from ui.theme.colours import Pair

if TYPE_CHECKING:  # reading signed files is heavy and waits until the page is shown
    from desktop_app.desk.history import Told

GOOD, WARN, BAD, QUIET = Pair.ACCENT, Pair.AMBER, Pair.RED, Pair.QUIET
WAITING = {MonthState.SEALED: N_("○ 等单位负责人签署"), MonthState.SIGNED: N_("○ 已签署，还没有报送")}


@dataclass(frozen=True)
class YearLine:
    """One line of the table; `told` None for a month that was never opened."""

    period: Period
    told: "Told | None"
    first: bool
    words: tuple[str, str, str, str]
    pair: Pair


def year_lines(year: int, told: "Sequence[Told]", due: "dict[Period, DueDate]", today: date) -> tuple[YearLine, ...]:
    """Twelve months in order, each with its revisions."""
    return tuple(line for month in range(1, 13) for line in _of_month(Period(year, month), told, due, today))


def _of_month(period: Period, told: "Sequence[Told]", due: "dict[Period, DueDate]", today: date) -> Iterator[YearLine]:
    rows = sorted((row for row in told if row.period == period), key=lambda row: -row.revision)
    for place, row in enumerate(rows):
        name = period_words(period) if place == 0 else ""
        if len(rows) > 1:
            name = f"{name}　{revision_words(row.revision)}".strip("　")
        said, pair = state_words(row, today)
        when = day_words(row.handed_in_at.date()) if row.handed_in_at else ""
        yield YearLine(period, row, place == 0, (name, said, due_day(row.due), when), pair)
    if not rows:
        over = period.last_day < today
        said = _("－ 没有打开过") if over else _("－ 未到")
        yield YearLine(period, None, True, (period_words(period), said, due_day(due[period]), ""), QUIET)


def state_words(row: "Told", today: date) -> tuple[str, Pair]:
    """Sign and word of a revision, and the pair that says it again."""
    if row.state is MonthState.RETURNED:
        return _("✕ 被退回"), BAD
    if row.on_time is not None:
        done = row.state is MonthState.RECEIVED
        if row.on_time:
            return (_("✓ 按时报送，已办结") if done else _("✓ 按时报送，等回执")), GOOD
        if row.month_on_time:  # only this correction came after the last day
            return (_("✓ 更正已报送，已办结") if done else _("✓ 更正已报送，等回执")), GOOD
        return (_("△ 逾期报送，已办结") if done else _("△ 逾期报送，等回执")), WARN
    if today > row.due.last_day and row.month_on_time is None:
        return _("✕ 已过截止日，还没有报送"), BAD
    if row.state in WAITING:
        return _(WAITING[row.state]), WARN
    if today > row.due.last_day:
        return _("○ 更正还没有报送"), WARN
    return _("○ 草稿"), QUIET


def year_words(lines: Sequence[YearLine]) -> str:
    """The year in one line; a month is in time or late by the revision that was handed in first."""
    told = [line.told for line in lines if line.told is not None and line.first]
    in_time = sum(row.month_on_time is True for row in told)
    late = sum(row.month_on_time is False for row in told)
    back = sum(line.told is not None and line.told.state is MonthState.RETURNED for line in lines)
    open_ = sum(row.month_on_time is None and row.state is not MonthState.RETURNED for row in told)
    said = _("按时 {in_time} 个月　·　逾期 {late} 个月　·　退回 {back} 次　·　还没有报送 {open} 个月")
    return said.format(in_time=in_time, late=late, back=back, open=open_)


def place_words(place: Place) -> str:
    """2023年3月 第 1 版."""
    return f"{period_words(place.period)}　{revision_words(place.revision)}"


def revision_words(revision: int) -> str:
    """第 1 版."""
    return _("第 {n} 版").format(n=revision)  # outside an f-string, where the texts to translate are not found


def period_words(period: Period) -> str:
    """2023年3月, in the language of the window."""
    return _("{year}年{month}月").format(year=period.year, month=period.month)


def day_words(day: date) -> str:
    """4月6日."""
    return _("{month}月{day}日").format(month=day.month, day=day.day)


def due_day(due: DueDate) -> str:
    """The day, marked where its notice has not come yet."""
    said = day_words(due.due)
    return said if due.certain else _("{day}（估计）").format(day=said)
