"""Long work that a page asks for: what is being done is said over the page, can be stopped, and holds nobody up."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_app.desk.files import write_file
from desktop_app.language import _
from ui.background import Stop, StoppedError, send, walk
from ui.messages import Messages

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

Work = Callable[[Stop], Any]  # sees no widget and no book


def write_when_made(file: Path, make: Callable[[], bytes], stop: Stop) -> Path:
    """Make a file's bytes and write them, whole; nothing is written once somebody has stopped it."""
    data = make()
    stop.here()
    write_file(file, data)
    return file


class LongWork(QObject):
    """One piece at a time. `began` carries what is being done and whether it can be stopped; `ended`: it is over."""

    began = Signal(str, bool)
    ended = Signal()

    def __init__(self, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        self._stop: Stop | None = None
        self._stopped = self._no_file
        self.words = ""

    @property
    def under_way(self) -> bool:
        """Whether something is being done."""
        return self._stop is not None

    def start(self, words: str, work: Work, done: Callable[[Any], None], *, stoppable: bool = True) -> bool:
        """Do it in the background and tell `done`; False where something else is under way, which is said."""
        if self._stop is not None:
            self._messages.note(_("{words}请等它完成，或先停下它。").format(words=self.words))
            return False
        stop = self._stop = Stop()
        self.words, self._stopped = words, self._no_file
        self.began.emit(words, stoppable)
        send(lambda: work(stop), lambda value: self._home(stop, done, value), lambda no: self._failed(stop, no))
        return True

    def follow(self, words: str, steps: "Steps[Any]", done: Callable[[Any], None], stopped: Callable[[], None]) -> bool:
        """Go through a verb that needs the book: what takes long in the background, the book's part here between it.

        Stopped, it goes no step further; `stopped` says what that means. What was kept by then stays kept.
        """
        if self._stop is not None:
            self._messages.note(_("{words}请等它完成，或先停下它。").format(words=self.words))
            return False
        stop = self._stop = Stop()
        self.words, self._stopped = words, stopped
        self.began.emit(words, True)
        walk(
            steps,
            lambda value: self._home(stop, done, value),
            lambda no: self._failed(stop, no),
            lambda: stop.asked or not isValid(self),
        )
        return True

    def leave(self) -> None:
        """The book is closing: no step that needs it is taken any more."""
        if self._stop is not None:
            self._stop.ask()

    def cancel(self) -> None:
        """Wait no longer. A file that was finished all the same is still told of."""
        if self._stop is not None:
            stopped, self._stopped = self._stopped, self._no_file
            self._stop.ask()
            self._rest(self._stop)
            stopped()

    def _no_file(self) -> None:
        self._messages.note(_("已停下，没有写文件。"))

    def _home(self, stop: Stop, done: Callable[[Any], None], value: object) -> None:
        if isValid(self):
            self._rest(stop)
            done(value)

    def _failed(self, stop: Stop, problem: Exception) -> None:
        if isValid(self):
            self._rest(stop)
            if not isinstance(problem, StoppedError):
                self._messages.refuse(problem)

    def _rest(self, stop: Stop) -> None:
        if self._stop is stop:
            self._stop = None
            self.ended.emit()
