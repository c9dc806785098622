"""One line over every page of a book that can only be looked at, and the way to work in it after all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.language import _


class LookingLine(QFrame):
    """Hidden where the book is open to be worked in. `again` asks for another try."""

    again = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("kind", "note")
        seen = f"{desk.seen_at:%H:%M:%S}" if desk.seen_at else ""
        self.words = QLabel(
            _(
                "只读查看：打开时填报簿正被使用或不能写入。下面是 {when} 时的内容，可以查看、导出和打印，不能修改。"
            ).format(when=seen)
        )
        self.words.setWordWrap(True)
        self.retry = QPushButton(_("重新打开以便填报"))
        self.retry.clicked.connect(self.again)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.retry)
        self.setVisible(desk.read_only)


def reason() -> str:
    """Why something is grey."""
    return _("现在是只读查看，不能修改。")
