"""历史: a year at a glance; of the chosen revision its paper, changes, journal; of the year what there is to know."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import month, year
from desktop_app.desk.year import Place
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from ui.fields.columns import Columns
from ui.fields.flow import Flow
from ui.fields.reading_table import ReadingTable
from ui.models.year_words import YearLine, year_lines, year_words
from ui.pages.history_changes import ChangesPane
from ui.pages.history_curves import CurvesPane
from ui.pages.history_journal import JournalPane
from ui.pages.history_revision import RevisionPane
from ui.pages.ledgers import LedgersPane
from ui.pages.outlook import OutlookPane
from ui.pages.publicity import PublicityPane
from ui.pages.summaries import SummaryPane
from ui.roomy import RoomyStack
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint

VIEWS = (
    ("paper", N_("签署原件")),
    ("changes", N_("前后比较")),
    ("curves", N_("全年进度")),
    ("outlook", N_("全年预测")),
    ("journal", N_("修改日志")),
    ("ledgers", N_("台账")),
    ("summary", N_("总结")),
    ("public", N_("宣传公开")),
)
# They show the year, not the month under the cursor.
Yearly = CurvesPane | OutlookPane | LedgersPane | SummaryPane | PublicityPane


class HistoryPage(QWidget):
    """Only the year in view is read; what a view shows is read when it is looked at.

    `open_month` carries a period, `strike_off` a listed item, `register` an activity or the month of a new one.
    `open_field` carries a month, a task and a field; `turn` asks for the page on the change of the year.
    """

    open_month = Signal(object)
    strike_off = Signal(object)
    register = Signal(object)
    open_field = Signal(object, str, str)
    turn = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.lines: tuple[YearLine, ...] = ()
        self._built = False

    def _build(self) -> None:
        """Eight views and what belongs to them: made when first looked at, not before the first paint."""
        self._built = True
        session = self.session
        self.years = QComboBox()
        self.years.setAccessibleName(_("年份"))
        self.said = QLabel()
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        self.table = ReadingTable((_("月份"), _("状况"), _("截止"), _("报送")), (1,), _("全年各月"))
        Columns(self.table, "year", session.remembered, (1,), sorts=False)  # a calendar has its own order
        self.paper, self.changes = RevisionPane(session), ChangesPane(session)
        self.curves, self.outlook = CurvesPane(session), OutlookPane(session)
        self.journal, self.ledgers = JournalPane(session), LedgersPane(session)
        self.summary, self.publicity = SummaryPane(session), PublicityPane(session)
        self.stack = RoomyStack()
        self.views: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = QLabel(_("年份(&Y)"))
        title.setBuddy(self.years)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.years)
        head.addStretch(1)
        self.to_month = QPushButton(_("看这个月　Enter"))
        head.addWidget(self.to_month)
        self.to_turn = QPushButton(_("换年度…(&W)"))
        self.to_turn.setToolTip(_("结束一年，归档，打开下一年"))
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(head)
        left.addWidget(self.said)
        left.addWidget(self.table, 1)
        left.addWidget(self.to_turn, 0, Qt.AlignmentFlag.AlignLeft)
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(12, 10, 12, 10)
        box.setSpacing(7)
        box.addLayout(self._chips())
        monthly, yearly = (self.paper, self.changes), (self.ledgers, self.summary, self.publicity)
        for pane in (*monthly, self.curves, self.outlook, self.journal, *yearly):
            self.stack.addWidget(pane)
        box.addWidget(self.stack, 1)
        inner = QWidget()
        page = QHBoxLayout(inner)
        page.setContentsMargins(14, 10, 14, 10)
        page.setSpacing(12)
        page.addLayout(left, 5)
        page.addWidget(card, 7)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(inner)
        inner.show()  # at once: what is put into a page in view would wait for the next event

    def _chips(self) -> Flow:
        row = Flow()
        group = QButtonGroup(self)
        for name, word in VIEWS:
            chip = QPushButton(_(word))
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoExclusive(True)
            group.addButton(chip)
            row.addWidget(chip)
            self.views[name] = chip
        self.views["paper"].setChecked(True)
        return row

    def _connect(self) -> None:
        self.years.activated.connect(lambda _place: self._read())
        self.table.currentCellChanged.connect(lambda row, _column, before, _was: self._show(moved=row != before))
        self.table.activated.connect(lambda _index: self._open())
        self.to_month.clicked.connect(self._open)
        self.to_turn.clicked.connect(self.turn)
        self.ledgers.ask.connect(self.strike_off)
        self.publicity.register.connect(self.register)
        self.publicity.leaks.jump.connect(self.open_field)
        for place, (_name, chip) in enumerate(self.views.items()):
            chip.toggled.connect(lambda on, place=place: self._turn(place) if on else None)

    def show_view(self, name: str) -> None:
        """Turn to a view."""
        self.views[name].setChecked(True)

    @property
    def line(self) -> YearLine | None:
        """The line under the cursor."""
        at = self.table.currentRow()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def show_month(self) -> None:
        """Read the years there are, and that of the month in view; its line gets the cursor."""
        if not self._built:
            self._build()
        period = self.session.period
        found = sorted({place.period.year for place in year.places(self.session.desk)} | {period.year}, reverse=True)
        self.years.clear()
        for each in found:
            self.years.addItem(_("{year}年").format(year=each), each)
        self.years.setCurrentIndex(found.index(period.year))
        self._read(period)

    def _read(self, at: Period | None = None) -> None:
        from desktop_app.desk import history

        desk, wanted = self.session.desk, self.years.currentData()
        told = history.months_of(desk, wanted)
        periods = [Period(wanted, number) for number in range(1, 13)]
        lines = year_lines(wanted, told, {each: month.due(each, desk) for each in periods}, desk.today())
        self.lines = ()  # while the table is filled, no line is under the cursor
        self.table.show_rows([line.words for line in lines])
        self.said.setText(year_words(lines))
        for place, line in enumerate(lines):
            for column in range(self.table.columnCount()):
                if item := self.table.item(place, column):
                    tint(item, line.pair if column == 1 else _pair(line))
        opened = [place for place, line in enumerate(lines) if line.told is not None]
        there = [place for place in opened if lines[place].period == at]
        self.table.setCurrentCell((there or opened[-1:] or [0])[0], 0)
        self.lines = lines
        self._show(moved=True)
        pane = self.stack.currentWidget()
        if isinstance(pane, Yearly):
            pane.show_year(wanted)

    def _show(self, *, moved: bool) -> None:
        if not moved or not self.lines:
            return
        self.to_month.setEnabled(self.line is not None and self.line.told is not None)
        if not isinstance(self.stack.currentWidget(), Yearly):
            self._turn(self.stack.currentIndex())

    def _turn(self, place: int) -> None:
        """Show a view, freshly read for the line under the cursor."""
        self.stack.setCurrentIndex(place)
        if not self.lines:
            return
        told = self.line.told if self.line else None
        here = Place(told.period, told.revision) if told else None
        pane = self.stack.currentWidget()
        if pane is self.paper:
            self.paper.show_line(self.line)
        elif pane is self.changes:
            self.changes.show_place(here)
        elif pane is self.journal:
            self.journal.show_place(here)
        elif isinstance(pane, Yearly):
            pane.show_year(self.years.currentData())

    def _open(self) -> None:
        if self.line is not None and self.line.told is not None:
            self.open_month.emit(self.line.period)


def _pair(line: YearLine) -> Pair:
    return Pair.PLAIN if line.told is not None else Pair.QUIET
