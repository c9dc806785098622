"""From a book that cannot be opened to another one, and copies that need their printed key."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.desk import backups
from desktop_app.desk.open_book import create_bureau, open_desk
from desktop_app.model import recovery_key
from desktop_app.store.cipher import Secret
from desktop_app.store.converting import convert
from tests.desk.test_encryption import Drawer
from tests.ui.conftest import DAY
from ui import background, known_books
from ui.app import Program
from ui.dialogs.restore_dialog import RestoreDialog
from ui.main_window import MainWindow
from ui.pages.reception import ReceptionPage
from ui.pages.trouble import TroublePage
from ui.remembered import Remembered


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    return Remembered(tmp_path / "window.json")


@pytest.fixture
def program(book: Path, remembered: Remembered, qapp: QApplication) -> Iterator[Program]:
    faults: list[object] = []
    made = Program(book, DAY, faults.append, remembered)
    yield made
    background.wait()
    qapp.processEvents()
    if made.window is not None:
        made.window.close()
    assert faults == []


@pytest.fixture
def other(book: Path) -> Path:
    return Path(shutil.copy(book, book.with_name("other.yuebao")))


def in_trouble(program: Program) -> TroublePage:
    page = program.window
    assert isinstance(page, TroublePage)
    background.wait()
    QApplication.processEvents()
    return page


def test_the_last_books_are_kept_newest_first_and_no_more_than_five(remembered: Remembered, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.yuebao" for n in range(7)]
    for file in files:
        file.write_bytes(b"x")
        known_books.note(remembered, file)
    known_books.note(remembered, files[4])
    assert known_books.others(Remembered(tmp_path / "window.json"), files[6]) == (
        files[4],
        files[5],
        files[3],
        files[2],
    )
    files[5].unlink()
    assert known_books.others(remembered, files[6]) == (files[4], files[3], files[2])


def test_a_remembered_book_is_one_click_away(program: Program, book: Path, other: Path, remembered: Remembered) -> None:
    program.begin(sample=False)
    assert program.window is not None
    program.window.close()
    known_books.note(remembered, other)
    book.write_bytes(b"")
    program.begin(sample=False)
    (button,) = in_trouble(program).known
    assert other.name in button.text()
    assert button.accessibleName() == f"打开 {other}"
    button.click()
    assert isinstance(program.window, MainWindow)
    assert program.window.session.desk.book_path == other
    assert program.book == other
    assert book.read_bytes() == b""


def test_another_file_is_chosen_and_one_that_is_no_book_leaves_the_page(
    program: Program, book: Path, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.write_bytes(b"")
    program.begin(sample=False)
    page = in_trouble(program)
    chosen = tmp_path / "letter.yuebao"
    chosen.write_bytes(b"Dear all, this is not a book")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(chosen), ""))
    page.elsewhere.click()
    assert program.window is page
    assert program.book == book
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(other), ""))
    page.elsewhere.click()
    assert isinstance(program.window, MainWindow)


def test_a_receiving_desks_book_opens_as_one(program: Program, book: Path, tmp_path: Path) -> None:
    create_bureau(tmp_path / "bureau.yuebao").close()
    book.write_bytes(b"")
    program.begin(sample=False)
    in_trouble(program).other.emit(tmp_path / "bureau.yuebao")
    assert isinstance(program.window, ReceptionPage)


def test_an_encrypted_other_book_asks_for_its_key(program: Program, book: Path, other: Path) -> None:
    secret = Secret.new()
    convert(other, None, secret)
    book.write_bytes(b"")
    program.begin(sample=False)
    in_trouble(program).other.emit(other)
    page = in_trouble(program)
    assert page.key.isVisible()
    page.key.setText(" ".join(recovery_key.written(secret.key)))
    page.unlock.click()
    assert isinstance(program.window, MainWindow)
    assert program.window.session.desk.book_path == other


@pytest.fixture
def sealed_copy(book: Path, tmp_path: Path) -> tuple[Path, Secret]:
    """An encrypted copy of the book, made before its last word was written."""
    desk = open_desk(book, today=DAY)
    backups.make(desk, tmp_path / "copy.yuebao")
    desk.close()
    secret = Secret.new()
    convert(tmp_path / "copy.yuebao", None, secret)
    return tmp_path / "copy.yuebao", secret


def test_an_encrypted_copy_is_looked_at_and_restored_with_its_printed_key(
    program: Program, sealed_copy: tuple[Path, Secret], monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    drawer = Drawer()
    monkeypatch.setattr(keyring, "get_keyring", lambda: drawer)
    copy, secret = sealed_copy
    program.begin(sample=False)
    window = program.window
    assert isinstance(window, MainWindow)
    window.preview(copy)
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(dialog.key_row.isVisible, timeout=10_000)
    assert dialog.focusWidget() is dialog.key
    assert not dialog.do.isEnabled()
    dialog.key.setText(" ".join(recovery_key.written(Secret.new().key)))
    dialog.unlock.click()
    assert not dialog.unlock.isEnabled()
    qtbot.waitUntil(dialog.unlock.isEnabled, timeout=10_000)
    assert not dialog.do.isEnabled(), "another book's key"
    assert drawer.words == {}
    dialog.key.setText(" ".join(recovery_key.written(secret.key)))
    dialog.unlock.click()
    qtbot.waitUntil(dialog.do.isEnabled, timeout=10_000)
    assert dialog.key_row.isHidden()
    dialog.do.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and program.window is not window, timeout=10_000)
    restored = program.window
    assert isinstance(restored, MainWindow)
    assert restored.session.desk.encryption_id == secret.book_id


def test_a_lost_book_comes_back_from_an_encrypted_copy(
    program: Program, book: Path, sealed_copy: tuple[Path, Secret], monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    drawer = Drawer()
    monkeypatch.setattr(keyring, "get_keyring", lambda: drawer)
    copy, secret = sealed_copy
    book.write_bytes(b"")
    program.begin(sample=False)
    page = in_trouble(program)
    assert page.key_row.isHidden()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(copy), ""))
    page.choose.click()
    assert page.busy.isVisible()
    assert not page.choose.isEnabled()
    qtbot.waitUntil(page.key_row.isVisible, timeout=10_000)
    assert page.choose.isEnabled()
    assert book.read_bytes() == b""
    page.key.setText(" ".join(recovery_key.written(secret.key)))
    page.unlock.click()
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=10_000)
