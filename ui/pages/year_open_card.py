"""打开下一年: its task table, what goes over with it and what does not, and the way back."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import year_change
from desktop_app.desk.steps import Steps
from desktop_app.desk.turn_of_year import Opened, opened
from desktop_app.desk.year_change import Carried
from desktop_app.language import _
from desktop_app.model.period import Period
from ui.fields.headed_list import HeadedList
from ui.models import turn_words
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

ROWS = 9  # of the list that are always in view
TABLES = "*.xlsx *.xls *.et *.csv *.docx *.xlsm *.pdf"


class YearOpenCard(QFrame):
    """`changed`: the year was opened. `to_month` carries its first month, `restore` the copy from before."""

    changed = Signal()
    to_month = Signal(object)
    restore = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.file: Path | None = None
        self.ahead: Carried | None = None
        self.opened: Opened | None = None
        self.setObjectName("card")
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.choose = QPushButton(_("选任务表…(&N)"))
        self.choose.setToolTip(_("任务表文件，或市局印发的任务表（.pdf，先核验签名）"))
        self.use_held = QPushButton(_("用填报簿里已有的(&B)"))
        self.list = HeadedList()
        self.open_year = QPushButton()
        self.first_month = QPushButton(_("去填报 1 月(&J)"))
        self.back = QPushButton(_("退回打开以前…(&K)"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)  # lines are as high as the width asks
        tinted(self.list)
        self.list.setMinimumHeight(ROWS * self.list.fontMetrics().lineSpacing() + 12)
        self.list.setAccessibleName(_("带过去什么，不带什么"))
        self.open_year.setObjectName("primary")
        tables = QHBoxLayout()
        tables.setSpacing(8)
        for button in (self.choose, self.use_held):
            tables.addWidget(button)
        tables.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.back, self.first_month, self.open_year):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.said)
        box.addLayout(tables)
        box.addWidget(self.list, 1)
        box.addLayout(buttons)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._choose_table)
        self.use_held.clicked.connect(lambda: self.look(None))
        self.open_year.clicked.connect(self.open_it)
        self.first_month.clicked.connect(lambda: self.to_month.emit(Period(self.year, 1)))
        self.back.clicked.connect(lambda: self.restore.emit(self.opened.backup) if self.opened else None)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.open_year, self.back)

    def show_year(self, year: int) -> None:
        """Read whether a year was opened; what was looked at for another one is forgotten."""
        desk = self.session.desk
        if year != self.year:
            self.file, self.ahead = None, None
        self.year, self.opened = year, opened(desk, year)
        held = year_change.plan_of(desk, year)
        done = self.opened is not None
        self.title.setText(_("3　打开{year}年").format(year=year))
        self.open_year.setText(_("打开{year}年(&O)").format(year=year))
        if self.opened is not None:
            self.said.setText(_done_words(self.opened))
        elif held is not None:
            text = _("填报簿里已有《{title}》。先看会带过去什么，再打开；打开前自动备份。")
            self.said.setText(text.format(title=held.title))
        else:
            self.said.setText(_("选{year}年的任务表，先看会带过去什么，再打开；打开前自动备份。").format(year=year))
        self.choose.setVisible(not done and held is None)
        self.use_held.setVisible(not done and held is not None)
        self.first_month.setVisible(done)
        self.back.setVisible(self.opened is not None and self.opened.backup is not None)
        self.open_year.setVisible(not done)
        self.open_year.setEnabled(self.ahead is not None and not desk.read_only)
        self._fill(self.ahead)

    def look(self, file: Path | None) -> None:
        """See what opening the year with this table would mean; nothing is written."""
        self.file = file
        words = _("正在读取任务表，看会带过去什么。")
        self._follow(words, year_change.looking_ahead(self.session.desk, self.year, file), self._looked)

    def open_it(self) -> None:
        """Open the year with the table that was looked at."""
        if self.ahead is None or not self.session.autosave.flush():
            return
        steps = year_change.opening(self.session.desk, self.year, self.file)
        self._follow(_("正在打开{year}年。").format(year=self.year), steps, self._done)

    def _follow(self, words: str, steps: Steps[Carried], done: Callable[[Carried], None]) -> None:
        def stopped() -> None:
            self.session.messages.note(_("已停下，填报簿里什么都没有变。"))

        self.session.work.follow(words, steps, done, stopped)

    def _looked(self, found: Carried) -> None:
        self.ahead = found
        self.show_year(self.year)
        (self.open_year if self.open_year.isEnabled() else self.list).setFocus()

    def _done(self, found: Carried) -> None:
        self.ahead = found
        said = _("{year}年已打开：{count} 件没有销号的事项带了过来，{left} 个问题等人答复。")
        self.session.messages.good(said.format(year=self.year, count=len(found.problems), left=found.left))
        self.changed.emit()
        self.first_month.setFocus()

    def _fill(self, found: Carried | None) -> None:
        self.list.clear()
        if found is not None:
            self._group(_("带过去的"), turn_words.going_over(found))
            self._group(_("没有销号的事项"), turn_words.problems(found))
        self._group(_("不带过去的，和为什么"), turn_words.staying(self.year - 1))
        self.list.setCurrentRow(1)

    def _group(self, title: str, lines: Iterable[str]) -> None:
        rows = list(lines)
        if rows:
            head = QListWidgetItem(title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            tint(head, Pair.HEADING)
            self.list.addItem(head)
            self.list.addItems(rows)

    def _choose_table(self) -> None:
        kinds = _("任务表 ({endings})").format(endings=TABLES)
        file, _kind = QFileDialog.getOpenFileName(self, _("选择{year}年的任务表").format(year=self.year), "", kinds)
        if file:
            self.look(Path(file))


def _done_words(found: Opened) -> str:
    said = _("✓ {day} 由 {by} 打开。").format(day=found.at.date().isoformat(), by=found.by)
    if found.backup is None:
        return said + _("打开以前的备份已经不在了。")
    return said + _("要退回，可以恢复打开以前的备份「{name}」。").format(name=found.backup.name)
