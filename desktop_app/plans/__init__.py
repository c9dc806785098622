"""Task tables in: what the bureau's workbook says, what was understood of it, and what a revision changes."""

from desktop_app.plans.answering import apply_answer, withdraw
from desktop_app.plans.comparing import compare, same_measures, same_words, targets_changed
from desktop_app.plans.deciding import ALL, CONFIRMED, FIELDS, is_decision
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
