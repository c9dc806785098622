"""Verified copies: a backup that was not read back is none."""

import os
import sqlite3
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.store.book import Book
from desktop_app.store.faults import told
from desktop_app.store.folders import sync_folder
from desktop_app.store.journal import ROWS_IN_ORDER, verify_rows


def backup(book: Book, target: Path) -> None:
    """Copy the book to a new file and check the copy; ClerkError where the name is taken, WorldError on a full disk."""
    copy(book.connection, target)


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """The whole database to a new file: written beside, verified, synced, then named; no half a file is left."""
    if target.exists() or target.is_symlink():
        raise ClerkError(
            _("{name} 已经存在，没有备份。").format(name=target.name), _("请换一个文件名；已有的文件没有改动。")
        )
    part = target.with_name(f".{target.name}.part")
    with told(target):
        try:
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _fill(connection, part, target)
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            part.rename(target)
            sync_folder(target.parent)
        finally:
            for leftover in (part, *(part.with_name(f"{part.name}-{kind}") for kind in ("journal", "wal", "shm"))):
                leftover.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, part: Path, target: Path) -> None:
    written = sqlite3.connect(part, isolation_level=None)
    try:
        connection.backup(written)
        written.execute("pragma journal_mode=delete")  # a copy is at rest, whatever the book was doing
        if not _sound(written, _head(connection)):
            raise WorldError(
                _("备份 {name} 写完后核对不上，已删除。").format(name=target.name),
                _("请换一个存储设备再备份；填报簿本身没有改动。"),
            )
    finally:
        written.close()


def _head(connection: sqlite3.Connection) -> str:
    found = connection.execute("select hash from journal order by seq desc limit 1").fetchone()
    return str(found[0].hex()) if found else ""


def _sound(written: sqlite3.Connection, head: str) -> bool:
    """Whether the copy's pages are whole and its journal ends where the book's does."""
    if written.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        return False
    return verify_rows(written.execute(ROWS_IN_ORDER), [head] if head else []).intact
