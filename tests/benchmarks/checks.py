"""All rules over a month, beside a bare loop that reads every field of every entry."""

from collections.abc import Callable

from desktop_app.checks import check
from desktop_app.model.entry import ENTRY_FIELDS
from tests.benchmarks._many_rows import month_of

NAME = "checks"
SIZE_NAME = "entries"
SIZE = 5_000
PEER = "a bare loop that reads every field"
LIMIT = 100.0


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """The whole catalogue over this many entries, and the reading of their fields, last month's too."""
    month = month_of(size)

    def ours() -> object:
        return check(month)

    def peer() -> object:
        read = 0
        for entries in (month.entries, month.previous):
            for entry in entries.values():
                for name in ENTRY_FIELDS:
                    read += getattr(entry, name) is not None
        return read

    return ours, peer
