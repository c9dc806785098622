"""What the plan has to say about a task in the form: altered by a revision, still asked about, or dropped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.month import MonthView, Row
from desktop_app.language import _
from ui.models.plan_changes import change_words
from ui.models.plan_words import short

LONGEST = 160  # characters of one change; the whole of it is in the tool tip


class PlanFlags(QWidget):
    """`ask` carries the id of a question to go to."""

    ask = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = ""
        self.changed = QLabel()
        self.changed.setObjectName("badgeWarn")
        self.dropped = QLabel(_("这项任务已被新一版任务表取消，不用再报。下面是取消前写过的内容，只能查看。"))
        self.dropped.setObjectName("badge")
        self.asked = QFrame()
        self.asked.setObjectName("message")
        self.asked.setProperty("kind", "note")
        self.asked_words = QLabel()
        self.to_question = QPushButton(_("去确认"))
        row = QHBoxLayout(self.asked)
        row.setContentsMargins(10, 4, 6, 4)
        row.addWidget(self.asked_words, 1)
        row.addWidget(self.to_question)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for label in (self.changed, self.dropped, self.asked_words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.changed, self.dropped, self.asked):
            box.addWidget(widget)
        self.to_question.clicked.connect(lambda: self.ask.emit(self._question))

    def show_row(self, row: Row, view: MonthView) -> None:
        """Show what there is to say of a task; nothing where there is nothing."""
        said = [change_words(each) for each in row.changes]
        text = _("第 {revision} 版调整了　{words}")
        self.changed.setText(
            "\n".join(text.format(revision=view.plan.revision, words=short(each, LONGEST)) for each in said)
        )
        self.changed.setToolTip("\n".join(said))
        self.changed.setVisible(bool(said))
        self.dropped.setVisible(row.dropped)
        still = [each for each in view.plan.open_questions if each.id in row.task.open_questions]
        self._question = still[0].id if still and not row.dropped else ""
        self.asked_words.setText("？ " + still[0].words if still else "")
        self.to_question.setAccessibleDescription(self.asked_words.text())
        self.asked.setVisible(bool(self._question))
        self.setVisible(bool(said) or row.dropped or bool(self._question))
