"""Report months: opened as drafts, sealed by the first signature, never a draft again."""

import sqlite3
from datetime import datetime
from typing import Any, NamedTuple

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store.book import Book
from desktop_app.store.faults import told
from desktop_app.store.guards import STEPS_OF_A_MONTH
from desktop_app.store.journal import Change, append, stamp

_COLUMNS = "id, period, revision, plan_id, state, reason, opened_at, handed_in_at, closed_at"

# Said when a month cannot go to this state from where it stands.
_REFUSALS = {
    MonthState.DRAFT: N_("{period}的月报已经签署封存，不能退回草稿。"),
    MonthState.SEALED: N_("{period}的月报已经签署封存，不能再封存一次。"),
    MonthState.SIGNED: N_("{period}的月报不在等待审签，不能再加签名。"),
    MonthState.HANDED_IN: N_("{period}的月报还没有签署完成，不能报送。"),
    MonthState.RECEIVED: N_("{period}的月报还没有签署完成，或已经办结，不能登记回执。"),
    MonthState.RETURNED: N_("{period}的月报还没有报送，不能登记退回。"),
}


class Month(NamedTuple):
    """One revision of one period's report. `closed_at` is when a receipt or a return came."""

    id: int
    period: Period
    revision: int
    plan_id: str
    state: MonthState
    reason: str
    opened_at: datetime
    handed_in_at: datetime | None
    closed_at: datetime | None


def open_month(book: Book, period: Period, plan_id: str, at: datetime, actor: str) -> Month:
    """Open a draft under a plan that is in the book; a month that is there already is returned as it is."""
    there = month(book, period)
    if there is not None:
        return there
    with book.write() as connection:
        connection.execute(
            "insert into month (period, revision, plan_id, state, opened_at) values (?, 1, ?, 'draft', ?)",
            (str(period), plan_id, stamp(at)),
        )
        append(connection, [Change("state", None, MonthState.DRAFT.value, period, 1)], at, actor)
    (row,) = book.read(f"select {_COLUMNS} from month where period = ?", (str(period),))  # noqa: S608 - constant
    return _month(row)


def month(book: Book, period: Period) -> Month | None:
    """The latest revision; None where the month was not opened."""
    found = book.read(
        f"select {_COLUMNS} from month where period = ? order by revision desc limit 1",  # noqa: S608 - constant
        (str(period),),
    )
    return _month(found[0]) if found else None


def months(book: Book) -> tuple[Month, ...]:
    """Every revision of every month, in order."""
    return tuple(
        _month(row)
        for row in book.read(f"select {_COLUMNS} from month order by period, revision")  # noqa: S608 - constant
    )


def set_state(book: Book, month: Month, state: MonthState, at: datetime, actor: str) -> None:
    """Move a month along; ClerkError where it cannot go there from where it stands."""
    with book.write() as connection:
        move(connection, month, state, at, actor)


def move(connection: sqlite3.Connection, month: Month, state: MonthState, at: datetime, actor: str) -> None:
    """The same inside the caller's transaction; a month that stands there already is left alone."""
    now = state_now(connection, month)
    if now is state:
        return
    if (now.value, state.value) not in STEPS_OF_A_MONTH:
        raise ClerkError(_(_REFUSALS[state]).format(period=month.period.spoken))
    connection.execute("update month set state = ? where id = ?", (state.value, month.id))
    column = {
        MonthState.HANDED_IN: "handed_in_at",
        MonthState.RECEIVED: "closed_at",
        MonthState.RETURNED: "closed_at",
    }.get(state)
    if column:
        connection.execute(f"update month set {column} = ? where id = ?", (stamp(at), month.id))  # noqa: S608 - own names
    append(connection, [Change("state", now.value, state.value, month.period, month.revision)], at, actor)


def state_now(connection: sqlite3.Connection, month: Month) -> MonthState:
    """Where the month stands in the book, whatever the value in hand says; LookupError for one not in the book."""
    found = connection.execute(
        "select state from month where id = ? and period = ? and revision = ?",
        (month.id, str(month.period), month.revision),
    ).fetchone()
    if found is None:
        raise LookupError(f"{month.period} revision {month.revision} is not in this book")
    return MonthState(found[0])


def require_draft(connection: sqlite3.Connection, month: Month) -> None:
    """Raise ClerkError where the month's words can no longer change."""
    if state_now(connection, month) is not MonthState.DRAFT:
        raise ClerkError(
            _("{period}的月报已经签署封存，不能再改。").format(period=month.period.spoken),
            _("原件保持不变；如需更正，要另起一版。"),
        )


def require_sealed(connection: sqlite3.Connection, month: Month) -> None:
    """Raise ClerkError where no further signature is awaited."""
    if state_now(connection, month) is not MonthState.SEALED:
        raise ClerkError(_(_REFUSALS[MonthState.SIGNED]).format(period=month.period.spoken))


def refuse_unless_draft(book: Book, month: Month) -> None:
    """require_draft before a transaction is begun."""
    with told(book.path):
        require_draft(book.connection, month)


def _month(row: tuple[Any, ...]) -> Month:
    month_id, period, revision, plan_id, state, reason, opened, handed_in, closed = row
    return Month(
        month_id,
        Period.parse(period),
        revision,
        plan_id,
        MonthState(state),
        reason,
        datetime.fromisoformat(opened),
        datetime.fromisoformat(handed_in) if handed_in else None,
        datetime.fromisoformat(closed) if closed else None,
    )
