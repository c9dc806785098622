"""Values as lines of text."""

from desktop_app.language import N_, _
from desktop_app.model.finding import REPORT, Finding, Severity

SEVERITY_WORDS = {Severity.ERROR: N_("错误"), Severity.WARNING: N_("警示"), Severity.HINT: N_("提示")}


def finding_line(finding: Finding) -> str:
    """One finding in one line: how grave, where, what, what to do."""
    where = _("整份月报") if finding.task == REPORT else finding.task
    line = f"[{_(SEVERITY_WORDS[finding.severity])}] {where} {finding.code} {finding.message} {finding.remedy}"
    if finding.explanation:
        line += _(" 情况说明：{text}").format(text=finding.explanation)
    return line
