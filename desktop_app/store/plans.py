"""Action plans, every body ever kept, and the drafts that go over to a plan when it is taken."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from desktop_app.model.in_force import Term, in_force
from desktop_app.model.period import Period
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Plan
from desktop_app.store.book import Also, Book
from desktop_app.store.faults import damaged, readable
from desktop_app.store.journal import Change, append
from desktop_app.store.months import Month, require_draft
from desktop_app.store.tables import TERM

_LATEST = "select max(seq) from plan_version group by plan_id"
_TERMS = (
    "select plan_id, term from plan_term where seq in (select max(seq) from plan_term group by plan_id) order by seq"
)
_KEEP_TERM = f"insert into plan_term (seq, plan_id, term) select seq, plan_id, {TERM} from plan_version where seq = ?"  # noqa: S608 - constant
_BY_TASK = (("entry", "task_id"), ("explanation", "task"), ("evidence", "task_id"))


@dataclass(frozen=True, slots=True)
class Move:
    """A draft that goes over to another plan: the task ids that its words stand under now, by those of before."""

    month: Month
    plan_id: str
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """A plan as it is kept, the digest of that, and what will be read of it. Making one takes long, in any thread."""

    plan: Plan
    text: str
    digest: str
    read: Plan


def body_of(plan: Plan) -> Body:
    """What will be kept of a plan."""
    text = json.dumps(to_plain(plan), ensure_ascii=False)
    return Body(plan, text, sha256(text.encode()).hexdigest(), from_plain(Plan, json.loads(text)))


def save_plan(book: Book, plan: Plan, at: datetime, actor: str) -> None:
    """Keep a plan; the bodies it had before stay in the history. The latest body again writes nothing."""
    take_plan(book, plan, (), at, actor)


def take_plan(
    book: Book,
    plan: Plan,
    moves: Sequence[Move],
    at: datetime,
    actor: str,
    also: Also | None = None,
    body: Body | None = None,
) -> None:
    """Keep a plan, move drafts and do what `also` does, in one transaction; ClerkError where one was sealed since.

    `body` is of this very plan where it was made before.
    """
    if body is None or body.plan is not plan:
        body = body_of(plan)
    newest = book.read("select plan_id, body_sha256 from plan_version order by seq desc limit 1")
    if newest == [(plan.id, body.digest)] and not moves and also is None:
        return
    added: int | None = None
    with book.write() as connection:
        if newest != [(plan.id, body.digest)]:
            added = _put(connection, body, at, actor)
        for move in moves:
            _move(connection, move, at, actor)
        if also is not None:
            also(connection)
    if added is not None:
        book.known_plans[added] = body.read


def put_plan(connection: sqlite3.Connection, plan: Plan, at: datetime, actor: str) -> None:
    """Keep a plan's body inside the caller's transaction."""
    _put(connection, body_of(plan), at, actor)


def _put(connection: sqlite3.Connection, body: Body, at: datetime, actor: str) -> int | None:
    """The number of the body."""
    plan, digest = body.plan, body.digest
    earlier = connection.execute(
        "select body_sha256 from plan_version where plan_id = ? order by seq desc limit 1", (plan.id,)
    ).fetchone()
    connection.execute("insert into plan (id, year) values (?, ?) on conflict do nothing", (plan.id, plan.year))
    added = connection.execute(
        "insert into plan_version (plan_id, body, body_sha256, at, actor) values (?, ?, ?, ?, ?)",
        (plan.id, body.text, digest, at.isoformat(timespec="seconds"), actor),
    )
    connection.execute(_KEEP_TERM, (added.lastrowid,))
    append(connection, [Change(f"plan:{plan.id}", earlier[0] if earlier else None, digest)], at, actor)
    return added.lastrowid


def _move(connection: sqlite3.Connection, move: Move, at: datetime, actor: str) -> None:
    """Put a draft under another plan; every word stays, under the id that its measure has there."""
    month = move.month
    require_draft(connection, month)
    connection.execute("update month set plan_id = ? where id = ?", (move.plan_id, month.id))
    changes = [Change("plan", month.plan_id, move.plan_id, month.period, month.revision)]
    for table, column in _BY_TASK:
        # Two steps: 9 -> 10 and 10 -> 11 at once would meet halfway.
        for step in ({old: f"\x00{new}" for old, new in move.renamed.items()}, _second(move.renamed)):
            for old, new in step.items():
                connection.execute(
                    f"update {table} set {column} = ? where month_id = ? and {column} = ?",  # noqa: S608 - own names
                    (new, month.id, old),
                )
    changes += [
        Change("task", old, new, month.period, month.revision, new) for old, new in move.renamed.items() if old != new
    ]
    append(connection, changes, at, actor)


def _second(renamed: Mapping[str, str]) -> dict[str, str]:
    return {f"\x00{new}": new for new in renamed.values()}


def tasks_with_words(book: Book, month_id: int) -> tuple[str, ...]:
    """The ids under which a month holds anything: figures, words, explanations or evidence."""
    asked = " union ".join(f"select {column} from {table} where month_id = :month" for table, column in _BY_TASK)  # noqa: S608
    return tuple(row[0] for row in book.read(asked, {"month": month_id}))


def terms(book: Book) -> tuple[Term, ...]:
    """When each plan is in force, in the order in which they were taken; read without their texts."""
    found = book.read(_TERMS)
    with readable(book.path):
        return tuple(
            Term(
                id=plan_id,
                year=int(year),
                document_number=number or "",
                starts=date.fromisoformat(effective or issued or f"{year}-01-01"),
                repealed=date.fromisoformat(repealed) if repealed else None,
                repeals=tuple(repeals or ()),
                previous=previous,
            )
            for plan_id, told in found
            for year, number, effective, issued, repealed, repeals, previous in [json.loads(told)]
        )


def plans(book: Book) -> tuple[Plan, ...]:
    """Every plan as it stands now, the one saved last at the end."""
    return tuple(_version(book, seq) for (seq,) in book.read(f"{_LATEST} order by 1"))


def plan_in_force(book: Book, period: Period) -> Plan | None:
    """The plan that a month is reported under (desktop_app.model.in_force); None where none fits."""
    found = in_force(terms(book), period)
    return plan_by_id(book, found.id) if found else None


def plan_by_id(book: Book, plan_id: str) -> Plan | None:
    """This plan as it stands now."""
    ((seq,),) = book.read("select max(seq) from plan_version where plan_id = ?", (plan_id,))
    return _version(book, seq) if seq is not None else None


def _version(book: Book, seq: int) -> Plan:
    """One body, read once per open book; WorldError where its bytes are not what was saved."""
    if seq not in book.known_plans:
        ((body, digest),) = book.read("select body, body_sha256 from plan_version where seq = ?", (seq,))
        if sha256(body.encode()).hexdigest() != digest:
            raise damaged(book.path)
        book.known_plans[seq] = from_plain(Plan, json.loads(body))
    return book.known_plans[seq]
