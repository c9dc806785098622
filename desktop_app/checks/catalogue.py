"""The one catalogue of rules, in the order of their codes."""

from desktop_app.checks import (
    completeness,
    continuity,
    figures,
    follow_up,
    planned,
    progress,
    quantities,
    standing,
    support,
    whole_report,
    wording,
)
from desktop_app.checks.context import CheckContext
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Check, Rule
from desktop_app.language import N_, _

# Goes up whenever a rule is added, withdrawn or changes its meaning or severity. A withdrawn code is never given away.
CATALOGUE_VERSION = 3

ROW_CHECKS: tuple[Check[Row], ...] = (
    *completeness.CHECKS,
    *figures.CHECKS,
    *quantities.CHECKS,
    *continuity.CHECKS,
    *follow_up.CHECKS,
    *progress.CHECKS,
    *standing.CHECKS,
    *wording.CHECKS,
    *support.CHECKS,
    *planned.CHECKS,
)
REPORT_CHECKS: tuple[Check[CheckContext], ...] = whole_report.CHECKS

CATALOGUE: tuple[Rule, ...] = tuple(
    sorted(
        (*(check.rule for check in ROW_CHECKS), *(check.rule for check in REPORT_CHECKS)),
        key=lambda rule: rule.code[1:],
    )
)


# The families by the letter of their codes, in the order of their digits.
FAMILIES = {
    "C": N_("完整性"),
    "F": N_("数字"),
    "K": N_("连续性"),
    "S": N_("进度"),
    "T": N_("文字"),
    "E": N_("佐证"),
    "P": N_("签署"),
    "L": N_("时限"),
    "J": N_("计划"),
}
_BY_CODE = {rule.code: rule for rule in CATALOGUE}


def rule(code: str) -> Rule | None:
    """One rule by its code; None for codes of another catalogue."""
    return _BY_CODE.get(code)


def family(code: str) -> str:
    """What the family of a rule is called, in the language of the moment."""
    return _(FAMILIES[code[0]]) if code[:1] in FAMILIES else ""


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
