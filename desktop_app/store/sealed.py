"""Signed bytes: every version kept as it was, each with a digest that is checked whenever it is read."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desktop_app.errors import WorldError
from desktop_app.language import _
from desktop_app.model.report import MonthState
from desktop_app.store import evidence
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.months import Month, move, require_draft, require_sealed


@dataclass(frozen=True, slots=True)
class SealMark:
    """What is known of a sealed report without reading its bytes."""

    data_sha256: str
    check_code: str
    pdf_sha256: str
    signatures: int
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed report: the newest signed PDF, and report.json as it was embedded."""

    pdf: bytes
    data: bytes
    data_sha256: str
    check_code: str
    pdf_sha256: str
    signatures: int
    sealed_at: datetime


def seal(
    book: Book,
    month: Month,
    pdf: bytes,
    data: bytes,
    data_sha256: str,
    check_code: str,
    signatures: int,
    at: datetime,
    actor: str,
    *,
    statement: str = "",
) -> None:
    """Keep the first signed bytes and close the month's words, in one transaction.

    `statement` is what the signer was shown and stated by signing.
    """
    with book.write() as connection:
        require_draft(connection, month)
        connection.execute(
            "insert into sealed (month_id, data, data_digest, data_sha256, check_code, sealed_at, actor) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            (month.id, data, sha256(data).hexdigest(), data_sha256, check_code, stamp(at), actor),
        )
        _keep(connection, month, pdf, signatures, at, actor, final=False, statement=statement)
        move(connection, month, MonthState.SEALED, at, actor)
        evidence.let_go(connection)


def add_signature(
    book: Book,
    month: Month,
    pdf: bytes,
    at: datetime,
    actor: str,
    final: bool,  # noqa: FBT001 - agreed
    statement: str = "",
) -> None:
    """Keep the same bytes with one more signature behind them; the final one makes the month signed.

    ClerkError where no signature is awaited; bytes that do not continue the kept ones are our bug.
    """
    before = sealed(book, month.id)
    with book.write() as connection:
        require_sealed(connection, month)
        if before is None or not (len(pdf) > len(before.pdf) and pdf.startswith(before.pdf)):
            raise ValueError("the signed bytes do not continue those that were sealed")
        _keep(connection, month, pdf, before.signatures + 1, at, actor, final=final, statement=statement)
        if final:
            move(connection, month, MonthState.SIGNED, at, actor)


def mark(book: Book, month_id: int) -> SealMark | None:
    """The seal without its bytes; None where nothing was sealed."""
    found = book.read(
        "select data_sha256, check_code, pdf_sha256, signatures, sealed_at from sealed "
        "join sealed_pdf on sealed_pdf.month_id = sealed.month_id where sealed.month_id = ? "
        "order by sealed_pdf.seq desc limit 1",
        (month_id,),
    )
    if not found:
        return None
    data_sha256, check_code, pdf_sha256, signatures, sealed_at = found[0]
    return SealMark(data_sha256, check_code, pdf_sha256, signatures, datetime.fromisoformat(sealed_at))


def sealed(book: Book, month_id: int) -> Sealed | None:
    """The newest signed bytes; WorldError where they are not those that were kept."""
    known = mark(book, month_id)
    if known is None:
        return None
    ((pdf, data, data_digest),) = book.read(
        "select pdf, data, data_digest from sealed join sealed_pdf on sealed_pdf.month_id = sealed.month_id "
        "where sealed.month_id = ? order by sealed_pdf.seq desc limit 1",
        (month_id,),
    )
    if sha256(pdf).hexdigest() != known.pdf_sha256 or sha256(data).hexdigest() != data_digest:
        raise WorldError(
            _("{name} 里保存的签署原件已损坏，与签署时不符。").format(name=book.path.name),
            _("请以报送出去的文件或备份为准。"),
        )
    return Sealed(pdf, data, known.data_sha256, known.check_code, known.pdf_sha256, known.signatures, known.sealed_at)


def _keep(
    connection: sqlite3.Connection,
    month: Month,
    pdf: bytes,
    signatures: int,
    at: datetime,
    actor: str,
    *,
    final: bool,
    statement: str,
) -> None:
    digest = sha256(pdf).hexdigest()
    before = connection.execute(
        "select pdf_sha256 from sealed_pdf where month_id = ? order by seq desc limit 1", (month.id,)
    ).fetchone()
    connection.execute(
        "insert into sealed_pdf (month_id, pdf_sha256, signatures, final, at, actor, pdf) values (?, ?, ?, ?, ?, ?, ?)",
        (month.id, digest, signatures, int(final), stamp(at), actor, pdf),
    )
    change = Change("signed_pdf", before[0] if before else None, digest, month.period, month.revision)
    stated = [Change("statement", None, statement, month.period, month.revision)] if statement else []
    append(connection, [*stated, change], at, actor)
