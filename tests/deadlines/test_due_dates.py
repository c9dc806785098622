"""The third working day, month by month, as counted by hand from the notices."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.deadlines import Workdays, due_date, load, standing
from desktop_app.model.period import Period

workdays = Workdays(load())

# Day of the month on which the report is due, for due months 1 to 12.
DUE = {
    2021: (6, 3, 3, 6, 8, 3, 5, 4, 3, 11, 3, 3),
    2022: (6, 9, 3, 6, 7, 6, 5, 3, 5, 10, 3, 5),
    2023: (5, 3, 3, 6, 6, 5, 5, 3, 5, 9, 3, 5),
    2024: (4, 4, 5, 3, 8, 5, 3, 5, 4, 10, 5, 4),
    2025: (6, 7, 5, 3, 8, 5, 3, 5, 3, 11, 5, 3),
    2026: (6, 4, 4, 3, 8, 3, 3, 5, 3, 10, 4, 3),
}
MONTHS = [(year, month, day) for year, row in DUE.items() for month, day in enumerate(row, 1)]


@pytest.mark.parametrize(("year", "month", "day"), MONTHS)
def test_due_date(year, month, day):
    due = due_date(Period(year, month).previous, workdays)
    assert due.due == date(year, month, day)
    assert due.certain
    assert "国办发明电" in due.source


def test_monday_to_friday_counting_would_often_be_wrong():
    plain = Workdays({})
    naive = [(y, m) for y, m, d in MONTHS if y <= 2026 and _third_weekday(plain, y, m) != date(y, m, d)]
    assert len(naive) == 26


def _third_weekday(plain: Workdays, year: int, month: int) -> date:
    days = [date(year, month, day) for day in range(1, 8)]
    return [day for day in days if day.weekday() < 5][2]


@pytest.mark.parametrize(
    ("period", "due", "safe"),
    [
        ("2023-02", "2023-03-03", "2023-03-02"),
        ("2023-03", "2023-04-06", "2023-04-04"),
        ("2023-04", "2023-05-06", "2023-05-05"),
        ("2023-09", "2023-10-09", "2023-10-08"),
        ("2023-12", "2024-01-04", "2024-01-03"),
        ("2024-01", "2024-02-04", "2024-02-02"),
    ],
)
def test_the_safe_day_is_the_working_day_before(period, due, safe):
    found = due_date(Period.parse(period), workdays)
    assert (found.due.isoformat(), found.safe.isoformat()) == (due, safe)


def test_a_year_without_a_notice_is_an_estimate_and_says_so():
    due = due_date(Period(2040, 12), workdays)
    assert due.due == date(2041, 1, 8)  # by estimate 1 to 3 January are off; 4, 7, 8
    assert not due.certain
    assert "估计" in due.source


@pytest.mark.parametrize(
    ("today", "handed_in", "word", "left"),
    [
        ("2023-03-31", None, "early", 3),
        ("2023-04-02", None, "early", 3),
        ("2023-04-03", None, "due", 2),
        ("2023-04-06", None, "due", 0),
        ("2023-04-07", None, "late", -1),
        ("2023-04-17", None, "late", -7),
        ("2023-04-17", "2023-04-06", "handed_in", -7),
        ("2023-04-17", "2023-04-07", "handed_in_late", -7),
    ],
)
def test_standing(today, handed_in, word, left):
    due = due_date(Period(2023, 3), workdays)
    day = date.fromisoformat(handed_in) if handed_in else None
    found = standing(date.fromisoformat(today), due, workdays, day)
    assert (found.word, found.workdays_left) == (word, left)
    assert found.text


def test_a_weekend_after_the_due_day_is_already_late():
    due = due_date(Period(2023, 2), workdays)
    assert standing(date(2023, 3, 4), due, workdays, None).word == "late"


def test_a_reminder_shows_both_dates():
    due = due_date(Period(2023, 3), workdays)
    text = standing(date(2023, 4, 3), due, workdays, None).text
    assert "4月6日" in text
    assert "4月4日" in text


def test_the_third_working_day_can_be_read_as_too_late():
    due = due_date(Period(2023, 3), workdays, inclusive=False)
    assert (due.due, due.safe) == (date(2023, 4, 6), date(2023, 4, 4))
    assert (due.last_workday, due.last_day) == (date(2023, 4, 4), date(2023, 4, 5))
    usual = due_date(Period(2023, 3), workdays)
    assert (usual.last_workday, usual.last_day) == (usual.due, usual.due)


@pytest.mark.parametrize(
    ("today", "handed_in", "word", "left"),
    [
        ("2023-03-31", None, "early", 2),
        ("2023-04-03", None, "due", 1),
        ("2023-04-04", None, "due", 0),
        ("2023-04-05", None, "due", 0),  # 清明 lies between: a holiday before the third working day is before it
        ("2023-04-06", None, "late", -1),
        ("2023-04-07", None, "late", -2),
        ("2023-04-17", "2023-04-05", "handed_in", -8),
        ("2023-04-17", "2023-04-06", "handed_in_late", -8),
    ],
)
def test_standing_where_the_third_day_is_too_late(today, handed_in, word, left):
    due = due_date(Period(2023, 3), workdays, inclusive=False)
    day = date.fromisoformat(handed_in) if handed_in else None
    found = standing(date.fromisoformat(today), due, workdays, day)
    assert (found.word, found.workdays_left) == (word, left)
    if not handed_in:
        assert "4月6日" in found.text
    if word != "handed_in":
        assert ("当日" in found.text) is (date.fromisoformat(today) >= due.safe)


@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("shift", range(-3, 8))
@given(st.integers(2020, 2027), st.integers(1, 12))
def test_the_words_follow_the_setting(inclusive, shift, year, month):
    due = due_date(Period(year, month), workdays, inclusive=inclusive)
    today = due.due + timedelta(days=shift)
    in_time = today <= due.due if inclusive else today < due.due
    found = standing(today, due, workdays, None)
    assert (found.word in ("early", "due")) is in_time
    assert (found.workdays_left >= 0) or not in_time
    done = standing(today, due, workdays, today)
    assert (done.word == "handed_in") is in_time
