"""What the window remembers: place, page, month, size of letters; and that nothing of it is ever in the way."""

import json
from datetime import date

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop_app.model.period import Period
from tests.ui.conftest import DAY
from ui import places
from ui.app import Program
from ui.main_window import MainWindow
from ui.remembered import Remembered
from ui.theme.style import SIZES, dress, sheet


@pytest.fixture
def letters(qapp):
    """Whatever size a test writes in, the next one has the usual."""
    yield lambda percent: dress(qapp, percent)
    dress(qapp)


def opened(book, file, qtbot, day: date = DAY) -> MainWindow:
    faults: list[BaseException] = []
    program = Program(book, day, faults.append, Remembered(file))
    program.begin(sample=False)
    window = program.window
    assert isinstance(window, MainWindow)
    window.program = program  # it lives as long as its window
    qtbot.addWidget(window, before_close_func=lambda window: window.session.autosave.give_up())
    assert faults == []
    return window


def test_size_page_month_and_the_width_of_the_list_come_back(book, tmp_path, qtbot, monkeypatch):
    """The screen of these tests is too small to stand on again: what Qt is handed is looked at."""
    handed = []
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda _window, state: handed.append(bytes(state)) or True)
    file = tmp_path / "config" / "window.json"
    first = opened(book, file, qtbot)
    first.showNormal()
    first.setGeometry(40, 30, 1300, 700)
    first.go("fill")
    QApplication.processEvents()
    first.fill.split.setSizes([450, 700])
    QApplication.processEvents()
    width = first.fill.split.sizes()[0]
    assert width > 420  # a new window gives the list 400
    first.choose_month(Period(2023, 2))
    stood = bytes(first.saveGeometry())
    assert first.close()
    second = opened(book, file, qtbot)
    QApplication.processEvents()
    assert handed == [stood]
    assert second.stack.currentWidget() is second.fill
    assert second.session.period == Period(2023, 2)
    assert second.fill.split.sizes()[0] == width
    assert second.close()


def test_a_month_that_has_come_due_since_is_shown_whatever_was_looked_at(book, tmp_path, qtbot):
    file = tmp_path / "window.json"
    first = opened(book, file, qtbot)
    first.choose_month(Period(2023, 2))
    assert first.close()
    second = opened(book, file, qtbot, date(2023, 5, 4))
    assert second.session.period == Period(2023, 4)
    assert second.close()


def test_another_book_does_not_open_at_this_ones_month(book, tmp_path, qtbot):
    remembered = Remembered()
    remembered.keep(book="/elsewhere.yuebao", newest="2023-03", month="2023-02")
    assert places.month_to_show(str(book), Period(2023, 3), remembered) == Period(2023, 3)
    remembered.keep(book=str(book), month="nonsense")
    assert places.month_to_show(str(book), Period(2023, 3), remembered) == Period(2023, 3)


@pytest.mark.parametrize("bad", [b"", b"{", b"[1]", b"\xff\xfe", b'{"page": ["x"], "newest": 7}', b"[" * 60_000])
def test_a_broken_memory_is_an_empty_one_and_is_written_anew(tmp_path, bad):
    file = tmp_path / "window.json"
    file.write_bytes(bad)
    remembered = Remembered(file)
    assert (remembered.text("page"), remembered.text("newest"), remembered.number("page", 5)) == ("", "", 5)
    remembered.keep(page="month")
    assert json.loads(file.read_bytes())["page"] == "month"


def test_a_place_that_is_none_costs_nothing(book, tmp_path, qtbot):
    file = tmp_path / "window.json"
    file.write_text(json.dumps({"geometry": "keine", "page": "nowhere", "book": str(book), "task_list_widths": "?"}))
    window = opened(book, file, qtbot)
    assert window.stack.currentWidget() is window.this_month
    assert window.close()


def test_a_memory_that_cannot_be_written_is_no_trouble(book, tmp_path, qtbot):
    (tmp_path / "file").write_text("")
    window = opened(book, tmp_path / "file" / "window.json", qtbot)
    assert window.close()


def test_nothing_of_it_is_in_the_book(clerk):
    connection = clerk.window.session.desk.book.connection
    before = connection.total_changes
    clerk.window.settings.looks.choose(SIZES[0])
    clerk.window.go("plan")
    places.keep(clerk.window, Remembered())
    assert connection.total_changes == before


def test_the_letters_grow_at_once_and_are_remembered(clerk, letters):
    clerk.window.go("settings")
    card = clerk.window.settings.looks
    before = QFont(QApplication.font()).pointSizeF()
    card.size_choice.setCurrentIndex(card.size_choice.findData(120))
    card.choose(120)
    assert QApplication.font().pointSizeF() == pytest.approx(before * 1.2)
    assert "18pt" in sheet(120)
    assert clerk.window.session.remembered.number("text_size", 100) == 120
    card.show_values()
    assert card.size_choice.currentData() == 120
