"""The book in the window: copies, restore and its undoing, the journal, stepping back, the notice after a crash."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop_app.desk import backups, sittings
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.save_entry import save
from desktop_app.model import recovery_key
from desktop_app.store import restoring
from desktop_app.store.cipher import Secret
from desktop_app.store.converting import convert
from tests.ui.conftest import DAY, MARCH, Clerk
from ui import background
from ui.app import Program
from ui.dialogs.changes_dialog import ChangesDialog
from ui.dialogs.restore_dialog import RestoreDialog
from ui.main_window import MainWindow
from ui.pages.apart import ApartPage
from ui.pages.start import StartPage
from ui.pages.trouble import TroublePage

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
KEPT = Path(__file__).resolve().parents[1] / "keepsakes"


@pytest.fixture
def program(book: Path, qapp: QApplication) -> Iterator[Program]:
    faults: list[object] = []
    made = Program(book, DAY, faults.append)
    yield made
    background.wait()
    qapp.processEvents()
    if made.window is not None:
        made.window.close()
    assert faults == []


def main_window(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def wrote(book: Path, *words: str) -> None:
    desk = open_desk(book, today=DAY)
    for text in words:
        save(desk, MARCH, "3-9", {"narrative": text})
    desk.close()


def narrative(window: MainWindow) -> str:
    return window.session.view.row("3-9").entry.narrative


def test_the_card_says_where_the_book_is_and_backs_it_up(clerk: Clerk, tmp_path: Path, qtbot) -> None:
    clerk.window.go("settings")
    card = clerk.window.settings.book
    assert card.where.text() == str(clerk.book)
    assert card.newest.text() == "还没有"
    assert card.lock.text() == "没有加密（默认）"
    assert card.list.isHidden()
    card.copy_to(tmp_path / "copy.yuebao")
    qtbot.waitUntil(lambda: not clerk.window.session.work.under_way, timeout=10_000)
    assert "已备份到" in clerk.window.message_bar.text.text()
    assert backups.look(tmp_path / "copy.yuebao").unit.short_name == "朝阳区"
    card.copy_to(tmp_path / "copy.yuebao")
    assert "已经存在" in clerk.window.message_bar.text.text()
    backups.automatic(clerk.window.session.desk)
    card.show_values()
    assert card.list.count() == 1
    assert "已读回核对" in card.newest.text()


def test_every_letter_of_the_settings_leads_to_one_place(clerk: Clerk) -> None:
    clerk.window.go("settings")
    page = clerk.window.settings
    words = [button.text() for button in page.findChildren(QAbstractButton)]
    words += [label.text() for label in page.findChildren(QLabel) if label.buddy() is not None]
    letters = [word.split("(&")[1][0] for word in words if "(&" in word]
    assert len(letters) > 10
    assert sorted(letters) == sorted(set(letters))
    card = page.book
    assert card.where.accessibleName() == f"文件　{clerk.book}"


def test_the_journal_is_verified_while_one_types_on(clerk: Clerk, qtbot) -> None:
    clerk.window.go("settings")
    card = clerk.window.settings.book
    card.verify.setFocus()
    clerk.press(Key.Key_Space)
    assert card.busy.isVisible()
    assert not card.verify.isEnabled()
    save(clerk.window.session.desk, MARCH, "3-9", {"narrative": "同时写的"})  # the book is not held up
    qtbot.waitUntil(lambda: card.verdict.isVisible(), timeout=10_000)
    assert card.verdict.text().startswith("日志完好")
    assert card.verdict.accessibleName() == card.verdict.text()


def test_a_broken_chain_is_said(clerk: Clerk, qtbot) -> None:
    connection = clerk.window.session.desk.book.connection
    connection.execute("drop trigger journal_update")
    connection.execute("update journal set actor = '别人' where seq = 5")
    clerk.window.go("settings")
    card = clerk.window.settings.book
    card.verify_journal()
    qtbot.waitUntil(lambda: card.verdict.isVisible(), timeout=10_000)
    assert "从第 5 条起" in card.verdict.text()


def test_a_restore_is_looked_at_done_and_undone(program: Program, book: Path, qtbot) -> None:
    desk = open_desk(book, today=DAY)
    save(desk, MARCH, "3-9", {"narrative": "备份时的话"})
    copy = backups.automatic(desk)
    assert copy is not None
    desk.close()
    wrote(book, "后来的话")
    program.begin(sample=False)
    window = main_window(program)
    window.preview(copy.path)
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.do.isEnabled(), timeout=10_000)
    said = dialog.words.toPlainText()
    assert "1 处改动会回到以前" in said
    assert "后来的话 → 备份时的话" in said
    assert narrative(window) == "后来的话"  # looking changes nothing
    dialog.do.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window, timeout=10_000)
    restored = main_window(program)
    assert narrative(restored) == "备份时的话"
    assert "已从备份恢复" in restored.message_bar.text.text()
    restored.go("settings")
    assert restored.settings.book.back.isVisible()
    restored.settings.book.back.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not restored, timeout=10_000)
    assert narrative(main_window(program)) == "后来的话"


@contextmanager
def held_at(monkeypatch: pytest.MonkeyPatch, step: str) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A restore that comes to this step of the store says so and waits."""
    there, go, real = threading.Event(), threading.Event(), getattr(restoring, step)

    def slow(*given):
        there.set()
        assert go.wait(20)
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(restoring, step, slow)
        try:
            yield there, go
        finally:
            go.set()
            background.wait()


@pytest.mark.parametrize("step", ["copy", "_swap"])
def test_a_restore_is_stopped_before_the_book_is_replaced_and_not_half_way(
    program: Program, book: Path, qtbot, monkeypatch, step
) -> None:
    desk = open_desk(book, today=DAY)
    copy = backups.automatic(desk)
    assert copy is not None
    desk.close()
    wrote(book, "后来的话")
    program.begin(sample=False)
    window = main_window(program)
    window.preview(copy.path)
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: dialog.do.isEnabled(), timeout=10_000)
    with held_at(monkeypatch, step) as (there, go):
        dialog.do.click()
        qtbot.waitUntil(there.is_set, timeout=10_000)
        page = program.window
        assert isinstance(page, ApartPage)
        assert page.stop.isVisible()
        page.stop.click()
        assert not page.stop.isEnabled()
        go.set()
        qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)
    after = main_window(program)
    stopped = step == "copy"
    assert (narrative(after) == "后来的话") is stopped
    assert ("已停下，没有恢复" if stopped else "已从备份恢复") in after.message_bar.text.text()
    assert backups.can_undo(book) is not stopped
    assert not list(book.parent.glob(".*restoring*"))


def test_what_cannot_be_stopped_has_no_button(program: Program, book: Path, qtbot) -> None:
    page = ApartPage("正在加密…", lambda: "")
    qtbot.addWidget(page)
    page.show()
    assert not page.stop.isVisible()


def test_another_files_restore_is_refused_and_nothing_changes(clerk: Clerk, tmp_path: Path, qtbot) -> None:
    other = tmp_path / "other.yuebao"
    other.write_bytes(b"not a book at all")
    clerk.window.preview(other)
    dialog = clerk.window.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: "不是月报填报簿" in dialog.head.text(), timeout=10_000)
    assert not dialog.do.isEnabled()
    dialog.reject()


def test_undo_goes_on_behind_the_fields_own_steps_into_the_journal(book: Path, clerk: Clerk) -> None:
    desk = clerk.window.session.desk
    for text in ("第一稿", "第二稿"):
        save(desk, MARCH, "3-9", {"narrative": text})
    clerk.window.session.refresh()
    clerk.window.open_task("3-9", "narrative")
    field = clerk.window.fill.form.texts["narrative"]
    field.moveCursor(field.textCursor().MoveOperation.End)
    clerk.write("X")
    assert field.toPlainText() == "第二稿X"
    clerk.window.session.autosave.flush()
    clerk.press(Key.Key_Z, CONTROL)
    assert field.toPlainText() == "第二稿"  # the field's own step
    clerk.press(Key.Key_Z, CONTROL)
    assert field.toPlainText() == "第一稿"  # the journal's
    clerk.press(Key.Key_Z, CONTROL)
    first = field.toPlainText()
    assert first not in ("第一稿", "第二稿", "")
    clerk.press(Key.Key_Z, CONTROL)
    clerk.press(Key.Key_Z, CONTROL)
    assert "没有更早" in clerk.window.message_bar.text.text()
    kept = clerk.window.session.view.row("3-9").entry.narrative
    assert kept == field.toPlainText()  # every step is in the book


def test_a_figure_that_followed_another_goes_back_too(clerk: Clerk) -> None:
    clerk.window.open_task("3-9", "this_month")
    line = clerk.window.fill.form.numbers
    was = line["cumulative"].text()
    line["this_month"].selectAll()
    clerk.write("9")
    clerk.window.session.autosave.flush()
    followed = line["cumulative"].text()
    assert followed != was
    line["cumulative"].setFocus()
    clerk.press(Key.Key_Z, CONTROL)
    assert line["cumulative"].text() == was


def test_undo_of_a_figure(clerk: Clerk) -> None:
    desk = clerk.window.session.desk
    was = clerk.window.session.view.row("3-9").entry.this_month
    save(desk, MARCH, "3-9", {"this_month": "7"})
    clerk.window.session.refresh()
    clerk.window.open_task("3-9", "this_month")
    clerk.press(Key.Key_Z, CONTROL)
    assert clerk.window.session.view.row("3-9").entry.this_month == was


def test_who_changed_what_is_shown_newest_first(clerk: Clerk) -> None:
    save(clerk.window.session.desk, MARCH, "3-9", {"narrative": "新的话", "status": "behind"})
    clerk.window.open_task("3-9", "narrative")
    clerk.press(Key.Key_H, ALT)
    dialog = clerk.window.findChild(ChangesDialog)
    top = [dialog.table.item(0, column).text() for column in range(5)]
    fields = {dialog.table.item(row, 2).text() for row in range(2)}
    assert fields == {"本月进展", "进展状态"}
    assert "王喆" in top[1]
    texts = {dialog.table.item(row, 4).text() for row in range(2)}
    assert texts == {"新的话", "进度滞后"}
    dialog.accept()


def test_a_sitting_that_did_not_end_is_spoken_of_once(program: Program, book: Path) -> None:
    desk = open_desk(book, today=DAY)
    assert sittings.begin(desk) is None  # a sitting begins, and the power goes
    save(desk, MARCH, "3-9", {"narrative": "最后一句"})
    desk.close()
    program.begin(sample=False)
    said = main_window(program).message_bar.text.text()
    assert "上次没有正常退出" in said
    assert "3-9「本月进展」" in said
    assert program.window is not None
    assert program.window.close()
    program.begin(sample=False)
    assert main_window(program).message_bar.isHidden()


def test_an_encrypted_book_opens_with_the_printed_key(program: Program, book: Path) -> None:
    secret = Secret.new()
    convert(book, None, secret)
    program.begin(sample=False)
    page = program.window
    assert isinstance(page, TroublePage)
    assert page.key.isVisible()
    assert page.look.isHidden()
    groups = list(recovery_key.written(secret.key))
    groups[2] = "00000" if groups[2] != "00000" else "11111"
    page.key.setText(" ".join(groups))
    page.unlock.click()
    assert program.window is page
    page.key.setText(" ".join(recovery_key.written(secret.key)))
    page.unlock.click()
    window = main_window(program)
    window.go("settings")
    assert secret.book_id in window.settings.book.lock.text()
    window.settings.book.verify_journal()  # also while it is encrypted
    background.wait()


def test_encrypting_without_a_keyring_is_refused_and_the_work_goes_on(program: Program, tmp_path: Path, qtbot) -> None:
    program.begin(sample=False)
    before = main_window(program)
    before.settings.book.encrypt.emit(tmp_path / "key.pdf")
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not before, timeout=10_000)
    assert "没有加密" in main_window(program).message_bar.text.text()
    assert not (tmp_path / "key.pdf").exists()


def test_a_lost_book_comes_back_from_its_reports(tmp_path: Path, qapp: QApplication, qtbot) -> None:
    faults: list[object] = []
    program = Program(tmp_path / "new.yuebao", date(2023, 5, 4), faults.append)
    program.begin(sample=False)
    page = program.window
    assert isinstance(page, StartPage)
    page.rebuild_from([KEPT / "report-1.pdf", KEPT / "receipt-1.pdf", KEPT / "unit-1.pem"])
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    said = main_window(program).message_bar.text.text()
    assert "已从 1 份月报恢复" in said
    assert "unit-1.pem" in said
    assert program.window is not None
    program.window.close()
    assert faults == []
