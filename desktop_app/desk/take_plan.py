"""The bureau's task table in: looked at first, with what it would change, and then taken whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.plan_in_force import newest, ruled
from desktop_app.desk.steps import Steps, at_once
from desktop_app.model.period import Period
from desktop_app.model.plan import Comparison, Decision, Plan, Task
from desktop_app.model.report import MonthState
from desktop_app.model.unit import Directory
from desktop_app.plans import Following, SheetSummary, compare, dropped_id, open_source, same_measures, take_after
from desktop_app.store import Also, Month
from desktop_app.store import months as kept_months
from desktop_app.store import plans as kept


@dataclass(frozen=True)
class Reading:
    """All that reading a table needs: may run in any thread, without the book."""

    data: bytes
    name: str
    directory: Directory
    answers: Mapping[str, str]
    known: tuple[Plan, ...]

    def read(self) -> Following:
        """The table as it was understood, beside the plan it revises; ClerkError where it is no table."""
        return take_after(open_source(self.data, self.name, self.directory), self.answers, self.known)


@dataclass(frozen=True)
class PlanTaken:
    """An import as it was (or would be) taken.

    `assigned` counts the tasks that this unit must report on; `follows` is the plan it revises, `comparison` what
    differs from that, `moved` the drafts already begun that go over to it with every word, and `absent` the annexes
    that the file says nothing of and that go on as they were.
    """

    plan: Plan
    sheets: tuple[SheetSummary, ...]
    assigned: int
    follows: Plan | None = None
    comparison: Comparison | None = None
    moved: tuple[Period, ...] = ()
    absent: tuple[int, ...] = ()


def import_plan(desk: Desk, file: Path, answers: Mapping[str, str] | None = None) -> PlanTaken:
    """Read a task table and keep it, whole or not at all. Questions stay open until they are answered.

    The same table again keeps the answers it already has, a revision those of measures whose words are the same;
    `answers` go before them.
    """
    return take(desk, look_at(desk, reading(desk, file, answers).read()))


def reading(desk: Desk, file: Path, answers: Mapping[str, str] | None = None) -> Reading:
    """A table about to be read, with what this book knows."""
    return reading_of(desk, read_file(file), file.name, answers or {})


def reading_of(
    desk: Desk, data: bytes, name: str, answers: Mapping[str, str], directory: Directory | None = None
) -> Reading:
    """The same for bytes already at hand; `directory` where more units are known than this book's own."""
    return Reading(data, name, directory or desk.directory, dict(answers), kept.plans(desk.book))


def look_at(desk: Desk, following: Following, *, effective: date | None = None) -> PlanTaken:
    """What taking this table would mean; nothing is written. `effective` is the day from which it shall rule."""
    taken = following.taken
    plan = replace(taken.plan, effective=effective or taken.plan.effective)
    plan = replace(plan, decisions=tuple(_stamped(desk, each) for each in plan.decisions))
    drafts = [month.period for month in _drafts(desk)]
    rules = ruled(desk, plan, drafts)
    moved = tuple(
        month.period for month in _drafts(desk) if rules.get(month.period) == plan.id and month.plan_id != plan.id
    )
    return PlanTaken(
        plan,
        taken.sheets,
        len(plan.owned_by(desk.unit.code)),
        following.before,
        following.comparison,
        moved,
        following.absent,
    )


def take(desk: Desk, taken: PlanTaken, also: Also | None = None) -> PlanTaken:
    """Keep the plan, put the drafts it now rules under it and do what `also` does, in one transaction."""
    return at_once(taking(desk, taken, also))


def taking(desk: Desk, taken: PlanTaken, also: Also | None = None) -> Steps[PlanTaken]:
    """The same step by step."""
    plan = yield from keeping(desk, taken.plan, also)
    return replace(taken, plan=plan)


def keep(desk: Desk, plan: Plan, also: Also | None = None) -> Plan:
    """Keep a plan as it stands now; drafts go over to the plan that rules them then, with every word."""
    return at_once(keeping(desk, plan, also))


def keeping(desk: Desk, plan: Plan, also: Also | None = None) -> Steps[Plan]:
    """The same step by step: what is to be kept is written out in any thread."""
    plan, moves = _moves(desk, plan)
    while True:
        body: kept.Body = yield partial(kept.body_of, plan)
        now, moves = _moves(desk, plan)  # afresh: drafts may have been begun, or written in, meanwhile
        if now is plan:
            break
        plan = now
    kept.take_plan(desk.book, plan, moves, desk.now(), desk.actor, also, body)
    return plan


def _moves(desk: Desk, plan: Plan) -> tuple[Plan, list[kept.Move]]:
    """The drafts that go over, and the plan with the measures that it must keep for their words."""
    drafts = _drafts(desk)
    rules = ruled(desk, plan, (month.period for month in drafts))
    moves: list[kept.Move] = []
    for month in drafts:
        target = rules.get(month.period)
        if target is None or target == month.plan_id:
            continue
        new = plan if target == plan.id else kept.plan_by_id(desk.book, target)
        if new is None:
            continue
        names, gone = _renamed(desk, month, new)
        if gone and new.id == plan.id:
            plan = new = replace(new, dropped=(*new.dropped, *gone))
        elif gone:
            continue  # another plan would have to keep words of its own: that draft stays where it was begun
        moves.append(kept.Move(month, target, names))
    return plan, moves


def compare_with(desk: Desk, file: Path) -> tuple[Plan, Plan, Comparison, tuple[int, ...]]:
    """The plan in the book, a table that may follow it, what differs, and the annexes that the file says nothing of.

    Nothing is written.
    """
    following = reading(desk, file).read()
    new = following.taken.plan
    before = following.before or newest(desk)
    if before is None:
        return new, new, Comparison(added=tuple(task.id for task in new.tasks)), ()
    return before, new, following.comparison or compare(before, new), following.absent


def _drafts(desk: Desk) -> list[Month]:
    return [month for month in kept_months.months(desk.book) if month.state is MonthState.DRAFT]


def _stamped(desk: Desk, decision: Decision) -> Decision:
    return decision if decision.at else replace(decision, by=desk.actor, at=desk.now())


def _renamed(desk: Desk, month: Month, plan: Plan) -> tuple[dict[str, str], list[Task]]:
    """Where the words of a draft stand under another plan, and the measures that this plan must keep for them."""
    old = kept.plan_by_id(desk.book, month.plan_id)
    if old is None:
        raise LookupError(f"month {month.period} refers to plan {month.plan_id}, which is not in the book")
    before = {task.id: task for task in (*old.tasks, *old.dropped)}
    partner = dict(same_measures(tuple(before.values()), plan.tasks))
    there = {task.id for task in plan.dropped}
    names: dict[str, str] = {}
    gone: list[Task] = []
    for task_id in kept.tasks_with_words(desk.book, month.id):
        task = before.get(task_id)
        if task is None:
            continue
        now = partner.get(task_id) or dropped_id(task_id, old)
        names[task_id] = now
        if task_id not in partner and now not in there:
            gone.append(replace(task, id=now))
    return names, gone
