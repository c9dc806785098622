"""What follows the task table: district indicators, what was done in public, findings with 情况说明, evidence."""

from collections.abc import Sequence

from desktop_app.checks.thresholds import label
from desktop_app.model.activity import ACTIVITY_WORDS, Publicised
from desktop_app.model.correction import Difference
from desktop_app.model.differences import LABELS
from desktop_app.model.finding import REPORT, Finding, Severity
from desktop_app.model.report_body import CheckBasis, Report
from desktop_app.rendering.blocks import Row, Space, Text, row
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import (
    BODY_WIDTH,
    CELL,
    CELL_CENTRE,
    CELL_FULL,
    HEAD,
    SECTION,
    SMALL,
    Style,
)
from desktop_app.rendering.wording import NONE, size, target_text

PUBLICISED = "宣传与信息公开"
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警示", Severity.HINT: "提示"}
_INDICATOR_COLUMNS = (38.0, 96.0, 150.0, 70.0, 88.2)
_FINDING_COLUMNS = (42.0, 46.0, 36.0, 170.0, 148.2)
_ACTIVITY_COLUMNS = (64.0, 36.0, 178.2, 74.0, 90.0)
_EVIDENCE_COLUMNS = (32.0, 44.0, 152.0, 54.0, 160.2)
_CHANGE_COLUMNS = (42.0, 70.0, 165.1, 165.1)
_WHOLE = 250.0


def indicators(flow: Flow, report: Report) -> None:
    """各区指标 that this unit has a target for."""
    mine = [(indicator, indicator.target_for(report.unit.code)) for indicator in report.indicators]
    rows = [
        _row([indicator.number, indicator.group, indicator.name, indicator.unit or NONE, target_text(target)],
             _INDICATOR_COLUMNS, (CELL_CENTRE, CELL, CELL, CELL_CENTRE, CELL))
        for indicator, target in mine if target
    ]  # fmt: skip
    _titled(flow, "各区生态环境保护有关指标", _INDICATOR_COLUMNS, ("序号", "类别", "指标", "单位", "本单位目标"), rows)


def activities(flow: Flow, report: Report) -> None:
    """宣传与信息公开: what was done in public in the month."""
    rows = [
        _row((each.day.isoformat(), ACTIVITY_WORDS[each.kind], _of_task(each), each.channel or NONE, each.link or NONE),
             _ACTIVITY_COLUMNS, (CELL_CENTRE, CELL_CENTRE, CELL_FULL, CELL, CELL))
        for each in report.activities
    ]  # fmt: skip
    _titled(flow, PUBLICISED, _ACTIVITY_COLUMNS, ("日期", "类别", "标题", "渠道", "链接或文号"), rows)


def _of_task(done: Publicised) -> str:
    return f"{done.title}（任务 {done.task}）" if done.task else done.title


def findings(flow: Flow, report: Report) -> None:
    """校验提示与情况说明: printed on the paper that is signed, not only shown on the screen."""
    rows = [_finding(found) for found in report.findings]
    _titled(flow, "校验提示与情况说明", _FINDING_COLUMNS, ("代码", "任务", "级别", "校验提示", "情况说明"), rows)
    if not rows:
        flow.add(Text.of("本期报告未发现校验提示。", CELL, BODY_WIDTH))
    flow.add(Text.of(_basis(report.checks), SMALL, BODY_WIDTH))


def _basis(checks: CheckBasis) -> str:
    """By which rules and bounds the report was checked, as far as they are not the usual ones."""
    said = [f"按校验规则目录第{checks.catalogue}版校验"]
    said += [f"阈值「{label(name)}」为 {value}" for name, value in checks.thresholds]
    said += [f"{len(checks.curves)}项任务按本单位的进度曲线"] if checks.curves else []
    return "；".join(said) + "。"


def _finding(found: Finding) -> Row:
    cells = (
        found.code, _place(found.task), _SEVERITIES[found.severity],
        found.message, found.explanation or NONE,
    )  # fmt: skip
    return _row(cells, _FINDING_COLUMNS, (CELL_CENTRE, CELL_CENTRE, CELL_CENTRE, CELL_FULL, CELL_FULL))


def changes(flow: Flow, revision: int, found: Sequence[Difference]) -> None:
    """与上一版的差异: every field that says something else than in the revision that this one corrects."""
    rows = [
        _row((change.task_id, LABELS[change.field], change.before or NONE, change.after or NONE),
             _CHANGE_COLUMNS, (CELL_CENTRE, CELL, CELL_FULL, CELL_FULL))
        for change in found
    ]  # fmt: skip
    heads = ("任务", "栏目", f"第{revision}版", "本版")
    _titled(flow, "与上一版的差异", _CHANGE_COLUMNS, heads, rows)
    if not rows:
        flow.add(Text.of(f"各项填报内容与第{revision}版相同。", CELL, BODY_WIDTH))


def answers(flow: Flow, report: Report) -> None:
    """退回意见及答复: each remark beside what the unit says to it."""
    rows = [
        _row((_place(each.task), LABELS.get(each.field, NONE), each.remark, each.text),
             _CHANGE_COLUMNS, (CELL_CENTRE, CELL, CELL_FULL, CELL_FULL))
        for each in report.answers
    ]  # fmt: skip
    _titled(flow, "退回意见及答复", _CHANGE_COLUMNS, ("任务", "栏目", "退回意见", "答复"), rows)


def _place(task: str) -> str:
    return "全表" if task == REPORT else task


def evidence(flow: Flow, report: Report) -> None:
    """佐证材料清单: every file embedded in the electronic document, known by its hash."""
    rows = [
        _row((str(index), file.task_id, file.name, size(file.size), file.sha256),
             _EVIDENCE_COLUMNS, (CELL_CENTRE, CELL_CENTRE, CELL, CELL_CENTRE, SMALL))
        for index, file in enumerate(report.evidence, 1)
    ]  # fmt: skip
    _titled(flow, "佐证材料清单", _EVIDENCE_COLUMNS, ("序号", "任务", "文件名", "大小", "SHA-256"), rows)


def _row(cells: list[str] | tuple[str, ...], columns: tuple[float, ...], styles: tuple[Style, ...]) -> Row:
    return row(cells, columns, styles, whole=_WHOLE)


def _titled(flow: Flow, title: str, columns: tuple[float, ...], heads: tuple[str, ...], rows: list[Row]) -> None:
    heading = Text.of(title, SECTION, BODY_WIDTH, Kind.SECTION)
    flow.need(heading.height + 90.0)
    flow.bookmark(0, title)
    if not flow.fresh:
        flow.add(Space(14.0))
    flow.add(heading)
    if rows:
        flow.table([row(heads, columns, HEAD, grey=0.92, middle=True)], rows)
