"""What a revision altered in the tasks of this unit, until a person has said that it was seen."""

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.desk.desk import Desk
from desktop_app.model.plan import Change, Plan, Task
from desktop_app.plans import FIELDS
from desktop_app.store import plans as kept

_QUIET = ("number", "annex", "section", "title")  # no news to who fills the form


def changes_of(desk: Desk, plan: Plan) -> dict[str, tuple[Change, ...]]:
    """The changes by task: other words, another deadline, other units, another target of this unit's."""
    if plan.comparison is None:
        return {}
    before = kept.plan_by_id(desk.book, plan.previous) if plan.previous else None
    old = {task.id: task for task in before.tasks} if before else {}
    new = {task.id: task for task in plan.tasks}
    found: dict[str, tuple[Change, ...]] = {}
    for each in plan.comparison.changed:
        task = new.get(each.id)
        if task is None or each.field in _QUIET:
            continue
        change = _of_this_unit(desk, each, old.get(each.was), task) if each.field == "targets" else each
        if change:
            found[each.id] = (*found.get(each.id, ()), change)
    return found


def unread(task: Task, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Those that nobody has confirmed since."""
    return tuple(each for each in changes if _field(each) not in task.confirmed)


def confirm_changes(desk: Desk, task_id: str, changes: Sequence[Change], plan_id: str) -> Plan:
    """Confirm the fields that were changed as they stand now: they are no longer pointed out."""
    from desktop_app.desk.settle_plan import confirm_fields

    fields = tuple(dict.fromkeys(_field(each) for each in changes))
    return confirm_fields(desk, task_id, fields, plan_id)


def _field(change: Change) -> str:
    """The field that a person confirms with it; targets are read from the measure's words."""
    return change.field if change.field in FIELDS else "targets"


def _of_this_unit(desk: Desk, change: Change, was: Task | None, now: Task) -> Change | None:
    from desktop_app.plans import targets_changed

    if was is None:
        return change
    words = targets_changed(was, now, desk.unit.code)
    return replace(change, old=words[0], new=words[1]) if words else None
