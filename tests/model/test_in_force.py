"""Which plan a month is reported under."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.in_force import Term, in_force
from desktop_app.model.period import Period


def term(name, year, starts=None, *, number="", repealed=None, repeals=(), previous=None):
    return Term(name, year, number, starts or date(year, 1, 1), repealed, repeals, previous)


OLD = term("2022", 2022, date(2022, 3, 1), number="京政办发〔2022〕6号")
NEW = term("2023", 2023, date(2023, 2, 23), number="京政办发〔2023〕4号", repeals=("京政办发〔2020〕8号",))


@pytest.mark.parametrize(
    ("period", "rules"),
    [
        ("2022-02", "2022"),  # before it began, and nothing earlier at hand
        ("2022-03", "2022"),
        ("2022-12", "2022"),
        ("2023-01", "2022"),  # the notice of 2023 was issued on 23 February
        ("2023-02", "2023"),
        ("2023-12", "2023"),
        ("2024-01", "2023"),
        ("2024-03", "2023"),
        ("2024-04", None),
        ("2021-12", None),
    ],
)
def test_the_plan_that_began_last_rules(period, rules):
    found = in_force((OLD, NEW), Period.parse(period))
    assert (found.id if found else None) == rules
    found = in_force((NEW, OLD), Period.parse(period))
    assert (found.id if found else None) == rules


def test_alone_the_plan_of_a_year_rules_all_its_months():
    assert in_force((NEW,), Period(2023, 1)) == NEW


def test_two_plans_overlap_and_one_repeals_the_other():
    winter = term("winter", 2023, date(2023, 10, 15), number="京政办发〔2023〕20号", repealed=date(2024, 4, 1))
    assert in_force((NEW, winter), Period(2023, 9)) == NEW
    assert in_force((NEW, winter), Period(2023, 10)) == winter
    short = term("short", 2023, date(2023, 10, 15), repealed=date(2023, 12, 1))
    assert in_force((NEW, short), Period(2023, 11)) == short
    assert in_force((NEW, short), Period(2023, 12)) == NEW
    repealing = term("later", 2023, date(2023, 6, 1), number="x", repeals=("京政办发〔2023〕4号",))
    assert in_force((NEW, repealing), Period(2023, 5)) == NEW
    assert in_force((repealing, NEW), Period(2023, 6)) == repealing


def test_a_plan_repealed_within_the_month_rules_it_where_nothing_follows():
    ended = term("2023", 2023, date(2023, 2, 1), repealed=date(2023, 6, 15))
    assert in_force((ended,), Period(2023, 6)) == ended
    assert in_force((ended,), Period(2023, 7)) is None


def test_of_two_revisions_from_one_day_the_one_taken_later_rules():
    first, second = term("a", 2023), term("b", 2023, previous="a")
    assert in_force((first, second), Period(2023, 3)) == second
    assert in_force((second, first), Period(2023, 3)) == first
    from_july = term("b", 2023, date(2023, 7, 1), previous="a")
    assert in_force((from_july, first), Period(2023, 6)) == first
    assert in_force((from_july, first), Period(2023, 7)) == from_july


days = st.dates(date(2021, 1, 1), date(2024, 12, 31))
terms = st.builds(
    lambda number, year, starts, repealed, repeals: Term(
        f"p{number}", year, f"n{number}", starts, repealed, repeals, None
    ),
    st.integers(0, 5),
    st.integers(2021, 2024),
    days,
    st.none() | days,
    st.lists(st.sampled_from([f"n{i}" for i in range(6)]), max_size=2).map(tuple),
)
periods = st.builds(Period, st.integers(2021, 2025), st.integers(1, 12))


@given(st.lists(terms, max_size=5), periods)
def test_what_rules_has_begun_or_is_of_the_year(plans, period):
    found = in_force(plans, period)
    if found is None:
        assert not any(plan.year == period.year and plan.starts > period.last_day for plan in plans)
        return
    assert found.starts <= period.last_day or found.year == period.year
    assert found.repealed is None or found.repealed > period.first_day or found.starts > period.last_day
