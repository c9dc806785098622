"""Work that a dialog waits for: step by step, and dropped it comes home to nobody."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.background import walk
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps


class UnderWay:
    """One piece at a time. Once it is dropped, or the book has closed, no step is taken and nobody is told."""

    def __init__(self, session: Session, dialog: QWidget) -> None:
        self._session = session
        self._dialog = dialog
        self._count = 0  # of pieces: one that comes home under another number was dropped
        self.busy = False

    def follow(self, steps: "Steps[Any]", done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Go through it; one of the two is told."""
        self._count += 1
        self.busy = True
        mine = self._count

        def over() -> bool:
            return mine != self._count or self._session.over or not isValid(self._dialog)

        def home(tell: Callable[[Any], None], value: object) -> None:
            if not over():
                self.busy = False
                tell(value)

        walk(steps, lambda value: home(done, value), lambda problem: home(failed, problem), over)

    def drop(self) -> bool:
        """Wait no longer; whether there was anything to wait for."""
        dropped, self.busy = self.busy, False
        self._count += 1
        return dropped
