"""A book that cannot be opened, a look only, copies that make themselves, damage that shows up later."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.desk import backups
from desktop_app.desk.open_book import open_desk
from desktop_app.errors import WorldError
from desktop_app.store import kept_copies, opening, restoring
from desktop_app.store.snapshot import read_book
from tests.ui.conftest import DAY, MARCH
from ui import app, background, copies
from ui.main_window import MainWindow
from ui.pages.trouble import TroublePage

HOLDING = """
import sys
from pathlib import Path
from desktop_app.store import open_book
with open_book(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def program(book, qtbot):
    faults = []
    made = app.Program(book, DAY, faults.append)
    yield made
    background.wait()
    QApplication.processEvents()
    if made.window is not None:
        made.window.close()
    assert faults == []


@pytest.fixture
def elsewhere(book):
    """Another process that has the book open."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(book)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment,
    )  # fmt: skip
    assert holder.stdout.readline() == "open\n"
    yield holder
    if holder.poll() is None:
        holder.communicate("\n", timeout=30)


def copied(book) -> None:
    desk = open_desk(book, today=DAY)
    assert backups.automatic(desk)
    desk.close()


def settled(page, qtbot) -> None:
    background.wait()
    qtbot.waitUntil(lambda: "正在查看" not in page.holds.text())


def test_a_second_window_offers_a_look_and_says_of_when(program, elsewhere, qtbot):
    program.begin(sample=False)
    page = program.window
    assert isinstance(page, TroublePage)
    assert "正被另一个程序使用" in page.what.text()
    settled(page, qtbot)
    assert not page.restore.isEnabled()
    page.again.click()
    assert program.window is page
    page.look.click()
    window = program.window
    assert isinstance(window, MainWindow)
    assert window.header.mark.text().startswith("只读查看 · 这是 ")
    window.go("fill")
    window.fill.choose("2-31")
    assert window.fill.form.texts["narrative"].isReadOnly()
    assert not window.session.attempt(lambda: window.session.desk.book.write().__enter__())
    assert "只读" in window.message_bar.text.text()
    elsewhere.communicate("\n", timeout=30)
    window.close()
    program.begin(sample=False)
    assert isinstance(program.window, MainWindow)
    assert program.window.session.desk.seen_at is None


@pytest.mark.parametrize("state", ["empty", "damaged", "missing"])
def test_a_book_that_is_lost_comes_back_from_its_copy(program, book, qtbot, state):
    copied(book)
    {
        "empty": lambda: book.write_bytes(b""),
        "damaged": lambda: book.write_bytes(book.read_bytes()[:9000]),
        "missing": book.unlink,
    }[state]()
    program.begin(sample=False)
    page = program.window
    assert isinstance(page, TroublePage)
    settled(page, qtbot)
    assert "朝阳区" in page.holds.text()
    page.restore.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)
    assert program.window.session.view.period == MARCH


def test_a_restore_is_stopped_while_the_lost_book_is_not_replaced_yet(program, book, qtbot, monkeypatch):
    copied(book)
    book.write_bytes(book.read_bytes()[:9000])
    lost = book.read_bytes()
    go, real = threading.Event(), restoring.copy
    monkeypatch.setattr(restoring, "copy", lambda *given: go.wait(20) and real(*given))
    program.begin(sample=False)
    page = program.window
    settled(page, qtbot)
    assert page.stop.isHidden()
    page.restore.click()
    assert page.stop.isVisible()
    page.stop.click()
    go.set()
    qtbot.waitUntil(page.restore.isEnabled, timeout=10_000)
    assert program.window is page
    assert (book.read_bytes(), page.stop.isHidden()) == (lost, True)
    page.restore.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)


def test_damage_found_after_the_first_paint_is_said_and_the_words_stay(program, book, monkeypatch, qtbot):
    copied(book)
    raw = sqlite3.connect(book)
    (page,) = raw.execute("select rootpage from sqlite_schema where name = 'inbox'").fetchone()
    raw.close()
    whole = bytearray(book.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\x55" * 4096
    book.write_bytes(whole)
    monkeypatch.setattr(opening, "_AT_ONCE", 0)  # as large books are
    monkeypatch.setattr(copies, "AFTER_PAINT_MS", 1)
    monkeypatch.setattr(copies, "PAUSE_MS", 1)
    program.begin(sample=False)
    window = program.window
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: "已损坏" in window.message_bar.text.text())
    window.go("fill")
    window.fill.choose("2-31", "narrative")
    window.fill.form.texts["narrative"].setPlainText("还没存上的话")
    assert not window.session.autosave.flush()
    assert window.fill.form.texts["narrative"].toPlainText() == "还没存上的话"
    window.session.autosave.give_up()
    window.restore_asked.emit()
    trouble = program.window
    assert isinstance(trouble, TroublePage)
    settled(trouble, qtbot)
    trouble.restore.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)
    assert program.window.session.view.period == MARCH


def test_closing_makes_the_copy_of_the_day(clerk):
    clerk.window.session.autosave.note(MARCH, "2-31", "narrative", "今天写的")
    clerk.close()
    (kept,) = backups.listed(clerk.book)
    with read_book(kept.path) as copy:
        assert copy.read("select narrative from entry where task_id = '2-31' order by month_id desc")[0] == (
            "今天写的",
        )


def test_half_an_hour_after_the_first_change_there_is_a_copy(clerk, qtbot):
    mine = clerk.window.copies
    clerk.window.session.autosave.note(MARCH, "2-31", "narrative", "第一句")
    clerk.window.session.autosave.flush()
    assert mine._change.isActive()
    assert mine._change.interval() == 30 * 60 * 1000
    mine._change.timeout.emit()
    background.wait()
    qtbot.waitUntil(lambda: len(backups.listed(clerk.book)) == 1)
    mine._change.stop()
    clerk.window.session.autosave.note(MARCH, "2-31", "narrative", "第二句")
    clerk.window.session.autosave.flush()
    assert not mine._change.isActive(), "once a day; closing brings it up to date"


def test_a_copy_that_fails_is_said_and_stops_nothing(clerk, monkeypatch):
    def full(*_arguments, **_named):
        raise WorldError("磁盘剩余空间不够，没有备份。", "请腾出空间。")

    monkeypatch.setattr(kept_copies, "begin_keeping", full)
    clerk.window.session.autosave.note(MARCH, "2-31", "narrative", "照写")
    clerk.window.session.autosave.flush()
    clerk.window.copies._change.timeout.emit()
    assert "没有备份" in clerk.window.message_bar.text.text()
    assert clerk.window.session.autosave.clean
    clerk.close()
    assert clerk.reread("2-31").entry.narrative == "照写"
