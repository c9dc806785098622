"""The triggers hold against SQL itself, whatever code may run above them one day."""

import hashlib
import sqlite3
from datetime import datetime
from decimal import Decimal

import pytest

from desktop_app.model.activity import Activity, ActivityKind
from desktop_app.model.correction import Remark
from desktop_app.model.disclosure import Leak, Said, Say
from desktop_app.model.finding import Explanation
from desktop_app.model.listed import Closing, MarkAction
from desktop_app.store import (
    Book,
    Month,
    ReportDigest,
    activities,
    bureau,
    entries,
    evidence,
    explanations,
    journal,
    listed,
    packs,
    public_marks,
    remarks,
    sealed,
    transfers,
)
from desktop_app.store.guards import APPEND_ONLY, OF_A_DRAFT


@pytest.fixture
def full(book: Book, month: Month, now: datetime) -> Book:
    """A row in every table; the month signed and handed in."""
    entries.save(book, month, "3-1", {"percent": Decimal(5)}, now, "王")
    explanations.put(book, month, Explanation("3-1", "W1", "因雨", (("a", "1"),)), now, "王")
    evidence.add(book, month, "3-1", "图.png", "image/png", b"png", now, "王")
    back = hashlib.sha256(b"back").hexdigest()
    with book.write() as connection:
        transfers.note(connection, transfers.Arrived(back, "return", "b.pdf", "退回", b"back", now), "王")
        remarks.put(connection, month, back, [Remark("3-1", "percent", "不对")], "局", now)
        packs.put(connection, back, "plan", "2023", "局", now)
    (asked,) = remarks.standing(book, month.period, 1)
    remarks.answer(book, month, asked, "已改", now, "王")
    sealed.seal(book, month, b"%PDF", b"{}", "d" * 64, "3F2A-9C01-77AB-0D4E", 1, now, "王")
    sealed.add_signature(book, month, b"%PDF+", now, "李", final=True)
    transfers.record_out(book, month, "/stick", "r.pdf", "e" * 64, now, "王")
    digest = hashlib.sha256(b"r").hexdigest()
    transfers.record_in(book, digest, "receipt", "r.pdf", "办结", b"r", now, close_month=None, actor="王")
    bureau.enrol(book, "110105", "朝阳区", b"pem", "f" * 64, now, "王")
    told = ReportDigest(0, 0, 0, 0, None, b"{}")
    bureau.keep_report(book, digest, "110105", "朝阳区", month.period, 1, "A", "d", True, b"r", now, "王", told)
    bureau.set_answer(book, digest, "accepted", digest, b"r", now, "王")
    closed = Closing("P-1", MarkAction.CLOSED, month.period, "已核查", "李", now.date(), "", "", now, "王")
    listed.put(book, closed)
    inside = Said(month.period, month.plan_id, "3-1", "narrative", Say.INSIDE)
    public_marks.say(book, [(inside, Say.AS_BEFORE)], now, "王")
    public_marks.consent(book, "2023-03", [Leak("3-1", "narrative", "王")], "本人同意", now, "王")
    activities.add(
        book,
        Activity(0, month.period, ActivityKind.PUBLICITY, now.date(), "进社区", "", "", "", now, "王"),
    )
    return book


def refused(book: Book, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot change like this"):
        book.connection.execute(sql)


@pytest.mark.parametrize("table", [*APPEND_ONLY, *OF_A_DRAFT, "book", "month"])
def test_rows_stay(full: Book, table: str) -> None:
    before = full.read(f"select * from {table}")
    assert before
    columns = [name for name, *_ in full.connection.execute(f"select * from {table}").description]
    refused(full, f"delete from {table}")
    for column in columns if table != "month" else ():
        refused(full, f"update {table} set {column} = {column}")
        with pytest.raises(sqlite3.IntegrityError):  # a key that is null is refused before the guard is asked
            full.connection.execute(f"update {table} set {column} = null")
    # a replacement is a deletion in disguise
    values = ", ".join("?" * len(before[0]))
    with pytest.raises(sqlite3.IntegrityError):
        full.connection.execute(f"insert or replace into {table} values ({values})", before[0])
    assert full.read(f"select * from {table}") == before


@pytest.mark.parametrize("table", OF_A_DRAFT)
def test_nothing_joins_a_sealed_month(full: Book, table: str) -> None:
    row = full.connection.execute(f"select * from {table}")
    fields = dict(zip([name for name, *_ in row.description], row.fetchone(), strict=True))
    fields |= {"id": 99} if "id" in fields else {}
    fields |= {name: other for name, other in (("task_id", "3-4"), ("task", "3-4"), ("remark_id", 2)) if name in fields}
    with pytest.raises(sqlite3.IntegrityError, match="cannot change like this"):
        full.connection.execute(
            f"insert into {table} ({', '.join(fields)}) values ({', '.join('?' * len(fields))})",
            list(fields.values()),
        )


@pytest.mark.parametrize(
    "change",
    [
        "state = 'draft'", "state = 'sealed'", "period = '2023-04'", "revision = 2", "plan_id = 'x'", "reason = '更正'",
        "opened_at = ''", "id = 9", "handed_in_at = ''", "handed_in_at = null", "closed_at = ''",
    ],
)  # fmt: skip
def test_a_signed_month_is_what_it_is(full: Book, change: str) -> None:
    refused(full, f"update month set {change}")


def test_a_month_starts_as_a_draft(full: Book, month: Month) -> None:
    refused(
        full,
        "insert into month (period, revision, plan_id, state, opened_at) "
        f"values ('2023-04', 1, '{month.plan_id}', 'signed', '')",
    )


def test_no_signature_after_the_last(full: Book, month: Month) -> None:
    refused(
        full,
        "insert into sealed_pdf (month_id, pdf_sha256, signatures, final, at, actor, pdf) "
        f"values ({month.id}, 'x', 3, 1, '', '', x'00')",
    )


@pytest.mark.parametrize(("seq", "prev"), [("1000", "hash"), ("seq", "hash"), ("seq + 1", "zeroblob(32)")])
def test_the_chain_goes_on_only_at_its_end(full: Book, seq: str, prev: str) -> None:
    refused(
        full,
        f"insert into journal select {seq}, at, actor, period, revision, task_id, field, old, new, {prev}, hash, step "
        "from journal order by seq desc limit 1",
    )


@pytest.mark.parametrize("actor", ["", "  "])
def test_nobody_is_nameless(full: Book, actor: str, now: datetime) -> None:
    refused(
        full,
        f"insert into journal select seq + 1, at, '{actor}', period, revision, task_id, field, old, new, hash, hash, "
        "step from journal order by seq desc limit 1",
    )
    with full.write() as connection, pytest.raises(ValueError, match="anybody"):
        journal.append(connection, [journal.Change("x", None, "y")], now, actor)


def test_the_columns_that_were_tried_are_all_there_are(book: Book) -> None:
    """A column added to a month later must be thought of here and in the guards."""
    names = {name for _, name, *_ in book.read("pragma table_info(month)")}
    assert names == {
        "id", "period", "revision", "plan_id", "state", "reason", "opened_at", "handed_in_at", "closed_at",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["1.5e3", "１", "abc", "", "1,000"])
def test_only_plain_decimal_text_is_a_number(book: Book, month: Month, number: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        book.connection.execute(
            "insert into entry (month_id, task_id, percent) values (?, '3-1', ?)", (month.id, number)
        )


def test_floats_do_not_slip_in(book: Book, month: Month) -> None:
    """STRICT turns a number into text, which the check then judges."""
    with pytest.raises(sqlite3.IntegrityError):
        book.connection.execute("insert into entry (month_id, task_id, nil) values (?, '3-1', 0.5)", (month.id,))


def test_evidence_in_use_cannot_lose_its_bytes(full: Book) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        full.connection.execute("delete from blob")
    refused(full, "update blob set data = x'00'")


def test_the_guards_leave_an_honest_chain(full: Book) -> None:
    assert journal.verify(full).intact
