"""What left the book and what came back, each once: a receipt that comes twice changes nothing."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store.book import Also, Book
from desktop_app.store.faults import damaged
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.months import Month, move, state_now


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that was handed in: where to, under which name, and exactly which bytes."""

    period: Period
    revision: int
    place: str
    name: str
    pdf_sha256: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came in; `effect` says what it did. `data` are its bytes."""

    sha256: str
    kind: str
    name: str
    effect: str
    data: bytes
    at: datetime


def record_out(book: Book, month: Month, place: str, name: str, pdf_sha256: str, at: datetime, actor: str) -> None:
    """Note a delivery; the first one makes the month handed in. ClerkError where it is not fully signed."""
    with book.write() as connection:
        if state_now(connection, month) not in (MonthState.RECEIVED, MonthState.RETURNED):
            move(connection, month, MonthState.HANDED_IN, at, actor)
        connection.execute(
            "insert into outbox (month_id, place, name, pdf_sha256, at, actor) values (?, ?, ?, ?, ?, ?)",
            (month.id, place, name, pdf_sha256, stamp(at), actor),
        )
        change = Change("handed_in", None, f"{pdf_sha256} {place}", month.period, month.revision)
        append(connection, [change], at, actor)


def outbox(book: Book) -> tuple[Sent, ...]:
    """Every delivery, in order."""
    found = book.query(
        "select period, revision, place, name, pdf_sha256, at, actor from outbox "
        "join month on month.id = month_id order by seq"
    )
    return tuple(
        Sent(**row | {"period": Period.parse(row["period"]), "at": datetime.fromisoformat(row["at"])}) for row in found
    )


def record_in(
    book: Book,
    sha256_hex: str,
    kind: str,
    name: str,
    effect: str,
    data: bytes,
    at: datetime,
    *,
    close_month: Month | None,
    actor: str,
    closes_as: MonthState = MonthState.RECEIVED,
    also: Also | None = None,
) -> bool:
    """Note a file that came in, close the month it answers and do what `also` does, in one transaction.

    `sha256_hex` is the digest of `data`, the file's bytes. A file that is known returns False and changes nothing.
    """
    if sha256(data).hexdigest() != sha256_hex:
        raise ValueError("the digest is not that of the bytes")
    if arrived(book, sha256_hex):
        return False
    with book.write() as connection:
        note(connection, Arrived(sha256_hex, kind, name, effect, data, at), actor, close_month)
        if close_month is not None:
            move(connection, close_month, closes_as, at, actor)
        if also is not None:
            also(connection)
    return True


def note(connection: sqlite3.Connection, file: Arrived, actor: str, about: Month | None = None) -> None:
    """Note a file that came in, inside the transaction that does what it says; IntegrityError where it is known."""
    connection.execute(
        "insert into inbox (sha256, kind, name, effect, at, data) values (?, ?, ?, ?, ?, ?)",
        (file.sha256, file.kind, file.name, file.effect, stamp(file.at), file.data),
    )
    period, revision = (about.period, about.revision) if about else (None, None)
    append(connection, [Change(f"received:{file.kind}", None, file.sha256, period, revision)], file.at, actor)


def arrived(book: Book, sha256_hex: str) -> bool:
    """Whether these exact bytes came in before."""
    return bool(book.read("select 1 from inbox where sha256 = ?", (sha256_hex,)))


def named(book: Book, sha256_hex: str) -> tuple[str, datetime] | None:
    """Under which name and when these bytes came in, without reading them; None where they did not."""
    found = book.read("select name, at from inbox where sha256 = ?", (sha256_hex,))
    return (found[0][0], datetime.fromisoformat(found[0][1])) if found else None


def content(book: Book, sha256_hex: str) -> bytes:
    """The bytes of a file that came in; WorldError where they are no longer those, LookupError where it did not."""
    found = book.read("select data from inbox where sha256 = ?", (sha256_hex,))
    if not found:
        raise LookupError(f"no file {sha256_hex} came in")
    data = bytes(found[0][0])
    if sha256(data).hexdigest() != sha256_hex:
        raise damaged(book.path)
    return data


def letters(book: Book) -> tuple[tuple[str, str], ...]:
    """(sha256, kind) of every receipt and return that came in, in order; their bytes are left where they are."""
    found = book.read("select sha256, kind from inbox where kind in ('receipt', 'return') order by seq")
    return tuple((sha256_hex, kind) for sha256_hex, kind in found)


def inbox(book: Book) -> tuple[Arrived, ...]:
    """Everything that came in, in order."""
    found = book.query("select sha256, kind, name, effect, data, at from inbox order by seq")
    return tuple(Arrived(**row | {"at": datetime.fromisoformat(row["at"])}) for row in found)
