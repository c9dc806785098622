"""Every page and every dialog of the program, shown: for tests that look at each of them, and for pictures."""

import atexit
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import assets
from desktop_app.desk import bureau, demo, keys, month, printing, sign_elsewhere, sign_report, take_plan
from desktop_app.desk.enrolling import Offered
from desktop_app.desk.open_book import create, create_bureau, open_desk
from desktop_app.errors import WorldError
from desktop_app.model.report import Role
from tests.signed_month import DAY, MARCH, PHRASE, signed_desk
from ui.crash_window import CrashWindow
from ui.dialogs.carried_dialog import CarriedDialog
from ui.dialogs.changes_dialog import ChangesDialog
from ui.dialogs.deliver_dialog import DeliverDialog
from ui.dialogs.help_window import HelpWindow
from ui.dialogs.key_dialog import TITLES, KeyDialog
from ui.dialogs.office_dialog import OfficeDialog
from ui.dialogs.paste_dialog import PasteDialog
from ui.dialogs.place_dialog import PlaceDialog
from ui.dialogs.plan_dates_dialog import PlanDatesDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.restore_dialog import RestoreDialog
from ui.dialogs.sign_dialog import SignDialog
from ui.dialogs.take_plan_dialog import TakePlanDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.models.pasted import Pasted
from ui.pages.apart import ApartPage
from ui.pages.navigation import PAGES
from ui.pages.reception import ReceptionPage
from ui.pages.start import StartPage
from ui.pages.trouble import TroublePage
from ui.roomy import make_room
from ui.session import Session

TASKS = ("2-14", "2-3")  # one without a figure, one with
_OFFERED = Offered("北京市生态环境局", "ABCD " * 16, DAY, b"", known=False, others=1)
WIDTH, HEIGHT = 1366, 728  # the smallest screen we care for, without the system's own bar


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
    """Each page by its name; 填报 on two kinds of tasks, 历史 and 计划 in each of their views."""
    for name, _word in PAGES:
        window.go(name)
        if name == "fill":
            for task in TASKS:
                window.fill.choose(task)
                settle()
                yield f"{name}-{task}", window
        elif name in ("history", "plan"):
            for view, chip in getattr(window, name).views.items():
                chip.click()
                settle()
                yield f"{name}-{view}", window
        else:
            settle()
            yield name, window


def dialogs(window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Each dialog and each window that is not a page, one after the other; made over the main window where it is."""
    for name, make in _makers(window, folder):
        made = make()
        made.show()
        settle()
        yield name, made
        made.close()
        made.deleteLater()
        settle(1)


def _makers(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    session, today = window.session, DAY
    yield "sign", lambda: SignDialog(session, Role.PREPARER, window)
    yield "place", lambda: PlaceDialog(session, window)
    yield "print", lambda: PrintDialog(session, ("一楼", "九楼"), printing.Choice("九楼", "A3", duplex=False), window)
    yield "changes", lambda: ChangesDialog(session, "2-3", session.view.row("2-3").task.title, window)
    yield "dates", lambda: PlanDatesDialog(session, session.view.plan, window)
    for task in TITLES:
        yield f"key-{task}", lambda task=task: KeyDialog(session, task, "", window)
    yield "restore", lambda: RestoreDialog(session, Path(shutil.copy(window.book_path, folder / "copy.yuebao")), window)
    yield "paste", lambda: PasteDialog(lambda _field: Pasted((), 2), "this_month", window)
    yield "office", lambda: OfficeDialog(session, _OFFERED, (), window)
    yield "help", lambda: _help(window)
    found = take_plan.reading(session.desk, assets.path("samples", "plan-2023-sample.xlsx")).read()
    look = take_plan.look_at
    yield "take-plan", lambda: TakePlanDialog(session, lambda day: look(session.desk, found, effective=day), window)
    yield "start", lambda: _sized(StartPage(folder / "none.yuebao", today, Messages()), 760, 640)
    yield "start-key", lambda: _sized(_start_key(session, folder), 760, 640)
    problem = WorldError("填报簿 book.yuebao 已损坏，不能使用。", "可以从备份恢复。")
    yield "trouble", lambda: _sized(TroublePage(folder / "none.yuebao", today, Messages(), problem), 760, 460)
    yield "apart", lambda: _sized(ApartPage("正在恢复…", str), 520, 220)
    yield "crash", lambda: CrashWindow(RuntimeError("a planted one"), folder / "log.txt")
    yield "reception", lambda: _sized(_reception(folder), 1100, 640)
    yield from _signed(window, folder)


def _signed(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Those that need a month that is signed."""
    desk = signed_desk(folder / "signed")
    session = Session(desk, MARCH, Messages())
    yield "deliver", lambda: DeliverDialog(session, window)
    yield "carried", lambda: CarriedDialog(session, _carried(), window)
    desk.close()


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


def _start_key(session: Session, folder: Path) -> StartPage:
    page = StartPage(folder / "none.yuebao", DAY, Messages())
    page.ask_for_key(session.desk)
    return page


def _help(window: MainWindow) -> HelpWindow:
    made = HelpWindow(window)
    made.show_topic("fill")
    return made


def _sized(widget: QWidget, width: int, height: int) -> QWidget:
    widget.resize(width, height)
    widget.show()
    make_room(widget)  # as the program does
    return widget


def _reception(folder: Path) -> ReceptionPage:
    file = folder / "bureau.yuebao"
    if not file.exists():
        office = create_bureau(file, today=DAY)
        bureau.make_key(office, PHRASE)
        signed_desk(folder / "enrolled").close()
        bureau.enrol(office, folder / "enrolled" / "unit.pem")
        keys.export(office, folder / "bureau.pem")
        office.close()
    return ReceptionPage(open_desk(file, today=date(2023, 4, 7), kind="bureau"), Messages())
