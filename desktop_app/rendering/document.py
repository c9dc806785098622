"""The monthly report as a PDF, and the bureau's receipt. The same values give the same bytes."""

from enum import StrEnum

from desktop_app.model.receipt import Receipt
from desktop_app.model.report import Report
from desktop_app.rendering import appendices, letter, receipt_page, sign_off, task_table
from desktop_app.rendering.coverage import require_printable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.matrix_code import identity
from desktop_app.rendering.page import PORTRAIT
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.wording import SAMPLE


class Edition(StrEnum):
    """FULL is signed and handed in; PUBLIC leaves out problems, coordination, telephone and findings."""

    FULL = "full"
    PUBLIC = "public"


def render_report(
    report: Report, check_code: str, *, sha256: str = "", edition: Edition = Edition.FULL, draft: bool = False
) -> Rendered:
    """Print a report; raises ClerkError naming task and field where a character cannot be printed.

    `sha256` is that of the data, for the two-dimensional code; without it the code says the check code.
    """
    require_printable(report)
    public = edition is Edition.PUBLIC
    flow = Flow()
    letter.write(flow, report, public=public, enclosures=enclosures(report, public=public))
    task_table.write(flow, report, public=public)
    flow.begin(PORTRAIT)
    if has_indicators(report):
        appendices.indicators(flow, report)
    if not public:
        appendices.findings(flow, report)
    if report.evidence:
        appendices.evidence(flow, report)
    sign_off.write(flow, report, public=public)
    return press(flow.pages, _imprint(report, check_code, sha256, public=public, draft=draft))


def render_receipt(receipt: Receipt, check_code: str, *, sha256: str = "") -> Rendered:
    """Print the bureau's receipt on one page, with one place for a signature."""
    return press([receipt_page.made(receipt)], receipt_page.imprint(receipt, check_code, sha256))


def has_indicators(report: Report) -> bool:
    """Whether an indicator applies to this unit."""
    return any(indicator.target_for(report.unit.code) for indicator in report.indicators)


def enclosures(report: Report, *, public: bool) -> list[str]:
    """附件说明: what follows the letter."""
    listed = ["任务进展情况表"]
    listed += ["各区生态环境保护有关指标"] if has_indicators(report) else []
    listed += [] if public else ["校验提示与情况说明"]
    listed += ["佐证材料清单"] if report.evidence else []
    return [*listed, "签署页"]


def _imprint(report: Report, check_code: str, sha256: str, *, public: bool, draft: bool) -> Imprint:
    marks = ["草稿，不得报送"] if draft else []
    marks += ["公开版"] if public else []
    marks += [SAMPLE] if report.plan.sample else []
    title = letter.title(report).replace("\n", "")
    left = "　".join([f"{report.unit.name}　{report.period.label}　第{report.revision}版", *marks])
    return Imprint(
        left, check_code, title, report.unit.name, f"{report.plan.title} {report.period}",
        f"月报, {report.period}, 第{report.revision}版, {check_code}", draft,
        identity("REPORT", report.unit.code, report.period, report.revision, sha256 or check_code),
    )  # fmt: skip
