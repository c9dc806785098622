"""情况说明: what the clerk writes at a warning, and when it still counts."""

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.checks.words import gives_reason
from desktop_app.model.finding import Explanation, Finding, Severity


def explain(findings: Iterable[Finding], explanations: Iterable[Explanation]) -> tuple[Finding, ...]:
    """The findings with the explanations that belong to them.

    Only a warning can be explained, only in words (「无」 and 「略」 are none), and only while its values are those
    the text was written for. Of several that fit, the last counts.
    """
    written = {
        (item.task, item.code, item.values): item.text.strip() for item in explanations if gives_reason(item.text)
    }
    return tuple(
        replace(finding, explanation=written.get((finding.task, finding.code, finding.values)))
        if finding.severity is Severity.WARNING
        else replace(finding, explanation=None)
        for finding in findings
    )


def is_stale(explanation: Explanation, findings: Iterable[Finding]) -> bool:
    """Whether the warning still stands with other values than those that the explanation was written for."""
    standing = [item for item in findings if (item.task, item.code) == (explanation.task, explanation.code)]
    return bool(standing) and all(item.values != explanation.values for item in standing)
