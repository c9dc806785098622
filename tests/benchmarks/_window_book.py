"""Books for the benchmarks of the window: March 2023 with any number of tasks, all filled, February beside it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from desktop_app.model.entry import ENTRY_FIELDS, Entry
from desktop_app.model.period import Period
from desktop_app.model.plan import Annex, Plan
from desktop_app.store import Book, create_book, entries, months
from desktop_app.store.plans import save_plan
from tests.benchmarks._many_rows import month_of
from tests.benchmarks._years import NOW

DAY = date(2023, 4, 4)
MONTH = Period(2023, 3)


def make(path: Path, tasks: int) -> Path:
    """A closed book with this many tasks; with none, the plan is there and asks for nothing. Sample text."""
    month = month_of(tasks)
    plan = Plan("a" * 64, 2023, "示例计划", "示例1号", 1, "plan.xlsx", True, (Annex(3, "大气", "附件3"),), month.tasks)
    with create_book(path, "unit", month.unit, NOW) as book:
        save_plan(book, plan, NOW, "王")
        for period, filled in ((MONTH.previous, month.previous), (MONTH, month.entries)):
            _fill(book, period, plan.id, filled)
    return path


def _fill(book: Book, period: Period, plan_id: str, filled: Mapping[str, Entry]) -> None:
    month = months.open_month(book, period, plan_id, NOW, "王")
    values = {task: {field: getattr(entry, field) for field in ENTRY_FIELDS} for task, entry in filled.items()}
    entries.save_many(book, month, values, NOW, "王")
