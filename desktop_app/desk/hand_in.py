"""Hand a signed report in to a folder: the exact signed bytes, written whole. Other places: deliveries.py."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk import deliveries
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.exchange.carrying import Watch
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.place import Place, PlaceKind
from desktop_app.store import months, sealed


@dataclass(frozen=True)
class HandedIn:
    """Where the report was put. `verified`: read back after the sync and found the same."""

    path: Path
    sha256: str
    check_code: str
    verified: bool


def hand_in(desk: Desk, period: Period, folder: Path) -> HandedIn:
    """Write the signed report to a folder and note in the outbox what went where; the same file twice is harmless."""
    watch = Watch()
    delivery = deliveries.begin(desk, period, Place("", PlaceKind.FOLDER, str(folder)))
    try:
        done = deliveries.end(desk, delivery, delivery.run(watch))
    except ClerkError as problem:
        deliveries.stop(desk, delivery, problem, watch)
        raise
    return HandedIn(Path(done.path), done.sha256, done.check_code, done.verified)


def signed_pdf(desk: Desk, period: Period) -> bytes:
    """The exact bytes that were signed; ClerkError where nobody has signed yet."""
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if held is None:
        raise ClerkError(_("{period} 的月报还没有签署。").format(period=period.spoken))
    return held.pdf
