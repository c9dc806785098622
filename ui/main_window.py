"""The frame that never changes: pages at the left, unit, month and save mark on top."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app import assets
from desktop_app.desk import book_work, sittings
from desktop_app.language import _
from desktop_app.model.period import Period
from ui.asking import Asking
from ui.copies import Copies
from ui.messages import MessageBar
from ui.pages.check import CheckPage
from ui.pages.fill import FillPage
from ui.pages.header import Header
from ui.pages.history import HistoryPage
from ui.pages.navigation import PAGES, Navigation
from ui.pages.plan import PlanPage
from ui.pages.send import SendPage
from ui.pages.settings import SettingsPage
from ui.pages.this_month import ThisMonthPage
from ui.session import Session


class MainWindow(QMainWindow):
    """Pages ask, the window goes: to a page, to a task's field, to the signing dialog.

    `restore_asked`: the book turned out to be damaged, and the clerk wants one of its copies.
    """

    restore_asked = Signal()
    closing = Signal()
    apart = Signal(str, object)  # what to say meanwhile, and the work that needs the book closed; it gives a sentence

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        self._abandoned = False
        self._comes_back = False
        self.asking = Asking(session, self)
        self.copies = Copies(session, self.restore_asked.emit)
        self.setWindowTitle(session.desk.unit.short_name)
        self.setWindowIcon(QIcon(str(assets.path("icons", "yuebao.svg"))))
        self.header = Header(session)
        self.this_month = ThisMonthPage(session)
        self.fill = FillPage(session)
        self.check = CheckPage(session)
        self.send = SendPage(session)
        self.history = HistoryPage(session)
        self.plan = PlanPage(session)
        self.settings = SettingsPage(session)
        self.stack = QStackedWidget()
        self.navigation = Navigation(self)
        self.buttons = self.navigation.buttons
        self._lay_out()
        self._connect()
        self.resize(1280, 720)
        self.go("month")

    def _lay_out(self) -> None:
        for page in (self.this_month, self.fill, self.check, self.send, self.history, self.plan, self.settings):
            self.stack.addWidget(page)
        banner = QLabel(_("不得录入涉密信息"))
        banner.setObjectName("banner")
        banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 0)
        self.message_bar = MessageBar(self.session.messages)
        bar.addWidget(self.message_bar)
        right.addWidget(self.header)
        right.addWidget(banner)
        right.addLayout(bar)
        right.addWidget(self.stack, 1)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.navigation)
        whole.addLayout(right, 1)
        middle = QWidget()
        middle.setLayout(whole)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        asking = self.asking
        self.navigation.go.connect(self.go)
        self.navigation.help.connect(lambda: asking.help(self.page))
        self.header.period_chosen.connect(self.choose_month)
        for asks in (self.this_month.go, self.check.go, self.send.go):
            asks.connect(self.go)
        self.this_month.open_task.connect(lambda task_id: self.open_task(task_id, "status"))
        self.history.open_month.connect(self._open_month)
        self.check.jump.connect(self.open_task)
        self.send.sign.connect(asking.sign)
        self.send.paper_wanted.connect(lambda: asking.printer(self.send.print_on))
        self.send.hand_in.connect(asking.hand_in)
        self.plan.review.connect(lambda look: asking.plan(look, self.plan.taken))
        self.plan.dates.connect(asking.dates)
        self.fill.ask.connect(self.open_question)
        self.fill.column.connect(lambda look, field: asking.column(look, field, self.fill.take_column))
        self.fill.form.changes.connect(asking.changes)
        book = self.settings.book
        book.restore.connect(self.preview)
        book.undo.connect(lambda: self.apart.emit(_("正在撤回恢复…"), book_work.undo_restore(self.book_path)))
        book.encrypt.connect(lambda paper: self.apart.emit(_("正在加密…"), book_work.encrypt(self.book_path, paper)))
        book.decrypt.connect(lambda: self.apart.emit(_("正在改为不加密…"), book_work.decrypt(self.book_path)))
        self.settings.keys.ask.connect(lambda task, name: asking.key(task, name, self._key_cared_for))
        self.send.elsewhere.connect(asking.sign_carried)
        self.session.month_changed.connect(self._month_changed)

    def go(self, name: str) -> None:
        """Show a page, freshly read; what was typed on the last one is saved first."""
        self.session.autosave.flush()
        self.page = name
        places = [page for page, _word in PAGES]
        self.stack.setCurrentIndex(places.index(name))
        self.buttons[name].setChecked(True)
        if name == "month":
            self.this_month.show_month()
            self.this_month.focus_next()
        elif name == "fill":
            self.fill.list.setFocus()
        elif name == "check":
            self.check.show_month()
            self.check.list.setFocus()
        elif name == "send":
            self.send.show_month()
            self.send.paper.setFocus()
        elif name == "history":
            self.history.show_month()
            self.history.table.setFocus()
        elif name == "plan":
            self.plan.show_month()
            self.plan.focus_first()
        else:
            self.settings.show_month()
            self.settings.focus_first()

    def open_task(self, task_id: str, field: str) -> None:
        """Go to a field of a task."""
        self.go("fill")
        self.fill.choose(task_id, field)

    def open_question(self, key: str) -> None:
        """Go to a question about the plan."""
        self.go("plan")
        self.plan.show_question(key)

    def choose_month(self, period: Period) -> None:
        """Show another month on every page."""
        self.session.messages.hush()
        self.session.choose(period)

    def _open_month(self, period: Period) -> None:
        self.choose_month(period)
        self.go("month")

    @property
    def book_path(self) -> Path:
        """The book's file."""
        return self.session.desk.book_path

    def preview(self, backup: Path) -> None:
        """Show what a copy holds before it takes the book's place."""
        self.session.autosave.flush()
        work = book_work.restore(self.book_path, backup)
        self.asking.restore(backup, lambda: self.apart.emit(_("正在恢复…"), work))

    def _key_cared_for(self, said: str) -> None:
        self.settings.keys.show_values()
        self.session.messages.good(said)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor waits on the next step, not on the first thing of the header."""
        super().showEvent(event)
        if self.stack.currentWidget() is self.this_month:
            QTimer.singleShot(0, self.this_month.focus_next)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing typed is lost in silence: the window stays while something cannot be saved."""
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()  # a field that is left keeps its figure, while there is a book to keep it in
        if self._abandoned or self.session.autosave.flush():
            self.session.autosave.give_up()
            self.closing.emit()
            self.hide()
            if not self._comes_back:
                self.copies.leave()
            sittings.end(self.session.desk)
            self.session.desk.close()
            event.accept()
            return
        event.ignore()
        self.session.messages.note(
            _("还有内容没有存上，窗口没有关：{reason}").format(reason=self.session.autosave.state[1]),
            (_("放弃这些内容并关闭"), self._abandon),
        )

    def let_go(self) -> bool:
        """Close the book for a moment; no copy is made, for that could push the very one out that is to be restored."""
        self._comes_back = True
        self._comes_back = self.close()
        return self._comes_back

    def _abandon(self) -> None:
        self._abandoned = True
        self.close()

    def _month_changed(self) -> None:
        self.this_month.show_month()
        self.fill.show_month()
        self.send.show_month()
        self.plan.show_month()
        for page in (self.check, self.history, self.settings):
            if self.stack.currentWidget() is page:
                page.show_month()
