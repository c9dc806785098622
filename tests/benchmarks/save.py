"""A durable save of one field, by the verb that a keystroke takes, beside a bare 4 KB write and its fdatasync.

Both on the disk of the temporary folder (TMPDIR). In the book's folder lies all of the sample plan; texts differ each
time, so that every save writes. Nothing is left out between: the clerk's value is read, the row found, the journal
chained, the file looked for before and after.
"""

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_app.desk.demo import sample_book
from desktop_app.desk.save_entry import save
from desktop_app.model.period import Period

NAME = "save"
SIZE_NAME = "saves"
SIZE = 10
ROUNDS = 100
PEER = "4 KB write + fdatasync"
LIMIT = 2.5

_DAY = date(2023, 4, 4)
_MARCH = Period(2023, 3)
_BLOCK = bytes(range(256)) * 16


def prepare(size: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """This many saves, and this many bare writes; each round goes on where the last one ended."""
    folder = Path(tempfile.mkdtemp(prefix="yuebao-bench-"))
    desk = sample_book(folder / "book.yuebao", today=_DAY)
    plain = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    saved = 0

    def ours() -> None:
        nonlocal saved
        for _ in range(size):
            saved += 1
            save(desk, _MARCH, "2-31", {"narrative": f"第{saved}次：完成改造任务，推动后续工作。"})

    def peer() -> None:
        for _ in range(size):
            os.write(plain, _BLOCK)
            os.fdatasync(plain)

    def leave() -> None:
        desk.close()
        os.close(plain)
        shutil.rmtree(folder)

    weakref.finalize(ours, leave)
    return ours, peer
