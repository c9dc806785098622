"""换年度: whether a year can be closed, and what goes over into the next one with its plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.desk import backups, keys, places, receive, settle_plan, take_plan, units
from desktop_app.desk.desk import Desk
from desktop_app.desk.history import months_of
from desktop_app.desk.listed_items import listed_items
from desktop_app.desk.month import open_month, people
from desktop_app.desk.plan_in_force import newest
from desktop_app.desk.save_entry import save_many
from desktop_app.desk.signed_months import years
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.desk.turn_of_year import note_opened
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.listed import FIELDS, ItemState, ListedItem
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import MonthState, People
from desktop_app.plans import same_measures
from desktop_app.store import plans, settings

PACK = ".pdf"  # a task table as the office sends it, signed


@dataclass(frozen=True)
class YearEnd:
    """A year about to be closed: what is still open in it, in sentences; `closed`: what was written down of it.

    `items` are listed and not struck off; they go on in the next year and keep nobody from closing this one.
    """

    year: int
    open: tuple[str, ...]
    closed: Mapping[str, Any] | None
    items: tuple[ListedItem, ...] = ()


@dataclass(frozen=True)
class Carried:
    """What goes over into a year. `problems`: an item, and the task that it goes on under, "" where there is none.

    `answered` questions are settled as in an earlier year, `left` wait for a person; `held`: the plan is in the book
    already; `backup` is the copy from before.
    """

    taken: PlanTaken
    people: People
    keys: tuple[str, ...]
    units: int
    places: int
    problems: tuple[tuple[ListedItem, str], ...]
    answered: int
    left: int
    held: bool = False
    backup: Path | None = None


def plan_of(desk: Desk, year: int) -> Plan | None:
    """The newest plan of a year in the book; None where there is none."""
    found = [each for each in plans.plans(desk.book) if each.year == year]
    return found[-1] if found else None


def look_back(desk: Desk, year: int) -> YearEnd:
    """What of a year is not finished."""
    told = {each.period: each for each in months_of(desk, year)}  # the last revision of each month stays
    said = []
    for period in (Period(year, number) for number in range(1, 13)):
        month = told.get(period)
        if month is None:
            said.append(_("{period} 没有月报。").format(period=period.spoken))
        elif month.state in (MonthState.DRAFT, MonthState.SEALED):
            said.append(_("{period} 的月报没有签署完毕。").format(period=period.spoken))
        elif month.state is MonthState.SIGNED:
            said.append(_("{period} 的月报没有报送。").format(period=period.spoken))
        elif month.state is MonthState.RETURNED:
            said.append(_("{period} 的月报被退回，没有更正。").format(period=period.spoken))
        elif month.state is MonthState.HANDED_IN:
            said.append(_("{period} 的月报没有回执。").format(period=period.spoken))
    items = listed_items(desk, year).items if year in years(desk) else ()
    standing = tuple(each for each in items if each.state is not ItemState.CLOSED)
    return YearEnd(year, tuple(said), settings.get(desk.book, _key(year)), standing)


def close(desk: Desk, year: int, reason: str = "") -> YearEnd:
    """Write down that a year is closed; ClerkError where it is not finished and no reason is given."""
    end = look_back(desk, year)
    if year not in years(desk):
        raise ClerkError(_("{year}年还没有签署完毕的月报，不能结束。").format(year=year))
    if end.open and not reason.strip():
        raise ClerkError(
            _("{year}年还有 {count} 件事没有办完：").format(year=year, count=len(end.open)) + "".join(end.open),
            _("办完再结束；确实不再办的，写 --reason 原因。"),
        )
    said = {"at": desk.now().isoformat(), "by": desk.actor, "reason": reason.strip(), "open": list(end.open)}
    settings.put(desk.book, _key(year), said, at=desk.now(), actor=desk.actor)
    return replace(end, closed=said)


def reopen(desk: Desk, year: int) -> YearEnd:
    """Take the closing back; ClerkError where the year is not closed."""
    if settings.get(desk.book, _key(year)) is None:
        raise ClerkError(_("{year}年没有结束过。").format(year=year))
    settings.put(desk.book, _key(year), None, at=desk.now(), actor=desk.actor)
    return look_back(desk, year)


def look_ahead(desk: Desk, year: int, table: Path | None = None) -> Carried:
    """What opening a year with this table would mean; nothing is written. ClerkError where it is no later year's.

    `table` may be the signed file in which an office sends one; None for the year's plan that is in the book.
    """
    return at_once(looking_ahead(desk, year, table))


def looking_ahead(desk: Desk, year: int, table: Path | None = None) -> Steps[Carried]:
    """The same step by step: reading a table takes long."""
    if table is None:
        return _ahead(desk, year, _held(desk, year), held=True)
    if table.suffix.lower() == PACK:
        return _ahead(desk, year, (yield from _of_pack(desk, table, preview=True)) or _held(desk, year))
    following = yield take_plan.reading(desk, table).read
    return _ahead(desk, year, take_plan.look_at(desk, following))


def open_year(desk: Desk, year: int, table: Path | None = None) -> Carried:
    """Take the year's plan with the answers that still fit, and put open problems into its first month's draft.

    A copy of the book is made before; WorldError where it cannot be. What the draft holds already stays.
    """
    return at_once(opening(desk, year, table))


def opening(desk: Desk, year: int, table: Path | None = None) -> Steps[Carried]:
    """The same step by step."""
    ahead = yield from looking_ahead(desk, year, table)
    copy = backups.before_year(desk).path
    kept = ahead.taken
    if not ahead.held and table is not None:
        packed = (yield from _of_pack(desk, table, preview=False)) if table.suffix.lower() == PACK else None
        kept = packed or take_plan.take(desk, ahead.taken)
    plan, answered = settle_plan.accept_offers(desk, plan_id=kept.plan.id)
    _carry(desk, year, ahead)
    note_opened(desk, year, copy)
    return replace(ahead, taken=replace(kept, plan=plan), answered=answered, left=len(plan.open_questions), backup=copy)


def _carry(desk: Desk, year: int, ahead: Carried) -> None:
    """The words of open problems into January's draft, where nothing stands there yet."""
    view = open_month(desk, Period(year, 1))
    rows = {row.task.id: row.entry for row in view.rows}
    words: dict[str, dict[str, object]] = {}
    for item, task in ahead.problems:
        field = FIELDS[item.kind]
        if task in rows and not getattr(rows[task], field):
            words.setdefault(task, {})[field] = item.last.words
    if words and view.state is MonthState.DRAFT:
        save_many(desk, view.period, words)


def _of_pack(desk: Desk, file: Path, *, preview: bool) -> Steps[PlanTaken | None]:
    """A task table in the signed file of an office: verified and trusted as every file that comes in.

    None where it came in before; ClerkError where it is refused, or is no task table.
    """
    came = yield from receive.receiving(desk, [file], preview=preview)
    if came.refused:
        raise ClerkError(came.refused[0].reason)
    taken = came.taken[0]
    if taken.kind != "plan":
        raise ClerkError(_("{name} 不是任务表。").format(name=file.name), _("请选市局印发的任务表文件。"))
    return taken.plan


def _held(desk: Desk, year: int) -> PlanTaken:
    plan = plan_of(desk, year)
    if plan is None:
        raise ClerkError(
            _("填报簿里没有{year}年的任务表。").format(year=year), _("请用 --plan 指定任务表文件，或先收下市局印发的。")
        )
    return PlanTaken(plan, (), len(plan.owned_by(desk.unit.code)))


def _ahead(desk: Desk, year: int, taken: PlanTaken, *, held: bool = False) -> Carried:
    held = held or plan_of(desk, year) == taken.plan
    earlier = [each for each in plans.plans(desk.book) if each.year < year]
    if taken.plan.year != year or not earlier:
        raise ClerkError(
            _("这份任务表是{found}年的，不能用它打开{year}年。").format(found=taken.plan.year, year=year),
            _("年中修订请用 plan import；补报以前年份的不需要打开。"),
        )
    if not held and (newest(desk) or taken.plan).year >= year:
        raise ClerkError(
            _("填报簿里已经有{year}年的任务表。").format(year=year),
            _("不写 --plan 就用它打开；换新的一版请用 plan import。"),
        )
    before = max(reversed(earlier), key=lambda each: each.year)  # its newest revision
    partner = dict(same_measures(before.tasks, taken.plan.tasks))
    items = listed_items(desk, before.year).items if before.year in years(desk) else ()
    problems = tuple((each, partner.get(each.task_id, "")) for each in items if each.state is not ItemState.CLOSED)
    offered = sum(question.offered is not None for question in taken.plan.open_questions)
    return Carried(
        taken,
        people(desk),
        tuple(key.name for key in keys.list_keys(desk)),
        len(units.own_units(desk)),
        len(places.places(desk)),
        problems,
        offered,
        len(taken.plan.open_questions) - offered,
        held,
    )


def _key(year: int) -> str:
    return f"closed:{year}"
