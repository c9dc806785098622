"""What the receiving desk's page shows: one month, unit by unit."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.desk import Desk
from desktop_app.model.period import Period
from desktop_app.store import bureau as kept


@dataclass(frozen=True)
class Standing:
    """One unit's newest report of the month; `revision` 0 where none has come."""

    unit_code: str
    unit_name: str
    revision: int = 0
    sha256: str = ""
    check_code: str = ""
    on_time: bool = False
    received_at: datetime | None = None
    answer: str = ""


def standing(desk: Desk, period: Period) -> tuple[Standing, ...]:
    """Every enrolled unit in the order of the directory, and whoever else has a report here."""
    newest: dict[str, Standing] = {
        row.unit_code: Standing(row.unit_code, row.unit_name) for row in kept.enrolled(desk.book)
    }
    for held in kept.reports(desk.book, period):
        if held.revision >= newest.get(held.unit_code, Standing("", "")).revision:
            newest[held.unit_code] = Standing(
                held.unit_code,
                held.unit_name,
                held.revision,
                held.sha256,
                held.check_code,
                held.on_time,
                held.received_at,
                held.answer or "",
            )
    order = {unit.code: place for place, unit in enumerate(desk.directory.units)}
    return tuple(sorted(newest.values(), key=lambda row: (order.get(row.unit_code, len(order)), row.unit_code)))


def months(desk: Desk) -> tuple[Period, ...]:
    """The months to choose from, newest first: the one due now, and every one that a report came for."""
    today = desk.today()
    known = {held.period for held in kept.reports(desk.book)}
    return tuple(sorted(known | {Period(today.year, today.month).previous}, reverse=True))
