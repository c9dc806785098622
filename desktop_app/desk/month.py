"""A month as the clerk sees it: what is owed, what is filled, what last month said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.checks.schedule import expected_percent
from desktop_app.deadlines.calendars import load
from desktop_app.deadlines.standing import Standing, standing
from desktop_app.deadlines.third_workday import due_date
from desktop_app.deadlines.workdays import Workdays
from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_changes import changes_of, unread
from desktop_app.desk.plan_in_force import current_plan, renamed
from desktop_app.desk.settled import curves, due_inclusive, internal_cutoff
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import Entry, Evidence
from desktop_app.model.in_force import in_force
from desktop_app.model.period import Period
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Change, Indicator, Plan, Target, Task
from desktop_app.model.report import DueDate, MonthState, People
from desktop_app.model.standing_remark import StandingRemark
from desktop_app.store import Month, settings
from desktop_app.store import entries as kept_entries
from desktop_app.store import evidence as kept_evidence
from desktop_app.store import months as kept
from desktop_app.store import plans as kept_plans
from desktop_app.store import remarks as kept_remarks

if TYPE_CHECKING:
    from desktop_app.store.sealed import SealMark

LONGEST_NAME = 60  # characters: several names, or two numbers with extensions


@dataclass(frozen=True)
class Row:
    """One task in one month. `scheduled` is the percent expected by the month's end (序时进度), None without one.

    `changes` are what a revision of the plan altered in this task, `unread` those that nobody confirmed since.
    `dropped` says that it is reported no longer: it is not in the plan, or (`ours` false) that names other units in it.
    `curve` is the plan's own schedule for this task, month by month, where it has one.
    `remarks` are those with which an earlier revision came back, answered ones too.
    """

    task: Task
    annex_title: str
    required: bool
    entry: Entry
    previous: Entry | None
    target: Target | None
    scheduled: Decimal | None
    evidence: tuple[Evidence, ...]
    changes: tuple[Change, ...] = ()
    dropped: bool = False
    ours: bool = True
    unread: tuple[Change, ...] = ()
    curve: tuple[Decimal, ...] | None = None
    remarks: tuple[StandingRemark, ...] = ()


@dataclass(frozen=True)
class MonthView:
    """A whole month; `rows` are in the plan's order, the required ones and the optional ones (协办) together.

    `cutoff` is the day by which the unit's own towns and departments hand in to it, None where no day is set. `dropped`
    are tasks that a revision took out, or gave to others, after something was written on them: to be read only.
    `remarks` are all that came back with earlier revisions, also those on the report as a whole.
    """

    id: int
    period: Period
    state: MonthState
    revision: int
    reason: str
    due: DueDate
    standing: Standing
    plan: Plan
    rows: tuple[Row, ...]
    indicators: tuple[Indicator, ...]
    people: People
    check_code: str | None
    pdf_sha256: str | None
    handed_in_at: datetime | None
    closed_at: datetime | None
    cutoff: date | None = None
    dropped: tuple[Row, ...] = ()
    remarks: tuple[StandingRemark, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether the words can no longer change."""
        return self.state is not MonthState.DRAFT

    @property
    def required(self) -> int:
        """How many tasks must be reported on."""
        return sum(row.required for row in self.rows)

    @property
    def filled(self) -> int:
        """How many of those have an answer."""
        return sum(row.required and row.entry.answered for row in self.rows)

    def row(self, task_id: str) -> Row:
        """The row of one task; ClerkError where the unit has no part in it."""
        for row in (*self.rows, *self.dropped):
            if row.task.id == task_id:
                return row
        raise ClerkError(_("本单位 {period} 没有编号为 {task} 的任务。").format(period=self.period, task=task_id))


def due(period: Period, desk: Desk | None = None) -> DueDate:
    """When the report on a period is due: before the third working day of the next month (第四条).

    By the calendars and settings of a book where there is one, else by what ships.
    """
    if desk is None:
        return due_date(period, Workdays(load()))
    return due_date(period, desk.workdays, inclusive=due_inclusive(desk))


def cutoff(desk: Desk, period: Period) -> date | None:
    """The internal cut-off day of a month, in that month itself (about the 25th); None where no day is set."""
    day = internal_cutoff(desk)
    return period.first_day.replace(day=day) if day is not None else None


def open_month(desk: Desk, period: Period) -> MonthView:
    """The month, opened as a draft with the plan in force if it is not there yet."""
    month = kept.month(desk.book, period)
    if month is None:
        plan = current_plan(desk, period)
        month = kept.open_month(desk.book, period, plan.id, desk.now(), desk.actor)
    return _view(desk, month)


def kept_month(desk: Desk, period: Period) -> Month:
    """The month's newest revision as the store holds it, opened if need be."""
    return kept.month(desk.book, period) or kept.open_month(
        desk.book, period, current_plan(desk, period).id, desk.now(), desk.actor
    )


def latest_period(desk: Desk) -> Period:
    """The period to report now: last month; with a plan of another year, the newest month opened or its first."""
    now = Period(desk.today().year, desk.today().month).previous
    plans = kept_plans.terms(desk.book)
    opened = [month.period for month in kept.months(desk.book)]
    if desk.read_only and opened:
        return max(opened)
    if not plans or in_force(plans, now):
        return now
    return max(opened) if opened else Period(plans[-1].year, 2)


def row(desk: Desk, period: Period, task_id: str) -> Row:
    """One task's row, read afresh."""
    return open_month(desk, period).row(task_id)


def people(desk: Desk) -> People:
    """Who stands at the foot of the form."""
    found = settings.get(desk.book, "people")
    return from_plain(People, found) if found else People()


def set_people(desk: Desk, people: People) -> None:
    """Keep who stands at the foot of the form, for this month and the next ones; each in one short line."""
    for text in (people.preparer, people.reviewer, people.approver, people.phone):
        if len(text) > LONGEST_NAME or (text and not text.isprintable()):
            raise ClerkError(
                _("「{text}」不像姓名或电话。").format(text=" ".join(text.split())[:20]),
                _("请写在一行里，不超过 {limit} 个字。").format(limit=LONGEST_NAME),
            )
    settings.put(desk.book, "people", to_plain(people), at=desk.now(), actor=desk.actor)
    desk.reread()


def previous_entries(desk: Desk, period: Period) -> Mapping[str, Entry]:
    """Last month's entries under the ids of this month's plan; empty where that month is not in the book."""
    return entries_of(desk, period.previous, period) or {}


def entries_of(desk: Desk, past: Period, period: Period) -> Mapping[str, Entry] | None:
    """A past month's entries under the ids of this month's plan; None where that month is not in the book.

    A new year's plan begins at nothing, even where a measure goes on: its amounts are the year's.
    """
    before, now = kept.month(desk.book, past), kept.month(desk.book, period)
    if before is None:
        return None
    plan_id = now.plan_id if now else current_plan(desk, period).id
    entries = kept_entries.entries(desk.book, before.id)
    if before.plan_id == plan_id:
        return entries
    plan = kept_plans.plan_by_id(desk.book, plan_id)
    names = renamed(desk, before.plan_id, plan) if plan else {}
    return {names[was]: replace(entry, task_id=names[was]) for was, entry in entries.items() if was in names}


def _view(desk: Desk, month: Month) -> MonthView:
    plan = kept_plans.plan_by_id(desk.book, month.plan_id)
    if plan is None:
        raise LookupError(f"month {month.period} refers to plan {month.plan_id}, which is not in the book")
    deadline = due(month.period, desk)
    handed_in = month.handed_in_at.date() if month.handed_in_at else None
    remarks = standing_remarks(desk, month, plan)
    seal, entries = _seal(desk, month), kept_entries.entries(desk.book, month.id)
    return MonthView(
        id=month.id,
        period=month.period,
        state=month.state,
        revision=month.revision,
        reason=month.reason,
        due=deadline,
        standing=standing(desk.today(), deadline, desk.workdays, handed_in),
        plan=plan,
        rows=_rows(desk, month, plan, entries, remarks),
        indicators=tuple(indicator for indicator in plan.indicators if indicator.target_for(desk.unit.code)),
        people=people(desk),
        check_code=seal.check_code if seal else None,
        pdf_sha256=seal.pdf_sha256 if seal else None,
        handed_in_at=month.handed_in_at,
        closed_at=month.closed_at,
        cutoff=cutoff(desk, month.period),
        dropped=_dropped(desk, month, plan, entries),
        remarks=remarks,
    )


def _seal(desk: Desk, month: Month) -> "SealMark | None":
    """What is known of the signed bytes; a draft has none."""
    if month.state is MonthState.DRAFT:
        return None
    from desktop_app.store import sealed

    return sealed.mark(desk.book, month.id)


def standing_remarks(desk: Desk, month: Month, plan: Plan) -> tuple[StandingRemark, ...]:
    """The remarks on a period up to this revision, under the ids that its tasks have in this plan."""
    found = kept_remarks.standing(desk.book, month.period, month.revision)
    under = {each.revision: each.plan_id for each in kept.months(desk.book) if each.period == month.period and found}
    names = {plan_id: renamed(desk, plan_id, plan) for plan_id in set(under.values()) if plan_id != plan.id}
    return tuple(replace(each, task=names.get(under[each.revision], {}).get(each.task, each.task)) for each in found)


def _rows(
    desk: Desk, month: Month, plan: Plan, entries: Mapping[str, Entry], remarks: tuple[StandingRemark, ...]
) -> tuple[Row, ...]:
    code = desk.unit.code
    changes, own = changes_of(desk, plan), curves(desk, plan)
    titles = {annex.number: annex.title for annex in plan.annexes}
    before = previous_entries(desk, month.period)
    evidence: dict[str, list[Evidence]] = {}
    for item in kept_evidence.evidence(desk.book, month.id):
        evidence.setdefault(item.task_id, []).append(item)
    required = {task.id for task in plan.owned_by(code)}
    asked = {task.id for task in plan.tasks if not task.owners_settled}  # these may turn out to be this unit's
    taking_part = required | {task.id for task in plan.supported_by(code)} | (asked & set(entries))
    asked_of = {task.id: task.target_for(code) for task in plan.tasks if task.id in taking_part}
    return tuple(
        Row(
            task=task,
            annex_title=titles.get(task.annex, ""),
            required=task.id in required,
            entry=entries.get(task.id) or Entry(task.id),
            previous=before.get(task.id),
            target=asked_of[task.id],
            scheduled=_scheduled(task, asked_of[task.id], plan.year, month.period, own.get(task.id)),
            curve=own.get(task.id),
            evidence=tuple(evidence.get(task.id, ())),
            changes=changes.get(task.id, ()),
            unread=unread(task, changes.get(task.id, ())),
            remarks=tuple(each for each in remarks if each.task == task.id),
        )
        for task in plan.tasks
        if task.id in asked_of
    )


def _dropped(desk: Desk, month: Month, plan: Plan, entries: Mapping[str, Entry]) -> tuple[Row, ...]:
    code = desk.unit.code
    given = [
        task for task in plan.tasks if task.owners_settled and code not in (*task.owners, *task.lead, *task.supporters)
    ]
    evidence = kept_evidence.evidence(desk.book, month.id)
    with_files = {item.task_id for item in evidence}
    return tuple(
        Row(
            task=task,
            annex_title="",
            required=False,
            entry=entries.get(task.id) or Entry(task.id),
            previous=None,
            target=task.target_for(code),
            scheduled=None,
            evidence=tuple(item for item in evidence if item.task_id == task.id),
            dropped=True,
            ours=task not in given,
        )
        for task in (*given, *plan.dropped)
        if task.id in with_files or (task.id in entries and not entries[task.id].empty)
    )


def _scheduled(
    task: Task, target: Target | None, year: int, period: Period, curve: tuple[Decimal, ...] | None
) -> Decimal | None:
    """序时进度 for a task with an amount of work; None where a share of the year says nothing."""
    return None if target is None else expected_percent(task.deadline, year, period, curve)
