"""Our year files against an independent package, and laws of counting."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.deadlines import Workdays, YearCalendar, load
from desktop_app.deadlines.calendars import from_data
from desktop_app.model.period import Period

YEARS = range(2020, 2027)
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
workdays = Workdays(load())


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert workdays.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_every_year_names_its_notice():
    calendars = load()
    assert sorted(calendars) == list(range(2020, max(calendars) + 1))
    assert max(calendars) >= max(YEARS)
    for year, calendar in calendars.items():
        assert calendar.notice.startswith(f"国办发明电\u3014{year - 1}\u3015")
        assert f"{year}年部分节假日安排" in calendar.title
    assert calendars[2023].notice == "国办发明电\u30142022\u301516号"


def test_known_years_are_those_with_a_notice():
    assert workdays.known(2026)
    assert not workdays.known(max(load()) + 1)
    assert not workdays.known(2019)


@given(days, days)
def test_between_counts_each_workday_once(a, b):
    start, end = sorted((a, b))
    middle = start + (end - start) / 2
    assert workdays.between(start, end) == workdays.between(start, middle) + workdays.between(middle, end)
    assert workdays.between(end, start) == 0


@given(days)
def test_previous_is_the_workday_just_before(day):
    before = workdays.previous(day)
    assert workdays.is_workday(before)
    assert before < day
    assert workdays.between(before, day - timedelta(days=1)) == 0


@given(st.integers(2020, 2030), st.integers(1, 12), st.integers(1, 10))
def test_nth_has_n_workdays_up_to_it(year, month, n):
    period = Period(year, month)
    found = workdays.nth(period, n)
    assert workdays.is_workday(found)
    assert workdays.between(period.first_day - timedelta(days=1), found) == n


def test_an_unknown_year_is_estimated_without_lunar_feasts():
    assert not workdays.is_workday(date(2027, 1, 1))
    assert workdays.is_workday(date(2027, 1, 4))
    assert not workdays.is_workday(date(2027, 4, 5))
    assert not workdays.is_workday(date(2027, 5, 3))
    assert not workdays.is_workday(date(2027, 10, 7))
    assert workdays.is_workday(date(2027, 10, 8))
    assert workdays.is_workday(date(2031, 1, 2)), "a New Year's Day on a Wednesday stands alone"


@pytest.mark.parametrize(
    ("year", "qingming"), [(2020, 4), (2021, 4), (2022, 5), (2023, 5), (2024, 4), (2025, 4), (2026, 5)]
)
def test_the_estimate_of_qingming_agrees_with_years_that_are_known(year, qingming):
    estimated = Workdays({})
    day = date(year, 4, qingming)
    if day.weekday() < 5:
        assert not estimated.is_workday(day)
    else:
        assert not estimated.is_workday(day + timedelta(days=7 - day.weekday()))


def test_a_file_with_days_of_another_year_is_refused():
    data = {"year": 2030, "notice": "x", "title": "x", "holidays": ["2031-01-01"], "makeup_workdays": []}
    with pytest.raises(ValueError, match="2030"):
        from_data(data)


def test_a_makeup_day_works_on_a_weekend():
    saturday = date(2030, 6, 1)
    calendar = YearCalendar(2030, "", frozenset(), frozenset({saturday}))
    assert Workdays({2030: calendar}).is_workday(saturday)
    assert not Workdays({}).is_workday(saturday)
