"""Every change, in order, chained by hash: hash = sha256(previous hash || RFC 8785 JSON of the row).

The chain shows accidents and tampering by halves; whoever owns the file can rewrite it whole. That is why its head is
printed on every report: `verify` takes such heads and says whether they still belong to the chain.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.faults import readable, told

START = bytes(32)
_COLUMNS = "seq, at, actor, period, revision, task_id, field, old, new"
ROWS_IN_ORDER = f"select {_COLUMNS}, prev, hash from journal order by seq"  # noqa: S608 - constant
_NEVER = 2**63 - 1
_NAMES = tuple(_COLUMNS.split(", "))


class Change(NamedTuple):
    """What a row says. `period`, `revision` and `task_id` are None where the change is not about a month or task."""

    field: str
    old: str | None
    new: str | None
    period: Period | None = None
    revision: int | None = None
    task_id: str | None = None


class JournalRow(NamedTuple):
    """One row as it was written; `hash` is hex. Rows that were written together have the same `step`."""

    seq: int
    at: datetime
    actor: str
    period: Period | None
    revision: int | None
    task_id: str | None
    field: str
    old: str | None
    new: str | None
    hash: str
    step: int


class JournalCheck(NamedTuple):
    """`first_bad` is the first number that is missing, wrong or out of order; `missing` are given heads not found."""

    rows: int
    intact: bool
    first_bad: int | None = None
    missing: tuple[str, ...] = ()


def stamp(at: datetime) -> str:
    """A moment as the book keeps it; a time without offset is our bug (ValueError)."""
    if at.tzinfo is None:
        raise ValueError(f"a time without offset: {at}")
    return at.isoformat(timespec="seconds")


def canonical(row: tuple[Any, ...]) -> bytes:
    """The row in RFC 8785 JSON; a row has only texts, small numbers and nulls, for which json writes the same bytes."""
    fields = dict(zip(_NAMES, row, strict=True))
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def append(connection: sqlite3.Connection, changes: Iterable[Change], at: datetime, actor: str) -> None:
    """Add rows inside the caller's transaction."""
    if not actor.strip():
        raise ValueError("a change without anybody who made it")
    last = connection.execute("select seq, hash from journal order by seq desc limit 1").fetchone()
    seq, previous = last or (0, START)
    step = seq + 1
    moment = stamp(at)
    for change in changes:
        seq += 1
        period = str(change.period) if change.period else None
        place = (period, change.revision, change.task_id)
        row = (seq, moment, actor, *place, change.field, change.old, change.new)
        digest = sha256(previous + canonical(row)).digest()
        connection.execute(
            f"insert into journal ({_COLUMNS}, prev, hash, step) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (*row, previous, digest, step),
        )
        previous = digest


def head(book: Book) -> str:
    """The hash of the last row in hex; 64 zeros where nothing has happened yet."""
    found = book.read("select hash from journal order by seq desc limit 1")
    return (found[0][0] if found else START).hex()


def last(book: Book) -> int:
    """The number of the last row; 0 where nothing has happened yet."""
    ((number,),) = book.read("select max(seq) from journal")
    return int(number or 0)


def verify(book: Book, heads: Iterable[str] = ()) -> JournalCheck:
    """Walk the whole chain; `heads` are hashes printed elsewhere that must occur in it."""
    with told(book.path):
        return verify_rows(book.connection.execute(ROWS_IN_ORDER), heads)


def verify_rows(rows: Iterator[tuple[Any, ...]], heads: Iterable[str] = ()) -> JournalCheck:
    """The same for rows as the table holds them, in order."""
    missing = set(heads)
    previous = START
    missing.discard(previous.hex())
    count = 0
    for count, row in enumerate(rows, start=1):
        *fields, before, digest = row
        if fields[0] != count or before != previous or sha256(previous + canonical(tuple(fields))).digest() != digest:
            return JournalCheck(count, intact=False, first_bad=count, missing=tuple(sorted(missing)))
        previous = digest
        missing.discard(digest.hex())
    if missing:
        return JournalCheck(count, intact=False, first_bad=count + 1, missing=tuple(sorted(missing)))
    return JournalCheck(count, intact=True)


def rows(
    book: Book,
    period: Period | None = None,
    task_id: str | None = None,
    field: str | None = None,
    *,
    after: int = 0,
    limit: int = -1,
) -> tuple[JournalRow, ...]:
    """The rows in order, all of them or those of one period, task or field; a page of them where a limit is given.

    A task of a period is found with all that was written while its measure stood under another number.
    """
    where, asked = _asked(book, period, task_id, field)
    found = book.read(
        f"select {_COLUMNS}, hash, step from journal where {where} and seq > :after order by seq limit :limit",  # noqa: S608 - own names
        asked | {"after": after, "limit": limit},
    )
    with readable(book.path):
        return tuple(_row(fields) for fields in found)


def newest(
    book: Book, period: Period | None, task_id: str | None, field: str | None, limit: int
) -> tuple[JournalRow, ...]:
    """The last rows of those, in order."""
    where, asked = _asked(book, period, task_id, field)
    found = book.read(
        f"select {_COLUMNS}, hash, step from journal where {where} order by seq desc limit :limit",  # noqa: S608 - own names
        asked | {"limit": limit},
    )
    with readable(book.path):
        return tuple(_row(fields) for fields in reversed(found))


def count(book: Book, period: Period | None = None, task_id: str | None = None, field: str | None = None) -> int:
    """How many rows there are of those."""
    where, asked = _asked(book, period, task_id, field)
    ((found,),) = book.read(f"select count(*) from journal where {where}", asked)  # noqa: S608 - own names
    return int(found)


def seqs(book: Book, heads: Iterable[str]) -> dict[str, int]:
    """The number of the row that each head is the hash of; the empty beginning is number 0."""
    wanted = {bytes.fromhex(head) for head in heads if len(head) == 2 * len(START)}
    found = {digest.hex(): int(seq) for seq, digest in book.read("select seq, hash from journal") if digest in wanted}
    return found | ({START.hex(): 0} if START in wanted else {})


def steps_back(book: Book) -> tuple[int, ...]:
    """The numbers of rows that say they are older than the row before them."""
    # julianday() reads the offset; the times themselves are texts
    found = book.read(
        "select seq from (select seq, julianday(at) as moment, lag(julianday(at)) over (order by seq) as before "
        "from journal) where moment < before - 0.5 / 86400"
    )
    return tuple(seq for (seq,) in found)


def last_at(book: Book) -> datetime | None:
    """When the last change was made, as it says itself; None where nothing was changed yet."""
    found = book.read("select at from journal order by seq desc limit 1")
    with readable(book.path):
        return datetime.fromisoformat(found[0][0]) if found else None


def _asked(book: Book, period: Period | None, task_id: str | None, field: str | None) -> tuple[str, dict[str, Any]]:
    """What to look for. A task of a period is found with all that was written while it stood under another number."""
    asked: dict[str, Any] = {"period": str(period) if period else None, "task_id": task_id, "field": field}
    where = " and ".join(f"{name} = :{name}" for name, value in asked.items() if value is not None) or "1"
    if period and task_id:
        spans = _names(book, period, task_id)
        for at, (name, after, before) in enumerate(spans):
            asked |= {f"t{at}": name, f"a{at}": after, f"b{at}": before}
        one_of = " or ".join(f"(task_id = :t{at} and seq > :a{at} and seq < :b{at})" for at in range(len(spans)))
        where = where.replace("task_id = :task_id", f"({one_of})")
    return where, asked


def _names(book: Book, period: Period, task_id: str) -> list[tuple[str, int, int]]:
    """Under which id the measure of this id stood, the latest first, and between which numbers of the journal.

    Every move of a draft is a row `plan` followed by a row `task` for each id that changed with it.
    """
    moves: list[tuple[int, dict[str, str]]] = []
    asked = "select seq, field, old, new from journal where period = ? and field in ('plan', 'task') order by seq"
    for seq, field, old, new in book.read(asked, (str(period),)):
        if field == "plan":
            moves.append((seq, {}))
        elif moves:
            moves[-1][1][new] = old
    spans: list[tuple[str, int, int]] = []
    name, until = task_id, _NEVER
    for seq, renamed in reversed(moves):
        if name in renamed:
            spans.append((name, seq, until))
            name, until = renamed[name], seq
        elif name in renamed.values():  # before this move the id was another measure's
            return [*spans, (name, seq, until)]
    return [*spans, (name, 0, until)]


def _row(fields: tuple[Any, ...]) -> JournalRow:
    seq, at, actor, period, revision, task_id, field, old, new, digest, step = fields
    when = Period.parse(period) if period else None
    moment = datetime.fromisoformat(at)
    return JournalRow(seq, moment, actor, when, revision, task_id, field, old, new, digest.hex(), step or seq)
