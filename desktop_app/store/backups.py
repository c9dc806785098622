"""Verified copies: a backup that was not read back is none."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.store import cipher
from desktop_app.store.book import Book
from desktop_app.store.cipher import Secret
from desktop_app.store.faults import told
from desktop_app.store.folders import sync_folder
from desktop_app.store.soundness import flaws, whole


def backup(book: Book, target: Path) -> tuple[str, ...]:
    """Copy the book to a new file and check the copy; ClerkError where the name is taken, WorldError on a full disk.

    Returns what was already wrong in the book, in words.
    """
    return copy(book.connection, target, book.secret)


@dataclass(frozen=True, slots=True)
class Copying:
    """A copy whose bytes are written and not yet believed. `finish` needs no book and may run in any thread."""

    part: Path
    target: Path
    head: str
    secret: Secret | None = None

    def finish(self) -> tuple[str, ...]:
        """Check the copy, make it durable, name it; returns what was already wrong in the book. Or nothing is left."""
        with told(self.target):
            try:
                flaws = _checked(self)
                with self.part.open("rb+") as written:
                    os.fsync(written.fileno())
                self.part.rename(self.target)
                sync_folder(self.target.parent)
            finally:
                _sweep(self.part)
        return flaws


def begin(connection: sqlite3.Connection, target: Path, secret: Secret | None = None) -> Copying:
    """Write the whole database beside its later name; ClerkError where that is taken.

    The copy of an encrypted book is encrypted under the same `secret`.
    """
    if target.exists() or target.is_symlink():
        raise ClerkError(
            _("{name} 已经存在，没有备份。").format(name=target.name), _("请换一个文件名；已有的文件没有改动。")
        )
    part = target.with_name(f".{target.name}.part")
    with told(target):
        try:
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _fill(connection, part, secret)
        except BaseException:
            _sweep(part)
            raise
    return Copying(part, target, _head(connection), secret)


def copy(connection: sqlite3.Connection, target: Path, secret: Secret | None = None) -> tuple[str, ...]:
    """The whole database to a new file: written beside, verified, synced, then named; no half a file is left.

    Returns what was already wrong in the book: its copy is faithful, and better than none.
    """
    return begin(connection, target, secret).finish()


def _fill(connection: sqlite3.Connection, part: Path, secret: Secret | None) -> None:
    written = cipher.connect(part, secret, 0) if secret else sqlite3.connect(part, isolation_level=None)
    try:
        connection.backup(written)
        written.execute("pragma journal_mode=delete")  # a copy is at rest, whatever the book was doing
    finally:
        written.close()


def _checked(copying: Copying) -> tuple[str, ...]:
    """Read the copy back: whole pages, and the journal ending where the book's does; the flaws inside."""
    place = f"{copying.part.absolute().as_uri()}?mode=ro"
    secret = copying.secret
    written = cipher.connect(copying.part, secret, 0) if secret else sqlite3.connect(place, uri=True)
    try:
        if not whole(written) or _head(written) != copying.head:
            raise WorldError(
                _("备份 {name} 写完后核对不上，已删除。").format(name=copying.target.name),
                _("请换一个存储设备再备份；填报簿本身没有改动。"),
            )
        return flaws(written)
    finally:
        written.close()


def _sweep(part: Path) -> None:
    for leftover in (part, *(part.with_name(f"{part.name}-{kind}") for kind in ("journal", "wal", "shm"))):
        leftover.unlink(missing_ok=True)


def _head(connection: sqlite3.Connection) -> str:
    found = connection.execute("select hash from journal order by seq desc limit 1").fetchone()
    return str(found[0].hex()) if found else ""
