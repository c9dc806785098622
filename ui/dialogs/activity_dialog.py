"""登记一次宣传或公开: what, when, where, and which task it was about."""

from datetime import date

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import activities
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.activity import ACTIVITY_WORDS, Activity, ActivityKind, Publicised
from desktop_app.model.period import Period
from ui.dialogs.foot import foot
from ui.fields.day_field import DayField
from ui.fields.word_line import WordLine
from ui.roomy import RoomyDialog
from ui.session import Session

_TITLE = 24  # characters of a task's title in the list


class ActivityDialog(RoomyDialog):
    """A new one of a month, or one to be corrected. `kept` is what the book has then, `was` what it had."""

    def __init__(self, session: Session, about: Activity | Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.was = about if isinstance(about, Activity) else None
        self.kept: Activity | None = None
        self.setWindowTitle(_("更正宣传公开登记") if self.was else _("登记宣传公开活动"))
        self.kind = QComboBox()
        for kind, word in ACTIVITY_WORDS.items():
            self.kind.addItem(_(word), kind)
        self.day = DayField(_("日期"))
        self.title, self.channel, self.link = WordLine(), WordLine(), WordLine()
        self.task = QComboBox()
        self.task.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.task.setMinimumContentsLength(_TITLE)
        self.trouble = QLabel()
        self.do = QPushButton(_("更正") if self.was else _("登记"))
        self.cancel = QPushButton(_("先不登记"))
        self._lay_out()
        self._fill(about)
        self.do.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        self.title.setPlaceholderText(_("做了什么，例如：公布全年空气质量目标"))
        self.channel.setPlaceholderText(_("例如：政府网站、社区、报纸；可以不填"))
        self.link.setPlaceholderText(_("可以不填"))
        form = QFormLayout()
        form.setVerticalSpacing(9)
        for label, field in (
            (_("类别(&K)"), self.kind), (_("日期(&D)"), self.day), (_("标题(&B)"), self.title),
            (_("渠道(&Q)"), self.channel), (_("链接或文号(&L)"), self.link), (_("针对哪项任务(&R)"), self.task),
        ):  # fmt: skip
            form.addRow(label, field)
        named = form.labelForField(self.day)
        if isinstance(named, QLabel):
            named.setBuddy(self.day.line)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(10)
        box.addLayout(form)
        box.addWidget(self.trouble)
        box.addLayout(foot(self.trouble, self.do, self.cancel))
        self.setMinimumWidth(560)

    def _fill(self, about: Activity | Period) -> None:
        self.task.addItem(_("整个攻坚战，不针对某项任务"), "")
        for row in self.session.view.rows:
            self.task.addItem(f"{row.task.id}　{row.task.title.lstrip('★').strip()[:_TITLE]}", row.task.id)
        if isinstance(about, Period):
            self.day.show_day(_usual_day(about, self.session.desk.today()))
            self.title.setFocus()
            return
        if about.task and self.task.findData(about.task) < 0:
            self.task.addItem(about.task, about.task)  # of another plan
        self.kind.setCurrentIndex(self.kind.findData(about.kind))
        self.task.setCurrentIndex(self.task.findData(about.task))
        self.day.show_day(about.day)
        for line, text in ((self.title, about.title), (self.channel, about.channel), (self.link, about.link)):
            line.setText(text)
        self.title.setFocus()

    def save(self) -> None:
        """Write it down; what is missing is said here and nothing is written."""
        if not self.day.check():
            self.day.setFocus()
            return
        day = self.day.value
        if day is None:
            self._refuse(_("没有写日期。"), self.day)
            return
        told = Publicised(
            self.was.number if self.was else 0, ActivityKind(self.kind.currentData()), day, self.title.text(),
            self.channel.text(), self.link.text(), self.task.currentData(),
        )  # fmt: skip
        try:
            self.kept = activities.change(self.session.desk, told) if self.was else self._added(told)
        except ClerkError as problem:
            self._refuse(str(problem), self.title)
        else:
            self.accept()

    def _added(self, told: Publicised) -> Activity:
        return activities.add(
            self.session.desk, told.kind, told.day, told.title, channel=told.channel, link=told.link, task=told.task
        )

    def _refuse(self, reason: str, field: QWidget) -> None:
        self.trouble.setText(reason)
        self.trouble.show()
        field.setFocus()


def _usual_day(period: Period, today: date) -> date:
    """Today, or the last day of a month that is over."""
    return min(today, period.last_day)
