"""The copies that make themselves while the window is open, and the look through a large book once it can be seen.

When: at the first sight of a day, what was left over from before; half an hour after a day's first change; and when the
window closes, behind it. So a clerk never waits, and with the book's file at most half an hour of a day is lost.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.background import send, wait
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.backups import Made

AFTER_PAINT_MS = 400
PAUSE_MS = 50  # between two pieces of the look through the book
AFTER_CHANGE_MS = 30 * 60 * 1000


class Copies(QObject):
    """One sitting's copies. `damaged` is told what to offer when the book turns out to be damaged."""

    def __init__(self, session: Session, offer: Callable[[], None]) -> None:
        super().__init__(session)
        self._session = session
        self._offer = offer
        self._copied: date | None = None
        self._pieces: list[str] = []
        self._reading_back = False
        self._change = _timer(self, AFTER_CHANGE_MS, self._changed)
        self._piece = _timer(self, AFTER_PAINT_MS, self._begin)
        session.autosave.saved.connect(self._saved)

    def begin(self) -> None:
        """The window is up: the rest follows when it has been painted."""
        self._piece.start()

    def leave(self) -> None:
        """The window is gone from the screen: bring today's copy up to date; what fails is tried at the next start."""
        from desktop_app.desk import backups

        for timer in (self._change, self._piece):
            timer.stop()
        if self._reading_back:
            wait()
        if not self._session.desk.book_damaged:
            with suppress(ClerkError):
                backups.automatic(self._session.desk, even_today=True)

    def _begin(self) -> None:
        from desktop_app.desk import soundness

        self._pieces = list(soundness.pieces(self._session.desk))
        self._piece.timeout.disconnect()
        self._piece.timeout.connect(self._look)
        self._piece.start(PAUSE_MS)

    def _look(self) -> None:
        from desktop_app.desk import soundness

        desk = self._session.desk
        if not self._pieces:
            self._copy()
            return
        try:
            soundness.check(desk, self._pieces.pop(0))
        except ClerkError as problem:
            self._session.messages.refuse(problem, (_("从备份恢复…"), self._offer))
            return
        self._piece.start(PAUSE_MS)

    def _saved(self) -> None:
        if self._copied != self._session.desk.clock().date() and not self._change.isActive():
            self._change.start()

    def _changed(self) -> None:
        self._copied = self._session.desk.clock().date()
        self._copy(even_today=True)

    def _copy(self, *, even_today: bool = False) -> None:
        """Write it here, where the book is; read it back in the background. One at a time."""
        from desktop_app.desk import backups

        if self._reading_back:
            return
        try:
            making = backups.begin(self._session.desk, even_today=even_today)
        except ClerkError as problem:
            self._session.messages.refuse(problem)
            return
        if making:
            self._reading_back = True
            send(making.finish, self._made, self._failed)

    def _failed(self, problem: Exception) -> None:
        self._reading_back = False
        self._session.messages.refuse(problem)

    def _made(self, made: "Made") -> None:
        self._reading_back = False
        if made.flaws:
            what = "；".join(made.flaws[:3])
            self._session.messages.note(_("填报簿里有损坏：{what}。以前的备份都还在。").format(what=what))


def _timer(parent: QObject, wait: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(then)
    return timer
