"""Action plans, every body ever kept. The plan saved last is the one in force for its year."""

import json
from datetime import datetime
from hashlib import sha256

from desktop_app.model.period import Period
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Plan
from desktop_app.store.book import Book
from desktop_app.store.faults import damaged
from desktop_app.store.journal import Change, append

_NEWEST = "select max(seq) from plan_version join plan on plan.id = plan_id"


def save_plan(book: Book, plan: Plan, at: datetime, actor: str) -> None:
    """Keep a plan and put it in force; the bodies it had before stay in the history."""
    body = json.dumps(to_plain(plan), ensure_ascii=False)
    digest = sha256(body.encode()).hexdigest()
    in_force = book.read(
        f"select plan_id, body_sha256 from plan_version where seq = ({_NEWEST} where year = ?)",  # noqa: S608 - constant
        (plan.year,),
    )
    if in_force == [(plan.id, digest)]:
        return
    earlier = book.read("select body_sha256 from plan_version where plan_id = ? order by seq desc limit 1", (plan.id,))
    with book.write() as connection:
        connection.execute("insert into plan (id, year) values (?, ?) on conflict do nothing", (plan.id, plan.year))
        connection.execute(
            "insert into plan_version (plan_id, body, body_sha256, at, actor) values (?, ?, ?, ?, ?)",
            (plan.id, body, digest, at.isoformat(timespec="seconds"), actor),
        )
        append(connection, [Change(f"plan:{plan.id}", earlier[0][0] if earlier else None, digest)], at, actor)


def plans(book: Book) -> tuple[Plan, ...]:
    """Every plan as it stands now, the one saved last at the end."""
    found = book.read("select max(seq) from plan_version group by plan_id order by 1")
    return tuple(_version(book, seq) for (seq,) in found)


def plan_in_force(book: Book, period: Period) -> Plan | None:
    """The plan for the period's year; None where none was imported."""
    return _newest(book, "year", period.year)


def plan_by_id(book: Book, plan_id: str) -> Plan | None:
    """This plan as it stands now."""
    return _newest(book, "plan_id", plan_id)


def _newest(book: Book, column: str, value: object) -> Plan | None:
    ((seq,),) = book.read(f"{_NEWEST} where {column} = ?", (value,))
    return _version(book, seq) if seq is not None else None


def _version(book: Book, seq: int) -> Plan:
    """One body, read once per open book; WorldError where its bytes are not what was saved."""
    if seq not in book.known_plans:
        ((body, digest),) = book.read("select body, body_sha256 from plan_version where seq = ?", (seq,))
        if sha256(body.encode()).hexdigest() != digest:
            raise damaged(book.path)
        book.known_plans[seq] = from_plain(Plan, json.loads(body))
    return book.known_plans[seq]
