"""Months that come back from their own signed reports, into a book that holds nothing yet.

What a report was sealed with comes first and the seal last, as on the day itself: the guards of the tables see no
difference. The journal begins anew; the head that a report printed is kept in its row `rebuilt`, because the chain that
it belonged to is gone.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desktop_app.model.plan import Plan
from desktop_app.model.report import MonthState, Report
from desktop_app.store import entries, plans
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.months import Month, move

REBUILT = "rebuilt"  # the journal's field: `old` is the head that the report printed, `new` the digest of its bytes


@dataclass(frozen=True, slots=True)
class ReturnedReceipt:
    """The receipt that closes a month; `data` are the file's bytes, `effect` says what it did."""

    name: str
    data: bytes
    effect: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class RebuiltMonth:
    """A signed report as its file holds it; `files` are the evidence's bytes by sha256.

    `sealed_at` is the moment of the first signature, `sealer` who made it.
    """

    report: Report
    data: bytes
    data_sha256: str
    check_code: str
    pdf: bytes
    signatures: int
    sealed_at: datetime
    sealer: str
    files: Mapping[str, bytes]
    receipt: ReturnedReceipt | None = None


def rebuild(book: Book, plans_: Sequence[Plan], months: Sequence[RebuiltMonth], at: datetime, actor: str) -> None:
    """Put all of it into an empty book, in one transaction; plans in the order in which they were in force."""
    with book.write() as connection:
        for plan in plans_:
            plans.put_plan(connection, plan, at, actor)
        for month in months:
            _put_month(connection, month, at, actor)


def _put_month(connection: sqlite3.Connection, found: RebuiltMonth, at: datetime, actor: str) -> None:
    report = found.report
    opened = stamp(found.sealed_at)
    connection.execute(
        "insert into month (period, revision, plan_id, state, reason, opened_at) values (?, ?, ?, 'draft', ?, ?)",
        (str(report.period), report.revision, report.plan.sha256, report.reason, opened),
    )
    ((month_id,),) = connection.execute(
        "select id from month where period = ? and revision = ?", (str(report.period), report.revision)
    ).fetchall()
    month = Month(
        month_id, report.period, report.revision, report.plan.sha256, MonthState.DRAFT, report.reason, found.sealed_at,
        None, None,
    )  # fmt: skip
    append(connection, [Change("state", None, MonthState.DRAFT.value, report.period, report.revision)], at, actor)
    entries.put_rows(connection, month, report.entries, at, actor)
    _put_explanations(connection, month, report, at, actor)
    _put_evidence(connection, month, found, at, actor)
    _put_seal(connection, month, found, at, actor)
    _put_receipt(connection, month, found, at, actor)


def _put_explanations(connection: sqlite3.Connection, month: Month, report: Report, at: datetime, actor: str) -> None:
    for finding in report.findings:
        if finding.explanation:
            values = json.dumps(finding.values, ensure_ascii=False)
            connection.execute(
                "insert into explanation (month_id, task, code, text, finding_values) values (?, ?, ?, ?, ?) "
                "on conflict do nothing",
                (month.id, finding.task, finding.code, finding.explanation, values),
            )
            field = f"explanation:{finding.code}"
            change = Change(field, None, finding.explanation, month.period, month.revision, finding.task)
            append(connection, [change], at, actor)


def _put_evidence(connection: sqlite3.Connection, month: Month, found: RebuiltMonth, at: datetime, actor: str) -> None:
    for item in found.report.evidence:
        data = found.files[item.sha256]
        if sha256(data).hexdigest() != item.sha256:
            raise ValueError(f"{item.name} is not the evidence that the report lists")
        connection.execute("insert into blob (sha256, data) values (?, ?) on conflict do nothing", (item.sha256, data))
        connection.execute(
            "insert into evidence (month_id, task_id, name, media_type, size, sha256) values (?, ?, ?, ?, ?, ?)",
            (month.id, item.task_id, item.name, item.media_type, item.size, item.sha256),
        )
        new = f"{item.sha256} {item.name}"
        append(connection, [Change("evidence", None, new, month.period, month.revision, item.task_id)], at, actor)


def _put_seal(connection: sqlite3.Connection, month: Month, found: RebuiltMonth, at: datetime, actor: str) -> None:
    connection.execute(
        "insert into sealed (month_id, data, data_digest, data_sha256, check_code, sealed_at, actor) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (
            month.id,
            found.data,
            sha256(found.data).hexdigest(),
            found.data_sha256,
            found.check_code,
            stamp(found.sealed_at),
            found.sealer,
        ),
    )
    digest = sha256(found.pdf).hexdigest()
    connection.execute(
        "insert into sealed_pdf (month_id, pdf_sha256, signatures, final, at, actor, pdf) values (?, ?, ?, 1, ?, ?, ?)",
        (month.id, digest, found.signatures, stamp(found.sealed_at), found.sealer, found.pdf),
    )
    changes = [
        Change(REBUILT, found.report.journal_head, digest, month.period, month.revision),
        Change("signed_pdf", None, digest, month.period, month.revision),
    ]
    append(connection, changes, at, actor)
    for state in (MonthState.SEALED, MonthState.SIGNED):
        move(connection, month, state, at, actor)


def _put_receipt(connection: sqlite3.Connection, month: Month, found: RebuiltMonth, at: datetime, actor: str) -> None:
    if found.receipt is None:
        return
    receipt = found.receipt
    digest = sha256(receipt.data).hexdigest()
    connection.execute(
        "insert into inbox (sha256, kind, name, effect, at, data) values (?, 'receipt', ?, ?, ?, ?)",
        (digest, receipt.name, receipt.effect, stamp(at), receipt.data),
    )
    append(connection, [Change("received:receipt", None, digest, month.period, month.revision)], at, actor)
    # By the receipt the report was there at this moment; where it was handed in, and when, nobody wrote down.
    when = stamp(receipt.received_at)
    before = MonthState.SIGNED
    for state, column in ((MonthState.HANDED_IN, "handed_in_at"), (MonthState.RECEIVED, "closed_at")):
        connection.execute(
            f"update month set state = ?, {column} = ? where id = ?",  # noqa: S608 - own names
            (state.value, when, month.id),
        )
        append(connection, [Change("state", before.value, state.value, month.period, month.revision)], at, actor)
        before = state
