"""What came in from an office that is not enrolled: what is said of it, and the way to compare its fingerprint."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.language import _

if TYPE_CHECKING:  # reading files from outside is heavy and waits until it is asked for
    from desktop_app.desk.enrolling import Stranger
    from desktop_app.desk.receive import NotTaken, Taken
    from ui.session import Session


def said(taken: "Sequence[Taken]", refused: "Sequence[NotTaken]") -> list[str]:
    """What became of each file, in a sentence; of a stranger's without the advice for the command line."""
    words = [row.effect for row in taken]
    for row in refused:
        why = row.stranger.said if row.stranger else row.reason
        words.append(_("没有收 {file}：{why}").format(file=Path(row.file).name, why=why))
    return words


def met(taken: "Sequence[Taken]", refused: "Sequence[NotTaken]") -> "tuple[Stranger, ...]":
    """The strangers among them, those first whose files wait outside."""
    found = [*(row.stranger for row in refused), *(row.stranger for row in taken)]
    return tuple(stranger for stranger in found if stranger is not None)


def to_compare(session: "Session", found: "tuple[Stranger, ...]") -> tuple[str, Callable[[], None]] | None:
    """The button beside the message; None where nobody is a stranger, or nothing may be written."""
    if not found or session.desk.read_only:
        return None
    return _("核对指纹并登记…"), lambda: session.strangers_met.emit(found)
