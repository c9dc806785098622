"""换年度: whether a year can be closed, and what goes over into the next one with its plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.desk import backups, keys, settle_plan, take_plan, units
from desktop_app.desk.desk import Desk
from desktop_app.desk.history import months_of
from desktop_app.desk.listed_items import listed_items
from desktop_app.desk.month import open_month, people
from desktop_app.desk.plan_in_force import newest
from desktop_app.desk.save_entry import save_many
from desktop_app.desk.signed_months import years
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.listed import FIELDS, ItemState, ListedItem
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, People
from desktop_app.plans import same_measures
from desktop_app.store import settings


@dataclass(frozen=True)
class YearEnd:
    """A year about to be closed: what is still open in it, in sentences; `closed`: what was written down of it."""

    year: int
    open: tuple[str, ...]
    closed: Mapping[str, Any] | None


@dataclass(frozen=True)
class Carried:
    """What goes over into a year. `problems`: an item, and the task that it goes on under, "" where there is none.

    `answered` questions are settled as in an earlier year, `left` wait for a person; `backup` is the copy from before.
    """

    taken: PlanTaken
    people: People
    keys: tuple[str, ...]
    units: int
    problems: tuple[tuple[ListedItem, str], ...]
    answered: int
    left: int
    backup: Path | None = None


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
    return YearEnd(year, tuple(said), settings.get(desk.book, _key(year)))


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
    return YearEnd(year, end.open, said)


def reopen(desk: Desk, year: int) -> YearEnd:
    """Take the closing back; ClerkError where the year is not closed."""
    if settings.get(desk.book, _key(year)) is None:
        raise ClerkError(_("{year}年没有结束过。").format(year=year))
    settings.put(desk.book, _key(year), None, at=desk.now(), actor=desk.actor)
    return look_back(desk, year)


def look_ahead(desk: Desk, year: int, table: Path) -> Carried:
    """What opening a year with this table would mean; nothing is written. ClerkError where it is no later year's."""
    return _ahead(desk, year, take_plan.look_at(desk, take_plan.reading(desk, table).read()))


def open_year(desk: Desk, year: int, table: Path) -> Carried:
    """Take the year's plan with the answers that still fit, and put open problems into its first month's draft.

    A copy of the book is made before; WorldError where it cannot be. What the draft holds already stays.
    """
    taken = take_plan.look_at(desk, take_plan.reading(desk, table).read())
    ahead = _ahead(desk, year, taken)
    made = backups.automatic(desk, even_today=True)
    kept = take_plan.take(desk, taken)
    plan, answered = settle_plan.accept_offers(desk, plan_id=kept.plan.id)
    view = open_month(desk, Period(year, 1))
    rows = {row.task.id: row.entry for row in view.rows}
    words: dict[str, dict[str, object]] = {}
    for item, task in ahead.problems:
        field = FIELDS[item.kind]
        if task in rows and not getattr(rows[task], field):
            words.setdefault(task, {})[field] = item.last.words
    if words and view.state is MonthState.DRAFT:
        save_many(desk, view.period, words)
    left = len(plan.open_questions)
    copy = made.path if made else next((each.path for each in backups.listed(desk.book_path)), None)
    return Carried(kept, ahead.people, ahead.keys, ahead.units, ahead.problems, answered, left, copy)


def _ahead(desk: Desk, year: int, taken: PlanTaken) -> Carried:
    before = newest(desk)
    if taken.plan.year != year or before is None or before.year >= year:
        raise ClerkError(
            _("这份任务表是{found}年的，不能用它打开{year}年。").format(found=taken.plan.year, year=year),
            _("年中修订请用 plan import；补报以前年份的不需要打开。"),
        )
    partner = dict(same_measures(before.tasks, taken.plan.tasks))
    items = listed_items(desk, before.year).items if before.year in years(desk) else ()
    problems = tuple((each, partner.get(each.task_id, "")) for each in items if each.state is not ItemState.CLOSED)
    offered = sum(question.offered is not None for question in taken.plan.open_questions)
    names = tuple(key.name for key in keys.list_keys(desk))
    return Carried(
        taken,
        people(desk),
        names,
        len(units.own_units(desk)),
        problems,
        offered,
        len(taken.plan.open_questions) - offered,
    )


def _key(year: int) -> str:
    return f"closed:{year}"
