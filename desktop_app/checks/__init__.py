"""Rules: report, plan and history in, findings out.

Names are looked up when first used: a schedule is needed for the first screen, the catalogue of rules only after it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_WHERE = {
    "CATALOGUE": "catalogue",
    "CATALOGUE_VERSION": "catalogue",
    "CheckContext": "context",
    "CheckResult": "run",
    "Rule": "rule",
    "Thresholds": "thresholds",
    "as_plain": "catalogue",
    "check": "run",
    "check_task": "run",
    "explain": "run",
    "is_stale": "run",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
