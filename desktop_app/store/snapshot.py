"""A book read without touching or locking it: the bytes of one moment, in memory, never written back.

A window holds its book exclusively, so SQLite lets nobody else read. The file itself can still be read, and the log
beside it (see book.py): two readings that are the same bytes, with no transaction under way between them, are one
moment of the book. A save that was only half in the log at that moment has no end there, and counts for nothing.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.plain import from_plain
from desktop_app.model.unit import Unit
from desktop_app.store import cipher, migrations
from desktop_app.store.backups import copy
from desktop_app.store.book import Book, held_here
from desktop_app.store.cipher import Secret
from desktop_app.store.faults import damaged, database_errors, told
from desktop_app.store.soundness import recognise, whole

_TRIES = 5
_WITH_LOG = b"\x02\x02"
_HOT = bytes.fromhex("d9d505f920a163d7")  # how a rollback journal begins while a transaction is under way


def read_book(path: Path, key: bytes | None = None) -> Book:
    """The book as it stands on disk now, read-only. Refusals as for opening; damage is WorldError."""
    if held_here(path):
        raise RuntimeError(f"{path.name} is open in this process: reading it aside would drop its lock")
    with told(path):
        data, log = _one_moment(path)
        if data.startswith(cipher.MAGIC):
            if key is None:
                raise cipher.no_key(path, data[:16])
            return _read_only(path, _aside(data, log, Secret(key, data[:16])), Secret(key, data[:16]))
        if log:
            return _read_only(path, _aside(data, log, None), None)
        return from_bytes(path, data)


def from_bytes(path: Path, data: bytes) -> Book:
    """A read-only book in memory, brought to this program's schema; `path` is only its name."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if data[18:20] == _WITH_LOG:  # the mark of a log, which a copy in memory cannot have
        data = data[:18] + b"\x01\x01" + data[20:]
    with suppress(sqlite3.Error):  # what is no database is said by recognise
        connection.deserialize(data)
    return _read_only(path, connection, None)


def _read_only(path: Path, connection: sqlite3.Connection, secret: Secret | None) -> Book:
    try:
        with told(path):
            version = recognise(connection, path, secret)
            if not whole(connection):
                raise damaged(path)
            if version < len(migrations.STEPS):
                migrations.migrate(connection)
            connection.execute("pragma query_only=on")
            kind, unit = connection.execute("select kind, unit from book").fetchone()
    except BaseException:
        connection.close()
        raise
    return Book(path, connection, kind, from_plain(Unit, json.loads(unit)), secret, read_only=True)


def _aside(data: bytes, log: bytes, secret: Secret | None) -> sqlite3.Connection:
    """A database in memory from a file and its log, put together in a folder that nobody else reads."""
    with TemporaryDirectory(prefix="yuebao-") as folder:
        file = Path(folder) / "book"
        file.write_bytes(data)
        if log:
            file.with_name("book-wal").write_bytes(log)
        if secret is None:
            opened, made = (
                sqlite3.connect(file, isolation_level=None),
                sqlite3.connect(":memory:", isolation_level=None),
            )
        else:
            opened, made = cipher.connect(file, secret, 0), cipher.in_memory(secret)
        try:
            opened.execute("pragma journal_mode=delete").fetchone()
            opened.backup(made)
        except database_errors() as problem:
            made.close()
            if secret is not None and getattr(problem, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB:
                raise cipher.wrong_key(file, secret.mark) from None
            raise
        finally:
            opened.close()
    return made


def _one_moment(path: Path) -> tuple[bytes, bytes]:
    """The file and its log, "" where there is none, as they were together."""
    place = path.resolve()
    journal, log = (place.with_name(f"{place.name}-{kind}") for kind in ("journal", "wal"))
    for _round in range(_TRIES):
        if _hot(journal):
            continue
        first = _bytes(path), _log_bytes(log)
        if not _hot(journal) and (_bytes(path), _log_bytes(log)) == first and not _hot(journal):
            return first
    raise WorldError(
        _("{name} 正在写入，或上次没有正常结束，现在不能只读查看。").format(name=path.name),
        _("请稍后再试；没有别的窗口在用时，直接打开它会自动复原。"),
    )


def _log_bytes(log: Path) -> bytes:
    try:
        return log.read_bytes()
    except FileNotFoundError:
        return b""


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


def _hot(journal: Path) -> bool:
    try:
        with journal.open("rb") as stream:
            return stream.read(len(_HOT)) == _HOT
    except FileNotFoundError:
        return False


def frozen(book: Book) -> Callable[[], Book]:
    """The open book as it is now, to be read in another thread while work on it goes on: call there, close there."""
    path, secret = book.path, book.secret
    with told(path):
        if secret is None:
            data = bytes(book.connection.serialize())
            return lambda: from_bytes(path, data)
        with TemporaryDirectory(prefix="yuebao-") as folder:
            copied = Path(folder) / "book"
            copy(book.connection, copied, secret)
            data = copied.read_bytes()
    return lambda: _read_only(path, _aside(data, b"", secret), secret)
