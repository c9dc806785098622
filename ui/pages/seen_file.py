"""A file that was opened from a folder: what it is, who signed it, and whether that holds. Nothing is taken in."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.desk import seen_file
from desktop_app.desk.seen_file import Seen
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.background import send
from ui.messages import MessageBar, Messages

_BADGES = {"good": "badgeGood", "note": "badgeWarn", "bad": "badgeBad"}


class SeenFilePage(QWidget):
    """`book_wanted` asks for the window on the book. The look happens away from the window."""

    book_wanted = Signal()

    def __init__(
        self, file: Path, book: Path, today: date | None, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.messages = messages
        self.seen: Seen | None = None
        self.name = QLabel(file.name)
        self.name.setObjectName("title")
        self.name.setWordWrap(True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict = QLabel(_("正在核验…"))
        self.verdict.setObjectName("badge")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("核验结果"))
        self.keep = QPushButton(_("保存核验结果…"))
        self.keep.setEnabled(False)
        self.open_book = QPushButton(_("打开填报簿"))
        self.done = QPushButton(_("关闭"))
        self._lay_out()
        self.keep.clicked.connect(self._keep)
        self.open_book.clicked.connect(self.book_wanted.emit)
        self.done.clicked.connect(self.close)
        send(lambda: seen_file.look(file, book, today), self._found, self._failed)

    def _lay_out(self) -> None:
        verdict = QHBoxLayout()
        verdict.addWidget(self.verdict)
        verdict.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addStretch(1)
        foot.addWidget(self.open_book)
        foot.addWidget(self.done)
        page = QVBoxLayout(self)
        page.setContentsMargins(28, 22, 28, 22)
        page.setSpacing(12)
        page.addWidget(MessageBar(self.messages))
        page.addWidget(self.name)
        page.addLayout(verdict)
        page.addWidget(self.text, 1)
        page.addLayout(foot)

    def _found(self, seen: Seen) -> None:
        if isValid(self):
            self.seen = seen
            self._say(seen.verdict, _BADGES[seen.standing], seen.text)
            self.keep.setEnabled(seen.found is not None)

    def _failed(self, problem: Exception) -> None:
        if isValid(self):
            self._say(_("没有核验"), "badgeBad", "")
            self.messages.refuse(problem)

    def _say(self, verdict: str, badge: str, text: str) -> None:
        self.verdict.setText(verdict)
        self.verdict.setObjectName(badge)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self.text.setPlainText(text)

    def _keep(self) -> None:
        if self.seen is None:
            return
        begin = self.seen.file.with_name(_("核验结果") + ".pdf")
        out, _kind = QFileDialog.getSaveFileName(self, _("保存核验结果"), str(begin), "PDF (*.pdf);;TXT (*.txt)")
        if not out:
            return
        try:
            seen_file.write(self.seen, Path(out))
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        self.messages.good(_("已写到 {path}。").format(path=out))
