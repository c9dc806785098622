"""A window on a copy of the sample book; the book itself is made once."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import ui as window_package
from desktop_app import language
from desktop_app.desk import month, open_book, save_entry, take_plan
from desktop_app.desk.demo import sample_book
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import open_desk
from desktop_app.model.period import Period
from tests.benchmarks import import_table
from ui import background
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session
from ui.theme.style import dress

MARCH = Period(2023, 3)
DAY = date(2023, 4, 4)
MOST = 10  # times that a piece of work is done where it held the window up
HALF = 0.5
ROWS = 300  # of the large plan


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "sample.yuebao"
    sample_book(file, today=DAY).close()
    return file


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    dress(qapp)


@pytest.fixture(autouse=True)
def _nothing_outlives_its_test(qapp: QApplication) -> Iterator[None]:
    """No errand is out and Chinese is spoken when a test ends."""
    yield
    for _again in range(5):  # what comes home may send for more
        background.wait()
        qapp.processEvents()
    language.use("zh")
    assert not background.busy()


@pytest.fixture
def book(_sample_file: Path, tmp_path: Path) -> Path:
    """A copy of the sample book: 55 tasks, three of them open, two slips in the figures."""
    return Path(shutil.copy(_sample_file, tmp_path / "book.yuebao"))


class Clerk:
    """Hands on the keyboard, and a second reader for the book."""

    def __init__(self, window: MainWindow, book: Path) -> None:
        self.window = window
        self.book = book

    @property
    def focus(self) -> QWidget:
        """Where the cursor is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the cursor is."""
        QTest.keyClick(self.focus, key, modifier)

    def write(self, text: str) -> None:
        """Text as an input method hands it over, character by character."""
        for letter in text:
            QTest.keyClicks(self.focus, letter) if letter.isascii() else _commit(self.focus, letter)

    def close(self) -> None:
        """Leave the program."""
        assert self.window.close()

    def reread(self, task_id: str) -> month.Row:
        """What a second reader finds after the window is closed."""
        desk: Desk = open_desk(self.book, today=DAY)
        try:
            return month.row(desk, MARCH, task_id)
        finally:
            desk.close()


def _commit(widget: QWidget, text: str) -> None:
    from PySide6.QtGui import QInputMethodEvent

    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def clerk(book: Path, qtbot, qapp: QApplication) -> Iterator[Clerk]:
    """The main window at 1366 x 768, on the month to report now."""
    messages = Messages()
    faults: list[object] = []
    messages.unexpected.connect(faults.append)
    desk = open_desk(book, today=DAY)
    window = MainWindow(Session(desk, month.latest_period(desk), messages))
    qtbot.addWidget(window, before_close_func=lambda window: window.session.autosave.give_up())
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: (at := QApplication.focusWidget()) is not None and at.window() is window)
    yield Clerk(window, book)
    assert faults == []


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with some 250 tasks of its own, all filled in."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "table.xlsx").write_bytes(import_table.table(ROWS))
    desk = open_book.create(folder / "large.yuebao", "朝阳区政府", today=DAY)
    take_plan.import_plan(desk, folder / "table.xlsx")
    view = month.open_month(desk, MARCH)
    words = "完成望京等8处点位改造并通过验收，其余点位已进场施工，责任人和完成时间逐项明确。"
    said = {"status": "on_track", "narrative": words, "next_steps": "继续推进。"}
    save_entry.save_many(desk, MARCH, {row.task.id: said for row in view.rows})
    desk.close()
    return folder


@pytest.fixture
def window(large: Path, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_given: True)
    book = tmp_path / "book.yuebao"
    book.write_bytes((large / "large.yuebao").read_bytes())
    messages = Messages()
    faults: list[object] = []
    messages.unexpected.connect(faults.append)
    made = MainWindow(Session(open_book.open_desk(book, today=DAY), MARCH, messages))
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    yield made
    background.wait()
    QApplication.processEvents()
    assert faults == []


LONG = (
    "desktop_app.signing.sign.sign",
    "desktop_app.signing.sign.sign_receipt",
    "desktop_app.signing.stamping.stamp",
    "desktop_app.signing.verify.with_room",
    "desktop_app.signing.carried.with_room",
    "desktop_app.signing.keys.KeyFolder.load_key",
    "desktop_app.signing.keys.KeyFolder.new_key",
    "desktop_app.rendering.pdfa.to_pdfa3",
    "desktop_app.rendering.collation.as_workbook",
    "desktop_app.exchange.envelope._attachments",
    "desktop_app.exchange.carrying.carry",
    "desktop_app.exchange.reaching.carry",
)
WINDOW = str(Path(window_package.__file__).parent)


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What takes long is done in some other thread, whenever it is the window that asks for it."""
    caught: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            frame = sys._getframe()
            if threading.current_thread() is threading.main_thread() and _of_the_window(frame):
                caught.append(name)
            return real(*given, **more)

        return call

    for name in LONG:
        place, _dot, word = name.rpartition(".")
        try:
            owner = import_module(place)
        except ModuleNotFoundError:
            module, _dot, kind = place.rpartition(".")
            owner = getattr(import_module(module), kind)
        monkeypatch.setattr(owner, word, watched(name, getattr(owner, word)))
    yield
    assert caught == [], "in the window's own thread, which stands still meanwhile"


def _of_the_window(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(WINDOW):
            return True
        frame = frame.f_back
    return False


class Beats:
    """A clock in the window's own thread: whether it went on striking while a piece of work was out."""

    def __init__(self) -> None:
        self.struck: list[float] = []
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.struck.append(perf_counter()))

    def standstill(self, act: Callable[[], object]) -> float:
        """Do it until every errand is home; the longest time without a stroke, as a share of the work's own time.

        The work is done up to MOST times over and the best of them counts: a machine that is busy with something
        else holds up one of them, work that holds the window up holds up each. It must have been out when the
        window had control again.
        """
        QApplication.processEvents()
        self._timer.start()
        run, shares, turn = background.Errand.run, list[float](), sys.getswitchinterval()

        def over_and_over(errand: background.Errand) -> None:
            work = errand.work

            def again() -> object:
                value = self._done(work, shares)
                while min(shares) > HALF and len(shares) < MOST:
                    value = self._done(work, shares)
                return value

            errand.work = again
            run(errand)

        sys.setswitchinterval(turn / 10)  # short work shall not look as if it had never let go
        try:
            with patch.object(background.Errand, "run", over_and_over):
                act()
                assert background.busy(), "done on the spot: the window stood still meanwhile"
                self._until_home()
        finally:
            sys.setswitchinterval(turn)
        return min(shares)

    def _done(self, work: Callable[[], object], shares: list[float]) -> object:
        self.struck.clear()
        began = perf_counter()
        value = work()
        ended = perf_counter()
        times = [began, *self.struck, ended]
        shares.append(max(after - before for before, after in pairwise(times)) / (ended - began))
        return value

    def _until_home(self) -> None:
        loop = QEventLoop()
        look = QTimer()
        look.setInterval(5)
        look.timeout.connect(lambda: None if background.busy() else loop.quit())
        look.start()
        loop.exec()
        self._timer.stop()
