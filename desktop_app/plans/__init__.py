"""Task tables in: what the bureau's workbook says, and what was understood of it."""

from desktop_app.plans.answering import apply_answer
from desktop_app.plans.directory import shipped_directory
from desktop_app.plans.importing import PlanImport, import_plan
from desktop_app.plans.sheets import SheetSummary

__all__ = ["PlanImport", "SheetSummary", "apply_answer", "import_plan", "shipped_directory"]
