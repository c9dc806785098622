"""宣传公开: the register of what was done in public; only added to, a removal too."""

from dataclasses import replace
from datetime import date, datetime

from desktop_app.model.activity import Activity, ActivityKind
from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp

FIELD = "activity"  # the journal's field, the activity's number behind it
_COLUMNS = "period, kind, day, title, channel, link, task, at, actor"


def add(book: Book, done: Activity) -> Activity:
    """Keep one, and tell the journal; gives it with its number."""
    with book.write() as connection:
        cursor = connection.execute(
            f"insert into activity ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - own names
            _values(done, done.at, done.actor),
        )
        kept = replace(done, number=int(cursor.lastrowid or 0))
        append(connection, [Change(f"{FIELD}:{kept.number}", None, _told(kept), kept.period)], done.at, done.actor)
    return kept


def remove(book: Book, kept: Activity, at: datetime, actor: str) -> None:
    """Take one off the register; its words stay in the book and in the journal."""
    with book.write() as connection:
        connection.execute(
            f"insert into activity (removes, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - own names
            (kept.number, *_values(kept, at, actor)),
        )
        append(connection, [Change(f"{FIELD}:{kept.number}", _told(kept), None, kept.period)], at, actor)


def activities(book: Book) -> tuple[Activity, ...]:
    """Those that were not removed, by day."""
    found = book.read(
        f"select seq, {_COLUMNS} from activity where removes is null "  # noqa: S608 - own names
        "and seq not in (select removes from activity where removes is not null) order by day, seq"
    )
    return tuple(
        Activity(
            number, Period.parse(period), ActivityKind(kind), date.fromisoformat(day), title, channel, link, task,
            datetime.fromisoformat(at), actor,
        )
        for number, period, kind, day, title, channel, link, task, at, actor in found
    )  # fmt: skip


def _values(done: Activity, at: datetime, actor: str) -> tuple[str, ...]:
    return (
        str(done.period), str(done.kind), done.day.isoformat(), done.title, done.channel, done.link, done.task,
        stamp(at), actor,
    )  # fmt: skip


def _told(done: Activity) -> str:
    parts = (done.day.isoformat(), str(done.kind), done.title, done.channel, done.link, done.task)
    return " ".join(filter(None, parts))
