"""一、总体情况: the month in numbers, by annex as a table and as a small chart."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from desktop_app.model.entry import Entry, Status
from desktop_app.model.report_body import Report, ReportTask
from desktop_app.rendering.blocks import Drawn, Row, Space, Text, row
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import Page, Tint, Words
from desktop_app.rendering.structure import Kind, Node
from desktop_app.rendering.styles import BODY_WIDTH, CELL, CELL_CENTRE, HEAD, Align, Style, text_width
from desktop_app.rendering.wording import NONE

GROUPS = (
    ("已完成", (Status.DONE,)),
    ("正常推进", (Status.ON_TRACK, Status.ONGOING)),
    ("前期准备", (Status.PREPARING,)),
    ("未启动", (Status.NOT_STARTED,)),
    ("进度滞后", (Status.BEHIND,)),
    ("逾期", (Status.OVERDUE,)),
)
# What the chart tells apart: label, the groups above that it counts, and its grey. Black is what needs looking at.
_BARS = (("已完成", (0,), 0.55), ("按期推进", (1, 2), 0.82), ("未启动", (3,), 1.0), ("滞后或逾期", (4, 5), 0.0))
_COLUMNS = (BODY_WIDTH - 310.0, 40.0, 50.0, 50.0, 50.0, 40.0, 50.0, 30.0)
_HEAD = replace(HEAD, size=9.5)
_NAME = Style(CELL.face, 9.0, 12.0, Align.LEFT)
_NAMES, _BAR, _STEP = 96.0, 10.0, 15.0  # points: width of the names, height of a bar, from one bar to the next
_LIGHT = 0.5  # from this grey on, numbers on a bar are black, below it white


@dataclass(frozen=True, slots=True)
class Tally:
    """How the tasks of one annex stand: counts by group of status, nil reports and rows not filled."""

    tasks: int
    groups: tuple[int, ...]
    nil: int
    missing: int

    @property
    def bars(self) -> tuple[int, ...]:
        """The counts that the chart shows."""
        return tuple(sum(self.groups[place] for place in places) for _label, places, _grey in _BARS)


def _filled(report: Report) -> dict[str, Entry]:
    """What was filled in, by task."""
    return {entry.task_id: entry for entry in report.entries if not entry.empty}


def _tally(filled: dict[str, Entry], tasks: tuple[ReportTask, ...]) -> Tally:
    """Count the entries of these tasks."""
    entries = [filled[item.task.id] for item in tasks if item.task.id in filled]
    counts = Counter(entry.status for entry in entries if entry.status)
    groups = tuple(sum(counts[status] for status in members) for _label, members in GROUPS)
    return Tally(len(tasks), groups, sum(entry.nil for entry in entries), len(tasks) - len(entries))


def annexes(report: Report) -> dict[tuple[int, str], tuple[ReportTask, ...]]:
    """The tasks by annex number and title, in the plan's order."""
    grouped: dict[tuple[int, str], list[ReportTask]] = {}
    for item in report.tasks:
        grouped.setdefault((item.task.annex, item.annex_title), []).append(item)
    return {key: tuple(items) for key, items in grouped.items()}


def sentence(report: Report) -> str:
    """The whole month in one sentence."""
    whole = _tally(_filled(report), report.tasks)
    required = sum(item.required for item in report.tasks)
    said = [f"{label}{count}项" for (label, _members), count in zip(GROUPS, whole.groups, strict=True) if count]
    said += [f"零报告{whole.nil}项"] if whole.nil else []
    said += [f"未填报{whole.missing}项"] if whole.missing else []
    optional = f"（主责{required}项，牵头或协办{whole.tasks - required}项）" if required < whole.tasks else ""
    return f"本次报送任务{whole.tasks}项{optional}" + "".join(f"，{part}" for part in said) + "。"


def write(flow: Flow, report: Report) -> None:
    """The table by annex, and the chart under it."""
    filled = _filled(report)
    counted = [(_short(name), _tally(filled, tasks)) for (_number, name), tasks in annexes(report).items()]
    names = ["附件", "任务", *(label for label, _members in GROUPS)]
    rows = [_row(name, tally) for name, tally in (*counted, ("合计", _tally(filled, report.tasks)))]
    flow.add(Space(6.0))
    flow.table([row(names, _COLUMNS, _HEAD, grey=0.92, middle=True)], rows)
    if counted:
        flow.add(_chart(counted))


def _short(name: str) -> str:
    """An annex's own subject: 北京市大气污染防治2023年行动计划——… is 大气污染防治."""
    return re.sub(r"^北京市|\d{4}年.*$|——.*$", "", name) or name


def _row(name: str, counted: Tally) -> Row:
    cells = [name, str(counted.tasks), *(str(count) if count else NONE for count in counted.groups)]
    return row(cells, _COLUMNS, [CELL, *[CELL_CENTRE] * (len(_COLUMNS) - 1)], middle=True, whole=100.0)


def _chart(counted: list[tuple[str, Tally]]) -> Drawn:
    """One bar an annex, as long as it has tasks, with the numbers on it; a legend below."""
    said = "；".join(f"{name}{tally.tasks}项：{_said(tally)}" for name, tally in counted)
    node = Node(Kind.FIGURE, alt=f"条形图，各附件任务的进展。{said}。")
    most = max(tally.tasks for _name, tally in counted)
    unit = (BODY_WIDTH - _NAMES) / max(1, most)

    def draw(page: Page, x: float, top: float) -> None:
        for index, (name, tally) in enumerate(counted):
            bottom = top - 8.0 - index * _STEP - _BAR
            _label(page, name, x, bottom, _NAMES - 6.0, node)
            left = x + _NAMES
            for count, (_what, _places, grey) in zip(tally.bars, _BARS, strict=True):
                left = _piece(page, left, bottom, unit * count, grey, str(count) if count else "", node)
        _legend(page, x + _NAMES, top - 8.0 - len(counted) * _STEP - _BAR, node)

    return Drawn(8.0 + (len(counted) + 1) * _STEP + 4.0, draw)


def _said(counted: Tally) -> str:
    pieces = [f"{label}{count}项" for (label, _places, _grey), count in zip(_BARS, counted.bars, strict=True) if count]
    return "、".join(pieces) or "未填报"


def _label(page: Page, text: str, x: float, bottom: float, room: float, node: Node) -> None:
    """A name on one line, cut where it is too long: it stands whole in the table above."""
    while text and text_width(_NAME, text) > room:
        text = text[:-2] + "…" if len(text) > 2 else ""
    Text(Text.of(text, _NAME, room).lines, _NAME, room, node).draw(page, x, bottom + _BAR + 1.0)


def _piece(page: Page, left: float, bottom: float, width: float, grey: float, number: str, node: Node) -> float:
    """One piece of a bar; where it ends."""
    if width:
        page.tints.append(Tint(left, bottom, width, _BAR, grey))
        page.frame_box(left, bottom + _BAR, width, _BAR, 0.4)
        inside = left + (width - text_width(_NAME, number)) / 2
        if inside > left + 1.0:
            ink = 0.0 if grey >= _LIGHT else 1.0
            page.words.append(Words(inside, bottom + 1.8, number, _NAME.face, _NAME.size, 0.0, node, ink))
    return left + width


def _legend(page: Page, x: float, bottom: float, node: Node) -> None:
    for label, _places, grey in _BARS:
        page.tints.append(Tint(x, bottom + 1.0, 8.0, 8.0, grey))
        page.frame_box(x, bottom + 9.0, 8.0, 8.0, 0.4)
        Text(Text.of(label, _NAME, 80.0).lines, _NAME, 80.0, node).draw(page, x + 11.0, bottom + _BAR + 1.0)
        x += 26.0 + text_width(_NAME, label)
