"""What a field said before, from the journal, and who wrote what when."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.desk import Desk
from desktop_app.model.entry import FIELD_LABELS, Status
from desktop_app.model.period import Period
from desktop_app.store import journal, months
from desktop_app.store.journal import JournalRow

_MOST = 500


@dataclass(frozen=True)
class Written:
    """One change of a task for people: `old` and `new` as one reads; `label` names the field, not yet translated."""

    seq: int
    at: datetime
    actor: str
    field: str
    label: str
    old: str
    new: str


def newest(desk: Desk) -> int:
    """The number of the journal's last row; 0 in a new book."""
    found = journal.newest(desk.book, None, None, None, 1)
    return found[-1].seq if found else 0


def changes(
    desk: Desk, period: Period, task: str, field: str | None = None, revision: int | None = None
) -> tuple[Written, ...]:
    """The changes of a task, or one of its fields, in the newest revision or that one; the newest first."""
    found = [row for row in rows(desk, period, task, field, revision) if row.field in FIELD_LABELS]
    return tuple(
        Written(
            row.seq,
            row.at,
            row.actor,
            row.field,
            FIELD_LABELS[row.field],
            spoken(row.field, row.old),
            spoken(row.field, row.new),
        )
        for row in reversed(found)
    )


def rows(desk: Desk, period: Period, task: str, field: str | None, revision: int | None = None) -> list[JournalRow]:
    """The last changes of a task or one of its fields in the newest revision, or in that one, in order."""
    month = months.month(desk.book, period)
    wanted = revision or (month.revision if month else None)
    found = journal.newest(desk.book, period, task, field, _MOST)
    return [row for row in found if row.revision == wanted]


def spoken(field: str, value: str | None) -> str:
    """A value as people read it, not yet translated where it is one of our words."""
    if value is None:
        return ""
    if field == "status" and value in set(Status):
        return Status(value).label
    if field == "evidence":
        return value.partition(" ")[2]
    if field == "nil":
        return "✓" if value == "true" else ""
    return value
