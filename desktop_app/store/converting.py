"""A plain book into an encrypted one and back: a new file beside the old one, compared with it, and only then named.

Whatever happens on the way, the name leads to one whole book: the old one until the rename, the new one after it.
"""

import os
import sqlite3
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.store import cipher, migrations
from desktop_app.store.cipher import Secret
from desktop_app.store.faults import damaged, told
from desktop_app.store.folders import sync_folder
from desktop_app.store.journal import ROWS_IN_ORDER, verify_rows

_PATIENCE = 0.2  # seconds


def convert(path: Path, now: Secret | None, then: Secret | None) -> None:
    """Write a closed book anew under another key, None for plain. ClerkError or WorldError leaves it as it was."""
    cipher.require()
    part = path.with_name(f".{path.name}.part")
    with told(path):
        source = cipher.connect(path, now, _PATIENCE)
        try:
            _recognise(source, path)
            _clear(part)
            try:
                _write(source, part, then)
                _compare(source, part, then, path)
                _make_durable(part)
                part.replace(path)
            finally:
                _clear(part)
        finally:
            source.close()
        sync_folder(path.parent)


def _recognise(source: sqlite3.Connection, path: Path) -> None:
    """Take the lock and see that this is a sound book of this program's version."""
    source.execute("pragma journal_mode=delete").fetchone()  # a log that a crash left comes home first
    source.execute("begin exclusive")
    source.execute("commit")
    if _pragma(source, "application_id") != migrations.APPLICATION_ID:
        raise ClerkError(_("{name} 不是月报填报簿。").format(name=path.name), _("请选择本程序建立的填报簿文件。"))
    if _pragma(source, "user_version") != len(migrations.STEPS):
        raise WorldError(
            _("{name} 不是这个版本的程序保存的，没有转换。").format(name=path.name), _("请先正常打开一次再转换。")
        )
    if source.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def _write(source: sqlite3.Connection, part: Path, then: Secret | None) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    source.execute("attach database ? as made key ?", (str(part), then.spec if then else ""))
    try:
        source.execute("select sqlcipher_export('made')").fetchone()
        for name in ("application_id", "user_version"):
            source.execute(f"pragma made.{name}={_pragma(source, name)}")
    finally:
        source.execute("detach database made")


def _compare(source: sqlite3.Connection, part: Path, then: Secret | None, path: Path) -> None:
    """The new file must hold the same schema, as many rows in every table, and a journal that ends alike."""
    made = cipher.connect(part, then, _PATIENCE)
    try:
        alike = made.execute("pragma quick_check(1)").fetchone()[0] == "ok" and _facts(made) == _facts(source)
        if then is not None:
            alike = alike and made.execute("pragma cipher_integrity_check").fetchone() is None
    finally:
        made.close()
    if not alike:
        raise WorldError(
            _("{name} 转换后核对不上，没有采用，原来的填报簿没有改动。").format(name=path.name),
            _("请换一个存储设备再试。"),
        )


def _facts(connection: sqlite3.Connection) -> tuple[object, ...]:
    schema = connection.execute(
        "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name"
    ).fetchall()
    tables = [name for kind, name, _table, _sql in schema if kind == "table"]
    counts = [connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables]  # noqa: S608 - own names
    heads = connection.execute("select hash from journal order by seq desc limit 1").fetchall()
    chain = verify_rows(connection.execute(ROWS_IN_ORDER), [row[0].hex() for row in heads])
    return schema, counts, heads, chain, _pragma(connection, "application_id"), _pragma(connection, "user_version")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"pragma {name}").fetchone()[0])


def _make_durable(part: Path) -> None:
    with part.open("rb+") as written:
        os.fsync(written.fileno())


def _clear(part: Path) -> None:
    for leftover in (part, part.with_name(f"{part.name}-journal")):
        leftover.unlink(missing_ok=True)
