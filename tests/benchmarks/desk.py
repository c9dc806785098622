"""Reports received by a desk that holds a year of 300 units beside the same by an empty desk.

Signatures are taken as good: they cost the same for every file, and 3,600 of them an hour to make. All that could grow
with what is held is real: reading the envelope, the chain of revisions, last month's report, the rules, the book.
"""

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop_app.desk import bureau
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import create_bureau
from desktop_app.desk.verify_file import Verified
from desktop_app.exchange import canonical, check_code, digest, open_envelope, report_json
from desktop_app.model.entry import Evidence
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate
from desktop_app.model.unit import Unit, UnitKind
from desktop_app.store import bureau as kept
from tests.exchange.planted import CREATED, data_of, pack, report

NAME = "desk"
SIZE_NAME = "reports"
SIZE = 3600
PEER = "an empty desk"
LIMIT = 1.2

_MONTHS = 12
_AT_ONCE = 25


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """Receive the next reports of a desk that holds `size`, and of one that holds none but those before."""
    folder = Path(tempfile.mkdtemp(prefix="yuebao-bench-"))
    full, empty = (create_bureau(folder / f"{name}.yuebao", today=date(2023, 4, 3)) for name in ("full", "empty"))
    units = max(1, size // _MONTHS)
    fill(full, ((unit, month) for month in range(1, _MONTHS + 1) for unit in range(units)))
    sides = [_waiting(full, units), _waiting(empty, units)]

    def leave() -> None:
        for desk in (full, empty):
            desk.close()
        shutil.rmtree(folder)

    weakref.finalize(sides[0], leave)
    return sides[0], sides[1]


def fill(desk: Desk, places: Iterator[tuple[int, int]]) -> None:
    """Receive a report for each of these units and months."""
    enrolled: set[int] = set()
    with _good_signatures():
        for unit, month in places:
            if unit not in enrolled:
                enrolled.add(unit)
                _enrol(desk, unit)
            bureau.take_bytes(desk, made(unit, month))


def _waiting(desk: Desk, first: int) -> Callable[[], object]:
    """Every call receives reports that were made beforehand, two months of units that are new."""
    units = iter(range(first, first + 10_000))
    ready: list[bytes] = []

    def more() -> None:
        for unit in [next(units) for _ in range(_AT_ONCE)]:
            _enrol(desk, unit)
            ready.extend(made(unit, month) for month in (1, 2))

    for _round in range(8):
        more()

    def work() -> None:
        if not ready:
            more()
        with _good_signatures():
            for _count in range(2 * _AT_ONCE):
                bureau.take_bytes(desk, ready.pop(0))

    return work


def made(unit: int, month: int) -> bytes:
    """A small report of a unit and a month, unsigned."""
    period, day = Period(2023, month), date(2023, month, 28)
    photo = b"\xff\xd8" + hashlib.sha256(f"{unit}-{month}".encode()).digest() * 30
    base = report(Decimal(month))
    value = replace(
        base,
        unit=_unit(unit),
        period=period,
        due=DueDate(period, day, day, True, base.due.source),
        as_of=period.last_day,
        prepared_on=day,
        evidence=(Evidence("3-9", "照片.jpg", "image/jpeg", len(photo), digest(photo)),),
    )
    data = canonical(report_json(value))
    attached = replace(data_of("照片.jpg", photo), media_type="image/jpeg")
    return pack([data_of("report.json", data), attached], check_code(digest(data)))


def _unit(number: int) -> Unit:
    return Unit(f"T{number:05}", f"第{number}号示例单位", UnitKind.INSTITUTION, number)


def _enrol(desk: Desk, number: int) -> None:
    unit = _unit(number)
    kept.enrol(desk.book, unit.code, unit.name, b"", f"{number:064x}", CREATED, "bench")


@contextmanager
def _good_signatures() -> Iterator[None]:
    def verified(pdf: bytes, *_values: object, **_others: object) -> Verified:
        envelope = open_envelope(pdf)
        sha256 = digest(envelope.data_bytes)
        return _Trusted("report", (), (), (), check_code(sha256), sha256, envelope.data, pdf)

    real = bureau.verify_bytes
    bureau.verify_bytes = verified  # type: ignore[assignment]
    try:
        yield
    finally:
        bureau.verify_bytes = real


class _Trusted(Verified):
    """Signed by whoever was enrolled."""

    @property
    def trusted(self) -> bool:
        """Always."""
        return True
