"""The smaller things a book keeps: settings, explanations, evidence."""

import hashlib
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.entry import Evidence
from desktop_app.model.finding import REPORT, Explanation
from desktop_app.model.period import Period
from desktop_app.store import Book, Month, evidence, explanations, journal, months, open_book, sealed, settings

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@tried(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=TEXT, value=JSON)
def test_a_setting_is_what_was_put(book: Book, now: datetime, key: str, value: Any) -> None:
    settings.put(book, key, value, at=now, actor="王")
    assert settings.get(book, key) == value
    head = journal.head(book)
    settings.put(book, key, value, at=now, actor="王")
    assert journal.head(book) == head


def test_a_setting_never_put_is_none(book: Book) -> None:
    assert settings.get(book, "people") is None


def test_an_explanation_replaces_the_one_before(book: Book, month: Month, now: datetime) -> None:
    first = Explanation("3-1", "W1", "因雨", (("本月", "1"), ("上月", "2")))
    second = Explanation("3-1", "W1", "因疫情", (("本月", "1.5"),))
    whole = Explanation(REPORT, "W9", "全篇", ())
    for each in (first, whole, second, second):
        explanations.put(book, month, each, now, "王")
    assert explanations.explanations(book, month.id) == (second, whole)
    assert [row.new for row in journal.rows(book, field="explanation:W1")] == ["因雨", "因疫情"]


def test_new_values_alone_are_kept_too(book: Book, month: Month, now: datetime) -> None:
    for value in ("1", "2"):
        explanations.put(book, month, Explanation("3-1", "W1", "因雨", (("a", value),)), now, "王")
    assert explanations.explanations(book, month.id)[0].values == (("a", "2"),)


def test_evidence_is_known_by_its_bytes(book: Book, month: Month, now: datetime) -> None:
    digest = hashlib.sha256(b"png").hexdigest()
    first = evidence.add(book, month, "3-1", "图.png", "image/png", b"png", now, "王")
    again = evidence.add(book, month, "3-1", "另名.png", "image/png", b"png", now, "王")
    other = evidence.add(book, month, "3-2", "图.png", "image/png", b"png", now, "王")
    assert first == again == Evidence("3-1", "图.png", "image/png", 3, digest)
    assert evidence.evidence(book, month.id) == (first, other)
    assert evidence.content(book, digest) == b"png"
    assert book.read("select count(*) from blob") == [(1,)]


def test_bytes_stay_while_a_draft_could_ask_for_them_again(book: Book, month: Month, now: datetime) -> None:
    april = months.open_month(book, Period(2023, 4), month.plan_id, now, "王")
    digest = evidence.add(book, month, "3-1", "图.png", "image/png", b"png", now, "王").sha256
    evidence.add(book, april, "3-1", "图.png", "image/png", b"png", now, "王")
    evidence.remove(book, month, "3-1", digest, now, "王")
    assert evidence.content(book, digest) == b"png"
    evidence.remove(book, april, "3-1", digest, now, "王")
    evidence.remove(book, april, "3-1", digest, now, "王")
    sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "CODE", 1, now, "王")
    assert evidence.content(book, digest) == b"png", "the draft of April can still undo"
    sealed.seal(book, april, b"%PDF", b"{}", "d" * 64, "CODE", 1, now, "王")
    with pytest.raises(LookupError):
        evidence.content(book, digest)
    said = [(row.old, row.new) for row in journal.rows(book, field="evidence")]
    assert said == [(None, f"{digest} 图.png")] * 2 + [(f"{digest} 图.png", None)] * 2


def test_a_flipped_byte_in_evidence_is_found(book: Book, month: Month, now: datetime) -> None:
    digest = evidence.add(book, month, "3-1", "图.png", "image/png", b"a picture of a stove", now, "王").sha256
    book.close()
    whole = book.path.read_bytes()
    book.path.write_bytes(whole.replace(b"of a stove", b"of a store"))
    with open_book(book.path) as again, pytest.raises(WorldError, match="已损坏"):
        evidence.content(again, digest)


def test_a_sealed_month_takes_no_notes(book: Book, month: Month, now: datetime) -> None:
    note = Explanation("3-1", "W1", "因雨", ())
    explanations.put(book, month, note, now, "王")
    held = evidence.add(book, month, "3-1", "图.png", "image/png", b"png", now, "王")
    sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "CODE", 1, now, "王")
    for action in (
        lambda: explanations.put(book, month, Explanation("3-1", "W1", "改", ()), now, "王"),
        lambda: evidence.add(book, month, "3-2", "b.png", "image/png", b"b", now, "王"),
        lambda: evidence.remove(book, month, "3-1", held.sha256, now, "王"),
    ):
        with pytest.raises(ClerkError, match="封存"):
            action()
    assert explanations.explanations(book, month.id) == (note,)
    assert evidence.evidence(book, month.id) == (held,)
