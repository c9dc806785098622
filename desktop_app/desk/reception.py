"""What the receiving desk's page shows besides the month itself, which is `bureau_month.status`."""

from desktop_app.desk.desk import Desk
from desktop_app.model.period import Period
from desktop_app.store import report_digests


def months(desk: Desk) -> tuple[Period, ...]:
    """The months to choose from, newest first: the one due now, and every one that a report came for."""
    today = desk.today()
    known = set(report_digests.periods(desk.book))
    return tuple(sorted(known | {Period(today.year, today.month).previous}, reverse=True))
