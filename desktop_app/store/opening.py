"""Open or make a book; everything that can be wrong with a file is refused here with one sentence."""

import json
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.system_words import reason_of
from desktop_app.model.unit import Unit
from desktop_app.store import cipher, migrations
from desktop_app.store.book import Book, held_here
from desktop_app.store.faults import damaged, in_use, told
from desktop_app.store.folders import sync_folder
from desktop_app.store.journal import stamp
from desktop_app.store.soundness import recognise, whole

_SETTINGS = (
    "journal_mode=delete", "synchronous=extra", "foreign_keys=on", "recursive_triggers=on", "trusted_schema=off",
)  # fmt: skip
_AT_ONCE = 4 * 1024 * 1024  # bytes; a larger book is checked when it can already be seen (desk/soundness.py)
_PATIENCE = 0.2  # seconds to wait for a lock: long enough for a virus scanner, short enough for a clerk


def create_book(path: Path, kind: str, unit: Unit, now: datetime) -> Book:
    """A new book, opened; ClerkError where a file of that name is there already (it is not touched)."""
    _claim(path)
    try:
        with told(path):
            connection = _connect(path)
            try:
                _settle(connection)
                migrations.migrate(connection, finish=lambda: _sign_title_page(connection, kind, unit, now))
            except BaseException:
                connection.close()
                raise
            sync_folder(path.parent)
    except BaseException:
        for leftover in (path, path.with_name(f"{path.name}-journal")):
            leftover.unlink(missing_ok=True)
        raise
    return Book(path, connection, kind, unit)


def open_book(path: Path, key: bytes | None = None, *, now: datetime | None = None) -> Book:
    """Open a book and lock it. ClerkError where this is no book; WorldError where it cannot be used now.

    A small book is checked whole; of a large one only what opening needs, so that ten years open like one. `now` stands
    in the name of the copy that is made before the schema changes. An encrypted book without its `key` is
    LockedBookError; a key for a plain book is not needed and not looked at.
    """
    secret = None
    with told(path):
        _refuse_what_is_no_file(path)
        if held_here(path):
            raise in_use(path)
        if key is not None and (mark := cipher.mark_of(path)):
            secret = cipher.Secret(key, mark)
        connection = _connect(path) if secret is None else cipher.connect(path, secret, _PATIENCE)
        try:
            version = _locked(connection, path, secret)
            if version < len(migrations.STEPS):
                if not whole(connection):
                    raise damaged(path)
                from desktop_app.store.kept_copies import keep

                keep(connection, path, f"v{version}", now or datetime.now().astimezone(), secret)
                migrations.migrate(connection)
            kind, unit = connection.execute("select kind, unit from book").fetchone()
        except BaseException:
            connection.close()
            raise
    book = Book(path, connection, kind, from_plain(Unit, json.loads(unit)), secret)
    book.checked = _size(connection) <= _AT_ONCE
    return book


def _claim(path: Path) -> None:
    """Create the empty file, private to its user, without ever following or replacing what is there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as there:
        raise ClerkError(
            _("{name} 已经存在，没有改动它。").format(name=path.name), _("请换一个文件名，或直接打开已有的填报簿。")
        ) from there
    except (OSError, ValueError) as problem:
        raise WorldError(
            _("不能建立 {path}：{reason}。").format(path=path, reason=reason_of(problem)),
            _("请换一个可以写入的位置；命令用 --book 指定填报簿。"),
        ) from problem


def _sign_title_page(connection: sqlite3.Connection, kind: str, unit: Unit, now: datetime) -> None:
    connection.execute(
        "insert into book (id, kind, unit, created_at) values (1, ?, ?, ?)",
        (kind, json.dumps(to_plain(unit), ensure_ascii=False), stamp(now)),
    )


def _refuse_what_is_no_file(path: Path) -> None:
    advice = _("请检查路径，或先新建填报簿。")
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError, ValueError) as missing:
        raise ClerkError(_("找不到填报簿 {path}。").format(path=path), advice) from missing
    if not path.is_file():
        raise ClerkError(_("{path} 不是文件，不能当作填报簿打开。").format(path=path), advice)
    if size == 0:
        raise ClerkError(
            _("{name} 是空文件，不是填报簿。").format(name=path.name), _("可以删除它再新建，或从备份恢复。")
        )
    if not os.access(path, os.R_OK):
        raise WorldError(_("没有权限读取 {name}。").format(name=path.name), _("请检查文件权限。"))
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise WorldError(
            _("{name} 或它所在的文件夹是只读的，不能保存。").format(name=path.name),
            _("请检查权限和存储设备的写保护，或复制到可以写入的文件夹再打开。"),
        )


def _connect(path: Path) -> sqlite3.Connection:
    # By URI so that a missing file is not created. The file is never opened beside SQLite: closing any other
    # descriptor of it in this process would silently drop SQLite's locks.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE)
    connection.execute("pragma locking_mode=exclusive")
    return connection


def _settle(connection: sqlite3.Connection) -> None:
    """Every setting that the store's promises rest on; reads the file, so only for a book that was recognised."""
    for setting in _SETTINGS:
        connection.execute(f"pragma {setting}")


def _locked(connection: sqlite3.Connection, path: Path, secret: cipher.Secret | None) -> int:
    """The schema version of a sound book of ours, locked from here on."""
    version = recognise(connection, path, secret)
    _settle(connection)
    # Taken now and kept, so that a second window is refused at once and not at its first save.
    connection.execute("begin exclusive")
    connection.execute("commit")
    size = _size(connection)
    if size > path.stat().st_size or (size <= _AT_ONCE and not whole(connection)):
        raise damaged(path)
    return version


def _size(connection: sqlite3.Connection) -> int:
    """The bytes of all pages."""
    (pages,) = connection.execute("pragma page_count").fetchone()
    (page_size,) = connection.execute("pragma page_size").fetchone()  # SQLCipher says it as text
    return int(pages) * int(page_size)
