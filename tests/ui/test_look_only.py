"""A book that can only be looked at: what would change it is grey and says why; reading and exporting go on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget

from desktop_app.desk import keys, open_book, places, printing
from desktop_app.desk.open_book import look_only, open_desk
from desktop_app.model.report import Role
from desktop_app.store import Book
from tests.ui.conftest import DAY, MARCH
from ui import background
from ui.app import Program
from ui.dialogs.print_dialog import PrintDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.pages.looking import LookingLine
from ui.pages.navigation import PAGES
from ui.session import Session


@pytest.fixture
def looking(book: Path, qtbot, qapp: QApplication) -> Iterator[MainWindow]:
    messages = Messages()
    faults: list[object] = []
    messages.unexpected.connect(faults.append)
    window = MainWindow(Session(look_only(book, today=DAY), MARCH, messages))
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    yield window
    background.wait()
    qapp.processEvents()
    assert faults == []


def all_writers(window: MainWindow) -> list[QWidget]:
    pages = (window.this_month, window.fill, window.send, window.plan, window.settings)
    return [widget for page in pages for widget in page.writers]


def line(window: MainWindow) -> LookingLine:
    assert window.looking is not None
    return window.looking


def to_press(window: MainWindow) -> list[QAbstractButton]:
    found = window.stack.currentWidget().findChildren(QAbstractButton)
    return [button for button in found if button.isVisible() and button.isEnabled()]


def test_what_changes_the_book_is_grey_on_every_page_whatever_the_pages_do(looking: MainWindow) -> None:
    for name, _word in PAGES * 2:
        looking.go(name)
    looking.session.refresh()
    for row in looking.session.view.rows[:6]:
        looking.fill.choose(row.task.id)
    found = all_writers(looking)
    assert len(found) > 50
    for widget in found:
        read_only = getattr(widget, "isReadOnly", lambda: False)()
        assert read_only or not widget.isEnabled(), (
            type(widget).__name__,
            widget.objectName(),
            widget.accessibleName(),
        )
        assert widget.toolTip() == "现在是只读查看，不能修改。"


def test_places_and_keys_stay_grey_whatever_is_chosen_in_their_cards(
    looking: MainWindow, clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their own enabling, by the line under the cursor and by what is under way, does not bring a button back."""
    asked: list[object] = []
    place = places.draft("九楼", "/tmp")
    monkeypatch.setattr(places, "places", lambda _desk: (place,))
    keys.new_key(clerk.window.session.desk, "王喆", Role.PREPARER, "一二三四五六", remember=False)
    for window, free in ((clerk.window, True), (looking, False)):
        window.go("settings")
        card, care = window.settings.places, window.settings.keys
        card.show_values()
        card.list.setCurrentRow(0)
        card._set_busy(busy=True)
        card._set_busy(busy=False)
        assert [each.isEnabled() for each in (card.add, card.edit, card.default, card.remove)] == [free] * 4
        assert card.test.isEnabled(), "trying a place out changes nothing here"
        card.ask.disconnect()
        card.ask.connect(asked.append)
        card.list.itemActivated.emit(card.list.item(0))
        assert len(asked) == 1, "asked for in the window that may write, not in the other"
        care.show_values()
        care.table.selectRow(0)
        assert [each.isEnabled() for each in (care.renew, care.retire)] == [free] * 2
        assert care.export.isEnabled()
        assert [each.isEnabled() for each in (care.new, care.bring, care.token, care.request, care.answer)] == [
            free
        ] * 5


def test_one_line_says_so_over_every_page(looking: MainWindow) -> None:
    for name, _word in PAGES:
        looking.go(name)
        assert line(looking).isVisible()
    assert line(looking).words.text().startswith("只读查看：")
    assert "可以查看、导出和打印" in line(looking).words.text()


def test_a_book_to_work_in_has_no_such_line_and_nothing_held_grey(clerk) -> None:
    assert clerk.window.looking is None
    assert clerk.window.settings.units.add.isEnabled()
    assert clerk.window.fill.paste.isEnabled()
    assert not clerk.window.fill.form.texts["narrative"].isReadOnly()


def test_nothing_that_is_left_to_press_would_write(
    looking: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    """Every button that is not grey is pressed on every page and in every view: none may ask the book for a write."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_given: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_given: True)
    monkeypatch.setattr(QDialog, "exec", lambda *_given: 0)
    asked: list[str] = []
    pressing = ""
    true_write = Book.write

    def write(book: Book):
        asked.append(pressing)
        return true_write(book)

    monkeypatch.setattr(Book, "write", write)
    pressed: set[QAbstractButton] = set()
    for name, _word in PAGES:
        looking.go(name)
        # the last one first: a view's own buttons before the chip that leads to another view
        while fresh := [one for one in to_press(looking) if one not in pressed]:
            pressing = f"{name}: {fresh[-1].text() or fresh[-1].accessibleName()}"
            pressed.add(fresh[-1])
            fresh[-1].click()
            for dialog in looking.findChildren(QDialog):
                dialog.close()
            if looking.page != name:
                looking.go(name)
    background.wait()
    qapp.processEvents()
    assert len(pressed) > 30
    assert asked == []


def test_reading_exporting_and_printing_go_on(looking: MainWindow, tmp_path: Path, monkeypatch, qtbot) -> None:
    looking.go("check")
    assert looking.check.list.count() > 0
    looking.check.save_list(tmp_path / "list.xlsx")
    qtbot.waitUntil(lambda: not looking.session.work.under_way, timeout=20_000)
    assert (tmp_path / "list.xlsx").stat().st_size > 1000
    looking.go("send")
    looking.send.papers.save_copy(tmp_path / "copy.pdf")
    qtbot.waitUntil(lambda: not looking.session.work.under_way, timeout=20_000)
    assert (tmp_path / "copy.pdf").exists()
    looking.settings.book.copy_to(tmp_path / "backup.yuebao")
    qtbot.waitUntil(lambda: not looking.session.work.under_way, timeout=20_000)
    assert "读回核对一致" in looking.message_bar.text.text()
    open_desk(tmp_path / "backup.yuebao", today=DAY).close()
    chosen: list[object] = []
    monkeypatch.setattr(printing, "direct", lambda: True)
    monkeypatch.setattr(printing, "printers", lambda: ("窗边的",))
    looking.asking.printer(chosen.append)
    dialog = looking.findChild(PrintDialog)
    dialog.do.click()
    assert chosen == [printing.Choice("窗边的")]


def test_keys_change_nothing_either(looking: MainWindow) -> None:
    before = looking.session.view
    looking.open_task("2-31", "narrative")
    QTest.keyClick(looking.fill.form.texts["narrative"], "x")
    QTest.keyClick(looking, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    looking.session.autosave.flush()
    assert looking.session.autosave.clean
    assert looking.session.view.row("2-31").entry == before.row("2-31").entry


def test_another_try_opens_it_to_be_worked_in(book: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[object] = []
    program = Program(book, DAY, faults.append)
    program.show_desk(look_only(book, today=DAY))
    window = program.window
    assert isinstance(window, MainWindow)
    with monkeypatch.context() as held:
        in_use = open_book.WorldError("正被另一个程序使用。")
        held.setattr(open_book, "open_desk", lambda *_given, **_named: (_ for _ in ()).throw(in_use))
        line(window).retry.click()
        assert program.window is window
        assert "正被另一个程序使用" in window.message_bar.text.text()
    line(window).retry.click()
    opened = program.window
    assert isinstance(opened, MainWindow)
    assert opened is not window
    assert not opened.session.desk.read_only
    opened.close()
    background.wait()
    qapp.processEvents()
    assert faults == []
