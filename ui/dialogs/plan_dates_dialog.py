"""文号和日期: what the notice says of its own force, each line with what it is for."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import settle_plan
from desktop_app.language import _
from desktop_app.model.plan import Plan
from ui.fields.day_field import DayField
from ui.fields.word_line import WordLine
from ui.roomy import RoomyDialog
from ui.session import Session


class PlanDatesDialog(RoomyDialog):
    """Accepted when the book has it."""

    def __init__(self, session: Session, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.plan = plan
        self.setWindowTitle(_("文号和日期"))
        self.number = WordLine(plan.document_number)
        self.number.setPlaceholderText(_("例如 京政办发〔2023〕4号"))
        self.issued = DayField(_("印发日期"))
        self.effective = DayField(_("施行日期"))
        self.repealed = DayField(_("废止日期"))
        self.repeals = WordLine("、".join(plan.repeals))
        self.repeals.setPlaceholderText(_("没有就不填；几份用「、」隔开"))
        for field, day in (
            (self.issued, plan.issued),
            (self.effective, plan.effective),
            (self.repealed, plan.repealed),
        ):
            field.show_day(day)
        self.trouble = QLabel()
        self.do = QPushButton(_("记下"))
        self.cancel = QPushButton(_("不改"))
        self._lay_out()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(4)
        title = QLabel(self.plan.title)
        title.setObjectName("subtitle")
        title.setWordWrap(True)
        box.addWidget(title)
        for label, field, why in (
            (_("文号(&N)"), self.number, _("通知上的发文字号。同一文号的新表算作这份计划的新一版。")),
            (_("印发日期(&I)"), self.issued, _("通知落款的日期。没有写施行日期时，从这一天起施行。")),
            (_("施行日期(&E)"), self.effective, _("从这一天起按这份计划填报；两个日期都空着，就从当年1月1日起。")),
            (_("废止日期(&R)"), self.repealed, _("从这一天起不再按这份计划填报；还没有废止就空着。")),
            (_("同时废止(&P)"), self.repeals, _("这份通知里写明废止的其他文号，那些计划随之停用。")),
        ):
            name, said = QLabel(label), QLabel(why)
            name.setBuddy(field.line if isinstance(field, DayField) else field)
            said.setObjectName("muted")
            said.setWordWrap(True)
            box.addSpacing(5)
            for widget in (name, field, said):
                box.addWidget(widget)
        self.trouble.setObjectName("badgeBad")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.hide()
        self.do.setObjectName("primary")
        self.do.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.do)
        box.addSpacing(6)
        box.addWidget(self.trouble)
        box.addLayout(buttons)
        self.setMinimumWidth(560)
        self.do.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines that wrap need height, which a dialog does not ask for by itself."""
        super().resizeEvent(event)

    def save(self) -> None:
        """Write it down; what cannot be right is said here and nothing is written."""
        fields = {"issued": self.issued, "effective": self.effective, "repealed": self.repealed}
        wrong = [field for field in fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        verb = partial(
            settle_plan.set_dates,
            self.session.desk,
            self.plan.id,
            issued=self.issued.value,
            effective=self.effective.value,
            repealed=self.repealed.value,
            document_number=self.number.text(),
            repeals=self.repeals.text().replace("，", "、").replace(",", "、").split("、"),
            clear=tuple(name for name, field in fields.items() if field.value is None),
        )
        reason = self.session.settle(verb)
        if reason:
            self._refuse(reason)
        else:
            self.accept()

    def _refuse(self, reason: str) -> None:
        self.trouble.setText(reason)
        self.trouble.show()
