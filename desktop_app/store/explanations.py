"""情况说明: the clerk's words on a warning, kept with the values they were written about."""

import json
import sqlite3
from datetime import datetime

from desktop_app.model.finding import Explanation
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append
from desktop_app.store.months import Month, refuse_unless_draft

TEXT, VALUES = "explanation:", "explanation_values:"  # the journal's fields, the rule's code behind them


def explanations(book: Book, month_id: int) -> tuple[Explanation, ...]:
    """Every explanation of a month, by task and code."""
    return tuple(
        Explanation(task, code, text, tuple((name, value) for name, value in json.loads(values)))
        for task, code, text, values in book.read(
            "select task, code, text, finding_values from explanation where month_id = ? order by task, code",
            (month_id,),
        )
    )


def put(book: Book, month: Month, explanation: Explanation, at: datetime, actor: str) -> None:
    """Keep an explanation in place of an earlier one for the same finding; ClerkError where the month is sealed."""
    refuse_unless_draft(book, month)
    key = (month.id, explanation.task, explanation.code)
    values = json.dumps(explanation.values, ensure_ascii=False)
    found = book.read("select text, finding_values from explanation where month_id = ? and task = ? and code = ?", key)
    if found == [(explanation.text, values)]:
        return
    old = found[0] if found else (None, None)
    changes = _changes(month, explanation.task, explanation.code, old, (explanation.text, values))
    with book.write() as connection:
        connection.execute(
            "insert into explanation (month_id, task, code, text, finding_values) values (?, ?, ?, ?, ?) on conflict "
            "(month_id, task, code) do update set text = excluded.text, finding_values = excluded.finding_values",
            (*key, explanation.text, values),
        )
        append(connection, changes, at, actor)


def put_back(
    connection: sqlite3.Connection, month: Month, task: str, code: str, text: str | None, values: str | None
) -> None:
    """Inside the caller's transaction, without a word in the journal: text and values as they were, None for none."""
    key = (month.id, task, code)
    connection.execute("delete from explanation where month_id = ? and task = ? and code = ?", key)
    if text is not None:
        connection.execute(
            "insert into explanation (month_id, task, code, text, finding_values) values (?, ?, ?, ?, ?)",
            (*key, text, values or "[]"),
        )


def as_kept(connection: sqlite3.Connection, month: Month, task: str, code: str) -> tuple[str | None, str | None]:
    """Text and values as the table holds them."""
    found = connection.execute(
        "select text, finding_values from explanation where month_id = ? and task = ? and code = ?",
        (month.id, task, code),
    ).fetchone()
    return found or (None, None)


def _changes(
    month: Month, task: str, code: str, old: tuple[str | None, str | None], new: tuple[str | None, str | None]
) -> list[Change]:
    """The text, and the values it was written about where they differ: without them it could not be taken back."""
    place = (month.period, month.revision, task)
    made = (Change(f"{TEXT}{code}", old[0], new[0], *place), Change(f"{VALUES}{code}", old[1], new[1], *place))
    return [change for change in made if change.old != change.new]
