"""A book read without touching or locking it: the bytes of one moment, in memory, never written back.

A window holds its book exclusively, so SQLite lets nobody else read. The file itself can still be read, and the log
beside it (see book.py): two readings that are the same bytes, with no transaction under way between them, are one
moment of the book. A save that was only half in the log at that moment has no end there, and counts for nothing.
"""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.plain import from_plain
from desktop_app.model.unit import Unit
from desktop_app.store import migrations
from desktop_app.store.book import Book, held_here
from desktop_app.store.faults import damaged, told
from desktop_app.store.soundness import recognise, whole

_TRIES = 5
_HOT = bytes.fromhex("d9d505f920a163d7")  # how a rollback journal begins while a transaction is under way
_MODES = slice(18, 20)  # two bytes of a file: 2 where it is read with a log, 1 where it is complete


def read_book(path: Path) -> Book:
    """The book as it stands on disk now, read-only. Refusals as for opening; damage is WorldError."""
    if held_here(path):
        raise RuntimeError(f"{path.name} is open in this process: reading it aside would drop its lock")
    with told(path):
        return from_bytes(path, _one_moment(path))


def from_bytes(path: Path, data: bytes) -> Book:
    """A read-only book in memory, brought to this program's schema; `path` is only its name."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with suppress(sqlite3.Error):  # what is no database is said by recognise
            connection.deserialize(data)
        with told(path):
            version = recognise(connection, path)
            if not whole(connection):
                raise damaged(path)
            if version < len(migrations.STEPS):
                migrations.migrate(connection)
            connection.execute("pragma query_only=on")
            kind, unit = connection.execute("select kind, unit from book").fetchone()
    except BaseException:
        connection.close()
        raise
    return Book(path, connection, kind, from_plain(Unit, json.loads(unit)), read_only=True)


def _one_moment(path: Path) -> bytes:
    place = path.resolve()
    journal, log = (place.with_name(f"{place.name}-{kind}") for kind in ("journal", "wal"))
    for _round in range(_TRIES):
        if _hot(journal):
            continue
        first = _bytes(path), _log(log)
        if not _hot(journal) and (_bytes(path), _log(log)) == first and not _hot(journal):
            return _complete(*first)
    raise WorldError(
        _("{name} 正在写入，或上次没有正常结束，现在不能只读查看。").format(name=path.name),
        _("请稍后再试；没有别的窗口在用时，直接打开它会自动复原。"),
    )


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError) as missing:
        raise ClerkError(_("找不到填报簿 {path}。").format(path=path), _("请检查路径，或先新建填报簿。")) from missing
    except IsADirectoryError as folder:
        raise ClerkError(
            _("{path} 不是文件，不能当作填报簿打开。").format(path=path), _("请检查路径，或先新建填报簿。")
        ) from folder
    if not data:
        raise ClerkError(
            _("{name} 是空文件，不是填报簿。").format(name=path.name), _("可以删除它再新建，或从备份恢复。")
        )
    return data


def _log(log: Path) -> bytes:
    try:
        return log.read_bytes()
    except FileNotFoundError:
        return b""


def _complete(data: bytes, log: bytes) -> bytes:
    """The file with what stands in its log. SQLite plays it in by itself, in a private folder that is gone at once."""
    if data[_MODES] != b"\2\2" and not log:
        return data
    with TemporaryDirectory(prefix="yuebao-") as folder:
        copy = Path(folder) / "book"
        copy.write_bytes(data)
        copy.with_name("book-wal").write_bytes(log)
        connection = sqlite3.connect(copy, isolation_level=None)
        try:
            with suppress(sqlite3.DatabaseError):  # a damaged file stays what it is: recognise says so
                connection.execute("pragma locking_mode=exclusive")
                connection.execute("pragma journal_mode=delete").fetchone()
        finally:
            connection.close()
        return copy.read_bytes()


def _hot(journal: Path) -> bool:
    try:
        with journal.open("rb") as stream:
            return stream.read(len(_HOT)) == _HOT
    except FileNotFoundError:
        return False
