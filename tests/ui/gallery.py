"""Every page and every dialog of every_window, shown as the program shows them, on real months: to be measured."""

import atexit
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.desk import bureau, demo, keys, month, sign_elsewhere, sign_report
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.model.report import Role
from tests.signed_month import DAY, MARCH, PHRASE, signed_desk
from tests.ui.every_window import DIALOGS, PAGES
from ui import background
from ui.dialogs.carried_dialog import CarriedDialog
from ui.dialogs.deliver_dialog import DeliverDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.pages.reception import ReceptionPage
from ui.roomy import make_room
from ui.session import Session

WIDTH, HEIGHT = 1366, 728  # the smallest screen we care for, without the system's own bar
SIZES = {  # as the program opens them
    "start": (760, 640),
    "start, key": (760, 640),
    "trouble": (760, 520),
    "apart": (520, 220),
    "reception": (1100, 640),
}


def settle(turns: int = 10) -> None:
    """Let layouts and what was put off come to rest."""
    for _turn in range(turns):
        QApplication.processEvents()


@contextmanager
def main_window(book: Path, width: int = WIDTH, height: int = HEIGHT) -> Iterator[MainWindow]:
    """The window on a copy of the sample book."""
    desk = open_desk(book, today=DAY)
    window = MainWindow(Session(desk, month.latest_period(desk), Messages()))
    window.resize(width, height)
    window.show()
    settle()
    yield window
    window.session.autosave.give_up()
    window.close()
    window.deleteLater()
    settle(1)


def pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each page and each view of it, by its name."""
    for name, show in PAGES.items():
        show(window)
        background.wait()
        settle()
        yield name, window


def dialogs(window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Each dialog and each window that is not a page, one after the other; made over the main window where it is."""
    signed = signed_desk(folder / "signed")
    session = Session(signed, MARCH, Messages())
    real: dict[str, Callable[[MainWindow, Path], QWidget]] = {
        "deliver": lambda _window, _folder: DeliverDialog(session, window),
        "carried": lambda _window, _folder: CarriedDialog(
            session, _carried(), sign_elsewhere.statements(_carried()), window
        ),
        "reception": _reception,
    }
    for name, make in {**DIALOGS, **real}.items():
        made = make(window, folder)
        if name in SIZES:
            made.resize(*SIZES[name])
        made.show()
        if name in SIZES:
            make_room(made)
        settle()
        yield name, made
        made.close()
        made.deleteLater()
        settle(1)
    signed.close()


@cache
def _carried() -> Path:
    """A file that waits for its second signature; made once in a run."""
    folder = Path(mkdtemp(prefix="yuebao-carried-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk = create(folder / "book.yuebao", demo.UNIT, today=DAY)
    demo._fill(desk)
    keys.new_key(desk, demo.PREPARER, Role.PREPARER, PHRASE, remember=False)
    sign_report.sign(desk, MARCH, Role.PREPARER, demo.PREPARER, PHRASE)
    sign_elsewhere.carry_out(desk, MARCH, folder / "carried.pdf")
    desk.close()
    return folder / "carried.pdf"


def _reception(_window: MainWindow, folder: Path) -> ReceptionPage:
    file = folder / "bureau.yuebao"
    if not file.exists():
        office = create_bureau(file, today=DAY)
        bureau.make_key(office, PHRASE)
        signed_desk(folder / "enrolled").close()
        bureau.enrol(office, folder / "enrolled" / "unit.pem")
        keys.export(office, folder / "bureau.pem")
        office.close()
    return ReceptionPage(open_desk(file, today=date(2023, 4, 7), kind="bureau"), Messages())
