"""What the plan has to say about a task in the form: altered by a revision, still asked about, or dropped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.month import MonthView, Row
from desktop_app.language import N_, _
from ui.models.plan_changes import change_words
from ui.models.plan_words import short

LONGEST = 160  # characters of one change; the whole of it is in the tool tip
GONE = N_("这项任务已被新一版任务表取消，不用再报。下面是取消前写过的内容，只能查看。")
GIVEN = N_("这项任务按现在的任务表已不由本单位负责，不用再报。下面是以前写过的内容，只能查看。")


class PlanFlags(QWidget):
    """`ask` carries the id of a question to go to; `seen` says that the changes shown were read."""

    ask = Signal(str)
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = ""
        self.changed = QLabel()
        self.changed.setObjectName("badgeWarn")
        self.confirm = QPushButton(_("知道了，按新的填(&K)"))
        self.confirm.setToolTip(_("记下是谁、什么时候确认的；在「计划」页可以撤回。"))
        self.altered = QWidget()
        self.dropped = QLabel()
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
        told = QHBoxLayout(self.altered)
        told.setContentsMargins(0, 0, 0, 0)
        told.addWidget(self.changed, 1)
        told.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for label in (self.changed, self.dropped, self.asked_words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.altered, self.dropped, self.asked):
            box.addWidget(widget)
        self.confirm.clicked.connect(self.seen)
        self.to_question.clicked.connect(lambda: self.ask.emit(self._question))

    def show_row(self, row: Row, view: MonthView) -> None:
        """Show what there is to say of a task; nothing where there is nothing."""
        said = [change_words(each) for each in row.unread]
        text = _("第 {revision} 版调整了　{words}")
        self.changed.setText(
            "\n".join(text.format(revision=view.plan.revision, words=short(each, LONGEST)) for each in said)
        )
        self.changed.setToolTip("\n".join(said))
        self.altered.setVisible(bool(said))
        self.confirm.setVisible(not row.task.open_questions)
        self.confirm.setAccessibleDescription(self.changed.text())
        self.dropped.setText(_(GONE if row.ours else GIVEN))
        self.dropped.setVisible(row.dropped)
        still = [each for each in view.plan.open_questions if each.id in row.task.open_questions]
        self._question = still[0].id if still and not row.dropped else ""
        self.asked_words.setText("？ " + still[0].words if still else "")
        self.to_question.setAccessibleDescription(self.asked_words.text())
        self.asked.setVisible(bool(self._question))
        self.setVisible(bool(said) or row.dropped or bool(self._question))
