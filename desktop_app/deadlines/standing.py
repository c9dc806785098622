"""Where a month stands against its due date, in words."""

from dataclasses import dataclass
from datetime import date

from desktop_app.deadlines.workdays import Workdays
from desktop_app.language import _
from desktop_app.model.report import DueDate


@dataclass(frozen=True, slots=True)
class Standing:
    """`word` is early, due, late, handed_in or handed_in_late; `workdays_left` is negative once it is late.

    Early lasts until the month's first working day, from which on the clerk is reminded (due).
    """

    word: str
    text: str
    workdays_left: int


def standing(today: date, due: DueDate, workdays: Workdays, handed_in_on: date | None) -> Standing:
    """How the month stands on a day; the third working day itself still counts as in time."""
    left = workdays.between(today, due.due) or -workdays.between(due.due, today)
    if handed_in_on is not None:
        return _handed_in(due, handed_in_on, left)
    if today > due.due:
        # A late Saturday after a Friday is late although no working day has passed.
        return Standing("late", _("已逾期，应于{due}前报送。").format(due=_day(due.due)), left)
    if today == due.due:
        return Standing("due", _("今天是报送截止日（第三个工作日）。"), 0)
    word = "early" if today < workdays.nth(due.period.next, 1) else "due"
    text = _("还有{left}个工作日：{due}截止，稳妥起见请在{safe}前报送。")
    return Standing(word, text.format(left=left, due=_day(due.due), safe=_day(due.safe)), left)


def _handed_in(due: DueDate, handed_in_on: date, left: int) -> Standing:
    if handed_in_on <= due.due:
        return Standing("handed_in", _("已于{day}报送。").format(day=_day(handed_in_on)), left)
    text = _("已于{day}报送，晚于截止日{due}。").format(day=_day(handed_in_on), due=_day(due.due))
    return Standing("handed_in_late", text, left)


def _day(day: date) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day)
