"""A month's page in a book after ten years beside the same month in a new book: read afresh, all 500 tasks."""

import shutil
import tempfile
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_app.desk.desk import Desk
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import open_desk
from desktop_app.model.period import Period
from tests.benchmarks import _years

NAME = "month_years"
SIZE_NAME = "months"
SIZE = 120
PEER = "a new book"
LIMIT = 1.3

_NEW = 2  # months in the new book: the page also reads the month before
_TIMES = 5


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """Read the last month of a book of this many months, and the last one of a new book."""
    folder = Path(tempfile.mkdtemp(prefix="yuebao-bench-"))
    pages = [_page(folder / f"{months}.yuebao", months) for months in (size, _NEW)]
    views = [lambda page=page: _read(*page) for page in pages]

    def leave() -> None:
        for desk, _ in pages:
            desk.close()
        shutil.rmtree(folder)

    weakref.finalize(views[0], leave)
    return views[0], views[1]


def _page(path: Path, months: int) -> tuple[Desk, Period]:
    last = _years.make(path, months)
    desk = open_desk(path, today=date(last.next.year, last.next.month, 3))
    open_month(desk, last)  # a plan's body is read once per sitting
    return desk, last


def _read(desk: Desk, period: Period) -> None:
    for _ in range(_TIMES):
        if len(open_month(desk, period).rows) != _years.TASKS:
            raise ValueError("not the whole month")
