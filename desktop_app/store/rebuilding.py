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

from desktop_app.model.correction import Remark
from desktop_app.model.plan import Plan
from desktop_app.model.report import MonthState
from desktop_app.model.report_body import Report
from desktop_app.store import entries, plans, remarks
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, append, stamp
from desktop_app.store.months import Month, move

REBUILT = "rebuilt"  # the journal's field: `old` is the head that the report printed, `new` the digest of its bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """A receipt, or a return with its remarks, that answered a report; `data` are the file's bytes.

    `at` is when its bureau wrote it, `effect` says what it did.
    """

    kind: str
    name: str
    data: bytes
    effect: str
    at: datetime
    bureau: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class RebuiltMonth:
    """A signed report as its file holds it; `files` are the evidence's bytes by sha256.

    `sealed_at` is the moment of the first signature, `sealer` who made it; `letters` are in the order of their time.
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
    letters: tuple[Answered, ...] = ()


def rebuild(
    book: Book, plans_: Sequence[Plan], months: Sequence[RebuiltMonth], at: datetime, actor: str
) -> tuple[int, ...]:
    """Put all of it into an empty book, in one transaction; plans in the order in which they were in force.

    `months` are in the order of period and revision. Gives for each how many of its answers are to no remark here.
    """
    with book.together():
        with book.write() as connection:
            for plan in plans_:
                plans.put_plan(connection, plan, at, actor)
        return tuple(_put_month(book, month, at, actor) for month in months)


def _put_month(book: Book, found: RebuiltMonth, at: datetime, actor: str) -> int:
    with book.write() as connection:
        month = _put_draft(connection, found, at, actor)
        lost = remarks.put_answers(book, month, found.report.answers, at, actor)
        _put_seal(connection, month, found, at, actor)
        _put_letters(connection, month, found.letters, at, actor)
    return lost


def _put_draft(connection: sqlite3.Connection, found: RebuiltMonth, at: datetime, actor: str) -> Month:
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
    told = [Change("state", None, MonthState.DRAFT.value, report.period, report.revision)]
    if report.reason:
        told.append(Change("reason", None, report.reason, report.period, report.revision))
    append(connection, told, at, actor)
    entries.put_rows(connection, month, report.entries, at, actor)
    _put_explanations(connection, month, report, at, actor)
    _put_evidence(connection, month, found, at, actor)
    return month


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


def _put_letters(
    connection: sqlite3.Connection, month: Month, letters: Sequence[Answered], at: datetime, actor: str
) -> None:
    """Each is recorded; a return counts after a receipt, and neither changes a month that went back before."""
    state = MonthState.SIGNED
    for letter in letters:
        digest = sha256(letter.data).hexdigest()
        connection.execute(
            "insert into inbox (sha256, kind, name, effect, at, data) values (?, ?, ?, ?, ?, ?)",
            (digest, letter.kind, letter.name, letter.effect, stamp(at), letter.data),
        )
        append(connection, [Change(f"received:{letter.kind}", None, digest, month.period, month.revision)], at, actor)
        remarks.put(connection, month, digest, letter.remarks, letter.bureau, letter.at)
        closes = MonthState.RETURNED if letter.kind == "return" else MonthState.RECEIVED
        # By its answer the report was there at this moment; where it was handed in, and when, nobody wrote down.
        steps = [(MonthState.HANDED_IN, "handed_in_at")] if state is MonthState.SIGNED else []
        for after, column in [*steps, (closes, "closed_at")] if state is not MonthState.RETURNED else []:
            connection.execute(
                f"update month set state = ?, {column} = ? where id = ?",  # noqa: S608 - own names
                (after.value, stamp(letter.at), month.id),
            )
            append(connection, [Change("state", state.value, after.value, month.period, month.revision)], at, actor)
            state = after
