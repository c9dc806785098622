"""Small things the book remembers, as JSON by key."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop_app.store.book import Also, Book
from desktop_app.store.journal import Change, append


def get(book: Book, key: str) -> Any | None:
    """The value under this key; None where there is none."""
    found = book.read("select value from setting where key = ?", (key,))
    return json.loads(found[0][0]) if found else None


def put(
    book: Book,
    key: str,
    value: Any,
    *,
    at: datetime,
    actor: str,
    also: Also | None = None,
) -> None:
    """Keep a JSON value under this key; the same value again writes nothing. `also` shares the transaction."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    found = book.read("select value from setting where key = ?", (key,))
    old = found[0][0] if found else None
    if old == text and also is None:
        return
    with book.write() as connection:
        if old != text:
            connection.execute(
                "insert into setting (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
                (key, text),
            )
            append(connection, [Change(f"setting:{key}", old, text)], at, actor)
        if also is not None:
            also(connection)


def put_all(book: Book, values: Mapping[str, Any], *, at: datetime, actor: str) -> None:
    """Keep several values together or not at all; those that are the same write nothing."""
    texts = {
        key: json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False) for key, value in values.items()
    }
    before = {key: value for key in texts for (value,) in book.read("select value from setting where key = ?", (key,))}
    changed = {key: text for key, text in texts.items() if before.get(key) != text}
    if not changed:
        return
    with book.write() as connection:
        connection.executemany(
            "insert into setting (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
            list(changed.items()),
        )
        changes = [Change(f"setting:{key}", before.get(key), text) for key, text in changed.items()]
        append(connection, changes, at, actor)
