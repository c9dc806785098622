"""The due date: 每月第三个工作日前报送上月工作进展 (clause 四 of the 2023 plan)."""

from desktop_app.deadlines.workdays import Workdays
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate

THIRD = 3


def due_date(period: Period, workdays: Workdays, *, inclusive: bool = True) -> DueDate:
    """When the report of this period is due; not certain where the notice of the due month's year is missing.

    Whether 「前」 includes the third working day itself is unsettled: `inclusive` says how it is taken here, and the
    working day before it always stands beside it.
    """
    due = workdays.nth(period.next, THIRD)
    calendar = workdays.calendar(due.year)
    if calendar is None:
        source = _("估计：程序中没有{year}年放假安排的通知，按周一至周五和固定节假日推算，以通知为准。").format(
            year=due.year
        )
    else:
        source = _("《{title}》（{notice}）").format(title=calendar.title.replace("；", "》《"), notice=calendar.notice)
    return DueDate(period, due, workdays.previous(due), calendar is not None, source, inclusive)
