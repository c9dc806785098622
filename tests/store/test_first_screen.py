"""The first screen must not wait for what it does not need."""

import os
import subprocess
import sys
from pathlib import Path

from desktop_app.store import Book, Month

FIRST_SCREEN = """
import sys
from pathlib import Path
from desktop_app.model.period import Period
from desktop_app.store import entries, months, open_book, plans
book = open_book(Path(sys.argv[1]))
month = months.month(book, Period(2023, 3))
entries.entries(book, month.id)
assert plans.plan_in_force(book, month.period).tasks
entries.save(book, month, "3-1", {"narrative": "写了"}, month.opened_at, "王")
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_reading_and_saving_need_only_the_standard_library(book: Book, month: Month) -> None:
    book.close()
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_SCREEN, str(book.path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    loaded = set(ran.stdout.split())
    assert "sqlite3" in loaded
    assert not loaded & {"sqlite_utils", "click", "pluggy", "openpyxl", "rfc8785", "PySide6"}
