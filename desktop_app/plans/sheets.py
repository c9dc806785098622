"""The sheets of a file, one after the other: which are task tables, which district indicators, and what each gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.language import _
from desktop_app.model.plan import Annex, Indicator, Question
from desktop_app.model.unit import Directory
from desktop_app.plans.caption import read_caption
from desktop_app.plans.cells import Sheet
from desktop_app.plans.duplicates import tell_apart
from desktop_app.plans.headers_asked import ask_headers, put_in_place
from desktop_app.plans.headings import Header, find_header
from desktop_app.plans.indicator_table import header_top, read_indicators
from desktop_app.plans.task_table import Row, read_rows

_SHOWN = 8
_FURTHEST_ANNEX = 99


@dataclass(frozen=True)
class SheetSummary:
    """What one sheet of the file gave; a sheet of district indicators holds no measures."""

    title: str
    annex: int
    measures: int
    indicators: int


@dataclass
class Found:
    """What the sheets have given so far."""

    annexes: dict[int, Annex] = field(default_factory=dict)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    summaries: list[SheetSummary] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


def take_sheet(sheet: Sheet, place: int, found: Found, directory: Directory, answers: Mapping[str, str]) -> None:
    """Add what one sheet holds to what the sheets before it gave; `place` is its position in the file, from 1."""
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


def _free_number(place: int, found: Found) -> int:
    number = place
    while number in found.annexes:
        number += 1
    return number


def _take_tasks(sheet: Sheet, header: Header, annex: int, found: Found, answers: Mapping[str, str]) -> tuple[str, ...]:
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


def _take_indicators(sheet: Sheet, annex: int, found: Found, directory: Directory) -> tuple[str, ...]:
    table = read_indicators(sheet, annex, directory)
    if table is None:
        return ()
    found.indicators.extend(table.indicators)
    found.warnings.extend(table.warnings)
    found.summaries.append(SheetSummary(sheet.title, annex, 0, len(table.indicators)))
    return table.notes


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
