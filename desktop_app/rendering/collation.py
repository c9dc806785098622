"""All units' rows as a workbook or a CSV. Figures are numbers, texts are texts and never formulas."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from desktop_app.model.collation import STANDING_WORDS, CollatedRow, MonthStanding, Standing
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.period import Period
from desktop_app.model.plain import decimal_text

Cell = str | int | Decimal | None
_FIGURES = ("this_month", "cumulative", "percent", "under_way")
_TEXTS = ("narrative", "problems", "next_steps", "coordination", "nil_reason")
_HEADS = (
    "单位代码", "报送单位", "版次", "状态", "附件", "任务", "重点任务", "主责", "目标值", "计量单位", "进展状态",
    *(FIELD_LABELS[name] for name in _FIGURES), "零报告", *(FIELD_LABELS[name] for name in _TEXTS),
)  # fmt: skip
_WIDTHS = (10, 26, 6, 8, 6, 8, 24, 6, 10, 10, 10, 10, 10, 10, 8, 8, 50, 40, 40, 30, 30)
_STANDING_HEADS = ("单位代码", "报送单位", "状态", "版次", "是否按时", "错误", "警示", "未说明", "收到时间", "校验码")
_TOTAL_HEADS = (
    "附件", "任务", "重点任务", "计量单位", "报送单位数", "本月完成合计", "累计完成合计", "在施合计", "已完成单位数",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters that a cell of a workbook can hold
_TOP = Alignment(vertical="top", wrap_text=True)
_GREY = PatternFill("solid", fgColor="E8EEF4")


@dataclass
class _Total:
    """One task over all units; amounts are added only where they are counted in the same measure word."""

    annex: int
    title: str
    units: int = 0
    done: int = 0
    sums: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def add(self, row: CollatedRow) -> None:
        """Count a row in."""
        self.units += not row.entry.empty
        self.done += row.entry.status == "done"
        sums = self.sums.setdefault(row.measure_word, {})
        for name in ("this_month", "cumulative", "under_way"):
            value = getattr(row.entry, name)
            if value is not None:
                sums[name] = sums.get(name, Decimal(0)) + value


def as_csv(rows: Iterable[CollatedRow]) -> bytes:
    """One table in UTF-8 with a mark, so that Excel and WPS read it as that."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    for row in rows:
        writer.writerow([_csv(cell) for cell in _cells(row)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_workbook(period: Period, standing: MonthStanding, rows: Iterable[CollatedRow]) -> bytes:
    """A sheet of the units, one of totals, and one for each annex; rows are written as they come."""
    book = Workbook(write_only=True)
    _standing(book, period, standing)
    sheets: dict[int, Any] = {}
    totals: dict[str, _Total] = {}
    for row in rows:
        if row.annex not in sheets:
            sheets[row.annex] = _sheet(book, f"附件{row.annex}", _HEADS, _WIDTHS)
        sheet = sheets[row.annex]
        sheet.append([_made(sheet, cell) for cell in _cells(row)])
        totals.setdefault(row.task_id, _Total(row.annex, row.title)).add(row)
    _totals(book, totals)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(row: CollatedRow) -> list[Cell]:
    entry = row.entry
    return [
        row.unit_code, row.unit_name, row.revision, STANDING_WORDS[row.standing], row.annex, row.task_id, row.title,
        "是" if row.required else "", row.target, row.measure_word, entry.status.label if entry.status else "",
        *(getattr(entry, name) for name in _FIGURES), "是" if entry.nil else "",
        *(getattr(entry, name) for name in _TEXTS),
    ]  # fmt: skip


def _standing(book: Workbook, period: Period, standing: MonthStanding) -> None:
    sheet = _sheet(book, f"{period} 报送情况", _STANDING_HEADS, (10, 30, 10, 6, 10, 8, 8, 8, 20, 24))
    for unit in standing.units:
        timely = "" if unit.on_time is None else "按时" if unit.on_time else "逾期"
        came = unit.received_at.strftime("%Y-%m-%d %H:%M") if unit.received_at else ""
        cells: list[Cell] = [
            unit.code, unit.name, STANDING_WORDS[unit.standing], unit.revision or None, timely,
            unit.errors, unit.warnings, unit.unexplained, came, unit.check_code,
        ]  # fmt: skip
        sheet.append([_made(sheet, cell) for cell in cells])
    words = [f"{STANDING_WORDS[each]} {standing.count(each)}" for each in Standing]
    words += [f"按时 {standing.on_time}", f"逾期 {standing.late}"]
    sheet.append([_made(sheet, cell) for cell in ("", f"合计 {len(standing.units)} 家：{'，'.join(words)}")])


def _totals(book: Workbook, totals: dict[str, _Total]) -> None:
    sheet = _sheet(book, "合计", _TOTAL_HEADS, (6, 8, 30, 10, 10, 14, 14, 12, 12))
    for task_id, total in totals.items():
        for word, sums in total.sums.items():
            figures = [sums.get(name) for name in ("this_month", "cumulative", "under_way")]
            cells: list[Cell] = [total.annex, task_id, total.title, word, total.units, *figures, total.done]
            sheet.append([_made(sheet, cell) for cell in cells])


def _sheet(book: Workbook, title: str, heads: tuple[str, ...], widths: tuple[int, ...]) -> Any:
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths):
        letters = chr(ord("A") + number)
        sheet.column_dimensions[letters].width = width
    made = []
    for head in heads:
        cell = _made(sheet, head)
        cell.font, cell.fill = Font(bold=True), _GREY
        made.append(cell)
    sheet.append(made)
    return sheet


def _made(sheet: Any, value: Cell) -> Any:
    """Numbers as numbers; text as text, whatever it begins with; what XML cannot hold is named by its code point."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub(lambda found: f"U+{ord(found[0]):04X}", value)[:_LONGEST]
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"
        cell.alignment = _TOP
        if text[:1] in _RISKY:
            cell.quotePrefix = True
        return cell
    cell = WriteOnlyCell(sheet)
    cell.value = value
    return cell


def _csv(value: Cell) -> str:
    """Text that a spreadsheet would reckon gets an apostrophe before it; figures are plain decimals."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return decimal_text(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in _RISKY else text
