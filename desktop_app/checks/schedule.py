"""序时进度: how much of a year's work is expected by the end of a month."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from desktop_app.model.period import Period
from desktop_app.model.plan import Deadline

_YEAR = 12


def expected_percent(
    deadline: Deadline, plan_year: int, period: Period, curve: tuple[Decimal, ...] | None = None
) -> Decimal:
    """Percent expected by the end of `period`, 0 to 100: the plan's own curve where there is one.

    Else even monthly shares from January to the deadline's month; deadlines without a day (events, ongoing work,
    phrases not understood) count to December.
    """
    elapsed = (period.year - plan_year) * _YEAR + period.month
    if curve is not None and 1 <= elapsed <= _YEAR:
        return curve[elapsed - 1]
    months = _YEAR
    if deadline.day is not None:
        months = (deadline.day.year - plan_year) * _YEAR + deadline.day.month
    return _even_share(elapsed, months)


@lru_cache(maxsize=1024)
def _even_share(elapsed: int, months: int) -> Decimal:
    if elapsed <= 0:
        return Decimal(0)
    if elapsed >= months:
        return Decimal(100)
    return Decimal(100 * elapsed) / Decimal(months)


def has_passed(deadline: Deadline, period: Period) -> bool:
    """Whether the last day of the deadline lies in the period or before it."""
    return deadline.day is not None and deadline.day <= period.last_day


def is_near(deadline: Deadline, period: Period) -> date | None:
    """The deadline's day where it lies in the month after the period."""
    if deadline.day is not None and period.last_day < deadline.day <= period.next.last_day:
        return deadline.day
    return None
