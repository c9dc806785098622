"""The bureau's side of a book."""

import hashlib
from datetime import datetime, timedelta

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.period import Period
from desktop_app.store import Book, bureau, journal, open_book

MARCH = Period(2023, 3)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(book: Book, pdf: bytes, now: datetime, code: str = "3F2A-9C01-77AB-0D4E", period: Period = MARCH) -> bool:
    unit = "110105" if pdf < b"n" else "110112"
    return bureau.keep_report(book, sha(pdf), unit, "某区", period, 1, code, "d" * 64, True, pdf, now, "王")


def test_a_certificate_is_trusted_once_and_a_renewal_beside_it(book: Book, now: datetime) -> None:
    first = bureau.enrol(book, "110105", "朝阳区", b"pem 1", "f1", now, "王")
    again = bureau.enrol(book, "110105", "朝阳区", b"pem 1", "f1", now + timedelta(days=1), "王")
    renewed = bureau.enrol(book, "110105", "朝阳区", b"pem 2", "f2", now, "王")
    assert again == first == bureau.Enrolled("110105", "朝阳区", b"pem 1", "f1", now)
    assert bureau.enrolled(book) == (first, renewed)


def test_a_report_is_kept_once(book: Book, now: datetime) -> None:
    assert keep(book, b"a", now)
    head = journal.head(book)
    assert not keep(book, b"a", now + timedelta(days=1))
    assert journal.head(book) == head
    (found,) = bureau.reports(book)
    assert (found.pdf, found.received_at, found.period, found.on_time, found.answer) == (b"a", now, MARCH, True, None)


def test_reports_are_found_by_period_and_unit(book: Book, now: datetime) -> None:
    for pdf, period in ((b"a", MARCH), (b"b", MARCH.previous), (b"z", MARCH)):
        keep(book, pdf, now, period=period)
    assert [found.pdf for found in bureau.reports(book)] == [b"a", b"b", b"z"]
    assert [found.pdf for found in bureau.reports(book, MARCH)] == [b"a", b"z"]
    assert [found.pdf for found in bureau.reports(book, MARCH, "110112")] == [b"z"]


def test_a_report_is_found_by_digest_prefix_or_check_code(book: Book, now: datetime) -> None:
    keep(book, b"a", now)
    keep(book, b"b", now, "0000-1111-2222-3333")
    for word in (sha(b"a"), sha(b"a")[:12], f" {sha(b'a')[:12].upper()} ", "3F2A-9C01-77AB-0D4E", "3f2a9c0177ab0d4e"):
        assert bureau.report(book, word).pdf == b"a"
    for word in ("ffff", "", "%", "3F2A-9C01", "_" * 64):
        assert bureau.report(book, word) is None


def test_a_prefix_of_two_reports_is_refused(book: Book, now: datetime) -> None:
    pdfs = [str(n).encode() for n in range(17)]
    for pdf in pdfs:
        keep(book, pdf, now, code=pdf.decode())
    firsts = [sha(pdf)[0] for pdf in pdfs]
    shared = next(letter for letter in firsts if firsts.count(letter) > 1)
    with pytest.raises(ClerkError, match="不止一份"):
        bureau.report(book, shared)


def test_an_answer_is_given_once(book: Book, now: datetime) -> None:
    keep(book, b"a", now)
    bureau.set_answer(book, sha(b"a"), "accepted", sha(b"r"), b"r", now, "王")
    found = bureau.report(book, sha(b"a"))
    assert (found.answer, found.receipt_sha256, found.receipt_pdf, found.answered_at) == (
        "accepted",
        sha(b"r"),
        b"r",
        now,
    )
    with pytest.raises(ClerkError, match="已经答复过"):
        bureau.set_answer(book, sha(b"a"), "returned", sha(b"s"), b"s", now, "王")
    assert bureau.report(book, sha(b"a")) == found


@pytest.mark.parametrize(("report", "digest"), [("none", sha(b"r")), (sha(b"a"), sha(b"other"))])
def test_an_answer_to_nothing_or_with_other_bytes_is_our_bug(
    book: Book, now: datetime, report: str, digest: str
) -> None:
    keep(book, b"a", now)
    with pytest.raises((LookupError, ValueError)):
        bureau.set_answer(book, report, "accepted", digest, b"r", now, "王")
    assert bureau.report(book, sha(b"a")).answer is None


def test_a_flipped_byte_in_a_report_is_found(book: Book, now: datetime) -> None:
    keep(book, b"a very long report indeed", now)
    book.close()
    whole = book.path.read_bytes()
    book.path.write_bytes(whole.replace(b"long report", b"lung report"))
    with open_book(book.path) as again, pytest.raises(WorldError, match="已损坏"):
        bureau.reports(again)
