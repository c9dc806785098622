"""The receiving desk's side of a book: whose certificates it trusts, which reports it holds, what it answered."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.store import report_digests
from desktop_app.store.book import Book
from desktop_app.store.faults import damaged
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.report_digests import ReportDigest

_READ = """
select bureau_report.sha256, unit_code, unit_name, period, revision, check_code, data_sha256, on_time, pdf,
       bureau_report.at as received_at, answer, receipt_sha256, receipt as receipt_pdf, bureau_answer.at as answered_at
from bureau_report left join bureau_answer on bureau_answer.sha256 = bureau_report.sha256
where {} order by seq
"""
_BY_PERIOD = _READ.format("(:period is null or period = :period) and (:unit is null or unit_code = :unit)")
_BY_DIGEST = _READ.format(
    "substr(bureau_report.sha256, 1, length(:word)) = :word or replace(check_code, '-', '') = :code"
)
_EXACTLY = _READ.format("bureau_report.sha256 = :word")
_DIGEST = 64  # hex digits


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A unit's certificate that the bureau trusts; a unit has one more after each renewal."""

    unit_code: str
    unit_name: str
    certificate_pem: bytes
    fingerprint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report the bureau holds, whole; the last four are None while it is unanswered."""

    sha256: str
    unit_code: str
    unit_name: str
    period: Period
    revision: int
    check_code: str
    data_sha256: str
    on_time: bool
    pdf: bytes
    received_at: datetime
    answer: str | None
    receipt_sha256: str | None
    receipt_pdf: bytes | None
    answered_at: datetime | None


def enrol(
    book: Book, unit_code: str, unit_name: str, certificate_pem: bytes, fingerprint: str, at: datetime, actor: str
) -> Enrolled:
    """Trust a unit's certificate; one that is trusted already is returned as it was enrolled."""
    for known in enrolled(book):
        if (known.unit_code, known.fingerprint) == (unit_code, fingerprint):
            return known
    with book.write() as connection:
        connection.execute(
            "insert into enrolled (unit_code, unit_name, certificate_pem, fingerprint, at) values (?, ?, ?, ?, ?)",
            (unit_code, unit_name, certificate_pem, fingerprint, stamp(at)),
        )
        append(connection, [Change(f"enrolled:{unit_code}", None, fingerprint)], at, actor)
    return enrolled(book)[-1]


def enrolled(book: Book, unit_name: str | None = None) -> tuple[Enrolled, ...]:
    """Every certificate trusted, or those of one unit, in the order of enrolment."""
    found = book.query(
        "select unit_code, unit_name, certificate_pem, fingerprint, at from enrolled "
        "where :name is null or unit_name = :name order by seq",
        {"name": unit_name},
    )
    return tuple(Enrolled(**row | {"at": datetime.fromisoformat(row["at"])}) for row in found)


def keep_report(
    book: Book,
    sha256_hex: str,
    unit_code: str,
    unit_name: str,
    period: Period,
    revision: int,
    check_code: str,
    data_sha256: str,
    on_time: bool,  # noqa: FBT001 - agreed between the rooms
    pdf: bytes,
    at: datetime,
    actor: str,
    digest: ReportDigest | None = None,
) -> bool:
    """Keep a report that came in, with what will be asked of it; the same bytes again change nothing: False."""
    if sha256(pdf).hexdigest() != sha256_hex:
        raise ValueError("the digest is not that of the bytes")
    if book.read("select 1 from bureau_report where sha256 = ?", (sha256_hex,)):
        return False
    place = (sha256_hex, unit_code, unit_name, str(period), revision)
    with book.write() as connection:
        connection.execute(
            "insert into bureau_report (sha256, unit_code, unit_name, period, revision, check_code, data_sha256, "
            "on_time, at, pdf) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*place, check_code, data_sha256, int(on_time), stamp(at), pdf),
        )
        if digest is not None:
            report_digests.put(connection, sha256_hex, digest)
        append(connection, [Change(f"report:{unit_code}", None, sha256_hex, period, revision)], at, actor)
    return True


def reports(book: Book, period: Period | None = None, unit_code: str | None = None) -> tuple[KeptReport, ...]:
    """The reports held, of one period or one unit where asked, in the order they came."""
    asked = {"period": str(period) if period else None, "unit": unit_code}
    return tuple(_kept(book, row) for row in book.query(_BY_PERIOD, asked))


def report(book: Book, word: str) -> KeptReport | None:
    """The report whose sha256 begins like this or whose check code it is; ClerkError where there are several."""
    asked = {"word": word.strip().lower(), "code": word.strip().upper().replace("-", "")}
    whole = len(asked["word"]) == _DIGEST  # found by its index; anything else is looked for in every row
    found = (
        book.query(_EXACTLY if whole else _BY_DIGEST, asked if not whole else {"word": asked["word"]})
        if asked["word"]
        else []
    )
    if len(found) > 1:
        raise ClerkError(_("以「{text}」开头的月报不止一份。").format(text=word), _("请多写几位，直到只剩一份。"))
    return _kept(book, found[0]) if found else None


def set_answer(
    book: Book, sha256_hex: str, answer: str, receipt_sha256: str, receipt: bytes, at: datetime, actor: str
) -> None:
    """Note that a report was `accepted` or `returned` with this receipt; ClerkError where it was answered before."""
    if sha256(receipt).hexdigest() != receipt_sha256:
        raise ValueError("the digest is not that of the receipt")
    held = report(book, sha256_hex)
    if held is None:
        raise LookupError(f"no report {sha256_hex}")
    if held.answer is not None:
        raise ClerkError(
            _("{unit}{period}的这份月报已经答复过。").format(unit=held.unit_name, period=held.period.spoken),
            _("答复不能更改；可以再次导出原来的回执。"),
        )
    with book.write() as connection:
        connection.execute(
            "insert into bureau_answer (sha256, answer, receipt_sha256, at, receipt) values (?, ?, ?, ?, ?)",
            (held.sha256, answer, receipt_sha256, stamp(at), receipt),
        )
        change = Change(f"answer:{held.unit_code}", None, f"{answer} {held.sha256}", held.period, held.revision)
        append(connection, [change], at, actor)


def _kept(book: Book, row: dict[str, Any]) -> KeptReport:
    """A row as a value; WorldError where its bytes are no longer those that came."""
    for data, digest in ((row["pdf"], row["sha256"]), (row["receipt_pdf"], row["receipt_sha256"])):
        if data is not None and sha256(data).hexdigest() != digest:
            raise damaged(book.path)
    answered = row["answered_at"]
    times = {
        "received_at": datetime.fromisoformat(row["received_at"]),
        "answered_at": datetime.fromisoformat(answered) if answered else None,
    }
    return KeptReport(**row | times | {"period": Period.parse(row["period"]), "on_time": bool(row["on_time"])})
