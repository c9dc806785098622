"""Deliveries: begun and ended on the desk, carried in between by anybody; what did not arrive can go on later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from desktop_app.desk import places
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.exchange.carrying import CHECKING, WRITING, CancelledError, Carried, Watch
from desktop_app.exchange.folder import report_name
from desktop_app.exchange.names import safe_name
from desktop_app.exchange.reaching import clear, take_to
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from desktop_app.model.place import Place, PlaceKind
from desktop_app.model.report import MonthState
from desktop_app.store import Month, months, sealed, transfers
from desktop_app.store import deliveries as kept
from desktop_app.store.deliveries import ARRIVED, CANCELLED, FAILED, GIVEN_UP, UNDER_WAY, Attempt, Gone

__all__ = [
    "ARRIVED", "CANCELLED", "FAILED", "Arrived", "CancelledError", "Carried", "Delivery", "Outcome", "Outgoing",
    "Watch", "begin", "end", "outbox", "send", "stop",
]  # fmt: skip

STATES = {
    ARRIVED: N_("已送到"),
    UNDER_WAY: N_("中断了"),
    CANCELLED: N_("已取消"),
    FAILED: N_("没有送到"),
}
STAGES = {WRITING: N_("正在写入"), CHECKING: N_("正在读回核对")}


@dataclass(frozen=True)
class Delivery:
    """The signed bytes on their way to one place. `run` may be called in any thread; the rest is the desk's."""

    month: Month
    place: Place
    name: str
    data: bytes = field(repr=False)
    sha256: str
    check_code: str
    secret: str = field(repr=False)

    def run(self, watch: Watch) -> Carried:
        """Carry it; raises CancelledError, BrokenError, another WorldError or ClerkError."""
        return take_to(self.place, self.secret, self.data, self.name, watch)


@dataclass(frozen=True)
class Arrived:
    """It is there and was read back. `safe`: may be pulled out; False where nobody knows, None where nothing can be."""

    place: Place
    path: str
    sha256: str
    check_code: str
    verified: bool
    safe: bool | None
    stick: bool
    resumed: int


@dataclass(frozen=True)
class Outcome:
    """What became of one place: it arrived, or why it did not."""

    place: Place
    arrived: Arrived | None
    problem: ClerkError | None = None


@dataclass(frozen=True)
class Outgoing:
    """One line of the outbox. `receipt`: the month's revision has its answer (received, returned) or not yet ("")."""

    period: Period
    revision: int
    place: str
    place_name: str
    name: str
    sha256: str
    check_code: str
    state: str
    arrived: int
    size: int
    reason: str
    receipt: str
    at: datetime
    actor: str


def begin(desk: Desk, period: Period, place: Place, secret: str = "") -> Delivery:
    """What is to be carried; from here on the outbox knows of it. ClerkError where the month is not signed by all."""
    month = months.month(desk.book, period)
    held = sealed.sealed(desk.book, month.id) if month else None
    if month is None or held is None or month.state is MonthState.SEALED:
        raise ClerkError(
            _("{period} 的月报还没有签署完毕，不能报送。").format(period=period.spoken),
            _("填报人和单位负责人都签署后再报送。"),
        )
    name = report_name(desk.unit.short_name, period, month.revision, held.check_code)
    delivery = Delivery(month, place, safe_name(name), held.pdf, held.pdf_sha256, held.check_code, secret)
    _note(desk, delivery, UNDER_WAY)
    return delivery


def end(desk: Desk, delivery: Delivery, carried: Carried) -> Arrived:
    """It is there: the outbox says so, and the month is handed in."""
    where = delivery.place.address
    if not delivery.place.remote:
        where = str(Path(where).resolve())
    transfers.record_out(desk.book, delivery.month, where, carried.name, carried.sha256, desk.now(), desk.actor)
    _note(desk, delivery, ARRIVED, arrived=len(delivery.data))
    folder = delivery.place.kind is PlaceKind.FOLDER
    return Arrived(
        place=delivery.place,
        path=said_of(delivery.place, carried.name),
        sha256=carried.sha256,
        check_code=delivery.check_code,
        verified=carried.sha256 == delivery.sha256,
        safe=carried.settled,
        stick=folder and places.pulled_out(Path(delivery.place.address)),
        resumed=carried.resumed,
    )


def stop(desk: Desk, delivery: Delivery, problem: BaseException, watch: Watch) -> None:
    """It did not arrive: kept with the reason and with how much is there."""
    cancelled = isinstance(problem, CancelledError | KeyboardInterrupt)
    reason = problem.title if isinstance(problem, ClerkError) and not cancelled else ""
    _note(desk, delivery, CANCELLED if cancelled else FAILED, arrived=watch.arrived, reason=reason)


def send(
    desk: Desk,
    period: Period,
    where: Sequence[Place],
    secret_of: Callable[[Place], str] = lambda _place: "",
    watch: Watch | None = None,
) -> tuple[Outcome, ...]:
    """To several places, one after the other; one that fails does not stop the others, a cancel stops all."""
    outcomes = []
    looking = watch or Watch()
    for place in where:
        delivery = begin(desk, period, place, secret_of(place))
        try:
            outcomes.append(Outcome(place, end(desk, delivery, delivery.run(looking))))
        except ClerkError as problem:
            stop(desk, delivery, problem, looking)
            outcomes.append(Outcome(place, None, problem))
            if isinstance(problem, CancelledError):
                break
        except BaseException as problem:
            stop(desk, delivery, problem, looking)
            raise
    return tuple(outcomes)


def unfinished(desk: Desk, period: Period) -> tuple[tuple[Place, Attempt], ...]:
    """Where the newest revision was to go and did not arrive."""
    month = months.month(desk.book, period)
    rows = [
        row for row in kept.attempts(desk.book) if row.period == period and month and row.revision == month.revision
    ]
    return tuple((places.find(desk, row.place_name or row.place), row) for row in rows)


def give_up(desk: Desk, place: Place, attempt: Attempt, secret: str = "") -> None:
    """Remove what lies there of a delivery that did not arrive, and forget it."""
    clear(place, secret, attempt.name)
    kept.note(desk.book, _again(desk, attempt, GIVEN_UP))


def outbox(desk: Desk, period: Period | None = None) -> tuple[Outgoing, ...]:
    """What went where and when, by whom, and what has not arrived; in order of time."""
    names = {place.address: place.name for place in places.places(desk)}
    rows = [_gone(row, names.get(row.place, "")) for row in kept.gone(desk.book)]
    codes = {(month.period, month.revision): sealed.mark(desk.book, month.id) for month in months.months(desk.book)}
    for late in kept.attempts(desk.book):
        mark = codes.get((late.period, late.revision))
        rows.append(_late(late, mark.check_code if mark else ""))
    return tuple(sorted((row for row in rows if period in (None, row.period)), key=lambda row: row.at))


def _gone(row: Gone, place_name: str) -> Outgoing:
    return Outgoing(
        period=row.period,
        revision=row.revision,
        place=row.place,
        place_name=place_name,
        name=row.name,
        sha256=row.pdf_sha256,
        check_code=row.check_code,
        state=ARRIVED,
        arrived=0,
        size=0,
        reason="",
        receipt=row.month_state if row.month_state in ("received", "returned") else "",
        at=row.at,
        actor=row.actor,
    )


def _late(row: Attempt, check_code: str) -> Outgoing:
    return Outgoing(
        period=row.period,
        revision=row.revision,
        place=row.place,
        place_name=row.place_name,
        name=row.name,
        sha256=row.pdf_sha256,
        check_code=check_code,
        state=row.state,
        arrived=row.arrived,
        size=row.size,
        reason=row.reason,
        receipt="",
        at=row.at,
        actor=row.actor,
    )


def said_of(place: Place, name: str) -> str:
    """A file at a place, as people are told of it."""
    if place.kind is PlaceKind.FOLDER:
        return str(Path(place.address) / name)
    return f"{place.address.rstrip('/')}/{name}"


def removal_words(arrived: Arrived) -> str:
    """Whether the stick may be pulled out, "" where nothing is pulled out. True words only after the sync."""
    return pulling_out(safe=arrived.safe, stick=arrived.stick)


def pulling_out(*, safe: bool | None, stick: bool) -> str:
    """The same for whatever was carried there; `safe` is what settling it said."""
    if safe is False:
        return _("系统不能确认文件已写到盘上：请先在系统里「弹出」这个盘，再拔下。")
    return _("可以拔出。") if safe and stick else ""


def _note(desk: Desk, delivery: Delivery, state: str, *, arrived: int = 0, reason: str = "") -> None:
    kept.note(
        desk.book,
        Attempt(
            period=delivery.month.period,
            revision=delivery.month.revision,
            place=delivery.place.address,
            place_name=delivery.place.name,
            name=delivery.name,
            pdf_sha256=delivery.sha256,
            state=state,
            arrived=arrived,
            size=len(delivery.data),
            reason=reason,
            at=desk.now(),
            actor=desk.actor,
        ),
    )


def _again(desk: Desk, attempt: Attempt, state: str) -> Attempt:
    return replace(attempt, state=state, at=desk.now(), actor=desk.actor)
