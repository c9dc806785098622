"""宣传公开: the register of what was done in public; only added to, the last row of a number is what it says."""

from dataclasses import replace
from datetime import date, datetime

from desktop_app.model.activity import Activity, ActivityKind
from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp

FIELD = "activity"  # the journal's field, the activity's number behind it
_COLUMNS = "number, removed, period, kind, day, title, channel, link, task, at, actor"


def add(book: Book, done: Activity) -> Activity:
    """Keep one, and tell the journal; gives it with its number."""
    last = book.read("select coalesce(max(number), 0) from activity")[0][0]
    kept = replace(done, number=int(last) + 1)
    _put(book, kept, None, kept.at, kept.actor)
    return kept


def put(book: Book, done: Activity) -> None:
    """What an activity is from now on; one that was removed is there again."""
    _put(book, done, next((each for each in activities(book) if each.number == done.number), None), done.at, done.actor)


def remove(book: Book, kept: Activity, at: datetime, actor: str) -> None:
    """Take one off the register; its words stay in the book and in the journal."""
    _put(book, kept, kept, at, actor, removed=True)


def activities(book: Book) -> tuple[Activity, ...]:
    """Those that were not removed, by day."""
    rows = book.read(
        f"select {_COLUMNS} from activity where removed = 0 "  # noqa: S608 - own names
        "and seq in (select max(seq) from activity group by number) order by day, number"
    )
    return tuple(_activity(*row) for row in rows)


def before(book: Book, number: int) -> tuple[Activity, bool] | None:
    """What an activity was before its last change, and whether it was removed then; None before it was entered."""
    rows = book.read(
        f"select {_COLUMNS} from activity where number = ? order by seq desc limit 2",  # noqa: S608 - own names
        (number,),
    )
    return (_activity(*rows[1]), bool(rows[1][1])) if len(rows) > 1 else None


def _activity(
    number: int, _removed: int, period: str, kind: str, day: str, title: str, channel: str, link: str, task: str,
    at: str, actor: str,
) -> Activity:  # fmt: skip
    return Activity(
        number, Period.parse(period), ActivityKind(kind), date.fromisoformat(day), title, channel, link, task,
        datetime.fromisoformat(at), actor,
    )  # fmt: skip


def _put(book: Book, done: Activity, was: Activity | None, at: datetime, actor: str, *, removed: bool = False) -> None:
    values = (
        done.number, int(removed), str(done.period), str(done.kind), done.day.isoformat(), done.title, done.channel,
        done.link, done.task, stamp(at), actor,
    )  # fmt: skip
    with book.write() as connection:
        marks = ", ".join("?" * len(values))
        connection.execute(f"insert into activity ({_COLUMNS}) values ({marks})", values)  # noqa: S608 - own names
        new = None if removed else _told(done)
        append(connection, [Change(f"{FIELD}:{done.number}", _told(was) if was else None, new, done.period)], at, actor)


def _told(done: Activity) -> str:
    parts = (done.day.isoformat(), str(done.kind), done.title, done.channel, done.link, done.task)
    return " ".join(filter(None, parts))
