"""The next revision of a month: a draft that begins with every word of the signed one, which stays as it is.

What is copied is told in the journal word by word, so that the draft can be held against it; the row `copied` behind it
says from which data, and nothing before it is taken back by undo.
"""

import json
import sqlite3
from datetime import datetime

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import MonthState
from desktop_app.store import entries, evidence, explanations
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.months import Month, month, state_now

COPIED = "copied"
_ROWS = {"explanation": "task, code, text, finding_values", "evidence": "task_id, sha256, name, media_type, size"}


def next_revision(book: Book, signed: Month, reason: str, at: datetime, actor: str) -> Month:
    """Open it and copy words, explanations and evidence, in one transaction; ClerkError where a draft is open."""
    words = entries.entries(book, signed.id)
    place = (signed.period, signed.revision + 1)
    told = [
        change
        for note in explanations.explanations(book, signed.id)
        for change in (
            Change(f"{explanations.TEXT}{note.code}", None, note.text, *place, note.task),
            Change(f"{explanations.VALUES}{note.code}", None, _values(note.values), *place, note.task),
        )
    ]
    told += [
        Change("evidence", None, f"{item.sha256} {item.name}", *place, item.task_id)
        for item in evidence.evidence(book, signed.id)
    ]
    with book.write() as connection:
        _refuse_unless_newest(connection, signed)
        connection.execute(
            "insert into month (period, revision, plan_id, state, reason, opened_at) values (?, ?, ?, 'draft', ?, ?)",
            (str(signed.period), signed.revision + 1, signed.plan_id, reason, stamp(at)),
        )
        opened = month(book, signed.period)
        if opened is None or opened.revision != signed.revision + 1:
            raise LookupError(f"{signed.period} was opened again and is not there")
        append(
            connection,
            [Change("state", None, MonthState.DRAFT.value, *place), Change("reason", None, reason, *place)],
            at,
            actor,
        )
        entries.put_rows(connection, opened, words.values(), at, actor)
        for table, columns in _ROWS.items():
            connection.execute(
                f"insert into {table} (month_id, {columns}) select ?, {columns} from {table} where month_id = ? "  # noqa: S608 - own names
                "order by rowid",
                (opened.id, signed.id),
            )
        append(connection, [*told, Change(COPIED, None, str(signed.revision), *place)], at, actor)
    return opened


def _refuse_unless_newest(connection: sqlite3.Connection, signed: Month) -> None:
    newest = connection.execute(
        "select id from month where period = ? order by revision desc limit 1", (str(signed.period),)
    ).fetchone()
    if newest[0] != signed.id or state_now(connection, signed) is MonthState.DRAFT:
        raise ClerkError(_("{period}的新一版已经打开，还没有签署。").format(period=signed.period.spoken))


def _values(values: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(values, ensure_ascii=False)
