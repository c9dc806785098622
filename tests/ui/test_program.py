"""The program as a whole: start, environment, log, crash window, and what must not be loaded for the first paint."""

import logging
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.desk import keys, month
from desktop_app.model.report import Role
from ui import app, background
from ui.crash_window import CrashWindow, facts
from ui.faults import Watch, open_log
from ui.main_window import MainWindow
from ui.pages.start import StartPage

TOP = Path(__file__).resolve().parents[2]
DAY = date(2023, 4, 4)

FIRST_PAINT = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6 import QtGui, QtWidgets
bare = set(sys.modules)
from ui.app import Program, make_application
from ui.main_window import MainWindow
painted, named = set(), set()
seen = MainWindow._seen
def look(window):
    painted.update(sys.modules)
    named.update(name for module in (QtGui, QtWidgets) for name, kind in vars(module).items() if isinstance(kind, type))
    seen(window)
    QTimer.singleShot(0, loop.quit)
MainWindow._seen = look
application = make_application()
program = Program(Path(sys.argv[1]), date(2023, 4, 4), lambda problem: sys.exit(9))
loop = QEventLoop()
program.begin(sample=False)
if not isinstance(program.window, MainWindow):
    QTimer.singleShot(50, loop.quit)
loop.exec()
heavy = {"reportlab", "pyhanko", "openpyxl", "keyring", "sqlite_utils", "pikepdf", "pypdfium2", "cryptography"}
print(type(program.window).__name__, sorted(heavy & set(sys.modules)))
# What is slow to be named or loaded and not on the first page; `bare` is what Qt itself has loaded by then.
late = {
    "argparse", "calendar", "csv", "getpass", "logging.handlers", "mimetypes", "platform", "secrets", "socket",
    "desktop_app.cli.parser", "desktop_app.checks.thresholds", "desktop_app.desk.bounds", "desktop_app.desk.settings",
    "desktop_app.desk.workday_settings", "desktop_app.model.correction", "desktop_app.model.finding",
    "desktop_app.model.listed", "desktop_app.model.place", "desktop_app.model.recovery_key",
    "desktop_app.model.report_body", "desktop_app.plans.cells", "desktop_app.signing.vault",
    "desktop_app.store.backups", "desktop_app.store.bureau", "desktop_app.store.kept_copies",
    "desktop_app.store.sealed", "desktop_app.store.snapshot", "ui.crash_window", "ui.fields.reading_order",
    "ui.fields.text_field",
}
print(*sorted((late & painted) - bare))
print(bool(painted), *sorted({"QStyle", "QAccessible", "QFileDialog", "QTextCursor"} & named))
program.window.close()
"""


def run_python(source: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_nothing_heavy_is_loaded_before_the_first_paint(book):
    assert run_python(FIRST_PAINT, str(book)).splitlines() == ["MainWindow []", "", "True"]


def test_nothing_heavy_is_loaded_for_the_first_run(tmp_path):
    assert run_python(FIRST_PAINT, str(tmp_path / "none.yuebao")).startswith("StartPage []")


def test_qt_does_not_lose_references_of_none():
    thing = QObject()
    before = sys.getrefcount(None)
    for _turn in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


@pytest.mark.parametrize(
    ("asked", "modules"), [("fcitx", "fcitx;ibus"), ("fcitx5", "fcitx;ibus"), ("ibus", None), ("", None)]
)
def test_fcitx_is_reached_by_way_of_ibus(asked, modules):
    environment = {"QT_IM_MODULE": asked} if asked else {}
    app.mend_input(environment)
    assert environment.get("QT_IM_MODULES") == modules
    assert environment["IBUS_ENABLE_SYNC_MODE"] == "1"


def test_the_log_and_the_crash_window_hold_no_words_of_the_clerk(tmp_path, qtbot):
    try:
        raise ValueError("王喆 13800000000")
    except ValueError as caught:
        problem = caught
    file = open_log(tmp_path / "log")
    watch = Watch(file)
    watch.hook(ValueError, problem, problem.__traceback__)
    window = watch.window
    qtbot.addWidget(window)
    for handler in list(logging.getLogger("yuebao").handlers):
        handler.close()
        logging.getLogger("yuebao").removeHandler(handler)
    written = file.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_program.py" in written
    for text in (written, window.facts.toPlainText()):
        assert "王喆" not in text
        assert "138" not in text
    watch.show(problem)
    assert watch.window is window
    window.accept()
    assert watch.window is None


def test_the_crash_window_copies_its_facts(qtbot):
    window = CrashWindow(KeyError("secret"), None)
    qtbot.addWidget(window)
    next(button for button in window.findChildren(QPushButton) if button.text() == "复制").click()
    assert QApplication.clipboard().text() == facts(KeyError())


def test_a_log_that_cannot_be_written_does_not_stop_the_program(tmp_path):
    (tmp_path / "file").write_text("")
    assert open_log(tmp_path / "file") is None


@pytest.fixture
def program(tmp_path, qtbot):
    faults = []
    made = app.Program(tmp_path / "data" / "book.yuebao", DAY, faults.append)
    yield made
    if made.window is not None:
        made.window.close()
    if isinstance(made.window, StartPage) and made.window.desk:
        made.window.desk.close()
    assert faults == []


def test_the_first_run_leads_from_unit_and_table_to_the_month(program, samples, qtbot):
    program.begin(sample=False)
    page = program.window
    assert isinstance(page, StartPage)
    assert not page.table.isEnabled()
    qtbot.keyClicks(page.search, "chao")
    assert page.list.count() == 0
    page.search.setText("朝阳")
    assert page.list.currentItem().text().startswith("朝阳区")
    said: list[str] = []
    program.messages.said.connect(lambda _kind, text: said.append(text))
    page.take(samples / "plan-2023-sample.xlsx")
    assert page.reading.isVisible()
    assert not page.table.isEnabled()
    background.wait()
    qtbot.waitUntil(page.key.isVisible)
    assert QApplication.focusWidget() is page.key.name
    qtbot.keyClick(page.key.name, Qt.Key.Key_Escape)
    assert isinstance(program.window, MainWindow)
    assert keys.list_keys(program.window.session.desk) == ()
    assert program.window.stack.currentWidget() is program.window.plan
    assert "有 10 处要由人确认" in said[-1]
    assert program.window.session.view.required == 55
    assert program.window.session.view.filled == 0


def test_a_table_that_is_none_is_refused_and_another_can_be_chosen(program, samples, tmp_path, qtbot):
    program.begin(sample=False)
    page = program.window
    page.search.setText("朝阳")
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"not a workbook")
    said: list[str] = []
    program.messages.said.connect(lambda _kind, text: said.append(text))
    page.take(wrong)
    background.wait()
    qtbot.waitUntil(lambda: bool(said))
    assert program.window is page
    assert not page.reading.isVisible()
    page.take(samples / "plan-2023-sample.xlsx")
    page.reading.stop.click()
    background.wait()
    qtbot.wait(10)
    assert program.window is page
    page.take(samples / "plan-2023-sample.xlsx")
    background.wait()
    qtbot.waitUntil(page.key.isVisible)


def test_the_key_is_made_in_the_first_run_by_keyboard_and_the_table_can_wait(program, samples, qtbot):
    program.begin(sample=False)
    page = program.window
    page.search.setText("朝阳")
    page.search.setFocus()
    qtbot.waitUntil(page.search.hasFocus)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return):  # to the list, and on to the table
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert QApplication.focusWidget() is page.table
    said: list[str] = []
    program.messages.said.connect(lambda _kind, text: said.append(text))
    qtbot.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    step = page.key
    qtbot.waitUntil(step.isVisible)
    assert page.sample.isVisible()
    assert "口令" in step.vault.text()
    for line, text in ((step.name, "王喆"), (step.secret, "好口令1234"), (step.again, "好口令12")):
        assert QApplication.focusWidget() is line
        line.insert(text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "两次输入的口令不一样" in step.trouble.text()
    assert (step.name.text(), step.secret.text()) == ("王喆", "好口令1234")
    step.again.setText("好口令1234")
    qtbot.keyClick(step.again, Qt.Key.Key_Return)
    (made,) = keys.list_keys(page.desk)
    assert (made.name, made.role, made.usable) == ("王喆", Role.PREPARER, True)
    assert month.people(page.desk).preparer == "王喆"
    assert step.secret.text() == step.again.text() == ""
    assert made.fingerprint in said[-1]
    assert page.table.isVisible()
    page.take(samples / "plan-2023-sample.xlsx")
    background.wait()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow))  # a key is there: nothing more is asked


def test_a_book_left_without_a_table_asks_for_one_again(program, tmp_path):
    from desktop_app.desk.open_book import create

    create(program.book, "通州区").close()
    program.begin(sample=False)
    page = program.window
    assert isinstance(page, StartPage)
    assert [page.list.item(n).text()[:3] for n in range(page.list.count())] == ["通州区"]
    assert page.table.isEnabled()


def test_the_sample_opens_when_asked_and_again_with_what_was_typed(program):
    program.begin(sample=True)
    window = program.window
    assert isinstance(window, MainWindow)
    assert not program.book.exists()
    window.session.autosave.note(window.session.period, "2-31", "narrative", "试填")
    assert window.close()
    program.begin(sample=True)
    assert program.window.session.view.row("2-31").entry.narrative == "试填"


def test_an_errand_brings_its_value_or_its_error_home(qtbot):
    came = []
    background.send(lambda: 6 * 7, came.append, came.append)
    background.send(lambda: 1 // 0, came.append, came.append)
    qtbot.waitUntil(lambda: len(came) == 2)
    assert 42 in came
    assert any(isinstance(thing, ZeroDivisionError) for thing in came)
