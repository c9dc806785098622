"""The frame that never changes: pages at the left, unit, month and save mark on top."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app import assets
from desktop_app.desk import book_work, sittings
from desktop_app.desk.take_plan import PlanTaken
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import Role
from ui.copies import Copies
from ui.messages import MessageBar
from ui.models.pasted import Pasted
from ui.pages.check import CheckPage
from ui.pages.fill import FillPage
from ui.pages.header import Header
from ui.pages.history import HistoryPage
from ui.pages.plan import PlanPage
from ui.pages.send import SendPage
from ui.pages.settings import SettingsPage
from ui.pages.this_month import ThisMonthPage
from ui.session import Session

if TYPE_CHECKING:
    from ui.dialogs.help_window import HelpWindow

PAGES = (
    ("month", N_("本月")),
    ("fill", N_("填报")),
    ("check", N_("校验")),
    ("send", N_("报送")),
    ("history", N_("历史")),
    ("plan", N_("计划")),
    ("settings", N_("设置")),
)


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
        self._help: HelpWindow | None = None
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
        self.buttons: dict[str, QToolButton] = {}
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
        whole.addWidget(self._navigation())
        whole.addLayout(right, 1)
        middle = QWidget()
        middle.setLayout(whole)
        self.setCentralWidget(middle)

    def _navigation(self) -> QFrame:
        nav = QFrame()
        nav.setObjectName("nav")
        nav.setMinimumWidth(120)
        box = QVBoxLayout(nav)
        box.setContentsMargins(0, 14, 1, 14)
        box.setSpacing(4)
        group = QButtonGroup(self)
        for place, (name, word) in enumerate(PAGES):
            button = QToolButton()
            button.setObjectName("nav")
            button.setText(_(word))
            button.setIcon(QIcon(str(assets.path("icons", f"{name}.svg"))))
            button.setIconSize(QSize(22, 22))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setToolTip(f"Ctrl+{place + 1}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, name=name: self.go(name))
            QShortcut(f"Ctrl+{place + 1}", self, lambda name=name: self.go(name))
            group.addButton(button)
            box.addWidget(button)
            self.buttons[name] = button
        box.addStretch(1)
        keys = QLabel(_("Ctrl+1…{last}\n换页").format(last=len(PAGES)))
        keys.setObjectName("muted")
        keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(keys)
        self.help_button = QPushButton(_("帮助　F1"))
        self.help_button.setObjectName("chip")
        self.help_button.clicked.connect(self.show_help)
        QShortcut("F1", self, self.show_help)
        box.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignCenter)
        return nav

    def _connect(self) -> None:
        self.header.period_chosen.connect(self.choose_month)
        for asks in (self.this_month.go, self.check.go, self.send.go):
            asks.connect(self.go)
        self.this_month.open_task.connect(lambda task_id: self.open_task(task_id, "status"))
        self.history.open_month.connect(self._open_month)
        self.check.jump.connect(self.open_task)
        self.send.sign.connect(self.sign)
        self.send.paper_wanted.connect(self.choose_printer)
        self.send.hand_in.connect(self.hand_in)
        self.plan.review.connect(self.review_plan)
        self.plan.dates.connect(self.write_dates)
        self.fill.ask.connect(self.open_question)
        self.fill.column.connect(self.look_at_column)
        self.fill.form.changes.connect(self.show_changes)
        book = self.settings.book
        book.restore.connect(self.preview)
        book.undo.connect(lambda: self.apart.emit(_("正在撤回恢复…"), book_work.undo_restore(self.book_path)))
        book.encrypt.connect(lambda paper: self.apart.emit(_("正在加密…"), book_work.encrypt(self.book_path, paper)))
        book.decrypt.connect(lambda: self.apart.emit(_("正在改为不加密…"), book_work.decrypt(self.book_path)))
        self.settings.keys.ask.connect(self.care_for_key)
        self.send.elsewhere.connect(self.sign_carried)
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

    def choose_printer(self) -> None:
        """Ask for the printer, then print what the page of 报送 shows."""
        from desktop_app.desk import printing
        from ui import printing as drawn
        from ui.dialogs.print_dialog import PrintDialog

        names = printing.printers() if printing.direct() else drawn.printers()
        dialog = PrintDialog(self.session, names, printing.remembered(self.session.desk), self)
        dialog.accepted.connect(lambda: self.send.print_on(dialog.choice))
        dialog.open()

    def hand_in(self) -> None:
        """Ask where the report is to go, and carry it there."""
        from ui.dialogs.deliver_dialog import DeliverDialog

        DeliverDialog(self.session, self).exec()

    def sign(self, role: Role) -> None:
        """Ask for a signature, and say where it ended."""
        from ui.dialogs.sign_dialog import SignDialog

        dialog = SignDialog(self.session, role, self)
        dialog.finished.connect(lambda _result: self._signed(dialog))
        dialog.open()

    def sign_carried(self, file: Path) -> None:
        """Ask for a signature on a file that was carried here."""
        from ui.dialogs.carried_dialog import CarriedDialog

        try:
            dialog = CarriedDialog(self.session, file, self)
        except ClerkError as problem:
            self.session.messages.refuse(problem)
            return
        dialog.accepted.connect(lambda: self.session.messages.good(dialog.said))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def care_for_key(self, task: str, name: str) -> None:
        """Ask what a key's making, import, request or renewal needs."""
        from ui.dialogs.key_dialog import KeyDialog

        dialog = KeyDialog(self.session, task, name, self)
        dialog.accepted.connect(lambda: self._key_cared_for(dialog.said))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _key_cared_for(self, said: str) -> None:
        self.settings.keys.show_values()
        self.session.messages.good(said)

    def review_plan(self, look: Callable[[date | None], PlanTaken]) -> None:
        """Show what a table would change, before anything is taken."""
        from ui.dialogs.take_plan_dialog import TakePlanDialog

        try:
            dialog = TakePlanDialog(self.session, look, self)
        except ClerkError as problem:
            self.session.messages.refuse(problem)
            return
        dialog.accepted.connect(lambda: self.plan.taken(dialog.taken))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_dates(self, plan: Plan) -> None:
        """Ask for a plan's document number and days."""
        from ui.dialogs.plan_dates_dialog import PlanDatesDialog

        dialog = PlanDatesDialog(self.session, plan, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def book_path(self) -> Path:
        """The book's file."""
        return self.session.desk.book_path

    def preview(self, backup: Path) -> None:
        """Show what a copy holds before it takes the book's place."""
        from ui.dialogs.restore_dialog import RestoreDialog

        self.session.autosave.flush()
        dialog = RestoreDialog(self.session, backup, self)
        work = book_work.restore(self.book_path, backup)
        dialog.accepted.connect(lambda: self.apart.emit(_("正在恢复…"), work))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at_column(self, look: Callable[[str], Pasted], field: str) -> None:
        """Show what a copied column would fill in, before anything is written."""
        from ui.dialogs.paste_dialog import PasteDialog

        dialog = PasteDialog(look, field, self)
        dialog.accepted.connect(lambda: self.fill.take_column(dialog.pasted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_help(self) -> None:
        """The help, open at the page in view; it stays where it is while one works on."""
        from ui.dialogs.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        self._help.show_topic(self.page)

    def show_changes(self, task_id: str, title: str) -> None:
        """Who changed what of a task, and when."""
        from ui.dialogs.changes_dialog import ChangesDialog

        dialog = ChangesDialog(self.session, task_id, title, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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

    def _signed(self, dialog: QWidget) -> None:
        state = getattr(dialog, "signed", None)
        dialog.deleteLater()
        if state is None:
            return
        self.session.refresh()
        self.session.messages.good(
            _("签署完成：第 {revision} 版，共 {count} 个签名，校验码 {code}。").format(
                revision=state.revision, count=state.signatures, code=state.check_code
            )
        )

    def _month_changed(self) -> None:
        self.this_month.show_month()
        self.fill.show_month()
        self.send.show_month()
        self.plan.show_month()
        for page in (self.check, self.history, self.settings):
            if self.stack.currentWidget() is page:
                page.show_month()
