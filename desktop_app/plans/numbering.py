"""Numbers that begin again under each section, topic or table: each row gets one that is its own in the annex."""

from dataclasses import replace

from desktop_app.plans.sections import ordinal
from desktop_app.plans.task_table import Row


def number_apart(rows: list[Row]) -> list[Row]:
    """The rows of one table; where the numbers begin again, each run's stand under the run's own: 1.1, 1.2, 2.1."""
    runs = _runs(rows)
    if len(runs) < 2:
        return rows
    labels = [ordinal(run[0].section) for run in runs]
    if None in labels or len(set(labels)) < len(labels):
        labels = list(range(1, len(runs) + 1))
    return [under(row, str(label)) for label, run in zip(labels, runs, strict=True) for row in run]


def under(row: Row, label: str) -> Row:
    """The row with its number standing under another: 附件6-3's first is 3.1."""
    return replace(row, number=f"{label}.{row.number}")


def begins_again(rows: list[Row], taken: set[str]) -> bool:
    """Whether a further table of the same annex counts from the start again."""
    doubles = sum(row.id in taken for row in rows)
    return bool(rows) and rows[0].id in taken and doubles * 2 > len(rows)


def _runs(rows: list[Row]) -> list[list[Row]]:
    runs: list[list[Row]] = []
    seen: set[str] = set()
    for place, row in enumerate(rows):
        again = bool(runs) and row.number in ("1", "1.1", "1-1") and row.number in seen
        if not runs or (again and _is_start(rows, place)):
            runs.append([])
        runs[-1].append(row)
        seen.add(row.number)
    return runs


def _is_start(rows: list[Row], place: int) -> bool:
    """Whether a number 1 that was there before starts a new count, and is no slip of the pen in one count."""
    row, before = rows[place], rows[place - 1]
    after = rows[place + 1] if place + 1 < len(rows) else None
    if (row.section, row.branch) != (before.section, before.branch):
        return True
    counted = after is not None and after.number in ("2", "1.2", "1-2") and before.number != "1"
    return counted or (row.title != before.title and (after is None or after.number in ("1", "2")))
