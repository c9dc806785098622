"""Deliveries that have not arrived (yet), files that were turned away, and light lists of what went out and came in.

What arrived stands in the outbox table; the rest is kept among the book's settings, so that it is in the journal too.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from desktop_app.model.period import Period
from desktop_app.store import settings
from desktop_app.store.book import Book
from desktop_app.store.journal import stamp

_DELIVERY, _TURNED_AWAY = "delivery:", "turned-away:"
UNDER_WAY, CANCELLED, FAILED, ARRIVED, GIVEN_UP = "under_way", "cancelled", "failed", "delivered", "given_up"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One report on its way to one place; `state` UNDER_WAY in a book that was just opened means: cut off.

    `place` is the address, `arrived` and `size` are bytes.
    """

    period: Period
    revision: int
    place: str
    place_name: str
    name: str
    pdf_sha256: str
    state: str
    arrived: int
    size: int
    reason: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A report that arrived somewhere, and how its month stands."""

    period: Period
    revision: int
    place: str
    name: str
    pdf_sha256: str
    check_code: str
    month_state: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came in: taken with its effect, or turned away with the reason."""

    sha256: str
    kind: str
    name: str
    effect: str
    at: datetime
    taken: bool


def note(book: Book, attempt: Attempt) -> None:
    """Keep where a delivery stands; one line for each report and place."""
    plain = asdict(attempt) | {"period": str(attempt.period), "at": stamp(attempt.at)}
    settings.put(book, _key(attempt), plain, at=attempt.at, actor=attempt.actor)


def attempts(book: Book) -> tuple[Attempt, ...]:
    """Every delivery that is not finished, oldest first."""
    rows = (
        Attempt(**row | {"period": Period.parse(row["period"]), "at": datetime.fromisoformat(row["at"])})
        for row in _kept(book, _DELIVERY)
    )
    return tuple(sorted((row for row in rows if row.state not in (ARRIVED, GIVEN_UP)), key=lambda row: row.at))


def gone(book: Book) -> tuple[Gone, ...]:
    """Everything that arrived somewhere, in order."""
    found = book.read(
        "select period, revision, place, name, pdf_sha256, check_code, state, outbox.at, outbox.actor "
        "from outbox join month on month.id = outbox.month_id join sealed on sealed.month_id = outbox.month_id "
        "order by seq"
    )
    return tuple(
        Gone(Period.parse(period), revision, place, name, sha, code, state, datetime.fromisoformat(at), actor)
        for period, revision, place, name, sha, code, state, at, actor in found
    )


def turn_away(book: Book, data: bytes, kind: str, name: str, reason: str, at: datetime, actor: str) -> bool:
    """Keep that a file was refused and why, not the file itself; False where that is known and nothing is new."""
    digest = sha256(data).hexdigest()
    known = settings.get(book, _TURNED_AWAY + digest)
    if known and known["effect"] == reason:
        return False
    plain = {"sha256": digest, "kind": kind, "name": name, "effect": reason, "at": stamp(at)}
    settings.put(book, _TURNED_AWAY + digest, plain, at=at, actor=actor)
    return True


def came(book: Book) -> tuple[Came, ...]:
    """What came in and what was turned away, by time; a file that was taken in the end is only there as taken."""
    rows = [
        Came(digest, kind, name, effect, datetime.fromisoformat(at), taken=True)
        for digest, kind, name, effect, at in book.read("select sha256, kind, name, effect, at from inbox order by seq")
    ]
    taken = {row.sha256 for row in rows}
    rows += [
        Came(row["sha256"], row["kind"], row["name"], row["effect"], datetime.fromisoformat(row["at"]), taken=False)
        for row in _kept(book, _TURNED_AWAY)
        if row["sha256"] not in taken
    ]
    return tuple(sorted(rows, key=lambda row: row.at))


def _key(attempt: Attempt) -> str:
    where = sha256(attempt.place.encode()).hexdigest()[:16]
    return f"{_DELIVERY}{attempt.period}:{attempt.revision}:{where}"


def _kept(book: Book, prefix: str) -> list[dict[str, Any]]:
    found = book.read(
        "select value from setting where key >= ? and key < ? order by key", (prefix, prefix + "\U0010ffff")
    )
    return [json.loads(value) for (value,) in found]
