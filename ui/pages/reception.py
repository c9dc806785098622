"""The receiving desk in a window: who has handed in, receive a folder, answer, collate, hand out.

A bureau's book is this page alone; in the window of a unit it is the page of its own towns and departments.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from PySide6.QtWidgets import QTableWidgetItem as Cell

from desktop_app.desk import bureau_month, reception
from desktop_app.desk.desk import Desk
from desktop_app.language import _
from desktop_app.model.collation import Standing, UnitStanding
from desktop_app.model.period import Period
from ui.fields.columns import Columns
from ui.messages import MessageBar, Messages
from ui.models.reception_words import HEADS, cells, colour, counts
from ui.pages.reception_asks import ReceptionAsks
from ui.pages.reception_tools import ReceptionTools
from ui.pages.reception_work import ReceptionWork
from ui.remembered import Remembered
from ui.session import Session
from ui.theme.tints import tint, tinted


class ReceptionPage(QWidget):
    """With a `session` the month is the window's. While its work goes a round, nothing else is begun here."""

    def __init__(
        self,
        desk: Desk,
        messages: Messages,
        parent: QWidget | None = None,
        session: Session | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.messages = messages
        self.session = session
        self.remembered = session.remembered if session else remembered or Remembered()
        self.rows: tuple[UnitStanding, ...] = ()
        self.month = QComboBox()
        self.count = QLabel()
        self.table = QTableWidget(0, len(HEADS))
        self.tools = ReceptionTools(desk)
        self.progress = QProgressBar()
        self.stop = QPushButton(_("停下"))
        self.work = ReceptionWork(self)
        self.asks = ReceptionAsks(self)
        self._lay_out()
        self._connect()
        self.show_months()

    def _lay_out(self) -> None:
        title = QLabel(_("{unit}　收件").format(unit=self.desk.unit.short_name) if self.session is None else _("收件"))
        title.setObjectName("title")
        label = QLabel(_("报告期(&T)"))
        label.setBuddy(self.month)
        head = QHBoxLayout()
        for widget in (title, label, self.month, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (label, self.month):
            widget.setVisible(self.session is None)
        self._dress_table()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("收件进度"))
        wait = QHBoxLayout()
        wait.addWidget(self.progress, 1)
        wait.addWidget(self.stop)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addLayout(head)
        if self.session is None:
            box.addWidget(MessageBar(self.messages))
        box.addWidget(self.table, 1)
        box.addLayout(wait)
        box.addWidget(self.tools)
        self._set_busy(busy=False)

    def _dress_table(self) -> None:
        self.table.setHorizontalHeaderLabels([_(word) for word in HEADS])
        self.table.setAccessibleName(_("各单位报送情况"))
        self.table.verticalHeader().hide()
        columns = self.table.horizontalHeader()
        Columns(self.table, "reception", self.remembered, (0,))
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tinted(self.table)

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(lambda _place: self.show_month())
        self.table.itemSelectionChanged.connect(self._selected)
        self.stop.clicked.connect(self.work.round.stop)
        self.work.round.began.connect(self._began)
        self.work.round.moved.connect(self.progress.setValue)
        self.work.round.rested.connect(lambda: self._set_busy(busy=False))

    def show_months(self) -> None:
        """The months there are; the one in view stays."""
        before = self.period
        self.month.blockSignals(True)
        self.month.clear()
        for period in reception.months(self.desk):
            self.month.addItem(period.spoken, period)
        self.month.setCurrentIndex(max(self.month.findData(before), 0))
        self.month.blockSignals(False)
        self.show_month()

    def show_month(self) -> None:
        """Unit by unit."""
        period = self.period
        if period is None:
            return
        found = bureau_month.status(self.desk, period)
        self.rows = found.units
        self.table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            for column, word in enumerate(cells(row)):
                cell = Cell(word)
                if column == 1 and (ink := colour(row)) is not None:
                    tint(cell, ink)
                self.table.setItem(place, column, cell)
        self.count.setText(counts(found))
        self.tools.show_keys()
        self._selected()

    @property
    def period(self) -> Period | None:
        """The month in view."""
        chosen: Period | None = self.session.period if self.session else self.month.currentData()
        return chosen

    def let_go(self) -> None:
        """The book is closing: what is not taken in yet stays where it is."""
        self.work.round.let_go()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A window of its own lets go of the book."""
        self.let_go()
        if self.session is None:
            self.desk.close()
        super().closeEvent(event)

    def chosen(self) -> list[UnitStanding]:
        """The reports of the selected lines."""
        places = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self.rows[place] for place in places if self.rows[place].revision]

    def _selected(self) -> None:
        chosen, idle = self.chosen(), self.table.isEnabled()
        self.tools.accept.setEnabled(idle and bool(chosen))
        self.tools.send_back.setEnabled(idle and len(chosen) == 1 and chosen[0].standing is Standing.RECEIVED)

    def _began(self, count: int, dropping: bool) -> None:  # noqa: FBT001 - a signal's argument
        """One thing alone cannot be stopped between two, nor told how far it is."""
        self._set_busy(busy=True)
        self.progress.setRange(0, count if count > 1 else 0)
        self.progress.setValue(0)
        self.stop.setVisible(count > 1 or dropping)

    def _set_busy(self, *, busy: bool) -> None:
        self.tools.set_busy(busy=busy)
        self.month.setEnabled(not busy)
        self.table.setEnabled(not busy)
        self._selected()
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)

    def read_again(self) -> None:
        """Read the month afresh, here and in the rest of a unit's window."""
        if self.session is not None:
            self.session.refresh()
        self.show_month()
