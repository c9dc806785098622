"""When the book cannot be opened: what happened, and every way on that there is: again, a look only, a backup."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.desk import backups, open_book
from desktop_app.desk.backups import Holds
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.background import send
from ui.messages import MessageBar, Messages


class TroublePage(QWidget):
    """`ready` carries an open desk. Nothing is changed unless a button says so, and a restore can be undone."""

    ready = Signal(object)

    def __init__(
        self, book: Path, today: date | None, messages: Messages, problem: ClerkError, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.book = book
        self.today = today
        self.messages = messages
        self.newest: Path | None = None
        self.what = _words(problem.title, "title")
        self.advice = _words(problem.advice)
        self.holds = _words(_("正在查看有没有自动备份…"), "muted")
        self.again = QPushButton(_("再试一次"))
        self.again.setObjectName("primary")
        self.look = QPushButton(_("只读查看"))
        self.restore = QPushButton(_("从这份备份恢复"))
        self.choose = QPushButton(_("另选备份文件…"))
        self.key = QLineEdit()
        self.unlock = QPushButton(_("用恢复密钥打开"))
        self.locked = isinstance(problem, open_book.LockedBookError)
        self._lay_out()
        self.unlock.clicked.connect(self._unlock)
        self.key.returnPressed.connect(self._unlock)
        self.again.clicked.connect(lambda: self._open(lambda: open_book.open_desk(book, today=today)))
        self.look.clicked.connect(lambda: self._open(lambda: open_book.look_only(book, today=today)))
        self.restore.clicked.connect(lambda: self._restore(self.newest))
        self.choose.clicked.connect(self._choose)
        self.restore.setEnabled(False)
        self.look.setVisible(not self.locked and book.is_file() and book.stat().st_size > 0)
        send(lambda: _look_at_newest(book), self._found, self._found)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(620)
        box = QVBoxLayout(card)
        box.setContentsMargins(28, 22, 28, 22)
        box.setSpacing(10)
        for widget in (self.what, self.advice, MessageBar(self.messages)):
            box.addWidget(widget)
        first = QHBoxLayout()
        for button in (self.again, self.look):
            first.addWidget(button)
        first.addStretch(1)
        box.addLayout(first)
        box.addWidget(self._key_row())
        box.addSpacing(10)
        box.addWidget(self.holds)
        second = QHBoxLayout()
        for button in (self.restore, self.choose):
            second.addWidget(button)
        second.addStretch(1)
        box.addLayout(second)
        page = QVBoxLayout(self)
        page.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 8)
        middle.addStretch(1)
        page.addLayout(middle)
        page.addStretch(2)

    def _key_row(self) -> QWidget:
        """The place for the printed key of an encrypted book."""
        row = QWidget()
        label = _words(_("照打印件键入恢复密钥，各组之间空一格，大小写不限："), "muted")
        label.setBuddy(self.key)
        self.key.setAccessibleName(_("恢复密钥"))
        line = QHBoxLayout()
        line.addWidget(self.key, 1)
        line.addWidget(self.unlock)
        box = QVBoxLayout(row)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(label)
        box.addLayout(line)
        row.setVisible(self.locked)
        return row

    def _unlock(self) -> None:
        typed = self.key.text()
        self._open(lambda: open_book.open_desk(self.book, today=self.today, recovery=typed))

    def _open(self, opening: Callable[[], object]) -> None:
        try:
            desk = opening()
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        self.ready.emit(desk)

    def _found(self, found: object) -> None:
        if not isValid(self):
            return
        if isinstance(found, Holds):
            self.newest = found.path
            self.holds.setText(words_on(found))
        else:
            self.holds.setText(_("旁边没有能用的自动备份；如果另外存过备份，可以选那个文件。"))
        self.restore.setEnabled(self.newest is not None)

    def _choose(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("选择备份文件"), str(self.book.parent))
        if file:
            self._restore(Path(file))

    def _restore(self, backup: Path | None) -> None:
        if backup is None:
            return
        try:
            backups.restore(self.book, backup)
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        self._open(lambda: open_book.open_desk(self.book, today=self.today))


def words_on(found: Holds) -> str:
    """What a copy holds, in a few lines."""
    last = f"{found.last_change:%Y-%m-%d %H:%M}" if found.last_change else "—"
    lines = [_("最近一份完好的自动备份：{unit}，最后改动 {last}。").format(unit=found.unit.short_name, last=last)]
    lines += [
        _("{period}第{revision}版：{filled}/{tasks} 项已填").format(
            period=month.period.spoken, revision=month.revision, filled=month.filled, tasks=month.tasks
        )
        for month in found.months[-3:]
    ]
    return "\n".join([*lines, _("恢复前的文件会留着，随时可以换回来。")])


def _look_at_newest(book: Path) -> Holds | None:
    newest = backups.newest(book)
    return backups.look(newest.path) if newest else None


def _words(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setObjectName(name)
    return label
