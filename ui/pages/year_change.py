"""换年度: close a year, put it away, open the next, in this order or any other; every step can be taken back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.signed_months import years
from desktop_app.desk.turn_of_year import turn_due
from desktop_app.language import _
from ui.pages.archiving import archive_year, ask_folder
from ui.pages.year_close_card import YearCloseCard
from ui.pages.year_open_card import YearOpenCard
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.archive import Archived


class YearChangePage(QWidget):
    """`to_month` carries a period, `restore` a copy of the book, `back`: to where one came from."""

    to_month = Signal(object)
    restore = Signal(object)
    back = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.years = QComboBox()
        self.years.setAccessibleName(_("年份"))
        self.leave = QPushButton(_("回到历史(&H)"))
        self.closing = YearCloseCard(session)
        self.archive = QPushButton(_("归档…(&G)"))
        self.archived = QLabel()
        self.archive_title = QLabel()
        self.opening = YearOpenCard(session)
        self.nothing = QLabel(_("填报簿里还没有签署完毕的月报，没有可以结束的年份。"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = QLabel(_("换年度"))
        title.setObjectName("title")
        label = QLabel(_("年份(&Y)"))
        label.setBuddy(self.years)
        about = QLabel(_("三步可以分开做，每一步都能撤回。"))
        about.setObjectName("muted")
        head = QHBoxLayout()
        head.setSpacing(10)
        for widget in (title, label, self.years, about):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.leave)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.closing, 1)
        left.addWidget(self._archive_card())
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(left, 1)
        body.addWidget(self.opening, 1)
        self.cards = QWidget()
        self.cards.setLayout(body)
        body.setContentsMargins(0, 0, 0, 0)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 10, 14, 10)
        page.setSpacing(10)
        page.addLayout(head)
        page.addWidget(self.nothing)
        page.addWidget(self.cards, 1)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _archive_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self.archive_title.setObjectName("subtitle")
        self.archived.setWordWrap(True)
        self.archived.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.addWidget(self.archived, 1)
        row.addWidget(self.archive, 0, Qt.AlignmentFlag.AlignBottom)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(self.archive_title)
        box.addLayout(row)
        return card

    def _connect(self) -> None:
        self.years.activated.connect(lambda _place: self._show())
        self.leave.clicked.connect(self.back)
        self.closing.changed.connect(self._show)
        self.archive.clicked.connect(self._choose_folder)
        self.opening.changed.connect(self._opened)
        self.opening.to_month.connect(self.to_month)
        self.opening.restore.connect(self.restore)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (*self.closing.writers, *self.opening.writers)

    @property
    def year(self) -> int:
        """The year that ends."""
        return int(self.years.currentData() or 0)

    def show_month(self) -> None:
        """Read the years that can end; the one that is due has the cursor, else the one that had it."""
        found, before = years(self.session.desk), self.year
        wanted = turn_due(self.session.desk) or before
        self.years.clear()
        for each in found:
            self.years.addItem(_("{year}年").format(year=each), each)
        if wanted in found:
            self.years.setCurrentIndex(found.index(wanted))
        self.nothing.setVisible(not found)
        self.cards.setVisible(bool(found))
        if found:
            self._show()

    def focus_first(self) -> None:
        """The cursor on what is next."""
        steps = (self.closing.reason, self.closing.close_year, self.opening.choose, self.opening.use_held)
        (next((each for each in steps if each.isVisibleTo(self)), self.leave)).setFocus()

    def _show(self) -> None:
        self.closing.show_year(self.year)
        self.opening.show_year(self.year + 1)
        self.archive_title.setText(_("2　归档{year}年").format(year=self.year))
        self.archived.setText(_("一年的月报、回执、台账和数据放进一个文件夹，不用本程序也能读；新簿可以从它取上年数。"))

    def _opened(self) -> None:
        self.session.refresh()
        self._show()

    def _choose_folder(self) -> None:
        out = ask_folder(self, self.session, self.year)
        if out is not None:
            archive_year(self.session, self.year, out, self._told)

    def _told(self, made: "Archived") -> None:
        self.archived.setText(_("✓ 已归档到 {path}。").format(path=made.path))
