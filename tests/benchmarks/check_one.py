"""One changed entry checked as one types, beside all rules over the whole month."""

from collections.abc import Callable
from dataclasses import replace

from desktop_app.checks import check, check_task
from desktop_app.model.finding import REPORT
from tests.benchmarks._many_rows import month_of

NAME = "check_one"
SIZE_NAME = "entries"
SIZE = 5_000
PEER = "the whole month"
LIMIT = 0.01


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """A word more in the last row, that row and the whole report's rules; and everything."""
    month = month_of(size)
    entry = next(reversed(month.entries.values()))

    def ours() -> object:
        changed = replace(entry, narrative=entry.narrative + "。")
        now = replace(month, entries={**month.entries, entry.task_id: changed})
        return [check_task(now, task) for task in (entry.task_id, REPORT)]

    def peer() -> object:
        return check(month)

    return ours, peer
