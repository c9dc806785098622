"""Small things the book remembers, as JSON by key."""

import json
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
