"""One task of the plan: its row as imported beside what was understood of it, to be confirmed or put right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.plan_answers import CHOICES, answer_words, choice_words
from desktop_app.language import N_, _
from desktop_app.model.plan import Plan, Task
from ui.fields.reading_field import EDIT_WIDTH, NAME_WIDTH, ReadingField
from ui.models.plan_words import (
    FIELDS,
    decision_on,
    decision_words,
    field_asked,
    raw_words,
    reading_words,
)
from ui.session import Session

LABELS = {
    "targets": N_("年度目标"),
    "deadline": N_("完成时限"),
    "owners": N_("主责单位"),
    "lead": N_("牵头部门"),
    "supporters": N_("协办单位"),
    "key": N_("重点任务"),
    "obligation": N_("任务性质"),
}
_UNITS = N_("单位名称、简称或代码，用「、」隔开；没有就写「无」")
HINTS = {
    "targets": N_("例如：300个村；不设数量目标"),
    "deadline": N_("例如：年底前、6月底前、11月15日前、长期实施"),
    "owners": _UNITS,
    "lead": _UNITS,
    "supporters": _UNITS,
}


class TaskCard(QWidget):
    """`corrected` carries field and words, `withdrawn` a field, `ask` the id of a question still open."""

    corrected = Signal(str, str)
    withdrawn = Signal(str)
    ask = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._question = ""
        self.task_id = ""
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.place = QLabel()
        self.place.setObjectName("muted")
        self.measure = QLabel()
        self.measure.setObjectName("raw")
        self.said = QLabel()
        self.said.setObjectName("badgeGood")
        for label in (self.title, self.place, self.measure, self.said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.asked = QFrame()
        self.asked.setObjectName("message")
        self.asked.setProperty("kind", "note")
        self.asked_words = QLabel()
        self.asked_words.setWordWrap(True)
        self.to_question = QPushButton(_("去答复"))
        row = QHBoxLayout(self.asked)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.asked_words, 1)
        row.addWidget(self.to_question)
        self.to_question.clicked.connect(lambda: self.ask.emit(self._question))
        self.fields: dict[str, ReadingField] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 10)
        page.setSpacing(7)
        measure = QLabel(_("工作措施（表中原文）"))
        measure.setObjectName("muted")
        for widget in (self.title, self.place, self.asked, self.said, measure, self.measure):
            page.addWidget(widget)
        heads = QHBoxLayout()
        heads.setContentsMargins(0, 4, 0, 0)
        heads.setSpacing(10)
        for words, stretch, width in (
            ("", 0, NAME_WIDTH),
            (_("表中原文"), 5, 0),
            (_("读成（按这个填报、提醒）"), 6, 0),
            ("", 0, EDIT_WIDTH),
        ):
            head = QLabel(words)
            head.setObjectName("columnHead")
            head.setFixedWidth(width) if width else None
            heads.addWidget(head, stretch)
        page.addLayout(heads)
        for name in FIELDS:
            field = ReadingField(
                name,
                _(LABELS[name]),
                _(HINTS.get(name, "")) if name in HINTS else "",
                {word: choice_words(word) for word in CHOICES.get(name, ())},
            )
            field.corrected.connect(self.corrected)
            field.withdrawn.connect(self.withdrawn)
            self.fields[name] = field
            page.addWidget(field)
        page.addStretch(1)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return tuple(widget for field in self.fields.values() for widget in (field.edit, field.back))

    def show_task(self, task: Task, plan: Plan) -> None:
        """Show one."""
        self.task_id = task.id
        annex = next((each.title for each in plan.annexes if each.number == task.annex), "")
        star = "★ " if task.key else ""
        self.title.setText(f"{task.id}　{star}{task.title}")
        place = [_("附件{number}").format(number=task.annex), annex, task.section]
        place.append(_("序号 {number}").format(number=task.number))
        self.place.setText("　·　".join(part for part in place if part))
        self.measure.setText(task.measure)
        whole = next((each for each in plan.decisions if each.id == f"{task.id}.all"), None)
        self.said.setText(_("{words}（整项）").format(words=decision_words(whole, plan)) if whole else "")
        self.said.setVisible(whole is not None)
        self._show_asked(task, plan)
        desk = self.session.desk
        asked = {field_asked(each) for each in task.open_questions}
        for name, field in self.fields.items():
            decision = decision_on(plan, task, name)
            field.show_reading(
                raw_words(task, name, decision.was if decision else ""),
                reading_words(task, name, desk.unit.code, self.session.unit_name),
                answer_words(desk, task, name),
            )
            own = decision is not None and decision.id == f"{task.id}.{name}"
            said = decision_words(decision, plan) if decision is not None and not decision.id.endswith(".all") else ""
            field.show_mark(said, asked=name in asked, withdrawable=own)

    def _show_asked(self, task: Task, plan: Plan) -> None:
        still = [each for each in plan.questions if each.id in task.open_questions]
        self._question = still[0].id if still else ""
        self.asked.setVisible(bool(still))
        self.asked_words.setText("\n".join(f"？ {each.words}" for each in still))
