"""Long looks at the open book from another thread, while the clerk types on."""

from collections.abc import Callable
from pathlib import Path

from desktop_app.desk import backups, history
from desktop_app.desk.backups import Holds
from desktop_app.desk.desk import Desk
from desktop_app.desk.history import JournalVerdict
from desktop_app.desk.unlocking import learn
from desktop_app.store.snapshot import frozen


def verify_journal(desk: Desk) -> Callable[[], JournalVerdict]:
    """The journal as it is now, ready to be verified in any thread."""
    opened = frozen(desk.book)
    clock = desk.clock

    def verify() -> JournalVerdict:
        with opened() as book:
            return history.verify(Desk(book, clock=clock))

    return verify


def look(desk: Desk, backup: Path, recovery: str | None = None) -> Callable[[], Holds]:
    """A copy beside the book as it is now, ready to be compared in any thread.

    `recovery` is the typed key of an encrypted copy; it stays in the keyring where it fits, so that a restore finds it.
    """
    opened = frozen(desk.book)

    def compare() -> Holds:
        if recovery is not None:
            learn(backup, recovery)
        with opened() as book:
            return backups.look(backup, Desk(book))

    return compare
