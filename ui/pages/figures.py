"""How the figures of one form hang together: this month, cumulative, percent. Pure arithmetic, no widget."""

from decimal import ROUND_HALF_UP, Decimal

from desktop_app.desk.month import Row
from desktop_app.desk.save_entry import parse_number
from desktop_app.errors import ClerkError
from desktop_app.model.entry import Entry
from desktop_app.model.period import Period
from desktop_app.model.plain import decimal_text


def number(text: str) -> Decimal | None:
    """A typed figure, None where it is empty or not one yet."""
    try:
        return parse_number(text)
    except ClerkError:
        return None


def figure(value: Decimal | None) -> str:
    """A figure as the form shows it; None is an empty field."""
    return "" if value is None else decimal_text(value)


def before(row: Row) -> Decimal | None:
    """Last month's cumulative amount: 0 where nothing was reported before, as in the year's first month."""
    if row.previous is None:
        return Decimal(0)
    return row.previous.cumulative if row.previous.cumulative is not None else Decimal(0)


def cumulative_from(row: Row, this_month: str) -> str | None:
    """累计 = last month's 累计 + 本月; None where this month is no figure yet."""
    amount, start = number(this_month), before(row)
    if amount is None or start is None:
        return None
    return figure(start + amount)


def this_month_from(row: Row, cumulative: str) -> str | None:
    """The other way round."""
    total, start = number(cumulative), before(row)
    if total is None or start is None:
        return None
    return figure(total - start)


def percent_of(row: Row, cumulative: Decimal | None) -> Decimal | None:
    """Completion rate in percent, one decimal; None for tasks without an amount of this unit's to divide by."""
    target = row.target
    if cumulative is None or target is None or not target.value or target.scope is None:
        return None
    return (cumulative / target.value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def rate(row: Row, entry: Entry | None) -> Decimal | None:
    """The rate an entry states, else the one its amount gives."""
    if entry is None:
        return None
    return entry.percent if entry.percent is not None else percent_of(row, entry.cumulative)


def schedule_points(row: Row, period: Period) -> tuple[tuple[int, float], ...]:
    """The schedule as (month, percent): straight through this month's expected share, flat once it is all due."""
    if row.curve is not None:
        return ((0, 0.0), *((month, float(percent)) for month, percent in enumerate(row.curve, 1)))
    if not row.scheduled:
        return ()
    now = (period.month, float(row.scheduled))
    full = min(12.0, period.month * 100 / float(row.scheduled))
    later = ((round(full), 100.0), (12, 100.0)) if full > period.month else ((12, 100.0),)
    return ((0, 0.0), now, *later)


def done_points(row: Row, period: Period) -> tuple[tuple[int, float], ...]:
    """What was done as (month, percent): last month where known, and this one."""
    points = [(period.month - 1, rate(row, row.previous)), (period.month, rate(row, row.entry))]
    return tuple((month, float(value)) for month, value in points if value is not None and month > 0)
