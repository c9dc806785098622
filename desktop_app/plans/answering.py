"""A person's answer to what an import could not derive."""

from dataclasses import replace

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Plan, Question, Task
from desktop_app.model.unit import Directory
from desktop_app.plans.duplicates import dropped_by
from desktop_app.plans.headers_asked import put_in_place
from desktop_app.plans.linking import link_indicators
from desktop_app.plans.task_table import Row
from desktop_app.plans.understanding import Setting, row_of, understand


def apply_answer(plan: Plan, question_id: str, choice: str, directory: Directory) -> Plan:
    """The plan with one question settled (or settled anew); ClerkError for an unknown id or an unusable choice."""
    question = next((each for each in plan.questions if each.id == question_id), None)
    if question is None:
        raise ClerkError(
            _("没有编号为 {id} 的待确认问题。").format(id=question_id), _("可用 plan show 查看还有哪些问题。")
        )
    answered = replace(question, answer=choice.strip())
    plan = replace(plan, questions=tuple(answered if each.id == question_id else each for each in plan.questions))
    if question.kind == "header":
        return _place_column(plan, question.id.partition("-")[0], directory)
    if question.kind == "duplicate":
        return _keep(plan, answered)
    return _again(plan, question, directory)


def _setting(plan: Plan, sheet: str, directory: Directory) -> Setting:
    answers = {each.id: each.answer for each in plan.questions if each.answer is not None}
    return Setting(directory, plan.year, sheet, answers)


def _sheet(plan: Plan, annex: int) -> str:
    return next((each.sheet for each in plan.annexes if each.number == annex), "")


def _again(plan: Plan, question: Question, directory: Directory) -> Plan:
    """Understand the question's task once more, now with the answer."""
    task = plan.task(question.task or "")
    if task is None:
        raise ClerkError(_("问题 {id} 对应的任务已不在计划里。").format(id=question.id), _("请重新导入任务表。"))
    return _put(plan, task, row_of(task, _unread(plan, task)), directory, read_targets_again=question.kind == "target")


def _put(plan: Plan, task: Task, row: Row, directory: Directory, *, read_targets_again: bool) -> Plan:
    got = understand(row, _setting(plan, _sheet(plan, task.annex), directory))
    new = (
        link_indicators(got.task, plan.indicators)[0] if read_targets_again else replace(got.task, targets=task.targets)
    )
    # The goal column is not kept, so its question is: it neither comes again from the row nor goes away.
    given = {question.id: question for question in got.questions}
    questions = [given.pop(each.id, each) for each in plan.questions]
    sheet_wide = [
        each.id
        for each in questions
        if each.answer is None
        and (each.task == task.id or (row.unread and each.id.startswith(f"{task.annex}-header-")))
    ]
    still = dict.fromkeys((*sheet_wide, *(each.id for each in given.values() if each.answer is None)))
    new = replace(new, open_questions=tuple(still))
    tasks = tuple(new if each.id == task.id else each for each in plan.tasks)
    unread = tuple(cell for cell in plan.unread if cell[0] != task.id or row.unread)
    return replace(plan, tasks=tasks, questions=(*questions, *given.values()), unread=unread)


def _unread(plan: Plan, task: Task) -> tuple[tuple[str, str], ...]:
    return tuple((heading, text) for key, heading, text in plan.unread if key == task.id)


def _place_column(plan: Plan, annex: str, directory: Directory) -> Plan:
    asked = tuple(each for each in plan.questions if each.id.startswith(f"{annex}-header-"))
    for task in plan.tasks:
        unread = _unread(plan, task)
        if str(task.annex) == annex and unread:
            row = put_in_place(row_of(task, unread), asked)
            plan = _put(plan, task, row, directory, read_targets_again=row.measure != task.measure)
    return plan


def _keep(plan: Plan, question: Question) -> Plan:
    dropped = dropped_by(question)
    tasks = tuple(
        replace(task, open_questions=tuple(each for each in task.open_questions if each != question.id))
        for task in plan.tasks
        if task.id != dropped
    )
    questions = tuple(each for each in plan.questions if each.task != dropped or each.id == question.id)
    unread = tuple(cell for cell in plan.unread if cell[0] != dropped)
    return replace(plan, tasks=tasks, questions=questions, unread=unread)
