"""A person's answer to what an import could not derive, and a person's word on what it did."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Aside, Decision, Plan, Question, Task
from desktop_app.model.unit import Directory
from desktop_app.plans.deciding import (
    ALL,
    CONFIRMED,
    FIELDS,
    MARKS,
    canonical,
    check_decision,
    covered,
    decide,
    decide_indicator,
    figure,
    is_decision,
    mark,
    with_mark,
)
from desktop_app.plans.duplicates import left_out
from desktop_app.plans.headers_asked import put_in_place
from desktop_app.plans.linking import link_indicators
from desktop_app.plans.task_table import Row
from desktop_app.plans.understanding import Setting, row_of, understand


def apply_answer(
    plan: Plan, key: str, choice: str, directory: Directory, *, by: str = "", at: datetime | None = None
) -> Plan:
    """The plan with one question settled (or settled anew), or one reading confirmed or corrected (3-9.deadline).

    `=` confirms what is understood. ClerkError for an unknown id or an unusable choice.
    """
    choice = choice.strip()
    if not choice:
        raise ClerkError(_("没有写答复。"), _("请写明 {id} 的答复。").format(id=key))
    if is_decision(key):
        return _decide(plan, key, choice, directory, by, at)
    question = next((each for each in plan.questions if each.id == key), None)
    if question is None:
        raise ClerkError(_("没有编号为 {id} 的待确认问题。").format(id=key), _("可用 plan show 查看还有哪些问题。"))
    answered = replace(question, answer=choice)
    plan = replace(plan, questions=tuple(answered if each.id == key else each for each in plan.questions))
    plan = _recorded(plan, Decision(key, choice, by, at))
    if question.kind == "header":
        return _place_column(plan, question.id.partition("-")[0], directory)
    if question.kind == "duplicate":
        return _keep(plan, answered, directory)
    return understand_again(plan, _task(plan, question.task or ""), directory)


def withdraw(plan: Plan, key: str, directory: Directory) -> Plan:
    """The plan without a confirmation or correction: the table's own reading holds again, with its questions."""
    decision = next((each for each in plan.decisions if each.id == key), None)
    plan = replace(plan, decisions=tuple(each for each in plan.decisions if each.id != key))
    thing, _dot, name = key.rpartition(".")
    task = plan.task(thing)
    if decision is None or not is_decision(key):
        raise ClerkError(_("没有编号为 {id} 的确认或更正可以撤回。").format(id=key))
    if task is None or name not in (*FIELDS, ALL):
        return _with_figure(plan, key, decision.was)
    return understand_again(plan, with_mark(task, name, decision.was) if name in MARKS else task, directory)


def _task(plan: Plan, task_id: str) -> Task:
    task = plan.task(task_id)
    if task is None:
        raise ClerkError(_("计划里没有编号为 {task} 的任务。").format(task=task_id), _("请重新导入任务表。"))
    return task


def _recorded(plan: Plan, decision: Decision) -> Plan:
    others = tuple(each for each in plan.decisions if each.id != decision.id)
    return replace(plan, decisions=(*others, decision))


def _decide(plan: Plan, key: str, choice: str, directory: Directory, by: str, at: datetime | None) -> Plan:
    check_decision(plan, key, directory)
    thing, _dot, name = key.rpartition(".")
    task = plan.task(thing)
    before = next((each.was for each in plan.decisions if each.id == key), None)
    if task is None or name not in (*FIELDS, ALL):
        row = next(row for row in plan.indicators if row.id == thing)
        before = figure(row, name) if before is None else before
        return _with_figure(_recorded(plan, Decision(key, choice, by, at, before)), key, choice)
    if choice == CONFIRMED:
        choice += canonical(task, name)
    if before is None:
        before = mark(name, getattr(task, name)) if name in MARKS else ""
    return understand_again(_recorded(plan, Decision(key, choice, by, at, before)), task, directory)


def _with_figure(plan: Plan, key: str, words: str) -> Plan:
    """The plan with one district's figure read from these words."""
    thing = key.rpartition(".")[0]
    rows = tuple(decide_indicator(row, {key: words}) if row.id == thing else row for row in plan.indicators)
    return replace(plan, indicators=rows)


def _choices(plan: Plan) -> dict[str, str]:
    """All that was ever settled about the plan, by id."""
    answers = {each.id: each.answer for each in plan.questions if each.answer is not None}
    return {**answers, **{each.id: each.choice for each in plan.decisions}}


def _setting(plan: Plan, sheet: str, directory: Directory) -> Setting:
    return Setting(directory, plan.year, sheet, _choices(plan))


def _sheet(plan: Plan, annex: int) -> str:
    return next((each.sheet for each in plan.annexes if each.number == annex), "")


def understand_again(plan: Plan, task: Task, directory: Directory) -> Plan:
    """Understand one task once more, now with all that was settled."""
    return _put(plan, task, row_of(task, _unread(plan, task)), directory)


def _put(plan: Plan, task: Task, row: Row, directory: Directory) -> Plan:
    setting = _setting(plan, _sheet(plan, task.annex), directory)
    got = understand(row, setting)
    new = decide(link_indicators(got.task, plan.indicators)[0], setting.answers, directory, plan.year).task
    given = {each.id: each for each in got.questions if not covered(each, setting.answers)}
    questions = _asked_now(plan, task, given, setting.answers)
    waiting = [each.id for each in questions if each.answer is None and _waits_for(row, task, each)]
    tasks = tuple(replace(new, open_questions=tuple(waiting)) if each.id == task.id else each for each in plan.tasks)
    unread = tuple(cell for cell in plan.unread if cell[0] != task.id or row.unread)
    return replace(plan, tasks=tasks, questions=questions, unread=unread)


def _asked_now(
    plan: Plan, task: Task, given: Mapping[str, Question], choices: Mapping[str, str]
) -> tuple[Question, ...]:
    """The plan's questions in their order, this task's replaced by those that its row gives now."""
    found: list[Question] = []
    fresh = dict(given)
    for each in plan.questions:
        if each.id in fresh:
            found.append(replace(fresh.pop(each.id), offered=each.offered))
        elif (
            each.task != task.id or each.kind == "duplicate" or (each.answer is not None and not covered(each, choices))
        ):
            found.append(each)
    return (*found, *fresh.values())


def _waits_for(row: Row, task: Task, question: Question) -> bool:
    return question.task == task.id or bool(row.unread and question.id.startswith(f"{task.annex}-header-"))


def _unread(plan: Plan, task: Task) -> tuple[tuple[str, str], ...]:
    return tuple((heading, text) for key, heading, text in plan.unread if key == task.id)


def _place_column(plan: Plan, annex: str, directory: Directory) -> Plan:
    asked = tuple(each for each in plan.questions if each.id.startswith(f"{annex}-header-"))
    for task in plan.tasks:
        unread = _unread(plan, task)
        if str(task.annex) == annex and unread:
            plan = _put(plan, task, put_in_place(row_of(task, unread), asked), directory)
    return plan


def _keep(plan: Plan, question: Question, directory: Directory) -> Plan:
    """The plan with the measures that the answers about doubles leave, those left out before among them."""
    gone = left_out(plan.questions)
    back = [each for each in plan.aside if each.task.id not in gone]
    _refuse_lost(plan, question, gone)
    order = _order(plan)
    known = {task.id: task for task in (*plan.tasks, *(each.task for each in plan.aside))}
    leaving = [Aside(known[key], order[at - 1] if at else "") for at, key in enumerate(order) if key in gone]
    tasks = (replace(known[key], open_questions=_still(known[key], question)) for key in order if key not in gone)
    questions = tuple(each for each in plan.questions if each.task not in gone or each.kind == "duplicate")
    plan = replace(plan, tasks=tuple(tasks), questions=questions, aside=tuple(leaving))
    for each in back:
        plan = _put(plan, each.task, _row_now(plan, each.task), directory)
    return plan


def _still(task: Task, question: Question) -> tuple[str, ...]:
    return tuple(each for each in task.open_questions if each != question.id)


def _refuse_lost(plan: Plan, question: Question, gone: set[str]) -> None:
    """A plan of an earlier program did not keep what it left out."""
    second = question.task or ""
    there = {*(task.id for task in plan.tasks), *(each.task.id for each in plan.aside)}
    lost = [key for key in (second.rpartition("-")[0], second) if key not in gone and key not in there]
    if lost:
        raise ClerkError(
            _("{task} 以前去掉后没有留下，不能恢复。").format(task="、".join(lost)), _("请重新导入任务表。")
        )


def _order(plan: Plan) -> list[str]:
    """The ids of all measures as the table has them, those left out in their places."""
    order = [task.id for task in plan.tasks]
    for each in plan.aside:
        order.insert(order.index(each.after) + 1 if each.after in order else 0, each.task.id)
    return order


def _row_now(plan: Plan, task: Task) -> Row:
    """The texts of a measure, its columns put where the answers about headings say."""
    asked = tuple(each for each in plan.questions if each.id.startswith(f"{task.annex}-header-"))
    return put_in_place(row_of(task, _unread(plan, task)), asked)
