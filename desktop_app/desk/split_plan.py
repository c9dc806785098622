"""分解: a unit hands its tasks to a town or a department of its own, as a signed task table."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk import publish, reporting_units, units
from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_in_force import find_plan
from desktop_app.desk.publish import Published
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Plan, Task
from desktop_app.model.unit import Unit


@dataclass(frozen=True)
class Split:
    """What was handed to whom; `added` says that the unit's own directory learnt the name by it."""

    unit: Unit
    tasks: tuple[str, ...]
    added: bool
    published: Published


def split(
    desk: Desk,
    to: str,
    out: Path,
    passphrase: str,
    *,
    key_name: str,
    tasks: Sequence[str] = (),
    plan_id: str | None = None,
) -> Split:
    """Write the signed table. Without `tasks`: those that name the unit, else all that this unit must report on."""
    from desktop_app.plans.writing import table

    plan = find_plan(desk, plan_id)
    known = desk.directory.find("".join(to.split()))
    if known is not None and known.code == desk.unit.code:
        raise ClerkError(_("{unit}就是本单位，不用分解给自己。").format(unit=known.name))
    chosen = _chosen(desk, plan, known, tasks)
    unit = known or units.add_unit(desk, to)
    data = table(plan, chosen, unit.name, desk.unit.name)
    name = f"{unit.short_name}_{plan.year}.xlsx"
    by = publish.publisher(desk, key_name, passphrase)
    done = publish.send_table(by, data, name, out, answers={}, to=unit)
    reporting_units.expect(desk, unit.code)
    return Split(unit, tuple(task.id for task in chosen), known is None, done)


def _chosen(desk: Desk, plan: Plan, unit: Unit | None, wanted: Sequence[str]) -> tuple[Task, ...]:
    own = {task.id: task for task in (*plan.owned_by(desk.unit.code), *plan.supported_by(desk.unit.code))}
    if strange := [task for task in wanted if task not in own]:
        raise ClerkError(
            _("本单位没有编号为 {tasks} 的任务，不能分解。").format(tasks="、".join(strange[:5])),
            _("用 plan show 查看本单位的任务。"),
        )
    named = tuple(task for task in plan.tasks if unit is not None and unit.code in task.owners and task.id in own)
    chosen = tuple(own[task] for task in dict.fromkeys(wanted)) or named or plan.owned_by(desk.unit.code)
    if not chosen:
        raise ClerkError(_("本单位在这份任务表里没有任务，没有可分解的。"))
    return chosen
