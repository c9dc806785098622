"""报送期限: how 「第三个工作日前」 is read here, and the unit's own cut-off day."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QSpinBox, QWidget

from desktop_app.desk import settings, settled
from desktop_app.language import _
from desktop_app.model.report import DueDate
from ui.pages.header import WEEKDAYS, period_label
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session


class DaySpin(QSpinBox):
    """A day of the month; turning the wheel scrolls the page and settles nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page."""
        event.ignore()


class DeadlineCard(SettingsCard):
    """A change counts at once; the line below says what it means for the month in view."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, _("报送期限"), _("行动计划要求「每月第三个工作日前」报送上月进展，没有写明含不含当日。"), parent
        )
        self.inclusive = QRadioButton(_("第三个工作日当天报送算按时(&A)"))
        self.strict = QRadioButton(_("当天不算，须在前一个工作日报送(&B)"))
        self.choice = QButtonGroup(self)
        self.example = QLabel()
        self.example.setObjectName("example")
        self.example.setWordWrap(True)
        self.cutoff = DaySpin()
        self.cutoff.setRange(0, settings.LAST_CUTOFF)
        self.cutoff.setSpecialValueText(_("不设"))
        self.cutoff.setSuffix(_(" 日"))
        self.cutoff.setKeyboardTracking(False)
        self.cutoff.setMinimumWidth(96)
        self._lay_out()
        self.choice.buttonClicked.connect(self._read)
        self.cutoff.valueChanged.connect(self._cut_off)

    def _lay_out(self) -> None:
        for button in (self.inclusive, self.strict):
            self.choice.addButton(button)
            self.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.example)
        label = QLabel(_("内部截止日：每月(&N)"))
        label.setBuddy(self.cutoff)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.cutoff)
        row.addStretch(1)
        self.box.addSpacing(6)
        self.box.addLayout(row)
        about = _("各街道、乡镇、部门在这一天前把当月进展交到本单位；统计仍到月末。填 0 为不设。")
        self.box.addWidget(muted(about))
        for part in (self.cutoff, self.cutoff.lineEdit()):
            part.setAccessibleName(_("内部截止日"))
        self.cutoff.setAccessibleDescription(about)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.inclusive, self.strict, self.cutoff)

    def show_values(self) -> None:
        """Read everything from the book."""
        desk, due = self.session.desk, self.session.view.due
        (self.inclusive if settled.due_inclusive(desk) else self.strict).setChecked(True)
        self.example.setText(example(due, period_label(self.session.period)))
        before = self.cutoff.blockSignals(True)
        self.cutoff.setValue(settled.internal_cutoff(desk) or 0)
        self.cutoff.blockSignals(before)

    def _read(self) -> None:
        desk, inclusive = self.session.desk, self.inclusive.isChecked()
        self.session.attempt(lambda: settings.set_due_inclusive(desk, inclusive=inclusive))
        self.session.refresh()

    def _cut_off(self, value: int) -> None:
        desk = self.session.desk
        self.session.attempt(lambda: settings.set_internal_cutoff(desk, value or None))
        self.session.refresh()


def example(due: DueDate, month: str) -> str:
    """Both dates of a month in the words of the setting."""
    text = (
        _("例如{period}月报：{due}截止，建议不晚于{safe}。")
        if due.inclusive
        else _("例如{period}月报：须在{due}之前报送，最迟{safe}。")
    )
    said = text.format(period=month, due=_day(due.due), safe=_day(due.safe))
    return said if due.certain else said + _("（当年放假安排未公布，日期为估计。）")


def _day(day: date) -> str:
    text = _("{month}月{day}日（{weekday}）")
    return text.format(month=day.month, day=day.day, weekday=_(WEEKDAYS[day.weekday()]))
