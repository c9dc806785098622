"""A whole plan from the bureau's workbook."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.plan import Aside, Decision, Plan, Question, Task
from desktop_app.model.sentence import Sentence, say
from desktop_app.model.unit import Directory
from desktop_app.plans.caption import document_number, is_sample, plan_title, plan_year
from desktop_app.plans.cells import Workbook
from desktop_app.plans.deciding import (
    ALL,
    FIELDS,
    MARKS,
    covered,
    decide,
    decide_indicator,
    figure,
    is_decision,
    is_district,
    mark,
)
from desktop_app.plans.duplicates import left_out
from desktop_app.plans.linking import link_indicators
from desktop_app.plans.notice import issue_dates, repeals
from desktop_app.plans.sheets import Found, SheetSummary, take_sheets
from desktop_app.plans.task_table import Row
from desktop_app.plans.understanding import Setting, understand
from desktop_app.plans.workbook import read_workbook

SECONDS = 9  # for the whole import, reading the file included
_SHOWN = 8


@dataclass(frozen=True)
class PlanImport:
    """A plan as it was understood, and what each table sheet gave."""

    plan: Plan
    sheets: tuple[SheetSummary, ...]


@dataclass(frozen=True)
class Source:
    """A file whose sheets were read. However often it is understood, that ends by `last` of the steady clock."""

    book: Workbook
    data: bytes
    name: str
    directory: Directory
    last: float


def open_source(data: bytes, name: str, directory: Directory) -> Source:
    """The file's sheets, read in a process of their own; ClerkError where they cannot be read."""
    book = read_workbook(data, name)
    return Source(book, data, name, directory, monotonic() + SECONDS - book.seconds)


def import_plan(data: bytes, name: str, directory: Directory, answers: Mapping[str, str] | None = None) -> PlanImport:
    """Read a task table, whole or not at all; `answers` settles questions by id. ClerkError where it is no table."""
    return understand_all(open_source(data, name, directory), answers or {})


def understand_all(source: Source, answers: Mapping[str, str]) -> PlanImport:
    """The plan that the sheets hold, with these answers; the sha256 of the file becomes its id."""
    book, name, directory = source.book, source.name, source.directory
    found = Found(warnings=list(book.warnings))
    take_sheets(book.sheets, found, directory, answers)
    if not found.rows and not found.indicators:
        raise ClerkError(
            _("「{name}」里没有找到任务表，没有导入。").format(name=name),
            _("任务表要有一行表头，写明序号、工作措施、完成时限、主责单位等列，并至少有一项任务。"),
        )
    year = _year(book, found, name)
    tasks, aside = _tasks(found, year, source, answers)
    used = _used(found, tasks, answers, directory)
    sample = is_sample(book)
    issued, effective = issue_dates(book, year)
    said = tuple(dict.fromkeys(found.warnings))
    plan = Plan(
        id=hashlib.sha256(source.data).hexdigest(),
        year=year,
        title=plan_title(book, year, sample=sample),
        document_number=document_number(book, year),
        revision=1,
        source=name,
        sample=sample,
        annexes=tuple(annex for _number, annex in sorted(found.annexes.items())),
        tasks=tasks,
        indicators=tuple(decide_indicator(row, answers) for row in found.indicators),
        questions=tuple(found.questions),
        warnings=tuple(each.chinese for each in said),
        warnings_said=said,
        unread=tuple((row.id, *cell) for _sheet, row in found.rows for cell in row.unread),
        issued=issued,
        effective=effective,
        repeals=repeals(book),
        aside=aside,
        decisions=tuple(Decision(key, answers[key], was=_said_before(key, found)) for key in used),
    )
    return PlanImport(plan, tuple(found.summaries))


def _year(book: Workbook, found: Found, name: str) -> int:
    """The plan's year by its words, else by the file's own date with a warning; ClerkError where there is neither."""
    year = plan_year(book, [annex.title for annex in found.annexes.values()], name)
    if year is not None:
        return year
    if book.year is None:
        raise ClerkError(
            _("「{name}」里看不出是哪一年的计划，没有导入。").format(name=name),
            _("请在表的标题里写明年份，例如「2023年行动计划」。"),
        )
    found.warnings.append(say(N_("表里没有写明年份，暂按文件的日期当作{year}年的计划，请核对。"), year=book.year))
    return book.year


def _tasks(
    found: Found, year: int, source: Source, answers: Mapping[str, str]
) -> tuple[tuple[Task, ...], tuple[Aside, ...]]:
    """The tasks of all rows, and the doubles that an answer leaves out; ClerkError where that is not done in time."""
    directory = source.directory
    dropped = left_out(found.questions)
    aside: list[Aside] = []
    before = ""
    waiting = _waiting(found.questions)
    indicators = tuple(found.indicators)
    decided = any(map(is_decision, answers))
    tasks: list[Task] = []
    for sheet, row in found.rows:
        after, before = before, row.id
        if monotonic() > source.last:
            raise ClerkError(_("任务表读了很久也没有读完，已停止。"), _("请只保留任务表，删去其他内容后再导入。"))
        try:
            got = understand(row, Setting(directory, year, sheet, answers))
            if row.id in dropped:
                aside.append(Aside(replace(got.task, open_questions=()), after))
                continue
            linked, short = link_indicators(got.task, indicators)
            task, lapsed = _decided(linked, answers, directory, year)
        except ClerkError as problem:  # an answer that cannot be taken: of many, which one
            raise ClerkError(f"{row.id}：{problem.title}", problem.advice) from problem
        asked = tuple(each for each in got.questions if not (decided and covered(each, answers)))
        still = tuple(each.id for each in asked if each.answer is None)
        still = (*_waiting_for(row, waiting), *still)
        tasks.append(replace(task, open_questions=still) if still != task.open_questions else task)
        found.questions.extend(asked)
        found.warnings.extend((*got.warnings, *([short] if short else []), *lapsed))
    return tuple(tasks), tuple(aside)


def _decided(task: Task, answers: Mapping[str, str], directory: Directory, year: int) -> tuple[Task, list[Sentence]]:
    """The task with what persons settled of it; a sentence for each confirmation that no longer fits its reading."""
    got = decide(task, answers, directory, year)
    text = N_("{task} 的{field}以前确认过，但现在读出的结果不同，请重新确认。")
    names = (say(FIELDS.get(name, N_("各项"))) for name in got.lapsed)
    return got.task, [say(text, task=task.id, field=name) for name in names]


def _said_before(key: str, found: Found) -> str:
    """What the table itself says under a decision, where the task or indicator does not keep it."""
    thing, _dot, name = key.rpartition(".")
    if name in MARKS:
        row = next((row for _sheet, row in found.rows if row.id == thing), None)
        value = (row.key if name == "key" else row.obligation or None) if row else None
        return mark(name, value)
    indicator = next((each for each in found.indicators if each.id == thing), None)
    return figure(indicator, name) if indicator and is_decision(key) and name not in (*FIELDS, ALL) else ""


def _used(found: Found, tasks: tuple[Task, ...], answers: Mapping[str, str], directory: Directory) -> list[str]:
    """The answers that speak of something in this table; a warning names the others."""
    known = {question.id for question in found.questions}
    things = {task.id for task in tasks} | {row.id for row in found.indicators}

    def fits(key: str) -> bool:
        thing, _dot, name = key.rpartition(".")
        return is_decision(key) and thing in things and (name in (*FIELDS, ALL) or is_district(name, directory))

    used = [key for key in answers if key in known or fits(key)]
    taken = set(used)
    unused = [key for key in answers if key not in taken]
    if unused:
        found.warnings.append(
            say(N_("有{count}条答复不对应这份表里的问题：{ids}。"), count=len(unused), ids="、".join(unused[:_SHOWN]))
        )
    return used


def _waiting(questions: list[Question]) -> Mapping[str, list[str]]:
    """Open questions by the task, or by the annex of the columns, that they are about."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        if question.answer is None:
            annex, header, _name = question.id.partition("-header-")
            waiting[(question.task or "") if not header else annex].append(question.id)
    return waiting


def _waiting_for(row: Row, waiting: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The sheet's and the number's own open questions that this row stands under."""
    headers = waiting.get(str(row.annex), ()) if row.unread else ()
    return (*headers, *waiting.get(row.id, ()))
