"""One question in plain words: the row it stands in, what was answered before, the choices, and a line of one's own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.plan_answers import choice_words
from desktop_app.language import N_, _
from desktop_app.model.plan import Plan, Question, Task
from ui.fields.hinted_line import HintedLine
from ui.models.plan_words import raw_words, short, who_words
from ui.restyle import restyle

OWN_WORDS = {
    "owners": N_("逐一写明单位，用「、」隔开，例如：门头沟区、怀柔区"),
    "unknown_unit": N_("写单位名称、简称或代码，例如：市交通委"),
    "deadline": N_("写成「年底前」「6月底前」「11月15日前」这样的说法"),
    "target": N_("写数量和单位，例如：120家"),
}
WHY = {
    "owners": N_("谁主责，谁就要填报这一项。"),
    "unknown_unit": N_("认出单位以后，才知道这一项由谁填报。"),
    "deadline": N_("时限决定什么时候算滞后、逾期。"),
    "target": N_("有了数量，才能算完成率。"),
    "header": N_("认出这一列以后，整张表都会重新读一遍。"),
    "duplicate": N_("同一个序号只能有一项任务。"),
}
_ROW = (("measure", N_("工作措施")), ("deadline", N_("完成时限")), ("lead", N_("牵头部门")),
        ("owners", N_("主责单位")), ("supporters", N_("协办单位")), ("targets", N_("年度目标")))  # fmt: skip


class QuestionCard(QWidget):
    """`answered` carries the choice; the page says with `refuse` why it cannot be taken."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.last = QLabel()
        self.last.setObjectName("badgeGood")
        self.where = QLabel()
        self.where.setObjectName("muted")
        self.text = QLabel()
        self.text.setObjectName("subtitle")
        self.why = QLabel()
        self.why.setObjectName("muted")
        self.done = QLabel()
        self.done.setObjectName("badgeGood")
        self.offer_words = QLabel()
        self.offer = QPushButton(_("采用以往答复　Alt+Y"))
        self.choices = QButtonGroup(self)
        self.own = QRadioButton(_("另外写明(&W)："))
        self.line = HintedLine()
        self.refusal = QLabel()
        self.refusal.setObjectName("badgeBad")
        self.row = QGridLayout()
        for label in (self.last, self.where, self.text, self.why, self.done, self.offer_words, self.refusal):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._connect()
        self.tell_last("")

    def _lay_out(self) -> None:
        self.offer_box = QFrame()
        self.offer_box.setObjectName("message")
        self.offer_box.setProperty("kind", "good")
        offered = QHBoxLayout(self.offer_box)
        offered.setContentsMargins(12, 8, 10, 8)
        offered.addWidget(self.offer_words, 1)
        offered.addWidget(self.offer)
        self.offer.setAutoDefault(True)
        self.line.setAccessibleName(_("另外写明"))
        own = QHBoxLayout()
        own.addWidget(self.own)
        own.addWidget(self.line, 1)
        self._choices_box = QVBoxLayout()
        self._choices_box.setSpacing(7)
        self._raw_box = QFrame()
        self._raw_box.setObjectName("raw")
        raw = QVBoxLayout(self._raw_box)
        raw.setContentsMargins(12, 9, 12, 9)
        self._raw_title = QLabel(_("任务表里的这一行"))
        self._raw_title.setObjectName("muted")
        raw.addWidget(self._raw_title)
        raw.addLayout(self.row)
        self.row.setHorizontalSpacing(12)
        self.row.setVerticalSpacing(4)
        self.row.setColumnStretch(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 14, 18, 14)
        page.setSpacing(10)
        for widget in (self.last, self.where, self.text, self.why, self.done, self.offer_box):
            page.addWidget(widget)
        page.addLayout(self._choices_box)
        page.addLayout(own)
        page.addWidget(self.refusal)
        page.addWidget(self._raw_box)
        page.addStretch(1)

    def _connect(self) -> None:
        self.choices.addButton(self.own)
        self.line.textEdited.connect(lambda _text: self.own.setChecked(True))
        self.own.clicked.connect(lambda: self.line.setFocus())
        self.choices.buttonToggled.connect(lambda _button, _on: self.refuse(""))
        self.offer.clicked.connect(self.take_offer)

    def show_question(self, question: Question, plan: Plan) -> None:
        """Show one; what was answered already is chosen."""
        self.question = question
        task = plan.task(question.task) if question.task else None
        self.where.setText(f"{question.place}　·　{question.id.partition('-header')[0] if task is None else task.id}")
        self.text.setText(question.words)
        self.why.setText(_(WHY.get(question.kind, N_("这一处程序拿不准，请看原文定一下。"))))
        decision = next((each for each in plan.decisions if each.id == question.id), None)
        who = who_words(decision.by, decision.at) if decision else ""
        self.done.setVisible(question.answer is not None)
        self.done.setText(
            _("✓ 已答复「{choice}」　{who}　可以改答。")
            .format(choice=choice_words(question.answer or "", question), who=who)
            .replace("　　", "　")
        )
        self._show_offer(question)
        self._show_choices(question)
        self._show_row(question, task, plan)
        self.refuse("")

    def focus_first(self) -> None:
        """The cursor on what is to be decided: the offer first, else the choices."""
        checked, buttons = self.choices.checkedButton(), self.choices.buttons()
        if self.offer_box.isVisibleTo(self):
            self.offer.setFocus()
        elif checked is self.own or len(buttons) == 1:
            self.line.setFocus()
        else:
            (checked or buttons[1]).setFocus()

    def take(self) -> None:
        """Hand over what is chosen."""
        chosen = self.choices.checkedButton()
        choice = self.line.text().strip() if chosen is self.own else chosen.property("choice") if chosen else ""
        if not choice:
            self.refuse(
                _("还没有选：请选一个答复，或在「另外写明」里写下来。") if chosen is None else _("请写明答复。")
            )
            (self.line if chosen is self.own else self).setFocus()
            return
        self.answered.emit(choice)

    def take_offer(self) -> None:
        """Hand over what was answered before."""
        if self.question is not None and self.question.offered and self.question.answer is None:
            self.answered.emit(self.question.offered)

    def refuse(self, reason: str) -> None:
        """Say why the answer cannot be taken; "" takes it back."""
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
        self.line.setAccessibleDescription(reason)
        restyle(self.line, "refused", "true" if reason else "false")

    def tell_last(self, words: str) -> None:
        """What became of the question before this one."""
        self.last.setText(words)
        self.last.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes what is chosen, wherever the cursor is among the choices."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # a key held down must not answer the next question too
                self.take()
        else:
            super().keyPressEvent(event)

    def _show_offer(self, question: Question) -> None:
        self.offer_box.setVisible(question.offered is not None and question.answer is None)
        said = _("以往对「{subject}」的答复：{choice}")
        offered = choice_words(question.offered or "", question)
        self.offer_words.setText(said.format(subject=short(question.subject), choice=offered))

    def _show_choices(self, question: Question) -> None:
        for button in self.choices.buttons()[1:]:
            self.choices.removeButton(button)
            self._choices_box.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.choices.setExclusive(False)
        self.own.setChecked(False)
        self.choices.setExclusive(True)
        for choice in question.choices:
            shown = choice_words(choice, question)
            button = QRadioButton(short(shown, 44).replace("&", "&&"))
            button.setToolTip(shown)
            button.setAccessibleName(shown)
            button.setProperty("choice", choice)
            self.choices.addButton(button)
            self._choices_box.addWidget(button)
            button.show()  # at once: a hidden button takes no focus
            button.setChecked(choice == question.answer)
        free = question.kind in OWN_WORDS
        for widget in (self.own, self.line):
            widget.setVisible(free)
        self.line.setPlaceholderText(_(OWN_WORDS[question.kind]) if free else "")
        other = question.answer if question.answer not in (None, *question.choices) else ""
        self.line.setText(other or "")
        if other:
            self.own.setChecked(True)

    def _show_row(self, question: Question, task: Task | None, plan: Plan) -> None:
        while self.row.count():
            item = self.row.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        if task is not None:
            rows = [(_(label), task.measure if name == "measure" else raw_words(task, name)) for name, label in _ROW]
        else:
            rows = [(heading, text) for _key, heading, text in _samples(question, plan)]
        self._raw_title.setText(_("任务表里的这一行") if task else _("这张表里读到的内容（前几行）"))
        self._raw_box.setVisible(bool(rows))
        for place, (label, words) in enumerate(rows):
            name, said = QLabel(label), QLabel(words)
            name.setObjectName("muted")
            said.setWordWrap(True)
            for each in (name, said):
                each.setTextFormat(Qt.TextFormat.PlainText)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.row.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self.row.addWidget(said, place, 1)


def _samples(question: Question, plan: Plan) -> list[tuple[str, str, str]]:
    """The first texts of the columns that a question about a table turns on."""
    annex = question.id.partition("-")[0]
    own = [cell for cell in plan.unread if cell[0].partition("-")[0] == annex and cell[2].strip()]
    about = [cell for cell in own if cell[1] == question.subject] or own
    return about[:5]
