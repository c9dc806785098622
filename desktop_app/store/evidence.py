"""佐证材料 inside the book: files known by their sha256, kept once however often they are attached."""

import sqlite3
from datetime import datetime
from hashlib import sha256

from desktop_app.model.entry import Evidence
from desktop_app.store.book import Book
from desktop_app.store.faults import damaged
from desktop_app.store.journal import Change, append
from desktop_app.store.months import Month, refuse_unless_draft

_COLUMNS = "task_id, name, media_type, size, sha256"


def add(
    book: Book, month: Month, task_id: str, name: str, media_type: str, data: bytes, at: datetime, actor: str
) -> Evidence:
    """Attach a file to a task; the same bytes again are the evidence that is there already."""
    refuse_unless_draft(book, month)
    digest = sha256(data).hexdigest()
    there = _find(book, month, task_id, digest)
    if there is not None:
        return there
    made = Evidence(task_id, name, media_type, len(data), digest)
    with book.write() as connection:
        connection.execute("insert into blob (sha256, data) values (?, ?) on conflict do nothing", (digest, data))
        connection.execute(
            f"insert into evidence (month_id, {_COLUMNS}) values (?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
            (month.id, task_id, name, media_type, len(data), digest),
        )
        append(connection, [_change(month, task_id, None, f"{digest} {name}")], at, actor)
    return made


def evidence(book: Book, month_id: int) -> tuple[Evidence, ...]:
    """Everything attached in a month, in the order it was attached."""
    found = book.read(f"select {_COLUMNS} from evidence where month_id = ? order by id", (month_id,))  # noqa: S608 - constant
    return tuple(Evidence(*row) for row in found)


def content(book: Book, sha256_hex: str) -> bytes:
    """The bytes; LookupError where they are not in the book, WorldError where they are not the bytes that were kept."""
    found = book.read("select data from blob where sha256 = ?", (sha256_hex,))
    if not found:
        raise LookupError(f"no evidence {sha256_hex}")
    data = bytes(found[0][0])
    if sha256(data).hexdigest() != sha256_hex:
        raise damaged(book.path)
    return data


def remove(book: Book, month: Month, task_id: str, sha256_hex: str, at: datetime, actor: str) -> None:
    """Take a file off a task; its bytes stay until the month is sealed, so that it can be put back.

    What is not there is left alone.
    """
    refuse_unless_draft(book, month)
    there = _find(book, month, task_id, sha256_hex)
    if there is None:
        return
    with book.write() as connection:
        connection.execute(
            "delete from evidence where month_id = ? and task_id = ? and sha256 = ?", (month.id, task_id, sha256_hex)
        )
        append(connection, [_change(month, task_id, f"{sha256_hex} {there.name}", None)], at, actor)


def let_go(connection: sqlite3.Connection) -> None:
    """Inside the caller's transaction: drop the bytes that no task refers to and no draft could ask for again."""
    connection.execute(
        "delete from blob where sha256 not in (select sha256 from evidence) and not exists ("
        "select 1 from journal join month on month.period = journal.period and month.revision = journal.revision "
        "where field = 'evidence' and month.state = 'draft' and substr(coalesce(old, new), 1, 64) = blob.sha256)"
    )


def put_back(connection: sqlite3.Connection, month: Month, task_id: str, told: str) -> bool:
    """Inside the caller's transaction: attach again what the journal calls `told`; False where its bytes are gone."""
    digest, _space, name = told.partition(" ")
    size = connection.execute("select length(data) from blob where sha256 = ?", (digest,)).fetchone()
    if size is None:
        return False
    connection.execute(
        f"insert into evidence (month_id, {_COLUMNS}) values (?, ?, ?, ?, ?, ?) on conflict do nothing",  # noqa: S608 - constant
        (month.id, task_id, name, media_type_of(name), size[0], digest),
    )
    return True


def take_off(connection: sqlite3.Connection, month: Month, task_id: str, told: str) -> None:
    """Inside the caller's transaction: take off what the journal calls `told`."""
    digest = told.partition(" ")[0]
    connection.execute(
        "delete from evidence where month_id = ? and task_id = ? and sha256 = ?", (month.id, task_id, digest)
    )


def media_type_of(name: str) -> str:
    """What a file of this name is taken for."""
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _change(month: Month, task_id: str, old: str | None, new: str | None) -> Change:
    return Change("evidence", old, new, month.period, month.revision, task_id)


def _find(book: Book, month: Month, task_id: str, sha256_hex: str) -> Evidence | None:
    found = book.read(
        f"select {_COLUMNS} from evidence where month_id = ? and task_id = ? and sha256 = ?",  # noqa: S608 - constant
        (month.id, task_id, sha256_hex),
    )
    return Evidence(*found[0]) if found else None
