"""Task tables in: what the bureau's workbook says, what was understood of it, and what a revision changes.

Names are looked up when first used: what reads tables takes longer to load than the window takes to appear.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.plans.answering import apply_answer, withdraw
    from desktop_app.plans.comparing import compare, same_measures, same_words, targets_changed
    from desktop_app.plans.decision_keys import ALL, CONFIRMED, FIELDS, is_decision
    from desktop_app.plans.directory import shipped_directory
    from desktop_app.plans.importing import PlanImport, import_plan, open_source
    from desktop_app.plans.revising import Following, dropped_id, take_after
    from desktop_app.plans.sheets import SheetSummary

__all__ = [
    "ALL",
    "CONFIRMED",
    "FIELDS",
    "Following",
    "PlanImport",
    "SheetSummary",
    "apply_answer",
    "compare",
    "dropped_id",
    "import_plan",
    "is_decision",
    "open_source",
    "same_measures",
    "same_words",
    "shipped_directory",
    "take_after",
    "targets_changed",
    "withdraw",
]

_WHERE = {
    "ALL": "decision_keys",
    "CONFIRMED": "decision_keys",
    "FIELDS": "decision_keys",
    "Following": "revising",
    "PlanImport": "importing",
    "SheetSummary": "sheets",
    "apply_answer": "answering",
    "compare": "comparing",
    "dropped_id": "revising",
    "import_plan": "importing",
    "is_decision": "decision_keys",
    "open_source": "importing",
    "same_measures": "comparing",
    "same_words": "comparing",
    "shipped_directory": "directory",
    "take_after": "revising",
    "targets_changed": "comparing",
    "withdraw": "answering",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
