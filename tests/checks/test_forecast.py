"""Where a pace leads: exact where it is even, in order where it is not, never below what is there."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.checks.forecast import due_month, forecast, needed, seasonal, standing, why_not
from desktop_app.model.outlook import Forecast, NoForecast, Standing, Stated
from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Target, TargetKind, Task

AMOUNTS = st.decimals("0", "500", places=2)
YEARS = st.lists(AMOUNTS, min_size=3, max_size=12)


def course(amounts: list[Decimal], before: Decimal = Decimal(0), *, own: bool = True) -> tuple[Stated, ...]:
    """Months from January, each with its own amount where `own`."""
    running, found = before, []
    for month, amount in enumerate(amounts, 1):
        running += amount
        found.append(Stated(month, running, amount if own else None))
    return tuple(found)


def digits(*words: str) -> list[Decimal]:
    return [Decimal(word) for word in words]


@given(AMOUNTS, st.integers(3, 12), st.integers(1, 24), st.decimals("0", "900", places=1))
def test_an_even_pace_leads_exactly_there(pace: Decimal, months: int, until: int, before: Decimal) -> None:
    found = forecast(course([pace] * months, before), until)
    reached = before + pace * max(until, months)
    assert found == Forecast(reached, reached, reached, until, months)


@given(YEARS, st.integers(1, 24))
def test_the_band_is_in_order_and_never_below_what_is_there(amounts: list[Decimal], until: int) -> None:
    stated = course(amounts)
    found = forecast(stated, until)
    assert stated[-1].cumulative <= found.low <= found.mid <= found.high


@given(YEARS, st.lists(AMOUNTS, min_size=12, max_size=12))
def test_more_in_every_month_never_leads_to_less(amounts: list[Decimal], more: list[Decimal]) -> None:
    less = forecast(course(amounts))
    found = forecast(course([one + other for one, other in zip(amounts, more, strict=False)]))
    assert (less.low <= found.low, less.mid <= found.mid, less.high <= found.high) == (True, True, True)


@given(YEARS, st.lists(AMOUNTS, min_size=12, max_size=12))
def test_a_year_that_goes_on_between_its_slowest_and_fastest_month_ends_in_the_band(
    amounts: list[Decimal], draws: list[Decimal]
) -> None:
    low, high = min(amounts), max(amounts)
    rest = [low + (high - low) * draw / 500 for draw in draws[: 12 - len(amounts)]]
    found, end = forecast(course(amounts)), sum(amounts) + sum(rest)
    assert found.low - Decimal("0.001") <= end <= found.high + Decimal("0.001")


@given(st.lists(st.decimals("-50", "50", places=1), min_size=3, max_size=11))
def test_figures_that_fall_lead_no_lower_than_where_they_are(amounts: list[Decimal]) -> None:
    stated = course(amounts)
    found = forecast(stated)
    assert stated[-1].cumulative <= found.low <= found.mid <= found.high


@given(AMOUNTS, AMOUNTS, st.integers(1, 12))
def test_what_each_month_needs_is_enough_and_hardly_more(target: Decimal, reached: Decimal, month: int) -> None:
    stated, ahead = (Stated(month, reached),), 12 - month
    each = needed(target, stated, 12)
    if reached >= target:
        assert each == 0
    elif not ahead:
        assert each is None
    else:
        step = Decimal(1).scaleb(each.as_tuple().exponent)
        assert each * ahead >= target - reached > (each - step) * ahead


def test_the_mean_month_is_in_the_middle_and_the_others_at_the_edges() -> None:
    found = forecast(course(digits("9", "18", "31", "10")))
    assert found == Forecast(Decimal("140.0"), Decimal("204.0"), Decimal("316.0"), 12, 4)


def test_two_months_lead_nowhere_and_the_end_of_the_year_is_what_it_is() -> None:
    assert forecast(course(digits("5", "5"))) is None
    assert why_not(course(digits("5", "5"))) is NoForecast.FEW_MONTHS
    assert why_not(()) is NoForecast.NO_FIGURES
    found = forecast(course(digits(*["7"] * 12)))
    assert (found.low, found.high) == (84, 84)


def test_what_was_there_before_the_year_is_no_pace() -> None:
    stock = course(digits("1", "1", "1"), Decimal(60))
    assert forecast(stock).mid == 72
    late = (Stated(4, Decimal(40)), Stated(5, Decimal(42)), Stated(6, Decimal(44)))
    assert forecast(late).mid == 56, "what the first report found there was not made in a month"


def test_a_month_without_a_report_shares_what_came_in_between() -> None:
    found = forecast((Stated(1, Decimal(10)), Stated(2, Decimal(20)), Stated(5, Decimal(50))))
    assert (found.low, found.mid, found.high, found.months) == (120, 120, 120, 5)


def test_amounts_that_come_in_few_months_lead_nowhere() -> None:
    assert why_not(course(digits("0", "0", "9", "0"))) is NoForecast.UNEVEN
    assert why_not(course(digits("0", "9", "0", "9"))) is None
    assert why_not(course(digits("0", "0", "0"))) is NoForecast.UNEVEN


@pytest.mark.parametrize(
    ("amounts", "target", "until", "expected"),
    [
        (("10", "10", "10"), "30", 12, Standing.DONE),
        (("10", "10", "9"), "30", 3, Standing.MISSED),
        (("10", "10", "10"), "120", 12, Standing.ON_COURSE),
        (("10", "10", "10"), "120.1", 12, Standing.WILL_MISS),
        (("5", "10", "15"), "120", 12, Standing.AT_RISK),
        (("10", "10"), "120", 12, Standing.OPEN),
        (("10", "10", "10"), "60", 6, Standing.ON_COURSE),
        (("10", "10", "10"), "70", 6, Standing.WILL_MISS),
    ],
)
def test_a_task_is_judged_at_its_own_date(amounts, target: str, until: int, expected: Standing) -> None:
    stated = course(digits(*amounts))
    assert standing(Decimal(target), stated, until, forecast(stated, until)) is expected


def task(title: str = "治理", raw: str = "年底前", kind: DeadlineKind = DeadlineKind.YEAR_END) -> Task:
    return Task("2-1", 2, "1", False, title, "措施里提到采暖季", Deadline(raw, kind, date(2023, 12, 31)))


def test_seasons_are_read_from_the_name_the_date_and_the_target() -> None:
    target = Target("数量", TargetKind.QUANTITY, Direction.AT_LEAST, Decimal(1), "处")
    assert not seasonal(task(), target)
    assert seasonal(task("秋冬季攻坚"), target)
    assert seasonal(task(raw="汛前"), target)
    assert seasonal(task(kind=DeadlineKind.EVENT), target)
    assert not seasonal(task("夏各庄镇、长春桥路治理", "第三季度"), target)


def test_a_date_is_a_month_of_the_plans_year() -> None:
    assert due_month(Deadline("6月底前", DeadlineKind.MONTH_END, date(2023, 6, 30)), 2023) == 6
    assert due_month(Deadline("2024年3月底前", DeadlineKind.MONTH_END, date(2024, 3, 31)), 2023) == 15
    assert due_month(Deadline("长期", DeadlineKind.ONGOING), 2023) == 12
