"""When the book cannot be opened: what happened, and every way on: again, a look only, a backup, another book."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.desk import backups, open_book, unlocking
from desktop_app.desk.backups import Holds
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.background import Stop, StoppedError, send
from ui.messages import MessageBar, Messages

SHOWN = 3  # other books as buttons; the rest is a file dialog away


class TroublePage(QWidget):
    """`ready` carries an open desk, `other` the path of another book to open instead; `known` are the last ones.

    Nothing is changed unless a button says so, and a restore can be undone.
    """

    ready = Signal(object)
    other = Signal(object)

    def __init__(
        self,
        book: Path,
        today: date | None,
        messages: Messages,
        problem: ClerkError,
        known: Sequence[Path] = (),
        parent: QWidget | None = None,
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
        self.known = [self._other_button(path) for path in known[:SHOWN]]
        self.elsewhere = QPushButton(_("选择另一个填报簿文件…"))
        self.key_words = _words(_("照打印件键入恢复密钥，各组之间空一格，大小写不限："), "muted")
        self.key = QLineEdit()
        self.unlock = QPushButton(_("用恢复密钥打开"))
        self._to_restore: Path | None = None  # an encrypted copy that waits for its key
        self.busy = QProgressBar()
        self.stop = QPushButton(_("停下"))
        self._stop = Stop()
        self.locked = isinstance(problem, open_book.LockedBookError)
        self._lay_out()
        self.unlock.clicked.connect(self._unlock)
        self.key.returnPressed.connect(self._unlock)
        self.again.clicked.connect(lambda: self._open(lambda: open_book.open_desk(book, today=today)))
        self.look.clicked.connect(lambda: self._open(lambda: open_book.look_only(book, today=today)))
        self.stop.clicked.connect(self._stop_it)
        self.restore.clicked.connect(lambda: self._restore(self.newest))
        self.choose.clicked.connect(self._choose)
        self.elsewhere.clicked.connect(self._choose_other)
        self.restore.setEnabled(False)
        self.look.setVisible(not self.locked and book.is_file() and book.stat().st_size > 0)
        send(lambda: _look_at_newest(book), self._found, self._found)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(44 * card.fontMetrics().horizontalAdvance("月"))
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
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("正在恢复…"))
        self.busy.hide()
        self.stop.setAccessibleName(_("停下：{words}").format(words=_("正在恢复…")))
        self.stop.hide()
        wait = QHBoxLayout()
        wait.addWidget(self.busy, 1)
        wait.addWidget(self.stop)
        box.addLayout(wait)
        box.addSpacing(10)
        if self.known:
            box.addWidget(_words(_("或者打开另一个用过的填报簿："), "muted"))
        for button in (*self.known, self.elsewhere):
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
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
        row = self.key_row = QWidget()
        self.key_words.setBuddy(self.key)
        self.key.setAccessibleName(_("恢复密钥"))
        line = QHBoxLayout()
        line.addWidget(self.key, 1)
        line.addWidget(self.unlock)
        box = QVBoxLayout(row)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(self.key_words)
        box.addLayout(line)
        row.setVisible(self.locked)
        return row

    def _unlock(self) -> None:
        typed, copy = self.key.text(), self._to_restore
        if copy is not None:
            self._restore(copy, typed)
            return
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

    def _other_button(self, path: Path) -> QPushButton:
        button = QPushButton(f"{path.name}　{path.parent}")
        button.setAccessibleName(_("打开 {path}").format(path=path))
        button.setToolTip(str(path))
        button.clicked.connect(lambda: self.other.emit(path))
        return button

    def _choose_other(self) -> None:
        kinds = _("填报簿 (*.yuebao);;所有文件 (*)")
        file, _kind = QFileDialog.getOpenFileName(self, _("选择另一个填报簿文件"), str(self.book.parent), kinds)
        if file:
            self.other.emit(Path(file))

    def _restore(self, backup: Path | None, recovery: str | None = None) -> None:
        if backup is None:
            return
        stop = self._stop = Stop()
        self._work(busy=True)
        work = partial(_put_back, self.book, backup, recovery, stop.here)
        send(work, self._restored, lambda no: self._not_restored(backup, no))

    def _stop_it(self) -> None:
        self._stop.ask()
        self.stop.setEnabled(False)

    def _restored(self, _done: object) -> None:
        if isValid(self):
            self._work(busy=False)
            self._open(lambda: open_book.open_desk(self.book, today=self.today))

    def _not_restored(self, backup: Path, problem: Exception) -> None:
        if not isValid(self):
            return
        self._work(busy=False)
        if isinstance(problem, StoppedError):
            self.messages.note(_("已停下，没有恢复，文件没有改动。"))
            return
        if isinstance(problem, open_book.LockedBookError):
            self._to_restore = backup
            self.key_words.setText(_("这份备份是加密的。照打印件键入它的恢复密钥，各组之间空一格，大小写不限："))
            self.unlock.setText(_("用恢复密钥恢复"))
            self.key_row.show()
            self.key.setFocus()
            if not problem.wrong_key:
                return
        self.messages.refuse(problem)

    def _work(self, *, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        for widget in (self.again, self.look, self.restore, self.choose, self.unlock, *self.known, self.elsewhere):
            widget.setEnabled(not busy)
        self.restore.setEnabled(not busy and self.newest is not None)


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


def _put_back(book: Path, backup: Path, recovery: str | None, here: Callable[[], None]) -> None:
    """Restore a copy; an encrypted one with its typed key. Any thread."""
    if recovery is not None:
        unlocking.learn(backup, recovery)
    backups.restore(book, backup, here=here)


def _look_at_newest(book: Path) -> Holds | None:
    newest = backups.newest(book)
    return backups.look(newest.path) if newest else None


def _words(text: str, name: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setObjectName(name)
    return label
