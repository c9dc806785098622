"""Lines that save: words composed over come back when composing is given up. Lists: Home and End pass headings by."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.desk import month
from tests.ui.conftest import Clerk
from ui.fields.headed_list import HeadedList
from ui.fields.word_line import WordLine

Key = Qt.Key


def compose(line: WordLine, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


@pytest.fixture
def line(qtbot) -> Iterator[WordLine]:
    """A line between others, its middle chosen backwards; the third is a character of two of Qt's units."""
    window, line = QWidget(), WordLine("王喆𫖯丁")
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    box.addWidget(line)
    box.addWidget(WordLine())
    window.show()
    window.activateWindow()
    line.setFocus()
    line.setSelection(4, -3)
    compose(line, "ni")
    compose(line, "ni hao")
    assert line.text() == "王丁"
    yield line
    window.close()


@pytest.mark.parametrize("leave", ["esc", "tab"])
def test_given_up_the_words_are_there_again_before_anybody_keeps_them(line: WordLine, leave: str) -> None:
    kept: list[str] = []
    line.editingFinished.connect(lambda: kept.append(line.text()))
    if leave == "esc":
        compose(line, "")
        assert (line.selectedText(), line.cursorPosition()) == ("喆𫖯", 1)
    QTest.keyClick(line, Key.Key_Tab)
    assert kept == ["王喆𫖯丁"]


def test_committed_they_are_replaced_and_stay_away(line: WordLine) -> None:
    compose(line, "", "你")
    compose(line, "")
    assert line.text() == "王你丁"
    line.setSelection(0, 1)
    compose(line, "ni")
    line.setText("从填报簿读来的")
    compose(line, "")
    assert line.text() == "从填报簿读来的"


def test_the_window_is_closed_while_somebody_composes_over_a_name(clerk: Clerk) -> None:
    window = clerk.window
    window.go("settings")
    made = [window.fill.search, window.check.search, window.this_month.remarks.reason, window.settings.units.name]
    assert [type(each).__name__ for each in made if not isinstance(each, WordLine)] == []
    name = window.settings.people.fields["preparer"]
    name.setFocus()
    name.setText("王喆")
    name.selectAll()
    compose(name, "ni")
    kept: list[str] = []
    name.left.connect(lambda: kept.append(month.people(window.session.desk).preparer))
    clerk.close()
    assert kept == ["王喆"]


def test_home_and_end_go_to_the_first_and_last_line(qtbot) -> None:
    view = HeadedList()
    qtbot.addWidget(view)
    for n in range(60):
        item = QListWidgetItem(str(n))
        if n in (0, 1, 30, 59):
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        view.addItem(item)
    view.resize(200, 300)
    view.show()
    view.setCurrentRow(5)
    for key, wanted in ((Key.Key_Home, 2), (Key.Key_Up, 2), (Key.Key_End, 58), (Key.Key_Down, 58), (Key.Key_Home, 2),
                        (Key.Key_Down, 3), (Key.Key_PageUp, 2)):  # fmt: skip
        QTest.keyClick(view, key)
        assert view.currentRow() == wanted
    assert view.visualItemRect(view.item(0)).top() >= 0
