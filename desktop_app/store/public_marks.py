"""公开、内部: what was said of fields and of what may leave all the same; only added to, the last word counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from desktop_app.model.disclosure import Consent, Leak, Said, Say
from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp

MARK, CONSENT = "public", "consent"  # the journal's fields, behind them the task's field, or the edition


def said(book: Book, until: Period) -> tuple[Said, ...]:
    """Everything that was said of the months of this year and the one before, up to one month; by month, in order."""
    found = book.read(
        "select period, plan_id, task, field, say from public_mark where period between ? and ? order by period, seq",
        (f"{until.year - 1:04}-01", str(until)),
    )
    return tuple(
        Said(Period.parse(period), plan_id, task, field, Say(say)) for period, plan_id, task, field, say in found
    )


def say(book: Book, marks: Sequence[tuple[Said, Say]], at: datetime, actor: str) -> None:
    """Keep these words, each with what stood there before, and tell the journal; all or none."""
    with book.write() as connection:
        connection.executemany(
            "insert into public_mark (period, plan_id, task, field, say, at, actor) values (?, ?, ?, ?, ?, ?, ?)",
            [
                (str(each.period), each.plan_id, each.task, each.field, str(each.say), stamp(at), actor)
                for each, _was in marks
            ],
        )
        changes = [
            Change(f"{MARK}:{each.field}", str(was), str(each.say), each.period, None, each.task) for each, was in marks
        ]
        append(connection, changes, at, actor)


def consents(book: Book) -> tuple[Consent, ...]:
    """What may leave, without what was taken back."""
    found = book.read("select edition, task, field, found, reason, at, actor from public_consent order by seq")
    last = {
        (edition, task, field, what): Consent(
            edition, Leak(task, field, what), reason, datetime.fromisoformat(at), actor
        )
        for edition, task, field, what, reason, at, actor in found
    }
    return tuple(each for each in last.values() if each.reason)


def consent(book: Book, edition: str, leaks: Iterable[Leak], reason: str, at: datetime, actor: str) -> None:
    """Let these leave in an edition, for a reason; "" takes it back."""
    rows = [(edition, each.task, each.field, each.found, reason, stamp(at), actor) for each in leaks]
    before = {(each.edition, each.leak): each.reason for each in consents(book)}
    with book.write() as connection:
        connection.executemany(
            "insert into public_consent (edition, task, field, found, reason, at, actor) values (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        changes = []
        for _edition, task, field, found, *_rest in rows:
            was = before.get((edition, Leak(task, field, found)))
            told = f"{task} {field} {found}："
            changes.append(Change(f"{CONSENT}:{edition}", was and told + was, told + reason if reason else None))
        append(connection, changes, at, actor)
