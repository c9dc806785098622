"""The covering letter 报送函, set by GB/T 9704-2012: title, addressee, summary, signature with room for the seal."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from desktop_app.model.entry import Status
from desktop_app.model.report import Report, ReportTask
from desktop_app.rendering.blocks import Drawn, Row, Space, Text, row
from desktop_app.rendering.breaking import Line
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import PORTRAIT, Page, Tint
from desktop_app.rendering.structure import Kind, Node
from desktop_app.rendering.styles import (
    BODY,
    BODY_FLUSH,
    BODY_LEADING,
    BODY_WIDTH,
    CELL,
    CELL_CENTRE,
    HEAD,
    LEVEL_ONE,
    MM,
    NOTE,
    TITLE,
    Align,
    Style,
    text_width,
)
from desktop_app.rendering.wording import DEPARTMENT, NONE, SAMPLE, day

SEAL = 50 * MM  # kept blank over name and date: seals are 42 or 45 mm
GROUPS = (
    ("已完成", (Status.DONE,)),
    ("正常推进", (Status.ON_TRACK, Status.ONGOING)),
    ("前期准备", (Status.PREPARING,)),
    ("未启动", (Status.NOT_STARTED,)),
    ("进度滞后", (Status.BEHIND,)),
    ("逾期", (Status.OVERDUE,)),
)
_GREYS = (0.25, 0.5, 0.68, 0.82, 0.92, 1.0)
_COLUMNS = (BODY_WIDTH - 342.0, 30.0, 38.0, 47.0, 47.0, 38.0, 47.0, 30.0, 65.0)
_HEAD = replace(HEAD, size=9.5)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the tasks of one annex stand: counts by group of status, nil reports and rows not filled."""

    tasks: int
    groups: tuple[int, ...]
    nil: int
    missing: int


def tally(report: Report, tasks: tuple[ReportTask, ...]) -> Tally:
    """Count the entries of these tasks."""
    entries = [report.entry(item.task.id) for item in tasks]
    counts = Counter(entry.status for entry in entries if entry and entry.status)
    groups = tuple(sum(counts[status] for status in members) for _label, members in GROUPS)
    filled = [entry for entry in entries if entry and not entry.empty]
    return Tally(len(tasks), groups, sum(entry.nil for entry in filled), len(tasks) - len(filled))


def annexes(report: Report) -> dict[tuple[int, str], tuple[ReportTask, ...]]:
    """The tasks by annex number and title, in the plan's order."""
    grouped: dict[tuple[int, str], list[ReportTask]] = {}
    for item in report.tasks:
        grouped.setdefault((item.task.annex, item.annex_title), []).append(item)
    return {key: tuple(items) for key, items in grouped.items()}


def title(report: Report) -> str:
    """The title, on its two lines."""
    return f"关于报送《{report.plan.title}》\n{report.period.label}工作进展情况的报告"


def write(flow: Flow, report: Report, *, public: bool, enclosures: list[str]) -> None:
    """Set the letter on portrait pages; the seal space stays with name and date."""
    flow.begin(PORTRAIT)
    flow.bookmark(0, "报告")
    for notice in _notices(report, public=public):
        flow.add(Text.of(notice, Style(NOTE.face, 14.0, 22.0, Align.CENTRE), BODY_WIDTH))
    flow.add(_balanced(title(report), TITLE))
    flow.add(Space(BODY_LEADING / 2))
    flow.add(Text.of(f"{DEPARTMENT}：", BODY_FLUSH, BODY_WIDTH))
    reference = f"（{report.plan.document_number}）" if report.plan.document_number else ""
    _say(flow, f"按照《{report.plan.title}》{reference}要求，现将{report.period.label}工作进展情况报告如下。")
    _summary(flow, report)
    if not public:
        _open_matters(flow, report)
    _explanations(flow, report, "三" if not public else "二")
    signature = _signature(report, public=public)
    flow.need(signature.height + (len(enclosures) + 0.5) * BODY_LEADING)  # a seal never stands alone on a page
    flow.add(Space(BODY_LEADING / 2))
    for index, name in enumerate(enclosures, 1):
        head = f"附件：{index}．" if index == 1 else f"　　　{index}．"
        flow.add(Text.of(f"{head}{name}", BODY, BODY_WIDTH))
    flow.add(signature)


def _notices(report: Report, *, public: bool) -> list[str]:
    notices = [f"〔{SAMPLE}〕"] if report.plan.sample else []
    if public:
        notices.append("〔公开版：不含存在问题、需协调事项、联系电话和校验提示〕")
    return notices


def _say(flow: Flow, text: str) -> None:
    flow.add(Text.of(text, BODY, BODY_WIDTH))


def _heading(flow: Flow, text: str) -> None:
    """A heading stays with the first lines below it."""
    flow.need(4 * BODY_LEADING)
    flow.add(Text.of(text, LEVEL_ONE, BODY_WIDTH, Kind.SECTION))


def _balanced(text: str, style: Style) -> Text:
    """A title whose lines are about equally long: the narrowest setting that needs no more lines."""
    lines: list[Line] = []
    for part in text.split("\n"):
        wide, narrow = BODY_WIDTH, style.size * 4
        least = len(Text.of(part, style, wide).lines)
        while least > 1 and wide - narrow > style.size / 2:
            middle = (wide + narrow) / 2
            wide, narrow = (middle, narrow) if len(Text.of(part, style, middle).lines) <= least else (wide, middle)
        lines += Text.of(part, style, wide).lines
    return Text(lines, style, BODY_WIDTH, Node(Kind.TITLE))


def _summary(flow: Flow, report: Report) -> None:
    """一、总体情况: numbers in words, then by annex with a bar."""
    whole = tally(report, report.tasks)
    required = sum(item.required for item in report.tasks)
    said = [f"{label}{count}项" for (label, _members), count in zip(GROUPS, whole.groups, strict=True) if count]
    more = [f"零报告{whole.nil}项"] if whole.nil else []
    more += [f"未填报{whole.missing}项"] if whole.missing else []
    optional = f"（主责{required}项，牵头或协办{whole.tasks - required}项）" if required < whole.tasks else ""
    _heading(flow, "一、总体情况")
    _say(flow, f"本次报送任务{whole.tasks}项{optional}" + "".join(f"，{part}" for part in said + more) + "。")
    names = ["附件", "任务", *(label for label, _members in GROUPS), "构成"]
    head = [row(names, _COLUMNS, _HEAD, grey=0.92, middle=True)]
    rows = [_tally_row(_short(name), tally(report, tasks)) for (_number, name), tasks in annexes(report).items()]
    rows.append(_tally_row("合计", whole))
    flow.table(head, rows)
    flow.add(Drawn(20.0, _legend))


def _short(name: str) -> str:
    """An annex's own subject: 北京市大气污染防治2023年行动计划——… is 大气污染防治."""
    return re.sub(r"^北京市|\d{4}年.*$|——.*$", "", name) or name


def _tally_row(name: str, counted: Tally) -> Row:
    cells = [name, str(counted.tasks), *(str(count) if count else NONE for count in counted.groups), ""]
    made = row(cells, _COLUMNS, [CELL, *[CELL_CENTRE] * (len(_COLUMNS) - 1)], middle=True, whole=100.0)
    return _BarRow(made.cells, made.columns, middle=True, whole=100.0, node=made.node, counted=counted)


@dataclass(frozen=True)
class _BarRow(Row):
    """A row whose last cell is a bar: the share of each status, darkest is done."""

    counted: Tally = Tally(0, (), 0, 0)

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draw the row and the bar into its last column."""
        super().draw(page, x, top)
        width = self.columns[-1] - 10.0
        left, bottom = x + sum(self.columns[:-1]) + 5.0, top - self.height / 2 - 4.0
        for count, grey in zip(self.counted.groups, _GREYS, strict=False):
            share = width * count / max(1, self.counted.tasks)
            if share:
                page.tints.append(Tint(left, bottom, share, 8.0, grey))
                page.frame_box(left, bottom + 8.0, share, 8.0, 0.3)
            left += share


def _legend(page: Page, x: float, top: float) -> None:
    """Which grey is which status, under the table."""
    style = Style(CELL.face, 9.0, 12.0, Align.LEFT)
    for (label, _members), grey in zip(GROUPS, _GREYS, strict=True):
        page.tints.append(Tint(x, top - 12.0, 8.0, 8.0, grey))
        page.frame_box(x, top - 4.0, 8.0, 8.0, 0.3)
        Text.of(label, style, 60.0).draw(page, x + 11.0, top - 2.0)
        x += 23.0 + text_width(style, label)


def _open_matters(flow: Flow, report: Report) -> None:
    """二、存在问题和需协调事项: how many, and where they are written out."""
    _heading(flow, "二、存在问题和需协调事项")
    problems = sum(entry.problems.strip() not in ("", "无", "无。", NONE) for entry in report.entries)
    wishes = sum(entry.coordination.strip() not in ("", "无", "无。", NONE) for entry in report.entries)
    said = [f"{problems}项任务反映了存在问题"] if problems else []
    said += [f"{wishes}项任务需市级协调"] if wishes else []
    _say(flow, "，".join(said) + "，具体内容见附件1。" if said else "本月各项任务未反映存在问题和需市级协调事项。")


def _explanations(flow: Flow, report: Report, order: str) -> None:
    """有关说明: cut-off day, due date, and why a revision was made."""
    _heading(flow, f"{order}、有关说明")
    due = report.due
    estimate = "" if due.certain else "（当年放假安排未发布，系估计）"
    advice = f"宜于{day(due.safe)}前报送" if due.inclusive else f"应于此前报送，最迟{day(due.safe)}"
    _say(
        flow,
        f"统计截止日期为{day(report.as_of)}。按每月第三个工作日前报送上月工作进展情况的要求，"
        f"本期第三个工作日为{day(due.due)}{estimate}，{advice}。",
    )
    if due.source:
        _say(flow, f"工作日依据：{due.source.rstrip('。')}。")
    if report.revision > 1 or report.reason:
        _say(flow, f"本报告为第{report.revision}版" + (f"，更正说明：{report.reason}" if report.reason else "。"))


def _signature(report: Report, *, public: bool) -> Drawn:
    """署名 and 成文日期 centred under a seal of 50 mm that begins within a line of the text; 附注 below."""
    date = day(report.prepared_on)
    contact = "" if public else "，".join(
        part for part in (report.people.preparer and f"联系人：{report.people.preparer}",
                          report.people.phone and f"联系电话：{report.people.phone}") if part
    )  # fmt: skip
    note = Text.of(f"（{contact}）", BODY, BODY_WIDTH) if contact else None
    style = Style(BODY.face, BODY.size, BODY_LEADING, Align.CENTRE, tracking=BODY.tracking)
    dated, named = text_width(style, date), text_width(style, report.unit.name)
    width = min(BODY_WIDTH, max(named, dated, SEAL) + 2.0)
    signed = Text.of(f"{report.unit.name}\n{date}", style, width)
    sealed = SEAL + 0.5 * BODY_LEADING + signed.height - 2 * BODY_LEADING

    def draw(page: Page, x: float, top: float) -> None:
        centre = x + BODY_WIDTH - max(width / 2, 4 * BODY.size + dated / 2)  # the date four characters in
        signed.draw(page, centre - width / 2, top - (SEAL + 0.5 * BODY_LEADING) / 2)
        if note:
            note.draw(page, x, top - sealed - 4.0)

    return Drawn(sealed + (note.height + 4.0 if note else 0.0), draw)
