"""The frame that never changes: pages at the left, unit, month and save mark on top."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from desktop_app import assets
from desktop_app.desk import reporting_units, sittings
from desktop_app.language import _
from desktop_app.model.period import Period
from ui.asking import Asking
from ui.background import Stop
from ui.copies import Copies
from ui.first_paint import after_first_paint
from ui.messages import MessageBar
from ui.pages.header import Header
from ui.pages.navigation import Navigation
from ui.pages.this_month import ThisMonthPage
from ui.pages.work_bar import WorkBar
from ui.roomy import RoomyStack, scrolling
from ui.session import Session

if TYPE_CHECKING:
    from ui.fields.greyed import Greyed
    from ui.pages.check import CheckPage
    from ui.pages.fill import FillPage
    from ui.pages.history import HistoryPage
    from ui.pages.looking import LookingLine
    from ui.pages.plan import PlanPage
    from ui.pages.reception import ReceptionPage
    from ui.pages.send import SendPage
    from ui.pages.settings import SettingsPage
    from ui.pages.year_change import YearChangePage

WAITING = {"fill": "list", "check": "list", "send": "paper", "history": "table", "reception": "table"}  # for the keys

_Page = TypeVar("_Page", bound=QWidget)


class MainWindow(QMainWindow):
    """Pages ask, the window goes: to a page, to a task's field, to the signing dialog.

    Only 本月 is made with the window; each other page with its imports when it is first wanted.

    `restore_asked`: the book turned out to be damaged, and the clerk wants one of its copies.
    """

    restore_asked = Signal()
    closing = Signal()
    language_chosen = Signal(str)  # zh or en
    work_wanted = Signal()  # a book that is only looked at is to be opened again, to be worked in
    # what to say meanwhile, the work that needs the book closed (it gives a sentence), and its Stop where it has one
    apart = Signal(str, object, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        self._abandoned = False
        self._comes_back = False
        self.looking: LookingLine | None = None
        self.asking = Asking(session, self)
        self.copies = Copies(session, self.restore_asked.emit)
        self.setWindowTitle(session.desk.unit.short_name)
        self.setWindowIcon(QIcon(str(assets.path("icons", "yuebao.svg"))))
        self.header = Header(session)
        self._greyed = self._look_only() if session.desk.read_only else None
        self.stack = RoomyStack()
        self._pages = scrolling(self.stack)
        self.this_month = ThisMonthPage(session, self.stack)
        self._hold(self.this_month)
        self.navigation = Navigation(self)
        self.buttons = self.navigation.buttons
        self._lay_out()
        self._connect()
        self._show_desk()
        self.resize(1280, 720)
        self._begin()
        session.watching.resume()

    def _lay_out(self) -> None:
        banner = QLabel(_("不得录入涉密信息"))
        banner.setObjectName("banner")
        banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(12, 6, 12, 0)
        self.message_bar = MessageBar(self.session.messages)
        bar.addWidget(self.message_bar)
        self.work_bar = WorkBar(self.session.work)
        bar.addWidget(self.work_bar)
        right.addWidget(self.header)
        right.addWidget(banner)
        right.addLayout(bar)
        if self.looking is not None:
            bar.addWidget(self.looking)
        right.addWidget(self._pages, 1)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.navigation)
        whole.addLayout(right, 1)
        middle = QWidget()
        middle.setLayout(whole)
        self.setCentralWidget(middle)

    def _look_only(self) -> "Greyed":
        """One line over every page, and what would change the book grey on each of them."""
        from ui.fields.greyed import Greyed
        from ui.pages.looking import LookingLine, reason

        self.looking = LookingLine(self.session.desk)
        self.looking.again.connect(self.work_wanted)
        return Greyed(reason(), self)

    def _connect(self) -> None:
        self.navigation.go.connect(self.go)
        self.navigation.help.connect(lambda: self.asking.help("history" if self.page == "turn" else self.page))
        self.header.period_chosen.connect(self.choose_month)
        self.this_month.go.connect(self.go)
        sharing = self.this_month.sharing
        sharing.ask.connect(lambda found: self.asking.merge(found, sharing.taken))
        self.this_month.turn.wanted.connect(lambda: self.go("turn"))
        self.this_month.open_task.connect(lambda task_id: self.open_task(task_id, "status"))
        self.session.month_changed.connect(self._month_changed)
        self.session.strangers_met.connect(self.asking.strangers)

    def _added(self, page: _Page) -> _Page:
        self.stack.addWidget(page)
        self._hold(page)
        return page

    def _hold(self, page: QWidget) -> None:
        if self._greyed is not None:
            self._greyed.hold(getattr(page, "writers", ()))

    @cached_property
    def fill(self) -> "FillPage":
        """填报."""
        from ui.pages.fill import FillPage

        page = self._added(FillPage(self.session))
        page.ask.connect(self.open_question)
        page.column.connect(lambda look, field: self.asking.column(look, field, page.take_column))
        page.form.changes.connect(self.asking.changes)
        return page

    @cached_property
    def check(self) -> "CheckPage":
        """校验."""
        from ui.pages.check import CheckPage

        page = self._added(CheckPage(self.session))
        page.go.connect(self.go)
        page.jump.connect(self.open_task)
        return page

    @cached_property
    def send(self) -> "SendPage":
        """报送."""
        from ui.pages.send import SendPage

        page = self._added(SendPage(self.session))
        page.go.connect(self.go)
        page.sign.connect(self.asking.sign)
        page.paper_wanted.connect(
            lambda edition: self.asking.printer(lambda choice: page.papers.print_on(choice, edition))
        )
        page.public.leaks.jump.connect(self.open_field)
        page.public.leaks.activity.connect(self.open_register)
        page.public.register.connect(self.open_register)
        page.hand_in.connect(self.asking.hand_in)
        page.elsewhere.connect(self.asking.sign_carried)
        return page

    @cached_property
    def history(self) -> "HistoryPage":
        """历史."""
        from ui.pages.history import HistoryPage

        page = self._added(HistoryPage(self.session))
        page.open_month.connect(self._open_month)
        page.strike_off.connect(lambda item: self.asking.item(item, page.ledgers.settled))
        page.register.connect(lambda done: self.asking.activity(done, page.publicity.kept))
        page.open_field.connect(self.open_field)
        page.turn.connect(lambda: self.go("turn"))
        return page

    @cached_property
    def turn(self) -> "YearChangePage":
        """换年度: no page at the left, reached from 历史 and, when it is due, from 本月."""
        from ui.pages.year_change import YearChangePage

        page = self._added(YearChangePage(self.session))
        page.to_month.connect(self._open_month)
        page.restore.connect(self.preview)
        page.back.connect(lambda: self.go("history"))
        return page

    @cached_property
    def plan(self) -> "PlanPage":
        """计划."""
        from ui.pages.plan import PlanPage

        page = self._added(PlanPage(self.session))
        page.review.connect(lambda look: self.asking.plan(look, page.taken))
        page.dates.connect(self.asking.dates)
        page.split.connect(lambda plan: self.asking.split(plan, page.split_done))
        return page

    @cached_property
    def settings(self) -> "SettingsPage":
        """设置."""
        from desktop_app.desk import book_work
        from ui.pages.settings import SettingsPage

        page = self._added(SettingsPage(self.session))

        def apart(saying: str, work: book_work.Work) -> None:
            self.apart.emit(saying, work, None)

        page.book.restore.connect(self.preview)
        page.book.undo.connect(lambda: apart(_("正在撤回恢复…"), book_work.undo_restore(self.book_path)))
        page.book.encrypt.connect(lambda paper: apart(_("正在加密…"), book_work.encrypt(self.book_path, paper)))
        page.book.decrypt.connect(lambda: apart(_("正在改为不加密…"), book_work.decrypt(self.book_path)))
        page.places.ask.connect(lambda place: self.asking.place(place, page.places.kept))
        page.offices.ask.connect(lambda found: self.asking.office(found, (), page.offices.show_values))
        page.looks.language_chosen.connect(self.language_chosen)
        page.keys.ask.connect(lambda task, name: self.asking.key(task, name, self._key_cared_for))
        return page

    @cached_property
    def reception(self) -> "ReceptionPage":
        """收件: the towns and departments that report to this unit."""
        from ui.pages.reception import ReceptionPage

        page = self._added(ReceptionPage(self.session.desk, self.session.messages, session=self.session))
        self.closing.connect(page.let_go)
        return page

    def _show_desk(self) -> None:
        self.navigation.show_desk(shown=bool(reporting_units.expected(self.session.desk)))

    def go(self, name: str) -> None:
        """Show a page, freshly read; what was typed on the last one is saved first."""
        self.session.autosave.flush()
        self.page = name
        page: Any = self.this_month if name == "month" else getattr(self, name)
        self.stack.setCurrentWidget(page)
        self.buttons["history" if name == "turn" else name].setChecked(True)
        if name != "fill":  # its list follows the month by itself
            page.show_month()
        if name in WAITING:
            getattr(page, WAITING[name]).setFocus()
        elif name == "month":
            page.focus_next()
        else:
            page.focus_first()

    def _begin(self) -> None:
        """On the page that was read while it was made."""
        self.page = "month"
        self.stack.setCurrentWidget(self.this_month)
        self.buttons[self.page].setChecked(True)
        self.this_month.focus_next()

    def open_task(self, task_id: str, field: str) -> None:
        """Go to a field of a task."""
        self.go("fill")
        self.fill.choose(task_id, field)

    def open_field(self, period: Period, task_id: str, field: str) -> None:
        """The same in another month."""
        if period != self.session.period:
            self.choose_month(period)
        self.open_task(task_id, field)

    def open_register(self, number: int = 0) -> None:
        """The register of what was done in public: one activity under the cursor, or those of the month in view."""
        self.go("history")
        self.history.show_view("public")
        self.history.publicity.choose(number, self.session.period)

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
        from desktop_app.desk import book_work

        self.session.autosave.flush()
        stop = Stop()
        work = book_work.restore(self.book_path, backup, stop.here)
        self.asking.restore(backup, lambda: self.apart.emit(_("正在恢复…"), work, stop))

    def _key_cared_for(self, said: str) -> None:
        self.settings.keys.show_values()
        self.session.messages.good(said)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt's name
        """Parts of a page that were made late stand last in Qt's own order, wherever they are shown."""
        from ui.fields.reading_order import follow

        follow(self.stack.currentWidget())
        return super().focusNextPrevChild(forward)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor waits on the next step, not on the first thing of the header."""
        super().showEvent(event)
        if self.stack.currentWidget() is self.this_month:
            QTimer.singleShot(0, self.this_month.focus_next)
        after_first_paint(self, self._seen)

    def _seen(self) -> None:
        if self.isVisible():  # else the book is closed already
            self.session.know()

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
            self.session.watching.end()
            self.session.leave()
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
        made = vars(self)
        self._show_desk()
        self.this_month.show_month()
        for name in ("fill", "send", "plan"):
            if name in made:
                made[name].show_month()
        for name in ("check", "history", "settings", "reception", "turn"):
            if name in made and self.stack.currentWidget() is made[name]:
                made[name].show_month()
