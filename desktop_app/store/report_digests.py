"""What the desk asks of the reports it holds, again and again, without reading a kept PDF: heads, counts and data."""

import json
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from desktop_app.model.period import Period
from desktop_app.store.book import Book
from desktop_app.store.faults import damaged

_HEADS = """
select bureau_report.sha256, unit_code, unit_name, period, revision, check_code, bureau_report.data_sha256, on_time,
       bureau_report.at as received_at, answer, bureau_answer.at as answered_at,
       errors, warnings, unexplained, hints, follows
from bureau_report left join bureau_answer on bureau_answer.sha256 = bureau_report.sha256
left join bureau_digest on bureau_digest.sha256 = bureau_report.sha256
where {} order by seq
"""  # only what is asked for stands in the condition, so that the index on period and unit serves


@dataclass(frozen=True, slots=True)
class ReportDigest:
    """`data` is report.json, `follows` the sha256 of the data it corrects; the counts are the desk's own check's."""

    errors: int
    warnings: int
    unexplained: int
    hints: int
    follows: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report the desk holds, without its bytes. Counts are None for one received by a program of the first schema."""

    sha256: str
    unit_code: str
    unit_name: str
    period: Period
    revision: int
    check_code: str
    data_sha256: str
    on_time: bool
    received_at: datetime
    answer: str | None
    answered_at: datetime | None
    errors: int | None
    warnings: int | None
    unexplained: int | None
    hints: int | None
    follows: str | None


def put(connection: sqlite3.Connection, sha256_hex: str, found: ReportDigest) -> None:
    """Keep it inside the transaction that keeps the report."""
    connection.execute(
        "insert into bureau_digest (sha256, errors, warnings, unexplained, hints, follows, data, data_sha256) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sha256_hex,
            found.errors,
            found.warnings,
            found.unexplained,
            found.hints,
            found.follows,
            zlib.compress(found.data, 6),
            sha256(found.data).hexdigest(),
        ),
    )


def heads(book: Book, period: Period | None = None, unit_code: str | None = None) -> tuple[ReportHead, ...]:
    """The reports held, of one period or one unit where asked, in the order they came."""
    asked = {"period": str(period) if period else None, "unit_code": unit_code}
    given = {name: value for name, value in asked.items() if value is not None}
    where = " and ".join(f"{name} = :{name}" for name in given) or "1"
    return tuple(_head(row) for row in book.query(_HEADS.format(where), given))


def periods(book: Book) -> tuple[Period, ...]:
    """The periods that reports are held of."""
    return tuple(Period.parse(period) for (period,) in book.read("select distinct period from bureau_report"))


def data(book: Book, sha256_hex: str) -> dict[str, Any] | None:
    """report.json of a report held; None where only its PDF has it. WorldError where its bytes are not those kept."""
    found = packed(book, sha256_hex)
    return None if found is None else found()


def packed(book: Book, sha256_hex: str) -> Callable[[], dict[str, Any]] | None:
    """The same, to be unpacked in any thread."""
    found = book.read("select data, data_sha256 from bureau_digest where sha256 = ?", (sha256_hex,))
    return partial(_unpacked, book.path, *found[0]) if found else None


def _unpacked(path: Path, content: bytes, digest: str) -> dict[str, Any]:
    try:
        plain = zlib.decompress(content)
    except zlib.error as reason:
        raise damaged(path) from reason
    if sha256(plain).hexdigest() != digest:
        raise damaged(path)
    read: dict[str, Any] = json.loads(plain)
    return read


def _head(row: dict[str, Any]) -> ReportHead:
    answered = row["answered_at"]
    read = {
        "period": Period.parse(row["period"]),
        "on_time": bool(row["on_time"]),
        "received_at": datetime.fromisoformat(row["received_at"]),
        "answered_at": datetime.fromisoformat(answered) if answered else None,
    }
    return ReportHead(**row | read)
