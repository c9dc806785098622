"""A book replaced by one of its copies in one go, and that undone. A crash at any step leaves the one or the other.

1. The copy is written beside the book, checked and made durable. 2. The present file gets a second name in the folder
of copies. 3. The copy takes the book's name in one rename. A journal or log left by a crash is brought home first;
where the book is too damaged for that, it goes with the file it belongs to: beside another SQLite would play it in.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.store import kept_copies
from desktop_app.store.backups import copy
from desktop_app.store.book import held_here
from desktop_app.store.faults import told
from desktop_app.store.folders import sync_folder
from desktop_app.store.kept_copies import UNDO, Kept
from desktop_app.store.snapshot import read_book


def replace(
    book: Path, backup: Path, now: datetime, key: bytes | None = None, here: Callable[[], None] = lambda: None
) -> Path | None:
    """Put a copy in the book's place; returns where the book of before is kept, None where there was none.

    `here` is called at every place where it can still end by raising, last before the book's name goes over.
    ClerkError or WorldError where the copy is no sound book or the book is open: then nothing has changed.
    """
    book = book.resolve()  # behind a link lies the file that is to be replaced
    staged = book.with_name(f".{book.name}.restoring")
    with told(book):
        _refuse_open(book)
        with read_book(backup, key) as source:
            staged.unlink(missing_ok=True)
            here()
            copy(source.connection, staged, source.secret)
        try:
            here()
            return _swap(book, staged, now)
        finally:
            staged.unlink(missing_ok=True)


def undo(book: Path, now: datetime) -> Path:
    """Bring the file back, byte for byte, that the last restore put aside; returns where the present one is now."""
    book = book.resolve()
    last = last_undo(book)
    if last is None:
        raise ClerkError(_("没有可以撤回的恢复。"), _("只有从备份恢复过，才能撤回。"))
    with told(book):
        _refuse_open(book)
        aside = _swap(book, last.path, now)
    return aside or last.path


def last_undo(book: Path) -> Kept | None:
    """The file that the last restore put aside; a second name of the book itself is none: a crash left it."""
    for kept in kept_copies.listed(book):
        if kept.reason == UNDO and not (book.exists() and kept.path.samefile(book)):
            return kept
    return None


def _swap(book: Path, coming: Path, now: datetime) -> Path | None:
    aside = _put_aside(book, now)
    beside = aside or kept_copies.free_name(book, UNDO, now)
    for kind in ("journal", "wal"):
        if (left := _with(book, kind)).exists():
            left.rename(_with(beside, kind))
    own = [kind for kind in ("journal", "wal") if _with(coming, kind).exists()]
    coming.replace(book)
    for kind in own:
        _with(coming, kind).rename(_with(book, kind))
    sync_folder(book.parent)
    return aside


def _put_aside(book: Path, now: datetime) -> Path | None:
    """A second name for the present file, durable; a copy where the disk knows no second names."""
    for kept in kept_copies.listed(book):  # left by a crash: it would change with the book
        if kept.reason == UNDO and book.exists() and kept.path.samefile(book):
            kept.path.unlink()
    if not book.exists():
        return None
    aside = kept_copies.free_name(book, UNDO, now)
    try:
        os.link(book, aside)
    except OSError:
        part = aside.with_name(f".{aside.name}.part")
        try:
            shutil.copyfile(book, part)
            with part.open("rb+") as written:
                os.fsync(written.fileno())
            part.rename(aside)
        finally:
            part.unlink(missing_ok=True)
    sync_folder(aside.parent)
    return aside


def _refuse_open(book: Path) -> None:
    """Refuse while anybody has the book open; what a crash left half done in it is taken back on the way."""
    if held_here(book):
        raise RuntimeError(f"{book.name} is open in this process")
    if book.exists() and not book.is_file():
        raise ClerkError(
            _("{path} 不是普通文件，不能恢复到这里。").format(path=book), _("请指定填报簿文件本身的路径。")
        )
    if not book.exists():
        if not book.parent.is_dir():
            raise WorldError(_("文件夹 {path} 不存在。").format(path=book.parent), _("请先插好存储设备或建好文件夹。"))
        return
    connection = sqlite3.connect(f"{book.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0.2)
    try:
        connection.execute("begin exclusive")
        connection.execute("rollback")  # a commit would make a database of an empty file
    except sqlite3.DatabaseError as problem:
        # A damaged file can be replaced; a lock is asked for before the first page is read, so an open one is refused.
        damage = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
        if getattr(problem, "sqlite_errorcode", 0) & 0xFF not in damage:
            raise
    finally:
        with suppress(sqlite3.Error):
            connection.close()


def _with(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.name}-{kind}")
