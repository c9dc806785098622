"""The one catalogue of rules, in the order of their codes."""

from desktop_app.checks import completeness, continuity, figures, progress, support, whole_report, wording
from desktop_app.checks.context import CheckContext
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Check, Rule
from desktop_app.language import _

# Goes up whenever a rule is added, withdrawn or changes its meaning or severity. A withdrawn code is never given away.
CATALOGUE_VERSION = 1

ROW_CHECKS: tuple[Check[Row], ...] = (
    *completeness.CHECKS,
    *figures.CHECKS,
    *continuity.CHECKS,
    *progress.CHECKS,
    *wording.CHECKS,
    *support.CHECKS,
)
REPORT_CHECKS: tuple[Check[CheckContext], ...] = whole_report.CHECKS

CATALOGUE: tuple[Rule, ...] = (
    *(check.rule for check in ROW_CHECKS),
    *(check.rule for check in REPORT_CHECKS),
)


def as_plain() -> list[dict[str, str]]:
    """The catalogue as plain dicts in the language of the moment: code, severity, title, meaning, remedy, source."""
    return [
        {
            "code": rule.code,
            "severity": rule.severity.value,
            "title": _(rule.title),
            "meaning": _(rule.meaning),
            "remedy": _(rule.remedy),
            "source": _(rule.source),
        }
        for rule in CATALOGUE
    ]
