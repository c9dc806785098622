"""Which copies were merged: known by the head of their journal, in this book's own."""

from collections.abc import Iterable
from datetime import datetime

from desktop_app.model.merging import Drawn
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append
from desktop_app.store.months import Month

FIELD = "merged"


def known(book: Book, head: str) -> bool:
    """Whether a copy that stood at this head was merged whole before, and that was not taken back since."""
    found = book.read(
        "select new from journal where field = ? and (new = ? or old = ?) order by seq desc limit 1",
        (FIELD, head, head),
    )
    return bool(found) and found[0][0] == head


def note(book: Book, head: str, at: datetime, actor: str) -> None:
    """Note that it was."""
    with book.write() as connection:
        append(connection, [Change(FIELD, None, head)], at, actor)


def forget(book: Book, head: str, at: datetime, actor: str) -> None:
    """Note that it was taken back; it can be merged again."""
    if known(book, head):
        with book.write() as connection:
            append(connection, [Change(FIELD, head, None)], at, actor)


def mark(book: Book, month: Month, drawn: Iterable[Drawn], at: datetime, actor: str) -> None:
    """Note from whom each value came: the field `drawn:…` holds the value, its old side the source."""
    place = (month.period, month.revision)
    changes = [Change(f"drawn:{each.field}", each.source, each.new, *place, each.task) for each in drawn]
    with book.write() as connection:
        append(connection, changes, at, actor)
