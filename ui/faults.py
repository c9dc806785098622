"""What nobody caught: into the log, and before the clerk. Nothing is loaded for it until there is something."""

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.crash_window import CrashWindow

log = logging.getLogger("yuebao")

_PAINTS = {"paint", "paintEvent", "sizeHint"}  # what Qt calls again as soon as the crash window is gone


class _WithoutWords(logging.Formatter):
    """Where it broke and in what way, never what anybody typed: the exception's own text stays out."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Frames and the kind of error."""
        from ui.crash_window import facts

        return facts(ei[1]) if isinstance(ei, tuple) and isinstance(ei[1], BaseException) else ""


class _Log(logging.Handler):
    """The file with two older ones beside it, begun by the first record: hardly any sitting has one."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._kept: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record, and do without where the disk takes it no longer."""
        from logging.handlers import RotatingFileHandler

        try:
            if self._kept is None:
                self._kept = RotatingFileHandler(self._file, maxBytes=500_000, backupCount=2, encoding="utf-8")
                self._kept.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(message)s"))
        except OSError:
            return
        self._kept.emit(record)

    def close(self) -> None:
        """Let go of the file."""
        if self._kept is not None:
            self._kept.close()
        super().close()


def open_log(folder: Path) -> Path | None:
    """Write a log below the platform's state folder; None where that cannot be done (the program works without)."""
    file = folder / "yuebao.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8"):
            log.addHandler(_Log(file))
    except OSError:
        return None
    return file


class Watch:
    """Shows the crash window for what nobody caught; one at a time, and what breaks while drawing only once.

    Qt draws again when the crash window is gone, and nobody could get past it otherwise.
    """

    def __init__(self, log_file: Path | None) -> None:
        self.log_file = log_file
        self.window: CrashWindow | None = None
        self._drawn: set[str] = set()

    def hook(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """For sys.excepthook."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            return
        log.error("unexpected error", exc_info=(kind, problem, trace))
        self.show(problem)

    def show(self, problem: BaseException) -> None:
        """Show what happened."""
        if self.window is not None or self._known_drawing(problem):
            return
        from ui.crash_window import CrashWindow

        self.window = CrashWindow(problem, self.log_file, QApplication.activeWindow())
        self.window.finished.connect(self._closed)
        self.window.open()

    def _known_drawing(self, problem: BaseException) -> bool:
        if not _PAINTS & {frame.name for frame in traceback.extract_tb(problem.__traceback__)}:
            return False
        from ui.crash_window import facts

        said, known = facts(problem), len(self._drawn)
        self._drawn.add(said)
        return len(self._drawn) == known

    def _closed(self, _result: int) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
