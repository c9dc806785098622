"""Commands that bring the task table in and show it."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import plan_in_force, settle_plan, take_plan
from desktop_app.language import N_, _
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Change, Comparison, Indicator, Obligation, Plan, Question, Target, Task

OBLIGATION_WORDS = {Obligation.MANDATORY: N_("规定动作"), Obligation.DISTRICT_SPECIFIC: N_("特色任务")}


def take(options: Namespace) -> Answer:
    """plan import FILE."""
    answers = settle_plan.read_answers(options.answers) if options.answers else {}
    with opened(options) as desk:
        found = take_plan.reading(desk, options.file, answers).read()
        taken = take_plan.take(desk, take_plan.look_at(desk, found, effective=options.effective))
    plan = taken.plan
    document = taken_plain(taken)
    questions = document["questions"]
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
    lines += absent_lines(taken.absent)
    if taken.comparison and taken.follows:
        text = _("这是第 {revision} 版，与第 {before} 版相比：")
        lines += [text.format(revision=plan.revision, before=taken.follows.revision)]
        lines += comparison_lines(taken.comparison, taken.follows, plan)
    if taken.moved:
        text = _("已开始填报的 {months} 转到这一版，写过的内容都在。")
        lines.append(text.format(months="、".join(period.spoken for period in taken.moved)))
    lines += [_("注意：{text}").format(text=text) for text in plan.remarks]
    if questions:
        lines.append(_("有 {count} 个问题要人来确认（plan answer 编号 答复）：").format(count=len(questions)))
        lines += [f"  {row['id']}  {row['text']}" for row in questions]
    return Answer(document, lines)


def taken_plain(taken: take_plan.PlanTaken) -> dict[str, Any]:
    """A table as it was taken (or would be): what it is, what it changes, what it asks."""
    plan = taken.plan
    return {
        "plan": plan_plain(plan),
        "sheets": [
            {"title": sheet.title, "annex": sheet.annex, "measures": sheet.measures, "indicators": sheet.indicators}
            for sheet in taken.sheets
        ],
        "assigned": taken.assigned,
        "questions": [question_plain(question) for question in plan.questions if question.answer is None],
        "warnings": list(plan.remarks),
        "follows": taken.follows.id if taken.follows else None,
        "comparison": comparison_plain(taken.comparison) if taken.comparison else None,
        "moved": [str(period) for period in taken.moved],
        "absent": list(taken.absent),
    }


def show(options: Namespace) -> Answer:
    """plan show [--all]."""
    with opened(options, reading=True) as desk:
        plan, code = plan_in_force.find_plan(desk, options.plan), desk.unit.code
    tasks = plan.tasks if options.all else plan.owned_by(code)
    indicators = [row for row in plan.indicators if options.all or row.target_for(code)]
    document = {
        "plan": plan_plain(plan),
        "tasks": [task_plain(task) for task in tasks],
        "indicators": [_indicator_plain(row, None if options.all else code) for row in indicators],
        "questions": [question_plain(question) for question in plan.questions if question.answer is None],
    }
    lines = [
        f"{task.id:>6}  {'★' if task.key else '　'}{_mark(task)}{task.title}：{task.measure}（{task.deadline.raw}）"
        for task in tasks
    ]
    lines += [
        f"{row.id:>6}  {row.name}：{target.raw or '—'}"
        for row in indicators
        if not options.all and (target := row.target_for(code))
    ]
    return Answer(document, lines)


def compare(options: Namespace) -> Answer:
    """plan compare FILE: nothing is taken."""
    with opened(options, reading=True) as desk:
        before, new, comparison, absent = take_plan.compare_with(desk, options.file)
    document = {
        "before": plan_plain(before),
        "plan": plan_plain(new),
        **comparison_plain(comparison),
        "absent": list(absent),
    }
    lines = comparison_lines(comparison, before, new) or [_("与填报簿里的任务表没有不同。")]
    return Answer(document, [*other_year_lines(before, new), *absent_lines(absent), *lines])


def absent_lines(absent: Sequence[int]) -> list[str]:
    """That a file holds only some annexes, and what becomes of the others."""
    if not absent:
        return []
    text = _("文件里只有一部分附件；附件{numbers}不在文件里，照旧不变。")
    return [text.format(numbers=_("、").join(map(str, absent)))]


def other_year_lines(before: Plan, new: Plan) -> list[str]:
    """That two plans are of two years: then everything is likely to differ."""
    if before.year == new.year:
        return []
    return [_("文件是{new}年的计划，填报簿里的是{old}年的，导入后各管各的月份。").format(new=new.year, old=before.year)]


def comparison_plain(found: Comparison) -> dict[str, Any]:
    """What differs, as the contract names its parts; ids are the newer table's, but for what was dropped."""
    return {
        "added": list(found.added),
        "dropped": list(found.dropped),
        "changed": [_change_plain(change) for change in found.changed],
        "indicators": {
            "added": list(found.added_indicators),
            "dropped": list(found.dropped_indicators),
            "changed": [_change_plain(change) for change in found.changed_indicators],
        },
    }


def _change_plain(change: Change) -> dict[str, str]:
    return {"id": change.id, "field": change.field, "old": change.old, "new": change.new, "was": change.was}


def comparison_lines(found: Comparison, before: Plan, new: Plan) -> list[str]:
    """The same for a person."""
    lines = [_("新增 {id}：{measure}").format(id=key, measure=_measure(new, key)) for key in found.added]
    lines += [_("取消 {id}：{measure}").format(id=key, measure=_measure(before, key)) for key in found.dropped]
    for change in (*found.changed, *found.changed_indicators):
        if change.field != "number":
            said = _("调整 {id} {field}：{old} → {new}")
            lines.append(
                said.format(id=change.id, field=plan_in_force.field_label(change.field), old=change.old, new=change.new)
            )
    moved = sum(change.field == "number" for change in found.changed)
    return [*lines, *([_("另有 {count} 项只是序号变了。").format(count=moved)] if moved else [])]


def _mark(task: Task) -> str:
    return f"[{_(OBLIGATION_WORDS[task.obligation])}] " if task.obligation else ""


def _measure(plan: Plan, key: str) -> str:
    task = plan.task(key)
    return task.measure if task else ""


def plan_plain(plan: Plan) -> dict[str, Any]:
    """A plan's head: what it is and when it is in force."""
    return {
        "id": plan.id,
        "title": plan.title,
        "year": plan.year,
        "document_number": plan.document_number,
        "revision": plan.revision,
        "sample": plan.sample,
        "issued": plan.issued.isoformat() if plan.issued else None,
        "effective": plan.effective.isoformat() if plan.effective else None,
        "repealed": plan.repealed.isoformat() if plan.repealed else None,
        "repeals": list(plan.repeals),
        "annexes": [{"number": annex.number, "title": annex.title} for annex in plan.annexes],
    }


def question_plain(question: Question) -> dict[str, Any]:
    """A question as the contract names its parts."""
    return {
        "id": question.id,
        "where": question.place,
        "kind": question.kind,
        "text": question.words,
        "choices": list(question.choices),
        "task": question.task,
        "offered": question.offered,
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
        "obligation": task.obligation.value if task.obligation else None,
        "confirmed": list(task.confirmed),
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
