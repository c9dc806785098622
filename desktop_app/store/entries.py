"""The rows of a month's form: the way of a keystroke, so plain SQL and nothing in between."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from desktop_app.model.entry import ENTRY_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, Entry, Status
from desktop_app.model.plain import decimal_text
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, JournalRow, append
from desktop_app.store.journal import rows as journal_rows
from desktop_app.store.months import Month, refuse_unless_draft

_COLUMNS = ", ".join(("task_id", *ENTRY_FIELDS))
_READ = f"select {_COLUMNS} from entry where month_id = ?"  # noqa: S608 - constant
_WRITE = (
    f"insert into entry (month_id, {_COLUMNS}) values (?{', ?' * (len(ENTRY_FIELDS) + 1)}) "  # noqa: S608 - constant
    f"on conflict (month_id, task_id) do update set {', '.join(f'{name} = excluded.{name}' for name in ENTRY_FIELDS)}"
)

_STATUSES = {each.value: each for each in Status}


def entries(book: Book, month_id: int) -> dict[str, Entry]:
    """Every row that was ever touched, by task id."""
    return {row[0]: _entry(row) for row in book.read(_READ, (month_id,))}


def save(book: Book, month: Month, task_id: str, changes: Mapping[str, object], at: datetime, actor: str) -> Entry:
    """Keep changed fields of one row; returns the row as stored, and only when it is on disk.

    ClerkError where the month is sealed; an unknown field or a value of the wrong type is our bug.
    """
    return save_many(book, month, {task_id: changes}, at, actor)[task_id]


def save_many(
    book: Book, month: Month, rows: Mapping[str, Mapping[str, object]], at: datetime, actor: str
) -> dict[str, Entry]:
    """Keep changed fields of many rows, all or none; where nothing differs nothing is written."""
    refuse_unless_draft(book, month)
    stored: dict[str, Entry] = {}
    changed: list[Change] = []
    writes: list[tuple[Any, ...]] = []
    for task_id, changes in rows.items():
        before = _current(book, month, task_id)
        after = replace(before, **{field: _valued(field, value) for field, value in changes.items()})
        stored[task_id] = after
        old, new = texts(before), texts(after)
        differing = [field for field in ENTRY_FIELDS if old[field] != new[field]]
        if differing:
            writes.append((month.id, *_columns(after)))
            changed += [
                Change(field, old[field], new[field], month.period, month.revision, task_id) for field in differing
            ]
    if writes:
        with book.write() as connection:
            _put(connection, writes)
            append(connection, changed, at, actor)
    return stored


def history(book: Book, month_id: int, task_id: str, field: str) -> tuple[JournalRow, ...]:
    """Every change of one field of one row, the first one first."""
    ((period, revision),) = book.read("select period, revision from month where id = ?", (month_id,))
    found = journal_rows(book, task_id=task_id, field=field)
    return tuple(row for row in found if str(row.period) == period and row.revision == revision)


def put_rows(connection: sqlite3.Connection, month: Month, found: Iterable[Entry], at: datetime, actor: str) -> None:
    """Whole rows of a draft that holds none yet, inside the caller's transaction."""
    for entry in found:
        old, new = texts(Entry(entry.task_id)), texts(entry)
        _put(connection, [(month.id, *_columns(entry))])
        changes = [
            Change(field, old[field], new[field], month.period, month.revision, entry.task_id)
            for field in ENTRY_FIELDS
            if old[field] != new[field]
        ]
        append(connection, changes, at, actor)


def put_back(connection: sqlite3.Connection, month: Month, task_id: str, field: str, text: str | None) -> None:
    """Inside the caller's transaction, without a word in the journal: a field as the journal tells it."""
    if field not in ENTRY_FIELDS:
        raise ValueError(f"no such field: {field}")
    connection.execute(
        f"update entry set {field} = ? where month_id = ? and task_id = ?",  # noqa: S608 - own names
        (int(text == "true") if field == "nil" else text, month.id, task_id),
    )


def as_told(connection: sqlite3.Connection, month: Month, task_id: str, field: str) -> str | None:
    """A field as the journal would tell it now."""
    found = connection.execute(f"{_READ} and task_id = ?", (month.id, task_id)).fetchone()
    return texts(_entry(found) if found else Entry(task_id))[field]


def _put(connection: sqlite3.Connection, writes: list[tuple[Any, ...]]) -> None:
    for row in writes:
        connection.execute(_WRITE, row)


def _current(book: Book, month: Month, task_id: str) -> Entry:
    found = book.read(f"{_READ} and task_id = ?", (month.id, task_id))
    return _entry(found[0]) if found else Entry(task_id)


def _valued(field: str, value: object) -> Any:
    """The value as it will be read back; ValueError for an unknown field, TypeError for a wrong type."""
    if field == "status":
        wanted = value is None or isinstance(value, Status)
    elif field in NUMBER_FIELDS:
        wanted = value is None or isinstance(value, Decimal)
    elif field in TEXT_FIELDS:
        wanted = type(value) is str
    elif field == "nil":
        wanted = type(value) is bool
    else:
        raise ValueError(f"no such field: {field}")
    if not wanted:
        raise TypeError(f"{field} cannot be a {type(value).__name__}")
    return _exact(field, value) if isinstance(value, Decimal) else value


def _exact(field: str, value: Decimal) -> Decimal:
    if not value.is_finite() or Decimal(decimal_text(value)) != value:
        raise ValueError(f"{field} cannot be kept exactly: {value}")
    return Decimal(decimal_text(value))


def texts(entry: Entry) -> dict[str, str | None]:
    """The fields as the journal tells them."""
    numbers = {field: getattr(entry, field) for field in NUMBER_FIELDS}
    return {
        "status": entry.status.value if entry.status else None,
        "nil": "true" if entry.nil else "false",
        **{field: decimal_text(value) if value is not None else None for field, value in numbers.items()},
        **{field: getattr(entry, field) for field in TEXT_FIELDS},
    }


def _columns(entry: Entry) -> tuple[Any, ...]:
    told = texts(entry)
    return entry.task_id, *(int(entry.nil) if field == "nil" else told[field] for field in ENTRY_FIELDS)


def _entry(row: tuple[Any, ...]) -> Entry:
    # In the order of _COLUMNS and not by name: a month and the one before it are read before the window is painted.
    task_id, status, this_month, cumulative, percent, under_way, nil, narrative, problems, steps, needed, reason = row
    return Entry(
        task_id,
        None if status is None else _STATUSES[status],
        None if this_month is None else Decimal(this_month),
        None if cumulative is None else Decimal(cumulative),
        None if percent is None else Decimal(percent),
        None if under_way is None else Decimal(under_way),
        narrative,
        problems,
        steps,
        needed,
        bool(nil),
        reason,
    )
