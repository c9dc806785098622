"""Rules: report, plan and history in, findings out."""

from desktop_app.checks.catalogue import CATALOGUE, CATALOGUE_VERSION, as_plain
from desktop_app.checks.context import CheckContext
from desktop_app.checks.rule import Rule
from desktop_app.checks.run import CheckResult, check, check_task, explain, is_stale
from desktop_app.checks.thresholds import Thresholds

__all__ = [
    "CATALOGUE",
    "CATALOGUE_VERSION",
    "CheckContext",
    "CheckResult",
    "Rule",
    "Thresholds",
    "as_plain",
    "check",
    "check_task",
    "explain",
    "is_stale",
]
