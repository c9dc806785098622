"""A month's way through its states."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import Book, Month, journal, months, open_book
from desktop_app.store.guards import STEPS_OF_A_MONTH

WAY = {
    MonthState.DRAFT: (),
    MonthState.SEALED: (MonthState.SEALED,),
    MonthState.SIGNED: (MonthState.SEALED, MonthState.SIGNED),
    MonthState.HANDED_IN: (MonthState.SEALED, MonthState.SIGNED, MonthState.HANDED_IN),
    MonthState.RECEIVED: (MonthState.SEALED, MonthState.SIGNED, MonthState.RECEIVED),
    MonthState.RETURNED: (MonthState.SEALED, MonthState.SIGNED, MonthState.HANDED_IN, MonthState.RETURNED),
}


def test_a_month_opens_as_a_draft_once(book: Book, month: Month, now: datetime) -> None:
    assert (month.state, month.revision, month.opened_at) == (MonthState.DRAFT, 1, now)
    rows = len(journal.rows(book))
    again = months.open_month(book, month.period, month.plan_id, now + timedelta(days=1), "李")
    assert again == month == months.month(book, month.period)
    assert len(journal.rows(book)) == rows


def test_months_come_in_order(book: Book, month: Month, now: datetime) -> None:
    for period in (Period(2023, 12), Period(2023, 2)):
        months.open_month(book, period, month.plan_id, now, "王")
    assert [found.period.month for found in months.months(book)] == [2, 3, 12]
    assert months.month(book, Period(2024, 1)) is None


def test_a_month_needs_a_plan_that_is_in_the_book(book: Book, now: datetime) -> None:
    import sqlite3

    with pytest.raises(sqlite3.IntegrityError):
        months.open_month(book, Period(2023, 3), "no such plan", now, "王")
    assert months.months(book) == ()


@pytest.mark.parametrize("before", list(MonthState))
@pytest.mark.parametrize("after", list(MonthState))
def test_every_step_and_no_other(
    book: Book, month: Month, now: datetime, before: MonthState, after: MonthState
) -> None:
    for state in WAY[before]:
        months.set_state(book, month, state, now, "王")
    head = journal.head(book)
    if before is after:
        months.set_state(book, month, after, now, "王")
        assert journal.head(book) == head
    elif (before.value, after.value) in STEPS_OF_A_MONTH:
        months.set_state(book, month, after, now, "王")
        assert journal.rows(book, field="state")[-1].new == after.value
    else:
        with pytest.raises(ClerkError, match="2023年3月"):
            months.set_state(book, month, after, now, "王")
        assert journal.head(book) == head
    found = months.month(book, month.period)
    assert found is not None
    assert found.state is (after if (before.value, after.value) in STEPS_OF_A_MONTH else before)


def test_when_it_was_handed_in_and_closed_is_kept(book: Book, month: Month, now: datetime) -> None:
    steps = [MonthState.SEALED, MonthState.SIGNED, MonthState.HANDED_IN, MonthState.RECEIVED]
    for day, (_, state) in enumerate(pairwise([MonthState.DRAFT, *steps])):
        months.set_state(book, month, state, now + timedelta(days=day), "王")
    book.close()
    with open_book(book.path) as again:
        found = months.month(again, month.period)
    assert found is not None
    assert (found.handed_in_at, found.closed_at) == (now + timedelta(days=2), now + timedelta(days=3))


def test_a_month_of_another_book_is_our_bug(book: Book, month: Month, now: datetime) -> None:

    with pytest.raises(LookupError, match="2023-04"):
        months.set_state(book, month._replace(period=Period(2023, 4)), MonthState.SEALED, now, "王")
