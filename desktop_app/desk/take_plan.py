"""The bureau's task table in, and what needs a person settled."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, read_json
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.plans import SheetSummary, apply_answer
from desktop_app.plans import import_plan as understand
from desktop_app.store import plans as kept


@dataclass(frozen=True)
class PlanTaken:
    """An import as it was taken; `assigned` counts the tasks that this unit must report on."""

    plan: Plan
    sheets: tuple[SheetSummary, ...]
    assigned: int


def import_plan(desk: Desk, file: Path, answers: Mapping[str, str] | None = None) -> PlanTaken:
    """Read a task table and keep it, whole or not at all. Questions stay open until they are answered.

    The same table again keeps the answers it already has; `answers` go before them.
    """
    data = read_file(file)
    taken = understand(data, file.name, desk.directory, {**_answers_held(desk, data), **(answers or {})})
    kept.save_plan(desk.book, taken.plan, desk.now(), desk.actor)
    return PlanTaken(taken.plan, taken.sheets, len(taken.plan.owned_by(desk.unit.code)))


def _answers_held(desk: Desk, data: bytes) -> dict[str, str]:
    """What was answered before about this very table."""
    plan = kept.plan_by_id(desk.book, hashlib.sha256(data).hexdigest())
    return {question.id: question.answer for question in plan.questions if question.answer} if plan else {}


def read_answers(file: Path) -> dict[str, str]:
    """An answers file, {"answers": [{"id", "choice"}]}; a choice that is a list of units is joined."""
    data = read_json(file)
    rows = data.get("answers") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise ClerkError(
            _("{name} 里没有 answers 列表。").format(name=file.name),
            _('格式应为 {"answers": [{"id": …, "choice": …}]}。'),
        )
    found: dict[str, str] = {}
    for row in rows:
        choice = row.get("choice") if isinstance(row, dict) else None
        if isinstance(choice, list) and all(isinstance(part, str) for part in choice):
            choice = "、".join(choice)
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(choice, str):
            raise ClerkError(
                _("{name} 里有一条答复缺少 id 或 choice。").format(name=file.name), _("整份答复都没有采用。")
            )
        found[row["id"]] = choice
    return found


def answer(desk: Desk, question_id: str, choice: str) -> Plan:
    """Settle one question; the answer is kept with who and when."""
    for plan in reversed(kept.plans(desk.book)):
        if any(question.id == question_id for question in plan.questions):
            settled = apply_answer(plan, question_id, choice, desk.directory)
            kept.save_plan(desk.book, settled, desk.now(), desk.actor)
            return settled
    raise ClerkError(_("没有编号为 {id} 的待确认问题。").format(id=question_id), _("可用 plan show 查看还有哪些问题。"))


def current_plan(desk: Desk, period: Period | None = None) -> Plan:
    """The plan in force for a period, else the newest; ClerkError where none was imported."""
    plan = kept.plan_in_force(desk.book, period) if period else None
    if plan is None and not period:
        plan = next(reversed(kept.plans(desk.book)), None)
    if plan is None:
        when = _("{year} 年的").format(year=period.year) if period else ""
        raise ClerkError(_("填报簿里还没有{when}任务表。").format(when=when), _("请先导入任务表：plan import 文件。"))
    return plan
