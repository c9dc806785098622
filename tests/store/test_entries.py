"""The way of a keystroke: what is stored, what is refused, what the journal says about it."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.model.entry import ENTRY_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, Entry, Status
from desktop_app.model.plain import decimal_text
from desktop_app.store import Book, Month, entries, journal, open_book, sealed

NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=6)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.none() | st.sampled_from(Status),
        "nil": st.booleans(),
        **{name: st.none() | NUMBERS for name in NUMBER_FIELDS},
        **dict.fromkeys(TEXT_FIELDS, TEXTS),
    },
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=CHANGES)
def test_what_is_saved_is_what_is_read(book: Book, month: Month, now: datetime, changes: dict[str, object]) -> None:
    before = entries.entries(book, month.id).get("3-1", Entry("3-1"))
    rows = len(journal.rows(book))
    stored = entries.save(book, month, "3-1", changes, now, "王")
    assert entries.entries(book, month.id).get("3-1", Entry("3-1")) == stored
    for field in ENTRY_FIELDS:
        assert getattr(stored, field) == changes.get(field, getattr(before, field))
    differing = [field for field in ENTRY_FIELDS if getattr(stored, field) != getattr(before, field)]
    assert [row.field for row in journal.rows(book)[rows:]] == differing


def test_it_is_still_there_after_reopening(book: Book, month: Month, now: datetime) -> None:
    stored = entries.save(book, month, "3-1", {"percent": Decimal("12.50"), "narrative": "𠮷祥\x00尾"}, now, "王")
    book.close()
    with open_book(book.path) as again:
        assert entries.entries(again, month.id) == {"3-1": stored}


def test_numbers_are_kept_as_canonical_text(book: Book, month: Month, now: datetime) -> None:
    value = Decimal("123456789012345678.910")
    stored = entries.save(book, month, "3-1", {"cumulative": value, "percent": Decimal("1E+2")}, now, "王")
    assert book.read("select cumulative, percent from entry") == [("123456789012345678.91", "100")]
    assert str(stored.cumulative) == decimal_text(value)


def test_unchanged_values_write_nothing(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"percent": Decimal("1.5"), "nil": False}, now, "王")
    before = journal.head(book)
    entries.save(book, month, "3-1", {"percent": Decimal("1.50"), "narrative": "", "nil": False}, now, "王")
    entries.save(book, month, "3-2", {}, now, "王")
    assert journal.head(book) == before
    assert set(entries.entries(book, month.id)) == {"3-1"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("percent", 1.5), ("percent", 1), ("percent", "1"), ("status", "done"), ("nil", 1), ("nil", None),
        ("narrative", None), ("narrative", 3), ("status", False),
    ],
)  # fmt: skip
def test_a_wrong_type_is_our_bug(book: Book, month: Month, now: datetime, field: str, value: object) -> None:
    with pytest.raises(TypeError, match=field):
        entries.save(book, month, "3-1", {field: value}, now, "王")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nonsense", "x"), ("task_id", "9-9"), ("percent", Decimal("NaN")), ("percent", Decimal("Infinity")),
        ("percent", Decimal("1." + "1" * 40)), ("narrative", "half a pair \ud800"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_our_bug_and_leaves_the_book_usable(
    book: Book, month: Month, now: datetime, field: str, value: object
) -> None:
    head = journal.head(book)
    with pytest.raises(ValueError):
        entries.save_many(book, month, {"3-2": {"narrative": "好"}, "3-1": {field: value}}, now, "王")
    assert entries.entries(book, month.id) == {}
    assert journal.head(book) == head
    assert entries.save(book, month, "3-1", {"narrative": "好"}, now, "王").narrative == "好"


def test_many_rows_are_all_kept_or_none(book: Book, month: Month, now: datetime) -> None:
    rows = {f"3-{n}": {"narrative": f"第{n}项", "percent": Decimal(n)} for n in range(1, 5)}
    stored = entries.save_many(book, month, rows, now, "王")
    assert entries.entries(book, month.id) == stored
    assert [row.task_id for row in journal.rows(book, field="percent")] == ["3-1", "3-2", "3-3", "3-4"]


def test_history_tells_who_wrote_what(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"percent": Decimal(1)}, now, "王")
    entries.save(book, month, "3-2", {"percent": Decimal(9)}, now, "王")
    entries.save(book, month, "3-1", {"percent": None, "narrative": "改"}, now, "李")
    found = entries.history(book, month.id, "3-1", "percent")
    assert [(row.old, row.new, row.actor) for row in found] == [(None, "1", "王"), ("1", None, "李")]
    assert {row.at for row in found} == {now}


def test_a_sealed_month_keeps_its_words(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"narrative": "原话"}, now, "王")
    sealed.seal(book, month, b"%PDF-1.7", b"{}", "d" * 64, "3F2A-9C01-77AB-0D4E", 1, now, "王")
    head = journal.head(book)
    for changes in ({"narrative": "改"}, {}):
        with pytest.raises(ClerkError, match="封存"):
            entries.save(book, month, "3-1", changes, now, "王")
    assert entries.entries(book, month.id)["3-1"].narrative == "原话"
    assert journal.head(book) == head
