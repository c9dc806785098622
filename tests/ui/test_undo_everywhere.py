"""Whatever a clerk does to a draft in the form is taken back by one key, also after the program was closed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.desk.open_book import open_desk
from desktop_app.model.finding import Severity
from tests.ui.conftest import DAY, MARCH, Clerk
from ui.dialogs.paste_dialog import PasteDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
AMOUNT, WORDS = "3-9", "2-31"
Act = Callable[[Clerk, Path], None]


def figure(clerk: Clerk, _folder: Path) -> None:
    clerk.window.open_task(AMOUNT, "this_month")
    clerk.focus.selectAll()
    clerk.write("7")
    clerk.press(Key.Key_Return)


def words(clerk: Clerk, _folder: Path) -> None:
    clerk.window.open_task(AMOUNT, "narrative")
    clerk.write("又写了一句")


def status(clerk: Clerk, _folder: Path) -> None:
    clerk.window.open_task(AMOUNT, "status")
    clerk.press(Key.Key_Up)


def nil_report(clerk: Clerk, _folder: Path) -> None:
    clerk.window.open_task(AMOUNT, "narrative")
    clerk.press(Key.Key_0, CONTROL)


def last_month(clerk: Clerk, _folder: Path) -> None:
    clerk.window.open_task(WORDS, "narrative")
    clerk.press(Key.Key_Y, ALT)
    clerk.press(Key.Key_Q, ALT)


def column(clerk: Clerk, _folder: Path) -> None:
    clerk.window.open_task(AMOUNT, "cumulative")
    QGuiApplication.clipboard().setText("11\n12")
    clerk.press(Key.Key_V, CONTROL)
    (dialog,) = clerk.window.findChildren(PasteDialog)
    dialog.do.click()


def file_on(clerk: Clerk, folder: Path) -> None:
    (folder / "照片.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    clerk.window.open_task(AMOUNT, "narrative")
    clerk.window.fill.form.evidence.added.emit([folder / "照片.png"])


def explanation(clerk: Clerk, _folder: Path) -> None:
    found = clerk.window.session.all_findings()
    warning = next(f for f in found if f.severity is Severity.WARNING and not f.explanation and f.task != "REPORT")
    clerk.window.open_task(warning.task, warning.field or "status")
    form = clerk.window.fill.form
    notes = [note for box in (form.task_notes, *(b.notes for b in form.boxes.values())) for note in box.notes]
    field = next(note.box for note in notes if note.finding.code == warning.code)
    field.setFocus()
    clerk.write("受天气影响，四月补上。")


def state(window: MainWindow) -> list[object]:
    session = window.session
    kept = [(row.entry, tuple(file.sha256 for file in row.evidence)) for row in session.view.rows]
    return [*kept, [(f.task, f.code, f.explanation) for f in session.all_findings()]]


@pytest.fixture(autouse=True)
def _empty_clipboard() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("act", [figure, words, status, nil_report, last_month, column, file_on, explanation])
def test_one_key_takes_it_back(clerk: Clerk, tmp_path: Path, act: Act) -> None:
    window = clerk.window
    window.go("fill")
    before = state(window)
    act(clerk, tmp_path)
    window.session.autosave.flush()
    window.session.refresh()
    assert state(window) != before
    after = state(window)
    clerk.press(Key.Key_Z, CONTROL | ALT)
    assert state(window) == before
    window.message_bar.act.click()
    assert state(window) == after, "and made again"


def test_it_is_taken_back_after_a_restart_too(clerk: Clerk, tmp_path: Path, qtbot) -> None:
    before = state(clerk.window)
    file_on(clerk, tmp_path)
    clerk.close()
    session = Session(open_desk(clerk.book, today=DAY), MARCH, Messages())
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    window.go("fill")
    assert state(window) != before
    window.fill.undo.click()
    assert state(window) == before
