"""The receiving desk's side of a book: whose certificates it trusts, which reports it holds, what it answered."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.faults import damaged
from desktop_app.store.journal import Change, append, stamp

_COLUMNS = (
    "bureau_report.sha256, unit_code, unit_name, period, revision, check_code, data_sha256, on_time, "
    "bureau_report.at as received_at, answer, receipt_sha256, bureau_answer.at as answered_at"
)
_FROM = "from bureau_report left join bureau_answer on bureau_answer.sha256 = bureau_report.sha256"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A unit's certificate that the bureau trusts; a unit has one more after each renewal."""

    unit_code: str
    unit_name: str
    certificate_pem: str
    fingerprint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report the bureau holds, by the sha256 of its bytes; `answer` is accepted, returned or None."""

    sha256: str
    unit_code: str
    unit_name: str
    period: Period
    revision: int
    check_code: str
    data_sha256: str
    on_time: bool
    received_at: datetime
    answer: str | None
    receipt_sha256: str | None
    answered_at: datetime | None


def enrol(
    book: Book, unit_code: str, unit_name: str, certificate_pem: str, fingerprint: str, at: datetime, actor: str = ""
) -> bool:
    """Trust a unit's certificate; False where it was trusted already."""
    if book.read("select 1 from enrolled where unit_code = ? and fingerprint = ?", (unit_code, fingerprint)):
        return False
    with book.write() as connection:
        connection.execute(
            "insert into enrolled (unit_code, unit_name, certificate_pem, fingerprint, at) values (?, ?, ?, ?, ?)",
            (unit_code, unit_name, certificate_pem, fingerprint, stamp(at)),
        )
        append(connection, [Change(f"enrolled:{unit_code}", None, fingerprint)], at, actor)
    return True


def enrolled(book: Book) -> tuple[Enrolled, ...]:
    """Every certificate trusted, in the order of enrolment."""
    found = book.query("select unit_code, unit_name, certificate_pem, fingerprint, at from enrolled order by seq")
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
    actor: str = "",
) -> bool:
    """Keep a report that came in; the same bytes again return False and change nothing."""
    if sha256(pdf).hexdigest() != sha256_hex:
        raise ValueError("the digest is not that of the bytes")
    if book.read("select 1 from bureau_report where sha256 = ?", (sha256_hex,)):
        return False
    with book.write() as connection:
        connection.execute(
            "insert into bureau_report (sha256, unit_code, unit_name, period, revision, check_code, data_sha256, "
            "on_time, at, pdf) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                sha256_hex, unit_code, unit_name, str(period), revision, check_code, data_sha256, int(on_time),
                stamp(at), pdf,
            ),
        )  # fmt: skip
        append(connection, [Change(f"report:{unit_code}", None, sha256_hex, period, revision)], at, actor)
    return True


def reports(book: Book, period: Period | None = None) -> tuple[HeldReport, ...]:
    """Every report held, or those of one period, in the order they came."""
    when = str(period) if period else None
    found = book.query(
        f"select {_COLUMNS} {_FROM} where :period is null or period = :period order by seq",  # noqa: S608 - constant
        {"period": when},
    )
    return tuple(_held(row) for row in found)


def report(book: Book, sha256_or_prefix: str) -> HeldReport | None:
    """The report whose digest begins like this; None where there is none, ClerkError where there are several."""
    wanted = sha256_or_prefix.strip().lower()
    found = book.query(
        f"select {_COLUMNS} {_FROM} where substr(bureau_report.sha256, 1, length(:wanted)) = :wanted limit 2",  # noqa: S608
        {"wanted": wanted},
    )
    if len(found) > 1 or not wanted:
        raise ClerkError(_("以「{text}」开头的月报不止一份。").format(text=wanted), _("请多写几位，直到只剩一份。"))
    return _held(found[0]) if found else None


def report_bytes(book: Book, sha256_hex: str) -> bytes:
    """The report as it came in; WorldError where the bytes are no longer those."""
    return _bytes(book, "select pdf, sha256 from bureau_report where sha256 = ?", sha256_hex)


def receipt_bytes(book: Book, sha256_hex: str) -> bytes:
    """The receipt that answered this report; LookupError where it was not answered."""
    return _bytes(book, "select receipt, receipt_sha256 from bureau_answer where sha256 = ?", sha256_hex)


def set_answer(
    book: Book, sha256_hex: str, answer: str, receipt_sha256: str, receipt: bytes, at: datetime, actor: str = ""
) -> None:
    """Note that a report was `accepted` or `returned` with this receipt; ClerkError where it was answered before."""
    if sha256(receipt).hexdigest() != receipt_sha256:
        raise ValueError("the digest is not that of the receipt")
    held = report(book, sha256_hex)
    if held is None:
        raise LookupError(f"no report {sha256_hex}")
    if held.answer is not None:
        raise ClerkError(
            _("{unit} {period} 的这份月报已经答复过。").format(unit=held.unit_name, period=held.period.label),
            _("答复不能更改；可以再次导出原来的回执。"),
        )
    with book.write() as connection:
        connection.execute(
            "insert into bureau_answer (sha256, answer, receipt_sha256, at, receipt) values (?, ?, ?, ?, ?)",
            (held.sha256, answer, receipt_sha256, stamp(at), receipt),
        )
        change = Change(f"answer:{held.unit_code}", None, f"{answer} {held.sha256}", held.period, held.revision)
        append(connection, [change], at, actor)


def _held(row: dict[str, Any]) -> HeldReport:
    answered = row["answered_at"]
    return HeldReport(
        **row
        | {
            "period": Period.parse(row["period"]),
            "on_time": bool(row["on_time"]),
            "received_at": datetime.fromisoformat(row["received_at"]),
            "answered_at": datetime.fromisoformat(answered) if answered else None,
        }
    )


def _bytes(book: Book, sql: str, sha256_hex: str) -> bytes:
    found = book.read(sql, (sha256_hex,))
    if not found:
        raise LookupError(f"nothing kept under {sha256_hex}")
    data, digest = found[0]
    if sha256(data).hexdigest() != digest:
        raise damaged(book.path)
    return bytes(data)
