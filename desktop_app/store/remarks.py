"""退回意见 and their answers: remarks are kept as they came, answers belong to the draft that puts the report right."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.model.standing_remark import StandingRemark
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append
from desktop_app.store.months import Month, refuse_unless_draft, require_draft

if TYPE_CHECKING:
    from desktop_app.model.correction import Remark, RemarkAnswer

ANSWER = "answer:"  # the journal's field, the remark's number behind it

_STANDING = """
select remark.id, month.revision, remark.task, remark.field, remark.text, remark.bureau, remark.at,
       coalesce((select said.text from remark_answer as said join month as its on its.id = said.month_id
                 where remark_id = remark.id and its.revision <= :revision order by its.revision desc limit 1), ''),
       exists (select 1 from month as later where later.period = month.period and later.state = :received
               and later.revision between month.revision and :revision)
from remark join month on month.id = remark.month_id
where month.period = :period and month.revision <= :revision order by remark.id
"""


def put(
    connection: sqlite3.Connection, month: Month, sha256: str, found: "Iterable[Remark]", bureau: str, at: datetime
) -> None:
    """Keep the remarks of a return inside the transaction that records it; the journal tells of the return."""
    connection.executemany(
        "insert into remark (month_id, sha256, task, field, text, bureau, at) values (?, ?, ?, ?, ?, ?, ?)",
        [(month.id, sha256, each.task, each.field, each.text, bureau, at.isoformat()) for each in found],
    )


def standing(book: Book, period: Period, revision: int) -> tuple[StandingRemark, ...]:
    """Every remark on a period up to this revision, in order, with the answer that it has by then."""
    asked = {"period": str(period), "revision": revision, "received": MonthState.RECEIVED.value}
    return tuple(
        StandingRemark(number, was, task, field, text, bureau, datetime.fromisoformat(at), answer, bool(closed))
        for number, was, task, field, text, bureau, at, answer, closed in book.read(_STANDING, asked)
    )


def answered_in(book: Book, month_id: int) -> dict[int, str]:
    """The answers that one revision gives, by the remark's number."""
    return dict(book.read("select remark_id, text from remark_answer where month_id = ? order by 1", (month_id,)))


def answer(book: Book, month: Month, remark: StandingRemark, text: str, at: datetime, actor: str) -> None:
    """Keep an answer in a draft, "" takes it back; ClerkError where the month is sealed."""
    refuse_unless_draft(book, month)
    old = answered_in(book, month.id).get(remark.id)
    if (old or "") == text:
        return
    with book.write() as connection:
        require_draft(connection, month)
        connection.execute("delete from remark_answer where month_id = ? and remark_id = ?", (month.id, remark.id))
        if text:
            connection.execute(
                "insert into remark_answer (month_id, remark_id, text) values (?, ?, ?)", (month.id, remark.id, text)
            )
        field = f"{ANSWER}{remark.id}"
        append(connection, [Change(field, old, text or None, month.period, month.revision, remark.task)], at, actor)


def put_answers(book: Book, month: Month, found: "Sequence[RemarkAnswer]", at: datetime, actor: str) -> int:
    """Keep the answers that a signed revision gave, within together(); how many of them are to no remark held here."""
    from desktop_app.model.correction import matched

    asked = [each for each in standing(book, month.period, month.revision) if not each.answer]
    places = matched(found, asked)
    for said, place in zip(found, places, strict=True):
        if place is not None:
            answer(book, month, asked[place], said.text, at, actor)
    return places.count(None)
