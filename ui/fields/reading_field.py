"""One field of a task: the table's own words beside what was understood, who settled it, and a line to put it right."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.language import _
from ui.fields.word_line import WordLine
from ui.restyle import restyle

NAME_WIDTH, EDIT_WIDTH = 84, 84


class ReadingField(QFrame):
    """`corrected` carries field and words, `withdrawn` the field. A field with `choices` (words kept: words shown)
    takes one."""

    corrected = Signal(str, str)
    withdrawn = Signal(str)

    def __init__(
        self,
        field: str,
        label: str,
        hint: str = "",
        choices: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.field = field
        self.label = label
        self._before = ""
        self.name = QLabel(label)
        self.name.setObjectName("muted")
        self.raw, self.reading = _words(), _words()
        self.mark = QLabel()
        self.mark.setObjectName("badgeGood")
        self.asked = QLabel(_("？ 还没有确认，见上面的问题"))
        self.asked.setObjectName("badgeWarn")
        for badge in (self.mark, self.asked):
            badge.setWordWrap(True)
            badge.setTextFormat(Qt.TextFormat.PlainText)
        self.edit = QPushButton(_("更正…"))
        self.edit.setObjectName("chip")
        self.edit.setAccessibleName(_("更正{field}").format(field=label))
        self.back = QPushButton(_("撤回"))
        self.back.setObjectName("chip")
        self.back.setAccessibleName(_("撤回对{field}的更正，恢复按原文读出的结果").format(field=label))
        self.line = WordLine()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(_("{field}应为").format(field=label))
        self.choice = QComboBox()
        for kept, shown in (choices or {}).items():
            self.choice.addItem(shown, kept)
        self.choice.setAccessibleName(_("{field}应为").format(field=label))
        self.save = QPushButton(_("记下　Enter"))
        self.cancel = QPushButton(_("不改　Esc"))
        self.refusal = QLabel()
        self.refusal.setObjectName("badgeBad")
        self.refusal.setWordWrap(True)
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._connect()
        self.close_editor()

    def _lay_out(self) -> None:
        self.editor = QWidget()
        line = QHBoxLayout(self.editor)
        line.setContentsMargins(0, 2, 0, 2)
        for widget in (self.line, self.choice):
            line.addWidget(widget, 1)
        line.addWidget(self.save)
        line.addWidget(self.cancel)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 5, 0, 5)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.name, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.raw, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.reading, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.edit, 0, 3, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.asked, 1, 2, 1, 2)
        grid.addWidget(self.mark, 2, 2)
        grid.addWidget(self.back, 2, 3)
        grid.addWidget(self.editor, 3, 1, 1, 3)
        grid.addWidget(self.refusal, 4, 1, 1, 3)
        self.name.setFixedWidth(NAME_WIDTH)
        self.name.setWordWrap(True)
        for button in (self.edit, self.back):  # one width in every row, so that the columns stand under their heads
            button.setMinimumWidth(EDIT_WIDTH)
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 6)

    def _connect(self) -> None:
        self.edit.clicked.connect(self.open_editor)
        self.back.clicked.connect(lambda: self.withdrawn.emit(self.field))
        self.save.clicked.connect(self.take)
        self.cancel.clicked.connect(self._leave)

    def show_reading(self, raw: str, reading: str, answer: str) -> None:
        """What the table says, what was understood, and the latter in words that can be put right."""
        self.raw.setText(raw)
        self.reading.setText(reading)
        self.raw.setAccessibleName(_("{field}，表中原文：{words}").format(field=self.label, words=raw))
        self.reading.setAccessibleName(_("{field}，读成：{words}").format(field=self.label, words=reading))
        self._before = answer
        self.close_editor()

    def show_mark(self, words: str, *, asked: bool, withdrawable: bool) -> None:
        """Who settled it, or that it is still asked for."""
        self.asked.setVisible(asked)
        self.mark.setText(words)
        self.mark.setVisible(bool(words))
        self.back.setVisible(withdrawable)

    def open_editor(self) -> None:
        """The line to put it right, with the present reading in it."""
        self.editor.show()
        choices = self.choice.count() > 0
        self.line.setVisible(not choices)
        self.choice.setVisible(choices)
        self.line.setText(self._before)
        self.choice.setCurrentIndex(self.choice.findData(self._before))
        (self.choice if choices else self.line).setFocus()
        self.line.selectAll()

    def close_editor(self) -> None:
        """Put the line away."""
        self.editor.hide()
        self.refuse("")

    def take(self) -> None:
        """Hand the words over; the same words as before change nothing."""
        words = self.choice.currentData() if self.choice.count() else self.line.text().strip()
        if words == self._before:
            self._leave()
        else:
            self.corrected.emit(self.field, words)

    def refuse(self, reason: str) -> None:
        """Say why the words cannot be taken."""
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
        self.line.setAccessibleDescription(reason)
        restyle(self.line, "refused", "true" if reason else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes, Esc leaves; both only while the line is open."""
        if self.editor.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._leave if self.cancel.hasFocus() else self.take)()
        elif self.editor.isVisible() and event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.close_editor()
        self.edit.setFocus()


def _words() -> QLabel:
    made = QLabel()
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
