"""Commands on the task table."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import take_plan
from desktop_app.language import _
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Indicator, Plan, Question, Target, Task


def take(options: Namespace) -> Answer:
    """plan import FILE."""
    answers = take_plan.read_answers(options.answers) if options.answers else {}
    with opened(options) as desk:
        taken = take_plan.import_plan(desk, options.file, answers)
    plan = taken.plan
    questions = [question_plain(question) for question in plan.questions if question.answer is None]
    document = {
        "plan": _plan_plain(plan),
        "sheets": [
            {"title": sheet.title, "annex": sheet.annex, "measures": sheet.measures, "indicators": sheet.indicators}
            for sheet in taken.sheets
        ],
        "assigned": taken.assigned,
        "questions": questions,
        "warnings": list(plan.warnings),
    }
    lines = [
        _("已导入《{title}》：{count} 项措施，本单位主责 {own} 项。").format(
            title=plan.title, count=len(plan.tasks), own=taken.assigned
        )
    ]
    lines += [
        _("附件{annex} {title}：{measures} 项措施，{indicators} 项指标").format(
            annex=sheet.annex, title=sheet.title, measures=sheet.measures, indicators=sheet.indicators
        )
        for sheet in taken.sheets
    ]
    lines += [_("注意：{text}").format(text=text) for text in plan.warnings]
    if questions:
        lines.append(_("有 {count} 个问题要人来确认（plan answer 编号 答复）：").format(count=len(questions)))
        lines += [f"  {row['id']}  {row['text']}" for row in questions]
    return Answer(document, lines)


def show(options: Namespace) -> Answer:
    """plan show [--all]."""
    with opened(options) as desk:
        plan, code = take_plan.current_plan(desk), desk.unit.code
    tasks = plan.tasks if options.all else plan.owned_by(code)
    indicators = [row for row in plan.indicators if options.all or row.target_for(code)]
    document = {
        "plan": _plan_plain(plan),
        "tasks": [task_plain(task) for task in tasks],
        "indicators": [_indicator_plain(row, None if options.all else code) for row in indicators],
        "questions": [question_plain(question) for question in plan.questions if question.answer is None],
    }
    lines = [
        f"{task.id:>6}  {'★' if task.key else '　'}{task.title}：{task.measure}（{task.deadline.raw}）"
        for task in tasks
    ]
    lines += [
        f"{row.id:>6}  {row.name}：{target.raw or '—'}"
        for row in indicators
        if not options.all and (target := row.target_for(code))
    ]
    return Answer(document, lines)


def answer(options: Namespace) -> Answer:
    """plan answer ID CHOICE."""
    with opened(options) as desk:
        plan = take_plan.answer(desk, options.id, options.choice)
        assigned = len(plan.owned_by(desk.unit.code))
    question = next(question for question in plan.questions if question.id == options.id)
    task = plan.task(question.task) if question.task else None
    left = sum(question.answer is None for question in plan.questions)
    return Answer(
        {
            "id": options.id,
            "choice": question.answer,
            "task": task_plain(task) if task else None,
            "assigned": assigned,
            "open": left,
        },
        [_("已记下。还有 {count} 个问题待确认。").format(count=left)],
    )


def _plan_plain(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.title,
        "year": plan.year,
        "document_number": plan.document_number,
        "revision": plan.revision,
        "sample": plan.sample,
    }


def question_plain(question: Question) -> dict[str, Any]:
    """A question as the contract names its parts."""
    return {
        "id": question.id,
        "where": question.where,
        "kind": question.kind,
        "text": question.text,
        "choices": list(question.choices),
        "task": question.task,
    }


def task_plain(task: Task) -> dict[str, Any]:
    """A task as the contract names its parts."""
    return {
        "id": task.id,
        "annex": task.annex,
        "number": task.number,
        "key": task.key,
        "title": task.title,
        "section": task.section,
        "measure": task.measure,
        "deadline": {
            "raw": task.deadline.raw,
            "kind": str(task.deadline.kind),
            "date": task.deadline.day.isoformat() if task.deadline.day else None,
            "confirmed": task.deadline.confirmed,
        },
        "lead": list(task.lead),
        "owners": list(task.owners),
        "supporters": list(task.supporters),
        "owners_raw": task.owners_raw,
        "targets": [target_plain(target) for target in task.targets],
        "questions": list(task.open_questions),
    }


def target_plain(target: Target) -> dict[str, Any]:
    """A target as the contract names its parts; the value a decimal string, or null."""
    return {
        "indicator": target.indicator,
        "kind": str(target.kind),
        "direction": str(target.direction),
        "value": decimal_text(target.value) if target.value is not None else None,
        "unit": target.unit,
        "scope": target.scope,
        "raw": target.raw,
    }


def _indicator_plain(row: Indicator, code: str | None) -> dict[str, Any]:
    targets = [target for target in row.targets if code is None or target.scope == code]
    return {
        "id": row.id,
        "annex": row.annex,
        "number": row.number,
        "group": row.group,
        "indicator": row.name,
        "unit": row.unit,
        "targets": [target_plain(target) for target in targets],
    }
