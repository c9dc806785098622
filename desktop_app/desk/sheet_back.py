"""A month's workbook on its way back: what was typed into it since it was written, and nothing else.

A cell that nobody touched changes nothing; one that was emptied empties the field. Where book and workbook both went
on, neither is overwritten in silence: the row is refused and says so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.desk.month import MonthView
from desktop_app.desk.month_sheet import NO, YES, heads
from desktop_app.desk.save_entry import read_value
from desktop_app.errors import ClerkError
from desktop_app.language import LANGUAGES, _, speaking
from desktop_app.model.entry import ENTRY_FIELDS, FIELD_LABELS, NUMBER_FIELDS, Entry
from desktop_app.model.month_sheet import MEASURE, TASK
from desktop_app.model.plan import Task
from desktop_app.plans.cells import Sheet, squeeze
from desktop_app.plans.workbook import read_form

_WHOSE = re.compile(r"(\d{4}-\d{2}).*[（(]([^（()）]+)[)）]\s*$", re.ASCII | re.DOTALL)
_FIRST_ROWS = 30
_TICKS = ("√", "✓", "✔", "☑", "1")
_Values = Mapping[str, Any]


@dataclass(frozen=True)
class Trouble:
    """Why a row is not taken."""

    task: str
    field: str | None
    reason: str


@dataclass(frozen=True)
class _Form:
    """The sheet that was filled in, the row of its head, and which column holds what."""

    sheet: Sheet
    head: int
    columns: Mapping[str, int]

    def text(self, row: int, key: str) -> str:
        return self.sheet.own(row, self.columns[key]) if key in self.columns else ""


@dataclass(frozen=True)
class SheetBack:
    """A workbook that came back; `before` is what its open cells held when it was written, None where it lost that."""

    period: str
    unit_code: str
    form: _Form
    before: Mapping[str, _Values] | None


def read_back(data: bytes, name: str) -> SheetBack:
    """Read a workbook of ours; ClerkError where it is none, or does not say whose it is. `name` is the file's."""
    sheets = read_form(data, name).sheets
    known = heads()
    form = next(filter(None, (_form(sheet, known) for sheet in sheets if not sheet.hidden)), None)
    if form is None:
        raise ClerkError(
            _("「{name}」不是 sheet 命令写出的填报表。").format(name=name),
            _("能读的是 JSON 进展文件和 sheet 写出的 .xlsx 填报表；没有读入任何内容。"),
        )
    said = next(filter(None, (_WHOSE.search(form.sheet.own(row, 1)) for row in range(1, form.head))), None)
    if said is None:
        raise ClerkError(
            _("「{name}」里看不出是哪个单位、哪个月的填报表。").format(name=name),
            _("请用 sheet 命令重新写一份，把内容粘贴过去；没有读入任何内容。"),
        )
    before = next((_before(sheet) for sheet in sheets if sheet.own(1, 1) == TASK), None)
    return SheetBack(said[1], said[2], form, before)


def rows_of(back: SheetBack, view: MonthView) -> tuple[list[dict[str, Any]], list[Trouble]]:
    """The rows that hold anything, each with the fields that the book shall take, and why others are not taken."""
    known = {row.task.id: row for row in view.rows}
    rows: list[dict[str, Any]] = []
    troubles: list[Trouble] = []
    for number in (number for number in back.form.sheet.rows if number > back.form.head):
        name = back.form.text(number, TASK).strip()
        values = {key: _typed(key, back.form.text(number, key)) for key in ENTRY_FIELDS if key in back.form.columns}
        called = name or _("第 {n} 行").format(n=number)
        row = known.get(name)
        kept = row.entry if row else Entry(name)
        then = None if back.before is None else back.before.get(name, {})
        wrong = [*_about(back.form, number, row.task if row else None), *_overtaken(values, kept, then)]
        troubles += [Trouble(called, field, reason) for field, reason in wrong]
        changed = {key: value for key, value in values.items() if _is_new(key, value, kept, then)}
        if not wrong and (changed or not all(map(_blank, values.values()))):
            rows.append({"task": called, **changed})
    return rows, troubles


def _form(sheet: Sheet, known: Mapping[str, str]) -> _Form | None:
    for row in sheet.rows[:_FIRST_ROWS]:
        columns: dict[str, int] = {}
        for column, text in sheet.row_texts(row):
            key = known.get(text.strip())
            if key:
                columns.setdefault(key, column)
        if TASK in columns and any(field in columns for field in ENTRY_FIELDS):
            return _Form(sheet, row, columns)
    return None


def _before(hidden: Sheet) -> dict[str, dict[str, Any]]:
    """What stood in the open cells when the workbook was written, by task and field."""
    columns = dict(hidden.row_texts(1))
    return {
        hidden.own(row, 1): {
            key: _typed(key, hidden.own(row, column)) for column, key in columns.items() if key in ENTRY_FIELDS
        }
        for row in hidden.rows
        if row > 1
    }


def _typed(field: str, text: str) -> Any:
    """A cell as the book would keep it; the text itself where it cannot be that, for the refusal to name it."""
    if field == "nil":
        return _yes_or_no(text.strip())
    if field in NUMBER_FIELDS or field == "status":
        text = text.strip()
    try:
        return read_value(field, text)
    except ClerkError:
        return text


def _yes_or_no(text: str) -> bool | str:
    if text in _TICKS:
        return True
    for language in LANGUAGES:
        with speaking(language):
            if text in ("", _(NO), _(YES)):
                return text == _(YES)
    return text


def _about(form: _Form, number: int, task: Task | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the row itself: field and reason."""
    measure = squeeze(form.text(number, MEASURE))
    if task and measure and measure != squeeze(task.measure):
        yield MEASURE, _("这一行的工作措施和任务表里的不同：任务表修订过，或者这一行被改动过。")
    for field in ENTRY_FIELDS:
        if field in form.columns and form.sheet.unreckoned(number, form.columns[field]):
            said = _("「{label}」是公式，文件里没有它的结果，请填成数值或文字。")
            yield field, said.format(label=_(FIELD_LABELS[field]))


def _overtaken(values: _Values, kept: Entry, then: _Values | None) -> Iterator[tuple[str, str]]:
    """Fields that went on in the workbook and, since it was written, in the book as well."""
    for field, value in values.items() if then is not None else ():
        now, was = getattr(kept, field), then.get(field, value) if then else value
        if value not in (was, now) and now != was and not _blank(now):
            said = _("写出这张表以后，填报簿里的「{label}」又改过，两边不同；请在窗口里核对。")
            yield field, said.format(label=_(FIELD_LABELS[field]))


def _is_new(field: str, value: Any, kept: Entry, then: _Values | None) -> bool:
    """Whether the book shall take what a cell says: what was typed since, and what may fill a blank."""
    now = getattr(kept, field)
    if value == now and _blank(value) == _blank(now):
        return False
    if then is not None and value != then.get(field, value):
        return True
    return not _blank(value) and (then is None or _blank(now))


def _blank(value: Any) -> bool:
    return value is None or value == "" or value is False
