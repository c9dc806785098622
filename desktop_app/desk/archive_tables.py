"""A year's data as tables of plain text, from signed reports alone: whoever has those can make them again."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from desktop_app.exchange import check_code
from desktop_app.model.entry import Entry
from desktop_app.model.finding import REPORT
from desktop_app.model.plain import decimal_text
from desktop_app.model.report_body import Report

Signed = tuple[Report, str]  # a report and the SHA-256 of its data
Row = Sequence[str | Decimal | int | None]

_WHICH = ("报告期", "版次")
_SEVERITY = {"error": "错误", "warning": "警示", "hint": "提示"}
_ACTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet that opens plain text would reckon


def tables(signed: Sequence[Signed]) -> dict[str, bytes]:
    """File name to bytes; always Chinese, always the same for the same reports."""
    return {name: _csv(head, (row for each in signed for row in rows(*each))) for name, head, rows in _TABLES}


def titles() -> dict[str, str]:
    """What each table is called."""
    return dict(_TITLES)


def _csv(head: Row, rows: Iterator[Row]) -> bytes:
    """With a mark at its start, so that spreadsheets read it as UTF-8; lines end as RFC 4180 says."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: str | Decimal | int | None) -> str:
    """A figure as it is; a text that would be reckoned gets the mark that keeps it a text."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value and value.startswith(_ACTS) else value or ""


def _which(report: Report) -> tuple[str, int]:
    return str(report.period), report.revision


def _reports(report: Report, sha256: str) -> Iterator[Row]:
    people, plan = report.people, report.plan
    yield (
        *_which(report), report.reason, report.unit.name, plan.document_number, plan.title, plan.revision,
        report.due.due.isoformat(), report.as_of.isoformat(), report.prepared_on.isoformat(),
        people.preparer, people.reviewer, people.approver, len(report.tasks), len(report.entries),
        check_code(sha256), sha256, report.journal_head, report.program,
    )  # fmt: skip


def _entries(report: Report, _sha256: str) -> Iterator[Row]:
    for item in report.tasks:
        task, target = item.task, item.task.target_for(report.unit.code)
        entry = report.entry(task.id) or Entry(task.id)
        yield (
            *_which(report), task.id, item.annex_title, "是" if task.key else "", "主责" if item.required else "协办",
            task.title, task.measure, task.deadline.raw,
            target.raw or target.indicator if target else "", target.value if target else None,
            target.unit if target else "", entry.status.label if entry.status else "",
            entry.this_month, entry.cumulative, entry.percent, entry.under_way, "是" if entry.nil else "",
            entry.nil_reason, entry.narrative, entry.problems, entry.next_steps, entry.coordination,
        )  # fmt: skip


def _findings(report: Report, _sha256: str) -> Iterator[Row]:
    for found in report.findings:
        task = "整份月报" if found.task == REPORT else found.task
        severity = _SEVERITY[str(found.severity)]
        yield (*_which(report), task, found.code, severity, found.message, found.remedy, found.explanation)


def _answers(report: Report, _sha256: str) -> Iterator[Row]:
    for each in report.answers:
        task = "整份月报" if each.task == REPORT else each.task
        yield (*_which(report), task, each.field, each.remark, each.text)


def _evidence(report: Report, _sha256: str) -> Iterator[Row]:
    for item in report.evidence:
        yield (*_which(report), item.task_id, item.name, item.media_type, item.size, item.sha256)


def _changes(report: Report, _sha256: str) -> Iterator[Row]:
    for each in report.changes:
        yield (*_which(report), each.task_id, each.field, each.before, each.after)


_REPORTS = (
    "更正原因", "单位", "任务表文号", "任务表", "任务表版次", "截止日期", "统计截止", "填报日期", "填报人", "审核人",
    "单位负责人", "任务数", "已填数", "校验码", "数据SHA-256", "日志校验值", "程序版本",
)  # fmt: skip
_ENTRIES = (
    "任务编号", "附件", "重点", "职责", "重点任务", "工作措施", "完成时限", "目标", "目标值", "计量单位", "进展状态",
    "本月完成", "累计完成", "完成率（%）", "在施", "零报告", "零报告原因",
    "本月进展", "存在问题", "下一步工作安排", "需市级协调事项",
)  # fmt: skip
_TABLES: tuple[tuple[str, Row, Callable[[Report, str], Iterator[Row]]], ...] = (
    ("reports.csv", (*_WHICH, *_REPORTS), _reports),
    ("entries.csv", (*_WHICH, *_ENTRIES), _entries),
    ("findings.csv", (*_WHICH, "任务编号", "代码", "级别", "内容", "怎么办", "情况说明"), _findings),
    ("answers.csv", (*_WHICH, "任务编号", "项目", "退回意见", "答复"), _answers),
    ("changes.csv", (*_WHICH, "任务编号", "项目", "更正前", "更正后"), _changes),
    ("evidence.csv", (*_WHICH, "任务编号", "文件名", "类型", "字节", "SHA-256"), _evidence),
)
_TITLES = {
    "reports.csv": "各月各版",
    "entries.csv": "逐月逐任务的填报内容",
    "findings.csv": "校验结果和情况说明",
    "answers.csv": "退回意见和答复",
    "changes.csv": "更正前后的差异",
    "evidence.csv": "佐证材料清单",
}
