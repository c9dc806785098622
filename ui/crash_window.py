"""When our program is at fault: what happened, facts to copy, where the log is, and that the draft is safe."""

import platform
import traceback
from pathlib import Path

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

_TOP = Path(__file__).resolve().parents[1]


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
