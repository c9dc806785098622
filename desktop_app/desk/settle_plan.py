"""What persons settle about a plan: answers, confirmations, corrections and dates, each with who and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_json
from desktop_app.desk.plan_in_force import SETTLED as SETTLED
from desktop_app.desk.plan_in_force import find_plan, superseded
from desktop_app.desk.steps import Steps, at_once
from desktop_app.desk.take_plan import keep
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Directory
from desktop_app.plans import ALL as ALL
from desktop_app.plans import CONFIRMED, FIELDS, apply_answer
from desktop_app.plans import is_decision as is_decision
from desktop_app.plans import withdraw as without
from desktop_app.store import plans as kept


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
    whole = _("整份答复都没有采用。")
    for row in rows:
        choice = row.get("choice") if isinstance(row, dict) else None
        if isinstance(choice, list) and all(isinstance(part, str) for part in choice):
            choice = "、".join(choice)
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(choice, str):
            raise ClerkError(_("{name} 里有一条答复缺少 id 或 choice。").format(name=file.name), whole)
        if not choice.strip():
            raise ClerkError(_("{name} 里 {id} 没有写答复。").format(name=file.name, id=row["id"]), whole)
        if found.setdefault(row["id"], choice) != choice:
            raise ClerkError(_("{name} 里 {id} 有两条不同的答复。").format(name=file.name, id=row["id"]), whole)
    return found


def answer(desk: Desk, key: str, choice: str, plan_id: str | None = None) -> Plan:
    """Settle one question, or correct one reading (3-9.deadline); kept with who and when."""
    plan = _plan_with(desk, key, plan_id)
    return keep(desk, apply_answer(plan, key, choice, desk.directory, by=desk.actor, at=desk.now()))


def confirm(desk: Desk, tasks: Sequence[str], field: str = ALL, plan_id: str | None = None) -> Plan:
    """Confirm what was understood of these tasks as it stands; those with an open question stay as they are."""
    return at_once(confirming(desk, tasks, field, plan_id))


def confirming(desk: Desk, tasks: Sequence[str], field: str = ALL, plan_id: str | None = None) -> Steps[Plan]:
    """The same step by step: a large plan is gone through in any thread, and again where it was changed meanwhile."""
    while True:
        plan = find_plan(desk, plan_id)
        confirmed: Plan = yield partial(_confirmed, plan, tasks, field, desk.directory, desk.actor, desk.now())
        if find_plan(desk, plan_id) is plan:
            return keep(desk, confirmed)


def _confirmed(plan: Plan, tasks: Sequence[str], field: str, directory: Directory, by: str, at: datetime) -> Plan:
    for task_id in tasks:
        task = plan.task(task_id)
        if task is None:
            raise ClerkError(_("计划里没有编号为 {task} 的任务。").format(task=task_id))
        if field not in (*FIELDS, ALL):
            raise ClerkError(_("没有「{field}」这一项可以确认。").format(field=field), "、".join(FIELDS))
        if task.open_questions and len(tasks) == 1:
            raise ClerkError(
                _("{task} 还有问题没有答复：{ids}。").format(task=task_id, ids="、".join(task.open_questions)),
                _("请先答复，再确认。"),
            )
        if not task.open_questions:
            plan = apply_answer(plan, f"{task_id}.{field}", CONFIRMED, directory, by=by, at=at)
    return plan


def confirm_fields(desk: Desk, task_id: str, fields: Sequence[str], plan_id: str) -> Plan:
    """Confirm several fields of one task at once."""
    plan = find_plan(desk, plan_id)
    for field in fields:
        plan = apply_answer(plan, f"{task_id}.{field}", CONFIRMED, desk.directory, by=desk.actor, at=desk.now())
    return keep(desk, plan)


def correct(desk: Desk, task: str, field: str, value: str, plan_id: str | None = None) -> Plan:
    """Put one reading right; `value` in the words that a table would use (11月15日前；朝阳区、海淀区；300个村)."""
    if field not in FIELDS:
        raise ClerkError(_("没有「{field}」这一项可以更正。").format(field=field), "、".join(FIELDS))
    return answer(desk, f"{task}.{field}", value, plan_id)


def withdraw(desk: Desk, key: str, plan_id: str | None = None) -> Plan:
    """Take a confirmation or correction back: the table's own reading holds again."""
    return withdraw_all(desk, (key,), plan_id)


def withdraw_all(desk: Desk, keys: Sequence[str], plan_id: str | None = None) -> Plan:
    """The same for several, all or none."""
    plan = find_plan(desk, plan_id)
    for key in keys:
        plan = without(plan, key, desk.directory)
    return keep(desk, plan)


def accept_offers(desk: Desk, ids: Sequence[str] | None = None, plan_id: str | None = None) -> tuple[Plan, int]:
    """Answer open questions as the same words were answered in an earlier plan; the plan and how many."""
    plan = find_plan(desk, plan_id)
    taken = 0
    for question in plan.open_questions:
        if question.offered is not None and (ids is None or question.id in ids):
            plan = apply_answer(plan, question.id, question.offered, desk.directory, by=desk.actor, at=desk.now())
            taken += 1
    return keep(desk, plan), taken


def set_dates(
    desk: Desk,
    plan_id: str | None = None,
    *,
    issued: date | None = None,
    effective: date | None = None,
    repealed: date | None = None,
    document_number: str | None = None,
    repeals: Sequence[str] | None = None,
    clear: Sequence[str] = (),
) -> Plan:
    """Write down what the notice says of its own force; drafts go over to the plan that rules them then.

    A day that is None stays as it was, unless `clear` names it: then nothing is known of it any more.
    """
    plan = find_plan(desk, plan_id)
    plan = replace(
        plan,
        issued=None if "issued" in clear else issued or plan.issued,
        effective=None if "effective" in clear else effective or plan.effective,
        repealed=None if "repealed" in clear else repealed or plan.repealed,
        document_number=plan.document_number if document_number is None else document_number.strip(),
        repeals=plan.repeals if repeals is None else tuple(number.strip() for number in repeals if number.strip()),
    )
    if plan.repealed and plan.repealed < plan.starts:
        raise ClerkError(_("废止日期早于施行日期。"), _("请核对这两个日期。"))
    return keep(desk, plan)


def _plan_with(desk: Desk, key: str, plan_id: str | None) -> Plan:
    """The newest plan that asks this, or that has what the decision speaks of."""
    if plan_id is not None:
        return find_plan(desk, plan_id)
    gone = superseded(kept.terms(desk.book))
    for plan in reversed(kept.plans(desk.book)):
        thing = key.rpartition(".")[0]
        asked = any(question.id == key for question in plan.questions)
        named = is_decision(key) and (plan.task(thing) or any(row.id == thing for row in plan.indicators))
        if plan.id not in gone and (asked or named):
            return plan
    raise ClerkError(_("没有编号为 {id} 的待确认问题。").format(id=key), _("可用 plan show 查看还有哪些问题。"))
