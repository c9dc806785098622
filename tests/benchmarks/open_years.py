"""Opening a book after ten years (60,000 rows, 240,000 changes) beside opening an empty one."""

import shutil
import tempfile
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_app.desk.open_book import create, open_desk
from tests.benchmarks import _years

NAME = "open_years"
SIZE_NAME = "months"
SIZE = 120
PEER = "an empty book"
LIMIT = 1.3

_TIMES = 20


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """Open and close a book of this many months, and one in which nothing stands."""
    folder = Path(tempfile.mkdtemp(prefix="yuebao-bench-"))
    old, empty = folder / "old.yuebao", folder / "empty.yuebao"
    last = _years.make(old, size)
    create(empty, "朝阳区").close()
    day = date(last.next.year, last.next.month, 3)

    def opened(path: Path) -> None:
        for _ in range(_TIMES):
            open_desk(path, today=day).close()

    def ours() -> None:
        opened(old)

    def peer() -> None:
        opened(empty)

    weakref.finalize(ours, shutil.rmtree, folder)
    return ours, peer
