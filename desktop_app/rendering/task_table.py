"""The task table on landscape pages: a row of facts per task, and under it the month's words across the whole width."""

from collections.abc import Sequence

from desktop_app.model.entry import Entry
from desktop_app.model.report_body import Report, ReportTask
from desktop_app.rendering.blocks import Row, row
from desktop_app.rendering.editions import Shown
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import LANDSCAPE
from desktop_app.rendering.styles import (
    BODY_HEIGHT,
    BODY_WIDTH,
    CELL,
    CELL_CENTRE,
    HEAD,
    LABEL,
    SMALL,
    TEXT,
    Align,
    Style,
)
from desktop_app.rendering.summary import annexes
from desktop_app.rendering.wording import NONE, measure_word, number, percent, status, targets

_WIDTH = BODY_HEIGHT  # the portrait type area, turned
_SHARES = (40, 150, 84, 150, 70, 72, 84, 56)
_COLUMNS = [share * _WIDTH / sum(_SHARES) for share in _SHARES]
_HEADS = ("序号", "重点任务", "完成时限", "目标", "进展状态", "本月完成", "累计完成", "完成率")
_LEGEND = Style(SMALL.face, SMALL.size, 11.0, Align.CENTRE)
_LABEL = 106.0
# What is written on a task, and which of it is internal; how many lines the blank form leaves for it.
_PARTS = (
    ("本月进展", None),
    ("存在问题（原因）", "problems"),
    ("下一步工作安排", None),
    ("需市级协调事项", "coordination"),
)
_ROOM = (3, 1, 1, 1)
_WITHHELD = "不公开"  # a dash would say that there is no amount
_WHOLE = BODY_WIDTH * 0.5  # a text up to half a page high stays in one piece


def write(flow: Flow, report: Report, shown: Shown, *, blank: bool = False) -> None:
    """Set all tasks by annex."""
    if not report.tasks:
        return
    flow.begin(LANDSCAPE)
    flow.bookmark(0, "任务进展情况表")
    entries = {entry.task_id: entry for entry in report.entries}
    for (annex, title), tasks in annexes(report).items():
        caption = f"附件{annex}　{title}（{len(tasks)}项）"
        rows = [
            part for item in tasks for part in task_rows(report, item, entries.get(item.task.id), shown, blank=blank)
        ]
        flow.need(_WHOLE * 0.7)
        flow.bookmark(1, caption)
        flow.table(head_rows(caption, shown), rows)


def head_rows(caption: str, shown: Shown) -> list[Row]:
    """The head that stands on every page."""
    below = "、".join(label for label, part in _PARTS if part is None or part in shown)
    return [
        row([caption], [_WIDTH], Style(HEAD.face, 12.0, 16.0, Align.LEFT), grey=0.92),
        row(_HEADS, _COLUMNS, HEAD, grey=0.92, middle=True),
        row(
            [f"（每项任务之下依次列：工作措施、{below}）"],
            [_WIDTH],
            Style(SMALL.face, 9.0, 11.0, Align.CENTRE),
            grey=0.92,
        ),
    ]


def task_rows(report: Report, item: ReportTask, entry: Entry | None, shown: Shown, *, blank: bool = False) -> list[Row]:
    """One task: facts, then what was written on it; or room to write by hand."""
    if blank:
        words: Sequence[tuple[str, str]] = [
            (label, "\n".join(" " * lines)) for (label, _part), lines in zip(_PARTS, _ROOM, strict=True)
        ]
    else:
        words = texts(entry, shown) if entry and not entry.empty else [("本月进展", "（未填报）")]
    rows = [_facts(report, item, entry or Entry(item.task.id), shown, blank=blank)]
    for label, text in (("工作措施", item.task.measure), *words):
        if text.strip() or blank:
            # The measure stays with the facts above and the progress below; what is filled by hand stays together.
            joined = label == "工作措施" or (blank and label != words[-1][0])
            rows.append(row([label, text], [_LABEL, _WIDTH - _LABEL], [LABEL, TEXT], whole=_WHOLE, with_next=joined))
    return rows


def texts(entry: Entry, shown: Shown) -> Sequence[tuple[str, str]]:
    """Label and text of what was written, as far as this edition prints it."""
    nil = (
        f"本月无新增进展（零报告）。原因：{entry.nil_reason}"
        if entry.nil_reason.strip()
        else "本月无新增进展（零报告）。"
    )
    written = (entry.narrative, entry.problems, entry.next_steps, entry.coordination)
    pairs = [
        (label, text) for (label, part), text in zip(_PARTS, written, strict=True) if part is None or part in shown
    ]
    return [("零报告", nil), *pairs] if entry.nil else pairs


def _facts(report: Report, item: ReportTask, entry: Entry, shown: Shown, *, blank: bool = False) -> Row:
    task, unit = item.task, measure_word(item.task, report.unit.code)
    cumulative = number(entry.cumulative, unit)
    if entry.under_way is not None:
        cumulative += f"（在施{number(entry.under_way, unit)}）"
    title = ("★" if task.key and "★" not in task.title else "") + task.title + ("" if item.required else "（非主责）")
    figures = ("", "", "", "")
    if not blank:
        amounts = (number(entry.this_month, unit), cumulative, percent(entry.percent))
        figures = (status(entry), *((_WITHHELD,) * 3 if task.id in shown.figures_withheld else amounts))
    cells = (
        task.number, title, task.deadline.raw or NONE, targets(task, report.unit.code), *figures,
    )  # fmt: skip
    styles = (CELL_CENTRE, CELL, CELL, CELL, CELL_CENTRE, CELL_CENTRE, CELL_CENTRE, CELL_CENTRE)
    return row(cells, _COLUMNS, styles, grey=0.95, whole=_WHOLE, with_next=True)
