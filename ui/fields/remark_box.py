"""退回意见: what the bureau sent back with a month, an answer under each, and the way to the next revision."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS, REPORT
from desktop_app.model.standing_remark import StandingRemark
from ui.fields.word_line import WordLine


def place_words(remark: StandingRemark) -> str:
    """3-9 本月进展; what speaks of all of it says so."""
    task = _("整份月报") if remark.task == REPORT else remark.task
    return f"{task} {_(FIELD_LABELS[remark.field])}" if remark.field in FIELD_LABELS else task


class RemarkBox(QFrame):
    """Hidden where nothing came back. `answered` carries remark and text, `corrected` a reason, `open_task` a task."""

    answered = Signal(object, str)
    corrected = Signal(str)
    open_task = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.lines: list[WordLine] = []
        self.reason = WordLine()
        self.reason.setPlaceholderText(_("另起一版的原因，例如：按退回意见修改"))
        self.again = QPushButton(_("另起一版(&Z)"))
        self.again.clicked.connect(lambda: self.corrected.emit(self.reason.text()))
        self.reason.returnPressed.connect(self.again.click)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._next = QWidget()
        ask = QHBoxLayout(self._next)
        ask.setContentsMargins(0, 0, 0, 0)
        label = QLabel(_("原因(&G)"))
        label.setBuddy(self.reason)
        for widget in (label, self.reason, self.again):
            ask.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.addWidget(self.title)
        box.addLayout(self._rows)
        box.addWidget(self._next)
        self.hide()

    def show_remarks(self, remarks: Sequence[StandingRemark], *, returned: bool, writable: bool) -> None:
        """What still stands of them; `returned`: the next revision has yet to be opened, `writable`: it is."""
        standing = [each for each in remarks if not each.closed]
        waiting = sum(each.open for each in standing)
        self.title.setText(_("退回意见 {count} 条，{open} 条还没有答复").format(count=len(standing), open=waiting))
        while self._rows.count():
            item = self._rows.takeAt(0)
            row = item.widget() if item else None
            if row:
                row.hide()
                row.deleteLater()
        self.lines = []
        for each in standing:
            self._rows.addWidget(self._row(each, writable=writable))
        self._next.setVisible(returned)
        self.setVisible(bool(standing) or returned)

    def _row(self, remark: StandingRemark, *, writable: bool) -> QWidget:
        words = _("{place}：{text}").format(place=place_words(remark), text=remark.text)
        said = QLabel(f"{'!' if remark.open else '✓'}　{words}")
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = WordLine(remark.answer)
        line.setReadOnly(not writable)
        line.setPlaceholderText(_("写明怎样处理的，按 Enter 记下") if writable else _("另起一版后答复"))
        line.setAccessibleName(_("答复：{words}").format(words=words))
        line.editingFinished.connect(partial(self._answer, remark, line))
        self.lines.append(line)
        answer = QHBoxLayout()
        answer.setContentsMargins(0, 0, 0, 0)
        answer.addWidget(line, 1)
        if remark.task != REPORT:
            go = QPushButton(_("去这一项"))
            go.setObjectName("chip")
            go.setAccessibleName(_("去 {task}").format(task=remark.task))
            go.clicked.connect(lambda: self.open_task.emit(remark.task))
            answer.addWidget(go)
        made = QWidget()
        rows = QVBoxLayout(made)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3)
        rows.addWidget(said)
        rows.addLayout(answer)
        return made

    def _answer(self, remark: StandingRemark, line: WordLine) -> None:
        text = line.text().strip()
        if text and text != remark.answer and not line.isReadOnly():
            self.answered.emit(remark, text)
