"""工作日历: the years at hand with their notices, and the next one brought in as a file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QWidget,
)
from PySide6.QtWidgets import QTableWidgetItem as Cell

from desktop_app.desk import set_back, workday_settings
from desktop_app.desk.workday_settings import CalendarInfo, CalendarTaken
from desktop_app.language import _
from ui.fields.columns import Columns
from ui.pages.settings_card import SettingsCard
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

ROWS = 6  # shown without scrolling


class CalendarsCard(SettingsCard):
    """The missing year stands first, then the newest."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            _("工作日历"),
            _("放假和调休以国务院办公厅每年的通知为准；没有通知的年份按估计，并处处标明。"),
            parent,
        )
        self.years: list[CalendarInfo | None] = []
        self.table = QTableWidget(0, 3)
        self.take = QPushButton()
        self.take.setObjectName("primary")
        self.remove = QPushButton(_("删除导入的这一年(&R)"))
        self._lay_out()
        self.take.clicked.connect(self._choose)
        self.remove.clicked.connect(self.remove_year)
        self.table.itemSelectionChanged.connect(self._selected)

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels([_("年份"), _("通知文号"), _("来源")])
        self.table.setAccessibleName(_("工作日历"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(27)
        head = self.table.horizontalHeader()
        Columns(self.table, "calendars", self.session.remembered, (1,))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        tinted(self.table)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(27 * ROWS + 34)
        self.box.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addStretch(1)
        row.addWidget(self.remove)
        self.box.addLayout(row)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.take, self.remove)

    def show_values(self) -> None:
        """Read everything from the book."""
        desk = self.session.desk
        missing = workday_settings.first_missing(desk)
        known = workday_settings.calendars(desk)
        self.years = [None, *reversed(known)]
        self.table.setRowCount(len(self.years))
        for place, year in enumerate(self.years):
            words = (str(missing), _("尚无通知，按估计"), "—") if year is None else _words(year)
            for column, word in enumerate(words):
                cell = Cell(word)
                cell.setToolTip(year.title if year else "")
                if year is None:
                    tint(cell, Pair.AMBER)
                self.table.setItem(place, column, cell)
        self.take.setText(_("导入{year}年的放假安排文件…(&I)").format(year=missing))
        self._selected()

    def take_year(self, file: Path) -> None:
        """Bring a year in, and say what that did."""
        desk, done = self.session.desk, list[CalendarTaken]()
        if self.session.attempt(lambda: done.append(workday_settings.import_calendar(desk, file))):
            self.session.refresh()
            tell = self.session.messages.note if done[0].doubts else self.session.messages.good
            tell(done[0].effect)

    def remove_year(self) -> None:
        """Take the selected imported year out; one button puts it back."""
        desk, year = self.session.desk, self._chosen()
        back = set_back.way_back(desk, set_back.CALENDARS)
        if year is None or not self.session.attempt(lambda: workday_settings.remove_calendar(desk, year.year)):
            return
        self.session.refresh()
        said = _("已删除导入的{year}年工作日历。").format(year=year.year)
        self.session.messages.good(said, self.undoing(back))

    def _chosen(self) -> CalendarInfo | None:
        place = self.table.currentRow()
        year = self.years[place] if 0 <= place < len(self.years) else None
        return year if year and year.source == workday_settings.IMPORTED else None

    def _selected(self) -> None:
        self.remove.setEnabled(self._chosen() is not None)

    def _choose(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("选择放假安排文件"), "", _("放假安排 (*.json)"))
        if file:
            self.take_year(Path(file))


def _words(year: CalendarInfo) -> tuple[str, str, str]:
    source = _("程序自带")
    if year.source == workday_settings.IMPORTED:
        source = _("已导入，代替自带的") if year.replaces else _("已导入")
    return str(year.year), year.notice, source
