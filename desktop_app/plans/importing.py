"""A whole plan from the bureau's workbook."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Annex, Indicator, Plan, Question, Task
from desktop_app.model.unit import Directory
from desktop_app.plans.caption import document_number, is_sample, plan_title, plan_year, read_caption
from desktop_app.plans.cells import Sheet, Workbook
from desktop_app.plans.duplicates import dropped_by, tell_apart
from desktop_app.plans.headers_asked import ask_headers, put_in_place
from desktop_app.plans.headings import Header, find_header
from desktop_app.plans.indicator_table import header_top, read_indicators
from desktop_app.plans.linking import link_indicators
from desktop_app.plans.task_table import Row, read_rows
from desktop_app.plans.understanding import Setting, understand
from desktop_app.plans.workbook import read_workbook

_SHOWN = 8
_FURTHEST_ANNEX = 99


@dataclass(frozen=True)
class SheetSummary:
    """What one sheet of the file gave; a sheet of district indicators holds no measures."""

    title: str
    annex: int
    measures: int
    indicators: int


@dataclass(frozen=True)
class PlanImport:
    """A plan as it was understood, and what each table sheet gave."""

    plan: Plan
    sheets: tuple[SheetSummary, ...]


@dataclass
class _Found:
    """What the sheets have given so far."""

    annexes: dict[int, Annex] = field(default_factory=dict)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    summaries: list[SheetSummary] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


def import_plan(data: bytes, name: str, directory: Directory, answers: Mapping[str, str] | None = None) -> PlanImport:
    """Read a task table, whole or not at all; `answers` settles questions by id. ClerkError where it is no table."""
    return from_workbook(read_workbook(data, name), data, name, directory, answers or {})


def from_workbook(
    book: Workbook, data: bytes, name: str, directory: Directory, answers: Mapping[str, str]
) -> PlanImport:
    """A plan from sheets that were read already; `data` is the file itself, whose sha256 becomes the plan's id."""
    found = _Found()
    for place, sheet in enumerate(book.sheets, start=1):
        _take_sheet(sheet, place, found, directory, answers)
    if not found.rows:
        raise ClerkError(
            _("「{name}」里没有找到任务表，没有导入。").format(name=name),
            _("任务表要有一行表头，写明序号、工作措施、完成时限、主责单位等列，并至少有一项任务。"),
        )
    year = _year(book, found, name)
    tasks = _understand_all(found, year, directory, answers)
    known = {question.id for question in found.questions}
    unused = [key for key in answers if key not in known]
    if unused:
        found.warnings.append(
            _("有{count}条答复不对应这份表里的问题：{ids}。").format(count=len(unused), ids="、".join(unused[:_SHOWN]))
        )
    sample = is_sample(book)
    kept = {task.id for task in tasks}
    plan = Plan(
        id=hashlib.sha256(data).hexdigest(),
        year=year,
        title=plan_title(book, year, sample=sample),
        document_number=document_number(book, year),
        revision=1,
        source=name,
        sample=sample,
        annexes=tuple(annex for _number, annex in sorted(found.annexes.items())),
        tasks=tasks,
        indicators=tuple(found.indicators),
        questions=tuple(found.questions),
        warnings=tuple(dict.fromkeys(found.warnings)),
        unread=tuple((row.id, *cell) for _sheet, row in found.rows for cell in row.unread if row.id in kept),
    )
    return PlanImport(plan, tuple(found.summaries))


def _year(book: Workbook, found: _Found, name: str) -> int:
    """The plan's year by its words, else by the file's own date with a warning; ClerkError where there is neither."""
    year = plan_year(book, [annex.title for annex in found.annexes.values()])
    if year is not None:
        return year
    if book.year is None:
        raise ClerkError(
            _("「{name}」里看不出是哪一年的计划，没有导入。").format(name=name),
            _("请在表的标题里写明年份，例如「2023年行动计划」。"),
        )
    text = _("表里没有写明年份，暂按文件的日期当作{year}年的计划，请核对。")
    found.warnings.append(text.format(year=book.year))
    return book.year


def _take_sheet(sheet: Sheet, place: int, found: _Found, directory: Directory, answers: Mapping[str, str]) -> None:
    if not sheet.cells:
        return
    header = find_header(sheet)
    top = header.top if header else header_top(sheet, directory)
    if top is None:
        found.warnings.append(_("工作表「{sheet}」不是任务表，没有读取。").format(sheet=sheet.title))
        return
    caption = read_caption(sheet, top)
    number = caption.annex if caption.annex is not None and 0 < caption.annex <= _FURTHEST_ANNEX else None
    annex = number or _free_number(place, found)
    if header:
        notes = _take_tasks(sheet, header, annex, found, answers)
    else:
        notes = _take_indicators(sheet, annex, found, directory)
    before = found.annexes.get(annex)
    earlier = before.notes if before else ()
    title, kept = (before.title, before.sheet) if before else (caption.title, sheet.title)
    found.annexes[annex] = Annex(annex, title, kept, (*earlier, *caption.notes, *notes))
    found.warnings.extend(_oddities(sheet))


def _free_number(place: int, found: _Found) -> int:
    number = place
    while number in found.annexes:
        number += 1
    return number


def _take_tasks(sheet: Sheet, header: Header, annex: int, found: _Found, answers: Mapping[str, str]) -> tuple[str, ...]:
    asked = ask_headers(sheet.title, annex, header, answers)
    table = read_rows(sheet, header, annex)
    rows, doubles = tell_apart([put_in_place(row, asked) for row in table.rows], sheet.title, answers, found.taken)
    known = {question.id for question in found.questions}
    found.questions.extend(question for question in (*asked, *doubles) if question.id not in known)
    found.rows.extend((sheet.title, row) for row in rows)
    found.warnings.extend(table.warnings)
    found.summaries.append(SheetSummary(sheet.title, annex, len(rows), 0))
    ignored = [text for text in header.others.values() if not any(text in question.choices for question in asked)]
    if ignored:
        text = _("{sheet}的「{columns}」列没有读取。")
        found.warnings.append(text.format(sheet=sheet.title, columns="」「".join(ignored)))
    return tuple(table.notes)


def _take_indicators(sheet: Sheet, annex: int, found: _Found, directory: Directory) -> tuple[str, ...]:
    table = read_indicators(sheet, annex, directory)
    if table is None:
        return ()
    found.indicators.extend(table.indicators)
    found.warnings.extend(table.warnings)
    found.summaries.append(SheetSummary(sheet.title, annex, 0, len(table.indicators)))
    return table.notes


def _understand_all(found: _Found, year: int, directory: Directory, answers: Mapping[str, str]) -> tuple[Task, ...]:
    dropped = {
        dropped_by(question)
        for question in found.questions
        if question.kind == "duplicate" and question.answer is not None
    }
    waiting = {question.id: question for question in found.questions if question.answer is None}
    tasks: list[Task] = []
    for sheet, row in found.rows:
        if row.id in dropped:
            continue
        got = understand(row, Setting(directory, year, sheet, answers))
        task, short = link_indicators(got.task, tuple(found.indicators))
        tasks.append(replace(task, open_questions=(*_waiting_for(row, waiting), *task.open_questions)))
        found.questions.extend(got.questions)
        found.warnings.extend((*got.warnings, *([short] if short else [])))
    return tuple(tasks)


def _waiting_for(row: Row, waiting: Mapping[str, Question]) -> tuple[str, ...]:
    """The sheet's and the number's own open questions that this row stands under."""
    headers = [key for key in waiting if row.unread and key.startswith(f"{row.annex}-header-")]
    return (*headers, *(key for key, question in waiting.items() if question.task == row.id))


def _oddities(sheet: Sheet) -> list[str]:
    """What a person should know about a sheet before relying on it."""
    rows = [row for row in sheet.hidden_rows if row in set(sheet.rows)]
    columns = [column for column in sheet.hidden_columns if column in set(sheet.columns)]
    said = (
        (sheet.hidden, _("工作表「{sheet}」是隐藏的，已照样读入。"), ""),
        (rows, _("{sheet}有隐藏的行，已照样读入：{list}。"), "、".join(map(str, rows[:_SHOWN]))),
        (columns, _("{sheet}有隐藏的列，已照样读入：{list}。"), "、".join(map(str, columns[:_SHOWN]))),
        (
            sheet.bare_formulas,
            _("{sheet}有公式没有存下结果，按空白处理：{list}。请打开后另存一次再导入。"),
            "、".join(sheet.bare_formulas[:_SHOWN]),
        ),
        (sheet.faulty, _("{sheet}有出错的单元格，按空白处理：{list}。"), "、".join(sheet.faulty[:_SHOWN])),
        (sheet.cleaned, _("{sheet}有{list}个单元格含看不见的控制字符，已去掉。"), str(sheet.cleaned)),
    )
    return [text.format(sheet=sheet.title, list=places) for present, text, places in said if present]
