"""A verb of the receiving desk over several things, one after the other: what takes long is done in the background."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.background import Stop, walk

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

Verb = Callable[[Any], "Steps[Any]"]


class Round(QObject):
    """One round at a time. `began` carries how many things there are and `moved` how many are done; then `rested`.

    Stopping ends it after the thing under way: each is done whole or not at all. One that may be dropped, which
    `began` says too, is dropped at its next step, or where the work itself looks at `halt`.
    """

    began = Signal(int, bool)
    moved = Signal(int)
    rested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[Any] = []
        self._done: list[Any] = []
        self._over = False
        self._dropped: Callable[[], None] | None = None
        self.halt = Stop()

    def go(
        self,
        things: Iterable[Any],
        verb: Verb,
        ended: Callable[[list[Any]], None],
        broke: Callable[[Exception, list[Any]], None],
        dropped: Callable[[], None] | None = None,
    ) -> None:
        """Do each, and tell `ended` what came of them; the first that fails ends the round, and `broke` is told.

        With `dropped` the thing under way may be dropped; it says what that means.
        """
        self._waiting, self._done, self._dropped, self.halt = list(things), [], dropped, Stop()
        self.began.emit(len(self._waiting), dropped is not None)
        self._next(verb, ended, broke)

    def stop(self) -> None:
        """Take no further thing."""
        self._waiting.clear()
        if self._dropped is not None:
            self.halt.ask()
            self.rested.emit()
            self._dropped()

    def let_go(self) -> None:
        """The book is closing: no step that needs it is taken any more, and nobody is told."""
        self._over = True
        self._waiting.clear()

    def _next(
        self, verb: Verb, ended: Callable[[list[Any]], None], broke: Callable[[Exception, list[Any]], None]
    ) -> None:
        halt = self.halt
        if self._is_over() or halt.asked:
            return
        if not self._waiting:
            self.rested.emit()
            ended(self._done)
            return

        def done(value: object) -> None:
            if halt.asked:
                return
            self._done.append(value)
            self.moved.emit(len(self._done))
            self._next(verb, ended, broke)

        def failed(problem: Exception) -> None:
            if halt.asked:
                return
            self._waiting.clear()
            self.rested.emit()
            broke(problem, self._done)

        walk(verb(self._waiting.pop(0)), done, failed, lambda: halt.asked or self._is_over())

    def _is_over(self) -> bool:
        return self._over or not isValid(self)
