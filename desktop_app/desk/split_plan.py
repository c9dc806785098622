"""分解: a unit hands its tasks to a town or a department of its own, as a signed task table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.desk import deliveries, places, publish, reporting_units, units
from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_in_force import find_plan
from desktop_app.desk.publish import MadeTable, Published, Publisher
from desktop_app.desk.steps import Steps
from desktop_app.errors import ClerkError
from desktop_app.exchange.carrying import Carried, Watch
from desktop_app.exchange.names import safe_name
from desktop_app.exchange.reaching import take_to
from desktop_app.language import _
from desktop_app.model.place import Place
from desktop_app.model.plan import Plan, Task
from desktop_app.model.unit import Unit
from desktop_app.plans.directory import with_added


@dataclass(frozen=True)
class Split:
    """What was handed to whom; `added` says that the unit's own directory learnt the name by it.

    `where` is the file as people are told of it, `removal` whether the stick that it went to may be pulled out.
    """

    unit: Unit
    tasks: tuple[str, ...]
    added: bool
    published: Published
    where: str = ""
    removal: str = ""


@dataclass(frozen=True)
class Carrying:
    """A signed table, and how it arrived."""

    made: MadeTable
    carried: Carried


@dataclass(frozen=True)
class Ready:
    """All that the signed table needs, so that it can be made in any thread; the book knows nothing of it yet."""

    unit: Unit
    added: bool
    tasks: tuple[str, ...]
    by: Publisher
    name: str
    plan: Plan
    out: Path

    def write(self) -> Published:
        """Make it, sign it, write it; ClerkError."""
        return publish.send_table(self.by, self._table(), self.name, self.out, answers={}, to=self.unit)

    def carry(self, place: Place, secret: str, watch: Watch) -> Carrying:
        """The same to any place, under the name of `out`; CancelledError where the clerk stopped it."""
        made = publish.make_table(self.by, self._table(), self.name, answers={}, to=self.unit)
        watch.ask()
        return Carrying(made, take_to(place, secret, made.pdf, self.out.name, watch))

    def _table(self) -> bytes:
        from desktop_app.plans.writing import table

        chosen = tuple(task for task in map(self.plan.task, self.tasks) if task is not None)
        return table(self.plan, chosen, self.unit.name, self.by.unit.name)


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
    made = prepare(desk, to, out, passphrase, key_name=key_name, tasks=tasks, plan_id=plan_id)
    return keep(desk, made, made.write())


def prepare(
    desk: Desk,
    to: str,
    out: Path,
    passphrase: str,
    *,
    key_name: str,
    tasks: Sequence[str] = (),
    plan_id: str | None = None,
) -> Ready:
    """Who gets what, by which key; nothing is written or kept. ClerkError."""
    plan = find_plan(desk, plan_id)
    known = desk.directory.find("".join(to.split()))
    if known is not None and known.code == desk.unit.code:
        raise ClerkError(_("{unit}就是本单位，不用分解给自己。").format(unit=known.name))
    chosen = _chosen(desk, plan, known, tasks)
    by = publish.publisher(desk, key_name, passphrase)
    unit = known or units.new_unit(desk, to)
    if known is None:
        by = replace(by, directory=with_added(by.directory, (unit,)))
    name = f"{unit.short_name}_{plan.year}.xlsx"
    return Ready(unit, known is None, tuple(task.id for task in chosen), by, name, plan, out)


def handing(desk: Desk, made: Ready, place: Place, secret: str, watch: Watch) -> Steps[Split]:
    """Carry the signed table to a place, in any thread, and keep who was handed what."""
    done: Carrying = yield lambda: made.carry(place, secret, watch)
    table, carried = done.made, done.carried
    stick = not place.remote and places.pulled_out(Path(place.address))
    published = Published(Path(carried.name), carried.sha256, table.check_code, table.issued_at, table.plan)
    where = deliveries.said_of(place, carried.name)
    try:
        kept = keep(desk, made, published)
    except ClerkError as problem:
        raise ClerkError(_("文件已写到 {path}，但没有记入填报簿：{why}").format(path=where, why=problem)) from problem
    return replace(kept, where=where, removal=deliveries.pulling_out(safe=carried.settled, stick=stick))


def keep(desk: Desk, made: Ready, done: Published) -> Split:
    """The table is written: the unit is known here from now on, and is to report here."""
    with desk.book.together():
        if made.added:
            units.keep_unit(desk, made.unit)
        reporting_units.expect(desk, made.unit.code)
    return Split(made.unit, made.tasks, made.added, done, str(done.path))


def for_unit(desk: Desk, plan: Plan, word: str) -> frozenset[str]:
    """The tasks of this unit that the table itself names another one for; `word` is that one's name, in full or not."""
    unit = desk.directory.find("".join(word.split()))
    return frozenset(task.id for task in _named(plan, unit, _own(desk, plan)))


def can_be_split(desk: Desk, plan: Plan) -> tuple[Task, ...]:
    """What this unit may hand on: its own tasks and those it supports, in the plan's order."""
    own = _own(desk, plan)
    return tuple(task for task in plan.tasks if task.id in own)


def file_name(plan: Plan, unit: str) -> str:
    """What the file is called where nobody says otherwise."""
    return safe_name(f"分解_{unit}_{plan.year}.pdf")


def _own(desk: Desk, plan: Plan) -> dict[str, Task]:
    return {task.id: task for task in (*plan.owned_by(desk.unit.code), *plan.supported_by(desk.unit.code))}


def _named(plan: Plan, unit: Unit | None, own: Collection[str]) -> tuple[Task, ...]:
    return tuple(task for task in plan.tasks if unit is not None and unit.code in task.owners and task.id in own)


def _chosen(desk: Desk, plan: Plan, unit: Unit | None, wanted: Sequence[str]) -> tuple[Task, ...]:
    own = _own(desk, plan)
    if strange := [task for task in wanted if task not in own]:
        raise ClerkError(
            _("本单位没有编号为 {tasks} 的任务，不能分解。").format(tasks="、".join(strange[:5])),
            _("用 plan show 查看本单位的任务。"),
        )
    chosen = tuple(own[task] for task in dict.fromkeys(wanted)) or _named(plan, unit, own)
    chosen = chosen or plan.owned_by(desk.unit.code)
    if not chosen:
        raise ClerkError(_("本单位在这份任务表里没有任务，没有可分解的。"))
    return chosen
