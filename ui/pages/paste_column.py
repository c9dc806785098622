"""Which task each cell of a pasted column goes to, and what follows from its figure. No widget."""

from collections.abc import Sequence

from desktop_app.desk.month import Row
from desktop_app.desk.save_entry import parse_number
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.fields.clipboard_column import cells
from ui.models.pasted import Pasted, PastedLine
from ui.models.task_list import shown_id
from ui.pages.figures import cumulative_from, figure, number, percent_of, rate, this_month_from


def lay_beside(text: str, rows: Sequence[Row], first: str, field: str) -> Pasted:
    """A column goes to the tasks with an amount from `first` on, as the list has them; with numbers, to these.

    ClerkError where it is neither.
    """
    found = cells(text)
    _refuse_table(found)
    if all(len(cell) > 1 for cell in found):
        return _by_number(found, {shown_id(row.task.id): row for row in rows}, field)
    if any(len(cell) > 1 for cell in found):
        raise ClerkError(_("有的行是两列，有的行是一列。"), _("请只复制一列数字，或复制编号和数字两列。"))
    ids = [row.task.id for row in rows]
    start = ids.index(first) if first in ids else 0
    free = [row for row in rows[start:] if row.target is not None]
    lines = tuple(_line(row, cell[0], field) for row, cell in zip(free, found, strict=False))
    return Pasted(lines, max(0, len(found) - len(free)))


def _refuse_table(found: list[list[str]]) -> None:
    if not found:
        raise ClerkError(_("剪贴板里没有文字。"), _("请先在表格里复制一列数字。"))
    if max(len(row) for row in found) > len(("number", "figure")):
        raise ClerkError(_("复制的内容有好几列，不知道用哪一列。"), _("请只复制一列数字，或复制编号和数字两列。"))


def _by_number(found: list[list[str]], rows: dict[str, Row], field: str) -> Pasted:
    lines, seen = [], set()
    for name, text in found:
        row = rows.get(name)
        if row is None or row.target is None or name in seen:
            why = _("没有这个编号") if row is None else _("这项没有数量") if row.target is None else _("编号重复")
            lines.append(PastedLine(name, row.task.title if row else "", "", text, {}, why))
        else:
            lines.append(_line(row, text, field))
        seen.add(name)
    return Pasted(tuple(lines), 0)


def _line(row: Row, text: str, field: str) -> PastedLine:
    before = figure(getattr(row.entry, field))
    try:
        value = parse_number(text)
    except ClerkError as problem:
        return PastedLine(row.task.id, row.task.title, before, text, {}, problem.title)
    if value is None:
        return PastedLine(row.task.id, row.task.title, before, "")
    return PastedLine(row.task.id, row.task.title, before, figure(value), _with_linked(row, field, figure(value)))


def _with_linked(row: Row, field: str, text: str) -> dict[str, object]:
    """本月 and 累计 follow each other, and the percent where it was not the clerk's own."""
    changes: dict[str, object] = {field: text}
    if field == "this_month":
        changes["cumulative"] = cumulative_from(row, text)
    elif field == "cumulative":
        changes["this_month"] = this_month_from(row, text)
    else:
        return changes
    before = percent_of(row, row.entry.cumulative)
    if row.entry.percent is None or rate(row, row.entry) == before:
        worked_out = percent_of(row, number(str(changes["cumulative"])))
        if worked_out is not None:
            changes["percent"] = figure(worked_out)
    return changes
