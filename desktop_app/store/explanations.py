"""情况说明: the clerk's words on a warning, kept with the values they were written about."""

import json
from datetime import datetime

from desktop_app.model.finding import Explanation
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append
from desktop_app.store.months import Month, refuse_unless_draft


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
    change = Change(
        f"explanation:{explanation.code}",
        found[0][0] if found else None,
        explanation.text,
        month.period,
        month.revision,
        explanation.task,
    )
    with book.write() as connection:
        connection.execute(
            "insert into explanation (month_id, task, code, text, finding_values) values (?, ?, ?, ?, ?) on conflict "
            "(month_id, task, code) do update set text = excluded.text, finding_values = excluded.finding_values",
            (*key, explanation.text, values),
        )
        append(connection, [change], at, actor)
