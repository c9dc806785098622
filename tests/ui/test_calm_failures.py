"""Our own faults, planted in a slot, in a worker and in drawing: one calm window, facts that name nobody, work goes on.

The program runs in a process of its own, as it runs for a clerk: nothing of the tests stands between it and the fault.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.desk import save_entry
from desktop_app.errors import WorldError
from tests.ui.conftest import DAY, MARCH, Clerk
from ui import app
from ui.crash_window import CrashWindow, facts
from ui.faults import open_log

TOP = Path(__file__).resolve().parents[2]
WORDS = "王喆说的机密话 13800000000"
PLANTED = """
import json, sys
from datetime import date
from pathlib import Path

from ui.app import Program, make_application
from ui.faults import Watch, open_log

WORDS = sys.argv[3]
application = make_application()
watch = Watch(open_log(Path(sys.argv[2])))
sys.excepthook = watch.hook
program = Program(Path(sys.argv[1]), date(2023, 4, 4), watch.show)
program.begin(sample=False)
window = program.window
window.go("fill")
window.fill.choose("2-31", "narrative")
window.fill.form.texts["narrative"].insertPlainText(WORDS)

from PySide6.QtCore import QTimer
from ui import background
from ui.models.task_paint import TaskPaint

found = {}
true_paint = TaskPaint.paint


def broken(*_given, **_named):
    raise ZeroDivisionError(WORDS)


def paint(*given):
    broken()


def begin_to_paint():
    TaskPaint.paint = paint
    window.fill.list.viewport().update()


def paint_on():
    TaskPaint.paint = true_paint
    found["closed"] = window.close()


window.fill.undo.clicked.disconnect()
window.fill.undo.clicked.connect(broken)
STEPS = [
    ("slot", window.fill.undo.click),
    ("the same slot", window.fill.undo.click),
    ("worker", lambda: background.send(broken, print, window.session.messages.refuse)),
    ("paint", begin_to_paint),
    ("paint later", window.fill.list.viewport().update),
    ("end", paint_on),
]


def see(name):
    crash = watch.window
    found[name] = crash.facts.toPlainText() if crash else None
    if crash:
        crash.accept()
    QTimer.singleShot(150, lambda: step(name))


def step(before):
    if before:
        found[before + " again"] = watch.window is not None
    if STEPS:
        name, act = STEPS.pop(0)
        QTimer.singleShot(0, act)
        QTimer.singleShot(300, lambda: see(name))
    else:
        application.quit()


QTimer.singleShot(300, lambda: step(None))
application.exec()
print(json.dumps(found, ensure_ascii=False))
"""


def test_faults_in_a_slot_a_worker_and_in_drawing(book: Path, tmp_path: Path, clerk_reads) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLANTED, str(book), str(tmp_path / "log"), WORDS],
        cwd=TOP, capture_output=True, text=True, timeout=120, check=False, env=os.environ | {"PYTHONPATH": str(TOP)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    for place in ("slot", "the same slot", "worker", "paint"):
        assert "ZeroDivisionError" in found[place], place
        assert not found[f"{place} again"], f"{place}: nobody gets past the crash window"
    assert found["paint later"] is None, "what breaks in drawing is shown once"
    assert found["closed"]
    assert clerk_reads(book) == WORDS, "the draft is safe"
    written = (tmp_path / "log" / "yuebao.log").read_text(encoding="utf-8")
    assert written.count("ZeroDivisionError") > 4, "what is shown once is logged each time"
    for text in (written, done.stderr, *(said for said in found.values() if isinstance(said, str))):
        assert "王喆" not in text
        assert "13800000000" not in text
        assert str(Path.home()) not in text


@pytest.fixture
def clerk_reads():
    from desktop_app.desk import month
    from desktop_app.desk.open_book import open_desk

    def read(book: Path) -> str:
        desk = open_desk(book, today=DAY)
        try:
            return month.row(desk, MARCH, "2-31").entry.narrative
        finally:
            desk.close()

    return read


def test_the_facts_say_which_file_of_which_package_and_not_where_it_lies() -> None:
    try:
        json.loads("王喆")
    except ValueError as problem:
        said = facts(problem)
    assert "tests/ui/test_calm_failures.py:" in said
    assert "  decoder.py:" in said
    assert "王喆" not in said
    assert str(TOP) not in said
    assert TOP.parts[1] not in said.splitlines()[2]


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    file = open_log(tmp_path / "log")
    assert file is not None
    yield file
    log = logging.getLogger("yuebao")
    for handler in list(log.handlers):
        handler.close()
        log.removeHandler(handler)


def pieces(text: str, length: int = 5) -> set[str]:
    """Every run of letters of this length."""
    letters = "".join(letter for letter in text if letter.isalnum())
    return {letters[n : n + length] for n in range(len(letters) - length + 1)}


def test_the_log_of_a_sitting_that_went_wrong_holds_no_word_of_any_draft(
    clerk: Clerk, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = clerk.window
    window.go("fill")
    window.fill.choose("2-31", "narrative")

    def bug(*_given: object) -> None:
        raise ZeroDivisionError(WORDS)

    def full(*_given: object) -> None:
        raise WorldError(f"磁盘已满，{WORDS}没有存上。")

    for fault in (bug, full):
        with monkeypatch.context() as broken:
            broken.setattr(save_entry.kept, "save", fault)
            window.session.autosave.note(MARCH, "2-31", "narrative", WORDS)
            assert not window.session.autosave.flush()
    with monkeypatch.context() as broken:
        broken.setattr(window.session.desk.book, "rest", lambda: full())
        window.session.autosave._settle_down()
    clerk.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    for page in ("check", "send", "history", "plan", "settings", "month"):
        window.go(page)
    clerk.close()
    written = log_file.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "could not be brought to rest" in written
    words = pieces(WORDS)
    for row in window.session.view.rows:
        for entry in filter(None, (row.entry, row.previous)):
            for text in (entry.narrative, entry.problems, entry.next_steps, entry.coordination, entry.nil_reason):
                words |= pieces(text)
    assert len(words) > 2000
    assert not words & pieces(written)
    assert "王喆" not in written


def test_a_fault_at_the_very_start_is_shown_and_not_only_written_to_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_file: Path, qapp: QApplication
) -> None:
    def bug(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError(WORDS)

    shown: list[str] = []

    def run_through(*_given: object) -> int:
        (window,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, CrashWindow)]
        shown.append(window.facts.toPlainText())
        window.accept()
        return 0

    monkeypatch.setattr(app.Program, "begin", bug)
    monkeypatch.setattr(QApplication, "exec", run_through)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    assert app.run(tmp_path / "book.yuebao") == 70
    assert "ZeroDivisionError" in shown[0]
    assert "ZeroDivisionError" in log_file.read_text(encoding="utf-8")
