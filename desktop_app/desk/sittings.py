"""Whether the last sitting ended as it should, and what the book holds where it did not.

The mark lies in this machine's state folder and not beside the book: nothing hidden is left on a stick.
"""

from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_state_path

from desktop_app.desk.desk import Desk
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.store import journal


class LastKept(NamedTuple):
    """The last change that the book holds. `label` is the field's name, not yet translated; "" for other changes."""

    at: datetime
    task: str
    label: str


def begin(desk: Desk) -> LastKept | None:
    """Set the mark of a sitting; what the book holds where the last one left its mark behind, else None."""
    mark = _mark(desk)
    left_behind = mark.exists()
    with suppress(OSError):  # without a mark nothing is lost but the notice
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return last_kept(desk) if left_behind else None


def end(desk: Desk) -> None:
    """The sitting ended as it should."""
    with suppress(OSError):
        _mark(desk).unlink(missing_ok=True)


def last_kept(desk: Desk) -> LastKept | None:
    """The newest change in the book; None in a new one."""
    rows = journal.newest(desk.book, None, None, None, 1)
    if not rows:
        return None
    row = rows[-1]
    return LastKept(row.at, row.task_id or "", FIELD_LABELS.get(row.field, ""))


def _mark(desk: Desk) -> Path:
    name = sha256(str(desk.book_path.resolve()).encode(errors="surrogatepass")).hexdigest()[:16]
    return user_state_path("yuebao", appauthor=False) / f"open-{name}"
