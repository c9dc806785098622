"""An open book: one file, one connection, one thread. Every write is one transaction, durable when it returns.

While somebody writes, saves go to a log beside the file (SQLite's WAL, synchronous=EXTRA, locked exclusively): one sync
a save. rest() brings them home, and a book at rest is again one complete file in rollback mode, which can be copied and
read anywhere. Of the two modes that lose nothing when the power goes, rollback alone costs four syncs a save, 3.4 times
a bare write with its sync; the log costs about 2. A second connection, which a log has to fear, is locked out.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from desktop_app.errors import WorldError
from desktop_app.language import _
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Unit
from desktop_app.store.cipher import Secret
from desktop_app.store.faults import damaged, database_errors, gone, told

if TYPE_CHECKING:
    from sqlite_utils import Database

Parameters = Sequence[Any] | Mapping[str, Any]
Also = Callable[[sqlite3.Connection], None]  # a further effect within a transaction that somebody else begins

_held: list[tuple[int, int]] = []  # files that this process has locked through SQLite


class Book:
    """What the rooms' functions work on. A call from another thread, or after close(), is our bug: RuntimeError.

    A `read_only` book is a copy in memory. One that was found `damaged` can be read as far as it goes, not written;
    one that was not `checked` whole when it was opened was too large for that.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        kind: str,
        unit: Unit,
        secret: Secret | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.damaged = False
        self.checked = True
        self.kind = kind
        self.unit = unit
        self.secret = secret
        self.known_plans: dict[int, Plan] = {}
        self._connection: sqlite3.Connection | None = connection
        self._joined = False
        self._thread = threading.get_ident()
        self._place = None if read_only else _place(path)
        if self._place is not None:
            _held.append(self._place)
        self._log_path = Path(f"{os.path.realpath(path)}-wal")
        self._log: tuple[int, int] | None = None

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the thread that opened the book; RuntimeError for others and after close()."""
        self._refuse_other_threads()
        if self._connection is None:
            raise RuntimeError(f"{self.path.name} was closed")
        return self._connection

    @property
    def tables(self) -> "Database":
        """The same connection through sqlite-utils, for what is not on the way of a keystroke."""
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)

    def read(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; WorldError where the file cannot be read."""
        with told(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
        """All rows of a query as dicts; off the keystroke's way."""
        with told(self.path):
            return list(self.tables.query(sql, parameters))

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: durable when the block has been left, nothing at all when it raised.

        Within together() it is one step of that transaction, and durable with it.
        """
        connection = self.connection
        if self._joined:
            with told(self.path), _step(connection):
                yield connection
            return
        if connection.in_transaction:
            raise RuntimeError("a transaction within a transaction")
        if self.read_only:
            raise WorldError(
                _("{name} 是只读查看，没有保存。").format(name=self.path.name),
                _("要填报，请在原来的窗口里填；放在只读存储设备上的，请复制到可以写入的文件夹再打开。"),
            )
        if self.damaged:
            raise damaged(self.path)
        self._refuse_if_moved()
        with told(self.path):
            self._begin(connection)
            try:
                yield connection
                connection.execute("commit")
            except BaseException:
                with suppress(*database_errors()):  # SQLite may have rolled back by itself; the first error counts
                    connection.rollback()
                raise
        self._refuse_if_moved()
        if _place(self._log_path) != self._log:
            self.rest()  # somebody took the log away: what it held goes to the file before it is called saved

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for functions that each write in one of their own: all of them count, or none."""
        with self.write():
            self._joined = True
            try:
                yield
            finally:
                self._joined = False

    def rest(self) -> None:
        """Bring every save home into the one file and drop the log; nothing to do for a book that was only read."""
        if self._log is not None:
            with told(self.path):
                self._end_log(self.connection)

    def close(self) -> None:
        """Let go of the file, at rest; twice does no harm."""
        self._refuse_other_threads()
        if self._connection is not None:
            with suppress(*database_errors()):  # on a full disk the log stays, and the next opening brings it home
                self._end_log(self._connection)
            self._connection.close()
            self._connection = self._log = None
            if self._place is not None:
                _held.remove(self._place)

    def _begin(self, connection: sqlite3.Connection) -> None:
        """A transaction, in a log that lies where it will be looked for."""
        if self._log is not None and _place(self._log_path) == self._log:
            connection.execute("begin immediate")
            return
        self._end_log(connection)
        connection.execute("pragma journal_mode=wal").fetchone()
        connection.execute("begin immediate")
        self._log = _place(self._log_path)  # only now is the file sure to be there

    def _end_log(self, connection: sqlite3.Connection) -> None:
        if self._log is not None:
            connection.execute("pragma journal_mode=delete").fetchone()
            self._log = None

    def _refuse_other_threads(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError(f"{self.path.name} was opened in another thread, and only that one may use it")

    def _refuse_if_moved(self) -> None:
        # SQLite writes on happily into a file that was unlinked or moved away: that would not be "saved".
        if _place(self.path) != self._place:
            raise gone(self.path)


def held_here(path: Path) -> bool:
    """Whether this process holds the file: opening it aside and closing that again would drop SQLite's lock."""
    return _place(path) in _held


@contextmanager
def _step(connection: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that leaves nothing behind where it raised."""
    connection.execute("savepoint step")
    try:
        yield
    except BaseException:
        with suppress(*database_errors()):  # the whole transaction may be gone already; the first error counts
            connection.execute("rollback to step")
            connection.execute("release step")
        raise
    connection.execute("release step")


def _place(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
