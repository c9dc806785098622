"""Where the pace so far leads. No statistics: every month to come like the slowest, the mean, the fastest one so far.

That band is wide early in the year and closes with it; it is no probability, and nothing that was never seen is in it.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import pairwise

from desktop_app.model.outlook import Forecast, NoForecast, Standing, Stated
from desktop_app.model.plan import Deadline, DeadlineKind, Target, Task

LEAST = 3  # months with a figure before anything is forecast
_MONTHS = 12
_SEASON = re.compile(
    r"汛[期前后]|[采供]暖[季期前]|[春夏秋冬]{1,2}季|[入今]冬|冬春|封冻|[枯丰]水期|生长季|造林季|秸秆|烟花爆竹"
)
_OF_SEASONS = (DeadlineKind.EVENT, DeadlineKind.STAGED)


def forecast(stated: Sequence[Stated], until: int = _MONTHS) -> Forecast | None:
    """The amount at the end of month `until`, never less than what is reached; None with fewer than three months.

    `stated` is in the order of months. A month without a report shares with those about it what was added between.
    """
    if len(stated) < LEAST:
        return None
    added = _added(stated)
    reached, ahead = stated[-1].cumulative, max(0, until - stated[-1].month)
    whole, months = sum((amount for amount, _n in added), Decimal(0)), sum(n for _amount, n in added)
    paces = sorted((amount / n, amount, n) for amount, n in added)
    each = Decimal(1).scaleb(-_places(stated) - 1)

    def led(amount: Decimal, over: int) -> Decimal:
        return max(reached, (reached + amount * ahead / over).quantize(each, ROUND_HALF_UP))

    low, high = (led(amount, over) for _pace, amount, over in (paces[0], paces[-1]))
    return Forecast(low, led(whole, months), high, until, months)


def why_not(stated: Sequence[Stated]) -> NoForecast | None:
    """Why figures like these lead nowhere; None where they do."""
    if len(stated) < LEAST:
        return NoForecast.FEW_MONTHS if stated else NoForecast.NO_FIGURES
    added = _added(stated)
    still = sum(n for amount, n in added if not amount)
    return NoForecast.UNEVEN if 2 * still > sum(n for _amount, n in added) else None


def seasonal(task: Task, target: Target) -> bool:
    """Whether a task is done by seasons or events, as its name, its date or its target says."""
    words = (task.title, task.section, task.deadline.raw, target.raw, target.indicator)
    return task.deadline.kind in _OF_SEASONS or any(_SEASON.search(text) for text in words)


def due_month(deadline: Deadline, plan_year: int) -> int:
    """The month of a deadline, counted from January of the plan's year; December where it names no day."""
    if deadline.day is None:
        return _MONTHS
    return (deadline.day.year - plan_year) * _MONTHS + deadline.day.month


def needed(target: Decimal, stated: Sequence[Stated], until: int) -> Decimal | None:
    """What every month to `until` must bring, rounded up; 0 where all is there, None where no month is left."""
    reached = stated[-1].cumulative if stated else Decimal(0)
    ahead = until - (stated[-1].month if stated else 0)
    if reached >= target:
        return Decimal(0)
    if ahead <= 0:
        return None
    places = max(_places(stated), _digits(target))
    return ((target - reached) / ahead).quantize(Decimal(1).scaleb(-places - 1), ROUND_UP)


def standing(target: Decimal, stated: Sequence[Stated], until: int, at_date: Forecast | None) -> Standing:
    """Whether the target will be there at its date."""
    if stated and stated[-1].cumulative >= target:
        return Standing.DONE
    if stated and stated[-1].month >= until:
        return Standing.MISSED
    if at_date is None:
        return Standing.OPEN
    if at_date.mid < target:
        return Standing.WILL_MISS
    return Standing.AT_RISK if at_date.low < target else Standing.ON_COURSE


def _added(stated: Sequence[Stated]) -> list[tuple[Decimal, int]]:
    """What was added, and over how many months. A year begins at nothing, unless its first report says otherwise."""
    first = stated[0]
    found: list[tuple[Decimal, int]] = []
    if first.this_month is not None:
        found.append((first.this_month, 1))
    elif first.month == 1:
        found.append((first.cumulative, 1))
    for before, now in pairwise(stated):
        found.append((now.cumulative - before.cumulative, now.month - before.month))
    return found


def _places(stated: Sequence[Stated]) -> int:
    return max((_digits(each.cumulative) for each in stated), default=0)


def _digits(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
