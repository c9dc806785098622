"""The handover slip of a signed report: what was carried where, to be signed by hand on both sides."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial

from desktop_app.desk import fonts
from desktop_app.desk.desk import Desk
from desktop_app.desk.make_report import BEIJING, page_count
from desktop_app.desk.month import people
from desktop_app.errors import ClerkError
from desktop_app.exchange.folder import report_name
from desktop_app.language import _, speaking
from desktop_app.model.handover import Handover
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import Month, months, sealed, transfers
from desktop_app.store.sealed import Sealed


@dataclass(frozen=True)
class Slip:
    """A finished slip, and what it says of the file."""

    pdf: bytes
    name: str
    size: int
    sha256: str
    check_code: str
    place: str


def slip(desk: Desk, period: Period, place: str = "") -> Slip:
    """The slip of the newest revision, for the place it was handed in to or the one given here (优盘 红-07).

    ClerkError where it is not signed by all.
    """
    return ready(desk, period, place)()


def ready(desk: Desk, period: Period, place: str = "") -> Callable[[], Slip]:
    """The same, read and ready to be drawn in any thread."""
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if month is None or held is None or month.state is MonthState.SEALED:
        raise ClerkError(
            _("{period} 的月报还没有签署完毕，不能开交接单。").format(period=period.spoken),
            _("填报人和单位负责人都签署后再打印交接单。"),
        )
    said = _handover(desk, month, held)
    return partial(_drawn, replace(said, place=place.strip() or said.place), held.sealed_at.date())


def _drawn(said: Handover, sealed_on: date) -> Slip:
    from desktop_app.rendering import render_slip
    from desktop_app.rendering.pdfa import to_pdfa3

    with speaking("zh"):
        fonts.make_ready()
        made = render_slip(said)
    pdf = to_pdfa3(
        made.pdf,
        (),
        title=f"{said.unit.short_name}{said.period.label}月报交接单",
        author=said.unit.name,
        subject=f"{said.name} {said.sha256}",
        keywords=f"{said.period},{said.unit.code},{said.check_code}",
        created=datetime.combine(said.on or sealed_on, time(), BEIJING),
    )
    return Slip(pdf, said.name, said.size, said.sha256, said.check_code, said.place)


def _handover(desk: Desk, month: Month, held: Sealed) -> Handover:
    sent = [each for each in transfers.outbox(desk.book) if each.pdf_sha256 == held.pdf_sha256]
    last = sent[-1] if sent else None
    on: date | None = last.at.date() if last else None
    return Handover(
        unit=desk.unit,
        period=month.period,
        revision=month.revision,
        pages=page_count(held.pdf),
        signatures=held.signatures,
        name=last.name if last else report_name(desk.unit.short_name, month.period, month.revision, held.check_code),
        size=len(held.pdf),
        sha256=held.pdf_sha256,
        data_sha256=held.data_sha256,
        check_code=held.check_code,
        place=last.place if last else "",
        on=on,
        giver=people(desk).preparer,
        sample=bool(json.loads(held.data)["plan"]["sample"]),
    )
