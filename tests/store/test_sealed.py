"""Signed bytes are kept as they were, version by version."""

import hashlib
from datetime import datetime
from decimal import Decimal

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.report import MonthState
from desktop_app.store import Book, Month, entries, journal, months, open_book, sealed

PDF = b"%PDF-1.7 first signature"
CODE = "3F2A-9C01-77AB-0D4E"


@pytest.fixture
def sealed_month(book: Book, month: Month, now: datetime) -> Month:
    entries.save(book, month, "3-1", {"percent": Decimal(5)}, now, "王")
    sealed.seal(book, month, PDF, b'{"a":1}', "d" * 64, CODE, 1, now, "王")
    return month


def test_what_was_sealed_is_what_is_read(book: Book, sealed_month: Month, now: datetime) -> None:
    digest = hashlib.sha256(PDF).hexdigest()
    assert sealed.sealed(book, sealed_month.id) == sealed.Sealed(PDF, b'{"a":1}', "d" * 64, CODE, digest, 1, now)
    assert sealed.mark(book, sealed_month.id) == sealed.SealMark("d" * 64, CODE, digest, 1, now)
    assert journal.rows(book, field="signed_pdf")[-1].new == digest


def test_nothing_sealed_is_none(book: Book, month: Month) -> None:
    assert sealed.sealed(book, month.id) is None
    assert sealed.mark(book, month.id) is None


def test_signatures_follow_one_another_and_the_last_one_locks(book: Book, sealed_month: Month, now: datetime) -> None:
    sealed.add_signature(book, sealed_month, PDF + b" second", now, "赵", final=False)
    assert months.month(book, sealed_month.period).state is MonthState.SEALED
    sealed.add_signature(book, sealed_month, PDF + b" second third", now, "李", final=True)
    assert months.month(book, sealed_month.period).state is MonthState.SIGNED
    held = sealed.sealed(book, sealed_month.id)
    assert (held.pdf, held.signatures) == (PDF + b" second third", 3)
    assert book.read("select pdf from sealed_pdf order by seq")[0] == (PDF,)
    with pytest.raises(ClerkError, match="审签"):
        sealed.add_signature(book, sealed_month, PDF + b" second third fourth", now, "李", final=True)
    assert sealed.sealed(book, sealed_month.id) == held


def test_a_draft_cannot_be_countersigned(book: Book, month: Month, now: datetime) -> None:
    with pytest.raises(ClerkError, match="审签"):
        sealed.add_signature(book, month, PDF, now, "李", final=True)
    assert months.month(book, month.period).state is MonthState.DRAFT


def test_a_month_is_sealed_once(book: Book, sealed_month: Month, now: datetime) -> None:
    head = journal.head(book)
    with pytest.raises(ClerkError, match="封存"):
        sealed.seal(book, sealed_month, b"%PDF other", b"{}", "e" * 64, CODE, 1, now, "王")
    assert journal.head(book) == head


@pytest.mark.parametrize("pdf", [b"%PDF-1.7 other bytes, and longer", PDF, PDF[:-1]])
def test_a_signature_goes_behind_the_bytes_that_are_there(
    book: Book, sealed_month: Month, now: datetime, pdf: bytes
) -> None:
    with pytest.raises(ValueError, match="continue"):
        sealed.add_signature(book, sealed_month, pdf, now, "李", final=True)
    assert sealed.sealed(book, sealed_month.id).pdf == PDF


@pytest.mark.parametrize("victim", [b"first signature", b'{"a":1}'])
def test_a_flipped_byte_inside_is_found(book: Book, sealed_month: Month, victim: bytes) -> None:
    """quick_check and integrity_check do not see it; the digest does."""
    book.close()
    whole = book.path.read_bytes()
    assert whole.count(victim) == 1
    book.path.write_bytes(whole.replace(victim, bytes([victim[0] ^ 1]) + victim[1:]))
    with open_book(book.path) as again, pytest.raises(WorldError, match="签署原件已损坏"):
        sealed.sealed(again, sealed_month.id)


def test_a_seal_that_fails_leaves_a_draft(
    book: Book, month: Month, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(sealed, "move", fail)
    with pytest.raises(RuntimeError):
        sealed.seal(book, month, PDF, b"{}", "d" * 64, CODE, 1, now, "王")
    assert sealed.sealed(book, month.id) is None
    assert entries.save(book, month, "3-1", {"narrative": "还能写"}, now, "王").narrative == "还能写"
