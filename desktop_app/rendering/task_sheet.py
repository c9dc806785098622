"""One task on a sheet of its own, for whoever carries it out."""

from desktop_app.model.entry import Entry
from desktop_app.model.finding import Finding
from desktop_app.model.report_body import Report, ReportTask
from desktop_app.rendering.blocks import Row, Space, Text, row
from desktop_app.rendering.editions import Shown
from desktop_app.rendering.faces import FANG, HEI
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import PORTRAIT
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import BODY_WIDTH, TITLE, Align, Style
from desktop_app.rendering.task_table import texts
from desktop_app.rendering.wording import NONE, measure_word, number, percent, size, status, targets

_LABEL = Style(HEI, 12.0, 19.0, Align.LEFT)
_VALUE = Style(FANG, 12.0, 19.0)
_COLUMNS = (112.0, BODY_WIDTH - 112.0)
_WHOLE = 200.0
_NAMES = Style(FANG, 14.0, 30.0, Align.LEFT)


def write(flow: Flow, report: Report, item: ReportTask) -> None:
    """Set the sheet."""
    flow.begin(PORTRAIT)
    flow.bookmark(0, f"任务 {item.task.id}")
    flow.add(Text.of("单项任务进展表", TITLE, BODY_WIDTH, Kind.TITLE))
    flow.add(Space(12.0))
    flow.table([], [*_facts(report, item), *_written(report, item)])
    flow.add(Space(14.0))
    people = report.people
    flow.add(Text.of(f"填报人：{people.preparer}　　　　　　审核人：{people.reviewer}", _NAMES, BODY_WIDTH))


def _facts(report: Report, item: ReportTask) -> list[Row]:
    task, entry = item.task, report.entry(item.task.id) or Entry(item.task.id)
    unit = measure_word(task, report.unit.code)
    pairs = (
        ("附件", f"{task.annex}　{item.annex_title}"),
        ("序号", task.number),
        ("重点任务", ("★" if task.key and "★" not in task.title else "") + task.title),
        ("工作措施", task.measure),
        ("完成时限", task.deadline.raw or NONE),
        ("目标", targets(task, report.unit.code)),
        ("进展状态", status(entry)),
        ("本月完成", number(entry.this_month, unit)),
        ("累计完成", number(entry.cumulative, unit)),
        ("在施", number(entry.under_way, unit)),
        ("完成率", percent(entry.percent)),
    )
    return [_row(label, text) for label, text in pairs if label != "在施" or entry.under_way is not None]


def _written(report: Report, item: ReportTask) -> list[Row]:
    entry = report.entry(item.task.id)
    rows = [_row(label, text or NONE) for label, text in texts(entry, Shown())] if entry and not entry.empty else []
    rows += [_row(f"校验提示 {found.code}", _said(found)) for found in report.findings if found.task == item.task.id]
    files = [file for file in report.evidence if file.task_id == item.task.id]
    rows += [_row("佐证材料", f"{file.name}（{size(file.size)}）\n{file.sha256}") for file in files]
    return rows


def _said(found: Finding) -> str:
    return found.message + (f"\n情况说明：{found.explanation}" if found.explanation else "")


def _row(label: str, text: str) -> Row:
    return row((label, text), _COLUMNS, (_LABEL, _VALUE), whole=_WHOLE)
