"""What goes out and comes in is noted once, together with what it does."""

import hashlib
from datetime import datetime, timedelta

import pytest

from desktop_app.errors import ClerkError
from desktop_app.model.report import MonthState
from desktop_app.store import Book, Month, journal, months, sealed, transfers

RECEIPT = b"%PDF receipt"
DIGEST = hashlib.sha256(RECEIPT).hexdigest()


@pytest.fixture
def signed(book: Book, month: Month, now: datetime) -> Month:
    sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "CODE", 1, now, "王")
    sealed.add_signature(book, month, b"%PDF+", now, "李", final=True)
    return month


def state(book: Book, month: Month) -> MonthState:
    return months.month(book, month.period).state


def test_handing_in_twice_is_noted_twice_and_dated_once(book: Book, signed: Month, now: datetime) -> None:
    transfers.record_out(book, signed, "/stick", "r.pdf", "e" * 64, now, "王")
    transfers.record_out(book, signed, "/other", "r.pdf", "e" * 64, now + timedelta(days=1), "王")
    assert state(book, signed) is MonthState.HANDED_IN
    assert months.month(book, signed.period).handed_in_at == now
    assert [(sent.place, sent.period, sent.at.day) for sent in transfers.outbox(book)] == [
        ("/stick", signed.period, 3), ("/other", signed.period, 4),
    ]  # fmt: skip


@pytest.mark.parametrize("seal_first", [False, True])
def test_what_is_not_fully_signed_does_not_go_out(book: Book, month: Month, now: datetime, seal_first: bool) -> None:
    if seal_first:
        sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "CODE", 1, now, "王")
    with pytest.raises(ClerkError, match="还没有签署完成"):
        transfers.record_out(book, month, "/stick", "r.pdf", "e" * 64, now, "王")
    assert transfers.outbox(book) == ()


@pytest.mark.parametrize("handed_in", [False, True])
def test_a_receipt_closes_the_month_once(book: Book, signed: Month, now: datetime, handed_in: bool) -> None:
    if handed_in:
        transfers.record_out(book, signed, "/stick", "r.pdf", "e" * 64, now, "王")
    assert transfers.record_in(
        book, DIGEST, "receipt", "回执.pdf", "办结", RECEIPT, now, close_month=signed, actor="王"
    )
    assert months.month(book, signed.period).closed_at == now
    head = journal.head(book)
    later = now + timedelta(days=1)
    assert not transfers.record_in(
        book, DIGEST, "receipt", "b.pdf", "办结", RECEIPT, later, close_month=signed, actor="王"
    )
    assert journal.head(book) == head
    assert [(row.name, row.data, row.at) for row in transfers.inbox(book)] == [("回执.pdf", RECEIPT, now)]
    assert transfers.arrived(book, DIGEST)


def test_a_receipt_that_closes_nothing_is_kept(book: Book, month: Month, now: datetime) -> None:
    assert transfers.record_in(book, DIGEST, "receipt", "r.pdf", "迟到", RECEIPT, now, close_month=None, actor="王")
    assert state(book, month) is MonthState.DRAFT


def test_a_receipt_for_a_draft_is_refused_whole(book: Book, month: Month, now: datetime) -> None:
    with pytest.raises(ClerkError, match="不能登记回执"):
        transfers.record_in(book, DIGEST, "receipt", "r.pdf", "办结", RECEIPT, now, close_month=month, actor="王")
    assert transfers.inbox(book) == ()
    assert not transfers.arrived(book, DIGEST)


def test_a_digest_of_other_bytes_is_our_bug(book: Book, now: datetime) -> None:
    with pytest.raises(ValueError, match="digest"):
        transfers.record_in(book, DIGEST, "receipt", "r.pdf", "办结", b"other", now, close_month=None, actor="王")


def test_a_closed_month_can_be_handed_in_again_without_reopening(book: Book, signed: Month, now: datetime) -> None:
    transfers.record_in(book, DIGEST, "receipt", "r.pdf", "办结", RECEIPT, now, close_month=signed, actor="王")
    transfers.record_out(book, signed, "/archive", "r.pdf", "e" * 64, now, "王")
    assert state(book, signed) is MonthState.RECEIVED
    assert len(transfers.outbox(book)) == 1
