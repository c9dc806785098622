"""Which packs were taken in from whom: an older one is refused, whatever order they come in."""

import sqlite3
from datetime import datetime

from desktop_app.store.book import Book
from desktop_app.store.journal import stamp


def newest(book: Book, kind: str, subject: str, issuer: str) -> datetime | None:
    """When the newest pack of this kind and subject (a year) that was taken from this office had been issued."""
    found = book.read(
        "select issued_at from pack where kind = ? and subject = ? and issuer = ?", (kind, subject, issuer)
    )
    return max((datetime.fromisoformat(at) for (at,) in found), default=None)


def put(connection: sqlite3.Connection, sha256: str, kind: str, subject: str, issuer: str, issued_at: datetime) -> None:
    """Note it inside the transaction that records the file."""
    connection.execute(
        "insert into pack (sha256, kind, subject, issuer, issued_at) values (?, ?, ?, ?, ?)",
        (sha256, kind, subject, issuer, stamp(issued_at)),
    )
