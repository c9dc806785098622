"""Commands by which persons settle what a task table leaves open."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.cli.plan import plan_plain, task_plain
from desktop_app.desk import plan_in_force, settle_plan
from desktop_app.desk.desk import Desk
from desktop_app.desk.plan_in_force import PlanTerm
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.plan import Plan


def answer(options: Namespace) -> Answer:
    """plan answer ID CHOICE, or plan answer --offered."""
    with opened(options) as desk:
        if options.offered:
            if options.id is not None:
                raise UsageError(_("--offered 采用全部以往答复，后面不写编号。"))
            plan, count = settle_plan.accept_offers(desk, plan_id=options.plan)
            left = len(plan.open_questions)
            said = _("采用了 {count} 条以往的答复，还有 {left} 个问题待确认。").format(count=count, left=left)
            return Answer({"taken": count, "open": left}, [said])
        if options.id is None or options.choice is None:
            raise UsageError(_("请写问题编号和答复。"), _("例如：plan answer 3-16-owners 门头沟区、怀柔区"))
        plan = settle_plan.answer(desk, options.id, options.choice, options.plan)
        return _settled(desk, plan, options.id)


def confirm(options: Namespace) -> Answer:
    """plan confirm TASK… [--field F [--value V]], or --all."""
    with opened(options) as desk:
        if options.value is not None:
            if len(options.task) != 1 or options.field is None:
                raise UsageError(_("更正时写一个任务编号，并用 --field 说明是哪一项。"))
            plan = settle_plan.correct(desk, options.task[0], options.field, options.value, options.plan)
            return _settled(desk, plan, f"{options.task[0]}.{options.field}")
        if options.all == bool(options.task):
            raise UsageError(_("请写任务编号，或用 --all 指本单位的全部任务，只能写一样。"))
        plan = plan_in_force.find_plan(desk, options.plan)
        tasks = (
            [task.id for task in plan.owned_by(desk.unit.code)] if options.all else list(dict.fromkeys(options.task))
        )
        field = options.field or settle_plan.ALL
        if options.withdraw:
            keys = [task if settle_plan.is_decision(task) else f"{task}.{field}" for task in tasks]
            held = {each.id for each in plan.decisions}
            plan = settle_plan.withdraw_all(desk, [key for key in keys if key in held or not options.all], options.plan)
        else:
            plan = settle_plan.confirm(desk, tasks, field, options.plan)
    confirmed = sum(bool(task.confirmed) for task in plan.tasks)
    return Answer({"confirmed": confirmed}, [_("已确认 {count} 项任务。").format(count=confirmed)])


def dates(options: Namespace) -> Answer:
    """plan dates: what the notice says of its own force."""
    with opened(options) as desk:
        plan = settle_plan.set_dates(
            desk,
            options.plan,
            issued=options.issued,
            effective=options.effective,
            repealed=options.repealed,
            document_number=options.number,
            repeals=options.repeals,
        )
    said = _("《{title}》{number}：{start} 起施行。")
    return Answer(
        {"plan": plan_plain(plan)},
        [said.format(title=plan.title, number=plan.document_number, start=plan.starts.isoformat())],
    )


def listing(options: Namespace) -> Answer:
    """plan list."""
    with opened(options, reading=True) as desk:
        found = plan_in_force.all_plans(desk)
    document = {
        "plans": [
            {
                **plan_plain(each.plan),
                "starts": each.plan.starts.isoformat(),
                "superseded": each.superseded,
                "months": [str(period) for period in each.months],
                "open": each.open_questions,
            }
            for each in found
        ]
    }
    return Answer(document, list(map(_in_a_line, found)) or [_("填报簿里还没有任务表。")])


def _in_a_line(each: PlanTerm) -> str:
    """A plan, since when it rules, and for which months it was used."""
    said = _("{id}  《{title}》{number} 第 {revision} 版，{start} 起施行").format(
        id=each.plan.id[:8],
        title=each.plan.title,
        number=each.plan.document_number,
        revision=each.plan.revision,
        start=each.plan.starts.isoformat(),
    )
    if each.plan.repealed:
        said += _("，{day} 起废止").format(day=each.plan.repealed.isoformat())
    if each.months:
        said += _("（用于 {months}）").format(months=_("、").join(map(str, each.months)))
    elif each.superseded:
        said += _("（已被新版取代）")
    return said


def _settled(desk: Desk, plan: Plan, key: str) -> Answer:
    decision = next((each for each in plan.decisions if each.id == key), None)
    question = next((each for each in plan.questions if each.id == key), None)
    name = (question.task if question else key.rpartition(".")[0]) or ""
    task = plan.task(name)
    left = len(plan.open_questions)
    document: dict[str, Any] = {
        "id": key,
        "choice": decision.choice if decision else None,
        "by": decision.by if decision else None,
        "at": decision.at.isoformat() if decision and decision.at else None,
        "task": task_plain(task) if task else None,
        "assigned": len(plan.owned_by(desk.unit.code)),
        "open": left,
    }
    return Answer(document, [_("已记下。还有 {count} 个问题待确认。").format(count=left)])
