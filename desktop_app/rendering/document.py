"""The monthly report as a PDF, and the bureau's receipt. The same values give the same bytes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from desktop_app.model.differences import differences
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import People
from desktop_app.model.report_body import Report, ReportTask
from desktop_app.rendering import appendices, letter, receipt_page, sign_off, task_sheet, task_table
from desktop_app.rendering.coverage import require_printable
from desktop_app.rendering.editions import Edition, Shown
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.matrix_code import identity
from desktop_app.rendering.page import PORTRAIT
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.wording import SAMPLE

_MARKS = {Edition.PUBLIC: "公开版", Edition.BLANK: "空白表", Edition.TASK: "单项任务表"}


def render_report(
    report: Report,
    check_code: str,
    *,
    sha256: str = "",
    edition: Edition = Edition.FULL,
    draft: bool = False,
    before: Report | None = None,
    task_id: str = "",
    figures_withheld: frozenset[str] = frozenset(),
) -> Rendered:
    """Print a report; raises ClerkError naming task and field where a character cannot be printed.

    `sha256` is that of the data, for the two-dimensional code; without it the code says the check code. `before` is the
    revision that this one corrects; `task_id` the task of a single sheet. `figures_withheld` are tasks of a public
    edition whose amounts were taken out.
    """
    if edition is Edition.BLANK:
        report = _emptied(report)
    require_printable(report)
    with _nothing_to_collect():
        flow = _set(report, edition, Shown.by(edition, figures_withheld), before, task_id)
        return press(flow.pages, _imprint(report, check_code, sha256, edition, draft=draft))


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Everything made here is kept to the end; to search it for garbage again and again costs a big report most."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _set(report: Report, edition: Edition, shown: Shown, before: Report | None, task_id: str) -> Flow:
    """The pages of an edition, filled."""
    flow = Flow()
    if edition is Edition.TASK:
        task_sheet.write(flow, report, _task(report, task_id))
    elif edition is Edition.BLANK:
        _blank(flow, report)
    else:
        _whole(flow, report, shown, before)
    return flow


def _whole(flow: Flow, report: Report, shown: Shown, before: Report | None) -> None:
    """Letter, tasks, and what is enclosed."""
    changed = differences(before, report) if before and "changes" in shown else ()
    letter.write(flow, report, shown, enclosures(report, shown, corrects=before is not None))
    task_table.write(flow, report, shown)
    flow.begin(PORTRAIT)
    if has_indicators(report):
        appendices.indicators(flow, report)
    if report.activities:
        appendices.activities(flow, report)
    if "findings" in shown:
        appendices.findings(flow, report)
    if before and "changes" in shown:
        appendices.changes(flow, before.revision, changed)
    if report.answers and "answers" in shown:
        appendices.answers(flow, report)
    if report.evidence and "evidence" in shown:
        appendices.evidence(flow, report)
    sign_off.write(flow, report, shown)


def _blank(flow: Flow, report: Report) -> None:
    """The form to be filled by hand: every task with room to write, and the foot."""
    task_table.write(flow, report, Shown(), blank=True)
    flow.begin(PORTRAIT)
    sign_off.write(flow, report, Shown(), blank=True)


def _emptied(report: Report) -> Report:
    return replace(report, entries=(), findings=(), evidence=(), people=People(), reason="", activities=())


def _task(report: Report, task_id: str) -> ReportTask:
    return next(item for item in report.tasks if item.task.id == task_id)


def render_receipt(receipt: Receipt, check_code: str, *, sha256: str = "") -> Rendered:
    """Print the bureau's receipt on one page, with one place for a signature."""
    return press([receipt_page.made(receipt)], receipt_page.imprint(receipt, check_code, sha256))


def has_indicators(report: Report) -> bool:
    """Whether an indicator applies to this unit."""
    return any(indicator.target_for(report.unit.code) for indicator in report.indicators)


def enclosures(report: Report, shown: Shown, *, corrects: bool = False) -> list[str]:
    """附件说明: what follows the letter."""
    listed = ["任务进展情况表"]
    listed += ["各区生态环境保护有关指标"] if has_indicators(report) else []
    listed += [appendices.PUBLICISED] if report.activities else []
    listed += ["校验提示与情况说明"] if "findings" in shown else []
    listed += ["与上一版的差异"] if corrects and "changes" in shown else []
    listed += ["退回意见及答复"] if report.answers and "answers" in shown else []
    listed += ["佐证材料清单"] if report.evidence and "evidence" in shown else []
    return [*listed, "签署页"]


def _imprint(report: Report, check_code: str, sha256: str, edition: Edition, *, draft: bool) -> Imprint:
    if edition is Edition.BLANK:
        return _imprint_of_form(report)
    marks = ["草稿，不得报送"] if draft else []
    marks += [_MARKS[edition]] if edition in _MARKS else []
    marks += [SAMPLE] if report.plan.sample else []
    title = letter.title(report).replace("\n", "")
    left = "　".join([f"{report.unit.name}　{report.period.label}　第{report.revision}版", *marks])
    return Imprint(
        left, check_code, title, report.unit.name, f"{report.plan.title} {report.period}",
        f"月报, {report.period}, 第{report.revision}版, {check_code}", draft,
        identity("REPORT", report.unit.code, report.period, report.revision, sha256 or check_code),
    )  # fmt: skip


def _imprint_of_form(report: Report) -> Imprint:
    """A blank form has no data yet: its code names the plan that it asks about."""
    marks = [_MARKS[Edition.BLANK], *([SAMPLE] if report.plan.sample else [])]
    left = "　".join([f"{report.unit.name}　{report.period.label}", *marks])
    code = identity("BLANK", report.unit.code, report.period, 0, report.plan.sha256)
    title = f"{report.period.label}工作进展情况表（空白）"
    return Imprint(left, "", title, report.unit.name, report.plan.title, str(report.period), draft=False, matrix=code)
