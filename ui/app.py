"""The program with a window: environment, language, face, then the first run or the month."""

import gc
import os
import sys
from collections.abc import Callable, MutableMapping
from datetime import date
from pathlib import Path

from PySide6.QtGui import QIcon, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import APPLICATION_ID, assets
from desktop_app.desk import month, open_book, sittings
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.language import _
from ui import background, known_books, no_screen, places
from ui.faults import Watch, open_log
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.remembered import COLOURS, LANGUAGE, TEXT_SIZE, Remembered
from ui.roomy import make_room
from ui.session import Session
from ui.theme.style import SIZES, dress
from ui.theme.wearing import Choice, choice_of
from ui.tongue import speak

SMALL_SCREEN = 1440  # px: up to here the window takes the whole screen


def mend_input(environment: MutableMapping[str, str]) -> None:
    """Qt from PyPI has no fcitx plugin; Fcitx 5 answers ibus too. Must be done before QApplication is made.

    Each key waits for the input method's answer: else, on a busy machine, digits change places.
    """
    environment.setdefault("IBUS_ENABLE_SYNC_MODE", "1")
    if environment.get("QT_IM_MODULE", "").startswith("fcitx"):
        environment["QT_IM_MODULES"] = "fcitx;ibus"


def make_application(
    chosen_language: str = "zh", percent: int = SIZES[0], choice: Choice = Choice.SYSTEM
) -> QApplication:
    """The QApplication with its language and its face."""
    mend_input(os.environ)
    existing = QApplication.instance()
    # By its name and not by setStyle(), which gives a QStyle back: that class alone takes a hundredth of a second.
    application = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("yuebao")
    application.setDesktopFileName(APPLICATION_ID)
    application.setWindowIcon(QIcon(str(assets.path("icons", "yuebao.svg"))))
    speak(application, chosen_language)
    dress(application, percent, choice)
    return application


class Program:
    """Which window is up: the first run's, or the main one."""

    def __init__(
        self,
        book: Path,
        today: date | None,
        unexpected: Callable[[BaseException], None],
        remembered: Remembered | None = None,
    ) -> None:
        self.remembered = remembered or Remembered()
        self.book = book
        self.today = today
        self.messages = Messages()
        self.messages.unexpected.connect(unexpected)
        self.window: QWidget | None = None

    def begin(self, *, sample: bool) -> None:
        """Open what is there, or start from nothing; a book that cannot be opened gets a page with the ways on."""
        if sample:
            from ui.pages.start import open_sample

            self.show_desk(open_sample(self.book, self.today))
        elif self.book.exists() or self._copies():
            try:
                self._open()
            except ClerkError as problem:
                self.show_trouble(problem)
        else:
            self.show_start(None)

    def _copies(self) -> bool:
        """Whether a book was here, of which copies are left."""
        from desktop_app.desk import backups

        return bool(backups.listed(self.book))

    def open_other(self, book: Path) -> None:
        """Go over to another book; a file that is none is refused, and the page stays."""
        before, self.book = self.book, book
        try:
            self._open()
        except WorldError as problem:  # a book, and one that has ways on of its own
            self.show_trouble(problem)
        except ClerkError as problem:
            self.book = before
            self.messages.refuse(problem)

    def _open(self) -> None:
        try:
            desk = open_book.open_desk(self.book, today=self.today)
        except UsageError:  # the other kind of book
            self.show_reception(open_book.open_desk(self.book, today=self.today, kind="bureau"))
        else:
            self.show_desk(desk)

    def show_desk(self, desk: Desk) -> None:
        """The month to report now; a book without a task table asks for one first."""
        try:
            shown = places.month_to_show(str(desk.book_path), month.latest_period(desk), self.remembered)
            session = Session(desk, shown, self.messages, remembered=self.remembered, later=True)
        except WorldError as problem:
            desk.close()
            self.show_trouble(problem)
            return
        except ClerkError:
            self.show_start(desk)
            return
        if not desk.read_only:
            known_books.note(self.remembered, desk.book_path)
        first_questions = getattr(self.window, "questions", 0)
        window = MainWindow(session)
        window.closing.connect(lambda: places.keep(window, self.remembered))
        window.restore_asked.connect(self._damaged)
        window.apart.connect(self._apart)
        window.work_wanted.connect(self._work_in_it)
        window.language_chosen.connect(self._speak)
        self._show(window)
        window.copies.begin()
        self._tell_of_last_time(desk)
        if first_questions:
            window.go("plan")
            window.plan.welcome()

    def show_reception(self, desk: Desk) -> None:
        """A receiving desk's book has a page of its own."""
        from ui.pages.reception import ReceptionPage

        page = ReceptionPage(desk, self.messages, remembered=self.remembered)
        page.setWindowTitle(_("月报 — 收件"))
        page.resize(1100, 640)
        QShortcut("F1", page, lambda: _help_beside(page, "reception"))
        self._show(page)

    def show_trouble(self, problem: ClerkError) -> None:
        """The book cannot be opened: again, a look only, or a backup."""
        from ui.pages.trouble import TroublePage

        known = known_books.others(self.remembered, self.book)
        page = TroublePage(self.book, self.today, self.messages, problem, known)
        page.setWindowTitle(_("月报 — 打不开填报簿"))
        page.resize(760, 520)
        page.ready.connect(self.show_desk)
        page.other.connect(self.open_other)
        self._show(page)

    def _work_in_it(self) -> None:
        """Another try after a look only; the look stays where the book still cannot be had."""
        try:
            self._open()
        except ClerkError as problem:
            self.messages.refuse(problem)

    def _damaged(self) -> None:
        """The window goes, its book is let go of, and the page with the backups comes."""
        if self.window is not None and self.window.close():
            self.show_trouble(
                WorldError(_("{name} 已损坏，不能使用。").format(name=self.book.name), _("可以从备份恢复。"))
            )

    def _tell_of_last_time(self, desk: Desk) -> None:
        """Where the last sitting did not end as it should: what the book holds, once and calmly."""
        if desk.read_only or (kept := sittings.begin(desk)) is None:
            return
        where = f"{kept.task}「{_(kept.label)}」" if kept.label else kept.task
        self.messages.note(
            _("上次没有正常退出，显示过「已保存」的都在。填报簿里最后保存的是 {when} 的{where}。").format(
                when=f"{kept.at:%Y-%m-%d %H:%M:%S}", where=where or _("内容")
            )
        )

    def _apart(self, saying: str, work: Callable[[], str], stop: background.Stop | None) -> None:
        """Close the book, do what needs it closed, and open it again; what was typed is saved first."""
        if not isinstance(self.window, MainWindow) or not self.window.let_go():
            return
        from ui.pages.apart import ApartPage

        page = ApartPage(saying, work, stop)
        page.setWindowTitle(_("月报"))
        page.resize(520, 220)
        page.done.connect(self._together)
        self._show(page)
        page.start()

    def _again(self) -> None:
        try:
            self.show_desk(open_book.open_desk(self.book, today=self.today))
        except ClerkError as problem:
            self.show_trouble(problem)

    def _together(self, outcome: object) -> None:
        self._again()
        if isinstance(outcome, background.StoppedError):
            self.messages.note(_("已停下，没有恢复，填报簿没有改动。"))
        elif isinstance(outcome, Exception):
            self.messages.refuse(outcome)
        else:
            self.messages.good(str(outcome))

    def _speak(self, code: str) -> None:
        """Close the book and open it again in another language; where something is not saved, at the next start."""
        self.remembered.keep(**{LANGUAGE: code})
        application = QApplication.instance()
        if not isinstance(self.window, MainWindow) or not isinstance(application, QApplication):
            return
        application.setQuitOnLastWindowClosed(False)
        if self.window.let_go():
            speak(application, code)
            self._again()
        application.setQuitOnLastWindowClosed(True)
        if isinstance(self.window, MainWindow):
            self.window.go("settings")
            self.window.settings.looks.language_choice.setFocus()

    def show_file(self, file: Path) -> None:
        """A file opened from a folder, checked against what this user's book knows."""
        from ui.pages.seen_file import SeenFilePage

        page = SeenFilePage(file, self.book, self.today, self.messages)
        page.setWindowTitle(_("月报 — 核验文件"))
        page.resize(760, 560)
        page.book_wanted.connect(lambda: self.begin(sample=False))
        self._show(page)

    def show_start(self, desk: Desk | None) -> None:
        """The first run."""
        from ui.pages.start import StartPage

        page = StartPage(self.book, self.today, self.messages, desk)
        page.setWindowTitle(_("月报 — 第一次使用"))
        page.resize(760, 640)
        page.ready.connect(self.show_desk)
        self._show(page)

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        small = window.screen().availableSize().width() <= SMALL_SCREEN
        if isinstance(window, MainWindow) and places.restore(window, self.remembered):
            window.show()
        elif small and isinstance(window, MainWindow):
            window.showMaximized()
        else:
            window.show()
            if not isinstance(window, MainWindow):
                make_room(window)
        window.activateWindow()
        if before is not None:
            before.close()
            before.deleteLater()


def _help_beside(window: QWidget, topic: str) -> None:
    """The help, for a window that is one page alone."""
    from ui.dialogs.help_window import HelpWindow

    (window.findChild(HelpWindow) or HelpWindow(window)).show_topic(topic)


def run(
    book: Path | None,
    *,
    today: date | None = None,
    sample: bool = False,
    language: str = "",
    file: Path | None = None,
) -> int:
    """Show the window, or what one file is, until it is closed; the exit code. No language: the one last chosen."""
    from platformdirs import user_config_path, user_state_path

    remembered = Remembered(user_config_path("yuebao", appauthor=False) / "window.json")
    choice = choice_of(remembered.text(COLOURS))
    with no_screen.told_of_in_words():
        spoken = language or remembered.text(LANGUAGE) or "zh"
        application = make_application(spoken, remembered.number(TEXT_SIZE, SIZES[0]), choice)
    watch = Watch(open_log(user_state_path("yuebao", appauthor=False)))
    sys.excepthook = watch.hook
    program = Program(book or open_book.default_book(), today, watch.show, remembered)
    try:
        if file is None:
            program.begin(sample=sample)
        else:
            program.show_file(file)
    except Exception as problem:  # noqa: BLE001 - nobody looks at a terminal: the crash window says it
        from desktop_app.cli.main import OUR_BUG

        watch.hook(type(problem), problem, problem.__traceback__)
        application.exec()
        return OUR_BUG
    gc.freeze()
    gc.enable()
    sys.setswitchinterval(background.TURN)  # ten times in a frame; by default every call back from Qt waits 5 ms
    code = application.exec()
    background.wait()
    return code
