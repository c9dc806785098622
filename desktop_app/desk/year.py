"""The past to look at: the signed paper of any revision, what one says against another, how the year's amounts went."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from desktop_app.checks.schedule import expected_percent
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import Row, entries_of, open_month
from desktop_app.desk.plan_in_force import renamed
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.correction import Difference
from desktop_app.model.differences import LABELS, differences
from desktop_app.model.entry import Entry
from desktop_app.model.period import Period
from desktop_app.model.plan import Target, Task
from desktop_app.model.report import Role
from desktop_app.model.report_body import Report
from desktop_app.store import Month, months, plans, sealed

__all__ = ["LABELS", "Difference"]
MONTHS = 12
_TENTH = Decimal("0.1")


@dataclass(frozen=True, order=True)
class Place:
    """One revision of one month."""

    period: Period
    revision: int


@dataclass(frozen=True)
class Signer:
    """Who signed, as the signature itself says; `role` None for a signature that is not one of ours."""

    role: Role | None
    name: str
    at: datetime | None
    holds: bool


@dataclass(frozen=True)
class Course:
    """A task with an amount over its year: (month, percent) as the schedule has it, and as it was reported."""

    task: Task
    target: Target
    schedule: tuple[tuple[int, Decimal], ...]
    done: tuple[tuple[int, Decimal], ...]

    @property
    def behind(self) -> Decimal | None:
        """Percent points that are lacking in the last month reported on, negative ahead; None before the first."""
        if not self.done:
            return None
        at, percent = self.done[-1]
        return dict(self.schedule).get(at, Decimal(0)) - percent


def places(desk: Desk) -> tuple[Place, ...]:
    """Every revision of every month, the newest first."""
    return tuple(Place(month.period, month.revision) for month in reversed(months.months(desk.book)))


def tasks(desk: Desk, period: Period) -> tuple[Task, ...]:
    """The tasks of a month as its newest revision has them, those reported no longer last."""
    view = open_month(desk, period)
    return tuple(row.task for row in (*view.rows, *view.dropped))


def signed_pdf(desk: Desk, place: Place) -> bytes:
    """The exact bytes that were signed; ClerkError for a draft."""
    held = sealed.sealed(desk.book, _month(desk, place).id)
    if held is None:
        raise ClerkError(_("{period} 的月报还没有签署。").format(period=place.period.spoken))
    return held.pdf


def signers(pdf: bytes, at: datetime) -> tuple[Signer, ...]:
    """Who signed these bytes; takes a while and needs no book."""
    from desktop_app.desk.verify_file import verify_bytes

    return tuple(Signer(one.role, one.signer, one.signed_at, one.valid) for one in verify_bytes(pdf, (), at).signatures)


def changed(desk: Desk, before: Place, after: Place) -> tuple[Difference, ...]:
    """What `after` says otherwise than `before`, under the numbers of its own plan."""
    old, new = _report(desk, before), _report(desk, after)
    then, now = _month(desk, before), _month(desk, after)
    plan = plans.plan_by_id(desk.book, now.plan_id)
    if then.plan_id != now.plan_id and plan is not None:
        old = _under(old, renamed(desk, then.plan_id, plan))
    return differences(old, new)


def courses(desk: Desk, year: int) -> tuple[Course, ...]:
    """Every task with an amount of work in a year, in the order of the plan of its newest month."""
    opened = {month.period for month in months.months(desk.book) if month.period.year == year}
    if not opened:
        return ()
    newest = max(opened)
    view = open_month(desk, newest)
    said = {period.month: entries_of(desk, period, newest) or {} for period in sorted(opened)}
    rows = [row for row in view.rows if row.target is not None and row.target.value]
    return tuple(_course(row, view.plan.year, year, said) for row in rows if row.required or not row.entry.empty)


def _course(row: Row, plan_year: int, year: int, said: Mapping[int, Mapping[str, Entry]]) -> Course:
    task, target = row.task, row.target
    if target is None:
        raise ValueError(f"{task.id} has no amount")
    schedule = tuple(
        (month, expected_percent(task.deadline, plan_year, Period(year, month), row.curve))
        for month in range(1, MONTHS + 1)
    )
    reached = ((month, _percent(target, entries.get(task.id))) for month, entries in said.items())
    return Course(task, target, schedule, tuple((at, percent) for at, percent in reached if percent is not None))


def _percent(target: Target, entry: Entry | None) -> Decimal | None:
    """The rate that was stated, else the one that the amount gives; a city-wide amount gives none."""
    if entry is None:
        return None
    if entry.percent is not None or entry.cumulative is None or not target.value or target.scope is None:
        return entry.percent
    return (entry.cumulative / target.value * 100).quantize(_TENTH)


def _report(desk: Desk, place: Place) -> Report:
    """What a revision says: the data that were signed, or the draft as it stands."""
    from desktop_app.desk.make_report import report
    from desktop_app.exchange import kept_report

    held = sealed.sealed(desk.book, _month(desk, place).id)
    return kept_report(json.loads(held.data)) if held else report(desk, open_month(desk, place.period))


def _under(old: Report, names: Mapping[str, str]) -> Report:
    """The same report under the numbers of another plan; what that has no longer is marked, for its number may be."""
    known = {item.task.id for item in old.tasks}
    new = {name: names.get(name) or _("{task}（旧）").format(task=name) for name in known}
    return replace(
        old,
        tasks=tuple(replace(item, task=replace(item.task, id=new[item.task.id])) for item in old.tasks),
        entries=tuple(replace(entry, task_id=new.get(entry.task_id, entry.task_id)) for entry in old.entries),
        evidence=tuple(replace(item, task_id=new.get(item.task_id, item.task_id)) for item in old.evidence),
    )


def _month(desk: Desk, place: Place) -> Month:
    for month in months.months(desk.book):
        if (month.period, month.revision) == (place.period, place.revision):
            return month
    raise ClerkError(
        _("填报簿里没有 {period} 第{revision}版。").format(period=place.period.spoken, revision=place.revision)
    )
