"""Long work that a page asks for: what is being done is said over the page, can be stopped, and holds nobody up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_app.desk.files import write_file
from desktop_app.language import _
from ui.background import Stop, StoppedError, send
from ui.messages import Messages

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
        self.words = words
        self.began.emit(words, stoppable)
        send(lambda: work(stop), lambda value: self._home(stop, done, value), lambda no: self._failed(stop, no))
        return True

    def cancel(self) -> None:
        """Wait no longer. What was finished all the same is still told of."""
        if self._stop is not None:
            self._stop.ask()
            self._rest(self._stop)
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
