"""Where a month stands against its due date, in words."""

from datetime import date
from typing import NamedTuple

from desktop_app.deadlines.workdays import Workdays
from desktop_app.language import _
from desktop_app.model.report import DueDate


class Standing(NamedTuple):
    """`word` is early, due, late, handed_in or handed_in_late; `workdays_left` is negative once it is late.

    Early lasts until the month's first working day, from which on the clerk is reminded (due).
    """

    word: str
    text: str
    workdays_left: int


def standing(today: date, due: DueDate, workdays: Workdays, handed_in_on: date | None) -> Standing:
    """How the month stands on a day; `due.inclusive` says whether the third working day itself is still in time."""
    last = due.last_workday
    left = workdays.between(today, last) or -workdays.between(last, today)
    if handed_in_on is not None:
        return _handed_in(due, handed_in_on, left)
    days = {"due": _day(due.due), "safe": _day(due.safe)}
    if today > due.last_day:
        # A late Saturday after a Friday is late although no working day has passed.
        text = _("已逾期，应于{due}前报送。") if due.inclusive else _("已逾期，应于{due}之前（不含当日）报送。")
        return Standing("late", text.format(**days), left)
    if today >= last:
        text = (
            _("今天是报送截止日（第三个工作日）。")
            if due.inclusive
            else _("今天必须报送：{due}（第三个工作日）当日报送不算按时。")
        )
        return Standing("due", text.format(**days), 0)
    word = "early" if today < workdays.nth(due.period.next, 1) else "due"
    text = (
        _("还有{left}个工作日：{due}截止，稳妥起见请在{safe}前报送。")
        if due.inclusive
        else _("还有{left}个工作日：须在{due}之前报送，最迟{safe}。")
    )
    return Standing(word, text.format(left=left, **days), left)


def _handed_in(due: DueDate, handed_in_on: date, left: int) -> Standing:
    day = _day(handed_in_on)
    if handed_in_on <= due.last_day:
        return Standing("handed_in", _("已于{day}报送。").format(day=day), left)
    text = (
        _("已于{day}报送，晚于截止日{due}。")
        if due.inclusive
        else _("已于{day}报送，应在{due}之前（不含当日），已晚。")
    )
    return Standing("handed_in_late", text.format(day=day, due=_day(due.due)), left)


def _day(day: date) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day)
