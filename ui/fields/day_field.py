"""A day that may be left empty: typed in any of the usual ways, or picked from a calendar."""

import re
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from desktop_app.language import _
from ui.fields.word_line import WordLine
from ui.restyle import restyle

_DAY = re.compile(r"(\d{4})[-./年\s]*(\d{1,2})[-./月\s]*(\d{1,2})日?")


class DayField(QWidget):
    """`changed` tells that the text is another; `value` is the day, None where empty or not a day (`wrong` says so)."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = WordLine()
        self.line.setPlaceholderText(_("例如 2023-6-1，可以不填"))
        self.line.setAccessibleName(name)
        room = self.line.fontMetrics().horizontalAdvance(self.line.placeholderText())
        self.line.setMinimumWidth(max(220, room + 30))
        self.pick = QPushButton(_("日历…"))
        self.pick.setAccessibleName(_("用日历选{name}").format(name=name))
        self.pick.setAutoDefault(False)
        self.refusal = QLabel()
        self.refusal.setObjectName("badgeBad")
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.pick)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addLayout(row)
        box.addWidget(self.refusal)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._say)
        self.pick.clicked.connect(self._calendar)
        opens = QShortcut("Alt+Down", self.line, self._calendar)
        opens.setContext(
            Qt.ShortcutContext.WidgetShortcut
        )  # beside another day field the key would mean both and neither

    @property
    def value(self) -> date | None:
        """The day written."""
        found = _DAY.fullmatch(self.line.text().strip())
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None

    @property
    def wrong(self) -> bool:
        """Whether something is written that is no day."""
        return bool(self.line.text().strip()) and self.value is None

    def show_day(self, day: date | None) -> None:
        """Show a day, or none."""
        self.line.setText(day.isoformat() if day else "")

    def check(self) -> bool:
        """Whether it can be taken as it stands; says why not."""
        self._say()
        return not self.wrong

    def _typed(self) -> None:
        self._refuse("")
        self.changed.emit()

    def _say(self) -> None:
        self._refuse(_("日历上没有这一天，请写成 2023-6-1 这样，或留空。") if self.wrong else "")

    def _refuse(self, reason: str) -> None:
        self.refusal.setText(reason)
        self.refusal.setVisible(bool(reason))
        self.line.setAccessibleDescription(reason)
        restyle(self.line, "refused", "true" if reason else "false")

    def _calendar(self) -> None:
        calendar = QCalendarWidget()
        day = self.value
        if day:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(lambda chosen: self._picked(menu, chosen))
        calendar.clicked.connect(lambda chosen: self._picked(menu, chosen))
        calendar.setFocus()
        menu.popup(self.pick.mapToGlobal(self.pick.rect().bottomLeft()))

    def _picked(self, menu: QMenu, chosen: QDate) -> None:
        menu.close()
        self.show_day(date(chosen.year(), chosen.month(), chosen.day()))
        self.line.setFocus()
