"""When our program is at fault: what happened, facts to copy, where the log is, and that the draft is safe."""

import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.language import _
from ui.roomy import RoomyDialog

log = logging.getLogger("yuebao")

_TOP = Path(__file__).resolve().parents[1]
_PAINTS = {"paint", "paintEvent", "sizeHint"}  # what Qt calls again as soon as the crash window is gone


class _WithoutWords(logging.Formatter):
    """Where it broke and in what way, never what anybody typed: the exception's own text stays out."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Frames and the kind of error."""
        return facts(ei[1]) if isinstance(ei, tuple) and isinstance(ei[1], BaseException) else ""


def open_log(folder: Path) -> Path | None:
    """Write a log below the platform's state folder; None where that cannot be done (the program works without)."""
    file = folder / "yuebao.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return file


def facts(problem: BaseException) -> str:
    """What helps to mend it and names nobody: versions, the kind of error, the places in our source."""
    lines = [
        f"Yuebao {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        type(problem).__name__,
    ]
    lines += [
        f"  {_source(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(problem.__traceback__)
    ]
    return "\n".join(lines)


def _source(file: str) -> str:
    """Which file of the program or of a package it is; not where it lies, for a home folder bears a name."""
    path = Path(file)
    if path.is_relative_to(_TOP):
        path = path.relative_to(_TOP)
    parts = path.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return path.name if path.is_absolute() else path.as_posix()


class CrashWindow(RoomyDialog):
    """A calm window: the work goes on after it."""

    def __init__(self, problem: BaseException, log_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("程序出了问题"))
        what = QLabel(
            _(
                "刚才的操作没有完成，是程序的错。已经显示「已保存」的内容都在本机填报簿里，没有丢失。可以继续使用；反复出现时，请把下面的内容交给技术人员（不含填报内容）。"
            )
        )
        what.setWordWrap(True)
        self.facts = QPlainTextEdit(facts(problem))
        self.facts.setReadOnly(True)
        self.facts.setTabChangesFocus(True)
        self.facts.setAccessibleName(_("技术信息"))
        where = QLabel(_("日志：{path}").format(path=log_file) if log_file else _("没有写日志"))
        where.setWordWrap(True)
        copy = QPushButton(_("复制"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.facts.toPlainText()))
        on = QPushButton(_("继续使用"))
        on.setObjectName("primary")
        on.setDefault(True)
        on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(on)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        for widget in (what, self.facts, where):
            box.addWidget(widget)
        box.addLayout(row)
        self.setMinimumWidth(560)


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
        self.window = CrashWindow(problem, self.log_file, QApplication.activeWindow())
        self.window.finished.connect(self._closed)
        self.window.open()

    def _known_drawing(self, problem: BaseException) -> bool:
        if not _PAINTS & {frame.name for frame in traceback.extract_tb(problem.__traceback__)}:
            return False
        said, known = facts(problem), len(self._drawn)
        self._drawn.add(said)
        return len(self._drawn) == known

    def _closed(self, _result: int) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
