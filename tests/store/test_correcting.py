"""The next revision begins with every word, and the journal tells of each."""

from datetime import datetime
from decimal import Decimal

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.finding import Explanation
from desktop_app.model.report import MonthState
from desktop_app.store import (
    Book,
    Month,
    correcting,
    entries,
    evidence,
    explanations,
    journal,
    sealed,
    soundness,
    taking_back,
)


@pytest.fixture
def signed(book: Book, month: Month, now: datetime) -> Month:
    entries.save(book, month, "3-1", {"narrative": "原话", "cumulative": Decimal("4.5")}, now, "王")
    explanations.put(book, month, Explanation("3-1", "W1", "因雨", (("a", "1"),)), now, "王")
    evidence.add(book, month, "3-1", "图.png", "image/png", b"png", now, "王")
    sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "3F2A-9C01-77AB-0D4E", 1, now, "王")
    sealed.add_signature(book, month, b"%PDF+", now, "李", final=True)
    return month


def test_every_word_comes_along_and_the_signed_file_stays(book: Book, signed: Month, now: datetime) -> None:
    opened = correcting.next_revision(book, signed, "更正累计数", now, "王")
    assert (opened.revision, opened.state, opened.reason) == (2, MonthState.DRAFT, "更正累计数")
    assert entries.entries(book, opened.id) == entries.entries(book, signed.id)
    assert explanations.explanations(book, opened.id) == explanations.explanations(book, signed.id)
    assert evidence.evidence(book, opened.id) == evidence.evidence(book, signed.id)
    entries.save(book, opened, "3-1", {"cumulative": Decimal(5)}, now, "王")
    held = sealed.sealed(book, signed.id)
    assert held is not None
    assert (held.pdf, entries.entries(book, signed.id)["3-1"].cumulative) == (b"%PDF+", Decimal("4.5"))
    assert soundness.flaws(book.connection) == ()
    assert journal.verify(book).intact


def test_undo_goes_back_to_the_signed_words_and_no_further(book: Book, signed: Month, now: datetime) -> None:
    opened = correcting.next_revision(book, signed, "更正累计数", now, "王")
    assert taking_back.last_step(book, taking_back.Scope()) == ()
    entries.save(book, opened, "3-1", {"cumulative": Decimal(5)}, now, "王")
    taking_back.turn(book, taking_back.last_step(book, taking_back.Scope()), now, "王", again=False)
    assert entries.entries(book, opened.id) == entries.entries(book, signed.id)
    assert taking_back.last_step(book, taking_back.Scope()) == ()
    assert soundness.flaws(book.connection) == ()


def test_only_the_newest_is_corrected_and_never_a_draft(book: Book, signed: Month, now: datetime) -> None:
    opened = correcting.next_revision(book, signed, "更正累计数", now, "王")
    for month in (signed, opened):
        with pytest.raises(ClerkError, match="已经打开"):
            correcting.next_revision(book, month, "再来", now, "王")
    assert entries.entries(book, opened.id) == entries.entries(book, signed.id)
