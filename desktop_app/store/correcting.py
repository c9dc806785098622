"""The next revision of a month: a draft that begins with every word of the signed one, which stays as it is."""

from datetime import datetime

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import MonthState
from desktop_app.store.book import Book
from desktop_app.store.entries import COLUMNS as ENTRY_COLUMNS
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.months import Month, month, state_now

_COPIED = {
    "entry": ENTRY_COLUMNS,
    "explanation": "task, code, text, finding_values",
    "evidence": "task_id, sha256, name, media_type, size",
}


def next_revision(book: Book, signed: Month, reason: str, at: datetime, actor: str) -> Month:
    """Open it and copy words, explanations and evidence, in one transaction; ClerkError where a draft is open."""
    with book.write() as connection:
        newest = connection.execute(
            "select id, state from month where period = ? order by revision desc limit 1", (str(signed.period),)
        ).fetchone()
        if newest[0] != signed.id or state_now(connection, signed) is MonthState.DRAFT:
            raise ClerkError(_("{period}的新一版已经打开，还没有签署。").format(period=signed.period.spoken))
        made = connection.execute(
            "insert into month (period, revision, plan_id, state, reason, opened_at) values (?, ?, ?, 'draft', ?, ?) "
            "returning id",
            (str(signed.period), signed.revision + 1, signed.plan_id, reason, stamp(at)),
        ).fetchone()[0]
        for table, columns in _COPIED.items():
            connection.execute(
                f"insert into {table} (month_id, {columns}) select ?, {columns} from {table} where month_id = ? "  # noqa: S608 - own names
                "order by rowid",
                (made, signed.id),
            )
        place = (signed.period, signed.revision + 1)
        changes = [Change("state", None, MonthState.DRAFT.value, *place), Change("reason", None, reason, *place)]
        append(connection, changes, at, actor)
    opened = month(book, signed.period)
    if opened is None or opened.id != made:
        raise LookupError(f"{signed.period} was opened again and is not there")
    return opened
