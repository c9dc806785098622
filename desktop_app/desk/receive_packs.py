"""Task tables and calendars that an office hands out: through the same verbs as a file that a clerk imports."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.deadlines.year_file import year_data
from desktop_app.desk import take_plan
from desktop_app.desk.desk import Desk
from desktop_app.desk.steps import Steps
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.desk.verify_file import Verified
from desktop_app.desk.workday_settings import look_at_calendar, take_calendar
from desktop_app.errors import ClerkError
from desktop_app.exchange import open_envelope, to_calendar_pack, to_plan_pack
from desktop_app.language import _
from desktop_app.model.packs import CalendarPack, PlanPack
from desktop_app.store import Also, packs, transfers


@dataclass(frozen=True)
class TakenPack:
    """What a pack did, in a sentence; `plan` is the table as it was (or would be) taken, None where it was known."""

    kind: str
    effect: str
    plan: PlanTaken | None = None


def taking(desk: Desk, file: Path, found: Verified, *, preview: bool) -> Steps[TakenPack]:
    """Take a pack that verifies and is trusted, or only say what it would change; reading a task table takes long."""
    sha256 = hashlib.sha256(found.pdf).hexdigest()
    if transfers.arrived(desk.book, sha256):
        return TakenPack(str(found.kind), _("这份文件以前已经收过，没有变化。"))
    if found.kind == "plan":
        return (yield from _take_plan(desk, file, found, to_plan_pack(found.data or {}), preview=preview))
    return _take_calendar(desk, file, found, to_calendar_pack(found.data or {}), preview=preview)


def _take_plan(desk: Desk, file: Path, found: Verified, pack: PlanPack, *, preview: bool) -> Steps[TakenPack]:
    if pack.to_code and not _ours(desk, pack):
        raise ClerkError(
            _("这份任务表是发给{other}的，本填报簿属于{unit}。").format(other=pack.to_name, unit=desk.unit.short_name)
        )
    _refuse_older(desk, "plan", pack.year, pack.issuer_code, pack.issued_at)
    table: bytes = yield lambda: _table(found, pack)
    answers = {each.id: each.choice for each in pack.answers}
    following = yield take_plan.reading_of(desk, table, pack.file.name, answers).read
    looked = take_plan.look_at(desk, following)
    if preview:
        return TakenPack("plan", _("预览，没有收下。"), looked)
    effect = _("{issuer} {date} 印发的《{title}》已收下，本单位主责 {own} 项，{open} 个问题待确认。").format(
        issuer=pack.issuer_name,
        date=pack.issued_at.date().isoformat(),
        title=pack.title,
        own=looked.assigned,
        open=len(looked.plan.open_questions),
    )
    note = _noting(desk, file, found, effect, "plan", pack.year, pack.issuer_code, pack.issued_at)
    return TakenPack("plan", effect, (yield from take_plan.taking(desk, looked, note)))


def _table(found: Verified, pack: PlanPack) -> bytes:
    """The task table itself, as the office had it."""
    inside = open_envelope(found.pdf).attachments.values()
    return next(data for _type, data in inside if hashlib.sha256(data).hexdigest() == pack.file.sha256)


def _take_calendar(desk: Desk, file: Path, found: Verified, pack: CalendarPack, *, preview: bool) -> TakenPack:
    _refuse_older(desk, "calendar", pack.year, pack.issuer_code, pack.issued_at)
    data = json.dumps(_year_file(pack), ensure_ascii=False).encode()
    looked = look_at_calendar(desk, data, file.name)
    if preview:
        return TakenPack("calendar", _("预览，没有收下：{effect}").format(effect=looked.effect))
    note = _noting(desk, file, found, looked.effect, "calendar", pack.year, pack.issuer_code, pack.issued_at)
    return TakenPack("calendar", take_calendar(desk, data, file.name, note).effect)


def _year_file(pack: CalendarPack) -> dict[str, Any]:
    from desktop_app.deadlines.calendars import YearCalendar

    holidays, makeup = frozenset(pack.holidays), frozenset(pack.makeup_workdays)
    return year_data(YearCalendar(pack.year, pack.notice, holidays, makeup, pack.title))


def _ours(desk: Desk, pack: PlanPack) -> bool:
    """Whether a pack is addressed to this unit, by the name: a town's code is its district's own invention."""
    return pack.to_name == desk.unit.name


def _refuse_older(desk: Desk, kind: str, year: int, issuer: str, issued_at: datetime) -> None:
    held = packs.newest(desk.book, kind, str(year), issuer)
    if held is not None and issued_at <= held:
        when = [moment.strftime("%Y-%m-%d %H:%M") for moment in (issued_at, held)]
        raise ClerkError(
            _("这份文件是 {this} 印发的，本簿已收下 {held} 印发的，没有采用旧的。").format(this=when[0], held=when[1]),
            _("请向印发单位索取最新的一份。"),
        )


def _noting(
    desk: Desk, file: Path, found: Verified, effect: str, kind: str, year: int, issuer: str, issued_at: datetime
) -> Also:
    """What is written beside the effect, in its transaction: the file, and that it was this office's newest."""
    sha256, at, actor = hashlib.sha256(found.pdf).hexdigest(), desk.now(), desk.actor
    arrived = transfers.Arrived(sha256, kind, file.name, effect, found.pdf, at)

    def note(connection: Any) -> None:
        transfers.note(connection, arrived, actor)
        packs.put(connection, sha256, kind, str(year), issuer, issued_at)

    return note
