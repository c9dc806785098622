"""换年度 by keys: offered when it is due, a year closed with a reason, the next one opened, and the way back."""

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app import assets
from desktop_app.desk import take_plan, year_change
from desktop_app.desk.month import open_month
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.turn_of_year import opened
from desktop_app.model.period import Period
from desktop_app.store import plans
from tests import sample_year
from tests.desk.test_year_change import next_year
from tests.ui.every_window import settle
from ui.dialogs.restore_dialog import RestoreDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.remembered import Remembered
from ui.session import Session

JANUARY = Period(2024, 1)
Key = Qt.Key


@pytest.fixture
def remembered(tmp_path):
    return Remembered(tmp_path / "window.json")


@pytest.fixture
def window(tmp_path, qtbot, remembered):
    messages, faults = Messages(), []
    messages.unexpected.connect(faults.append)
    desk = open_desk(sample_year.year_book(tmp_path / "year"), today=date(2024, 2, 1))
    made = MainWindow(Session(desk, Period(2023, 12), messages, remembered=remembered))
    qtbot.addWidget(made, before_close_func=lambda window: window.session.autosave.give_up())
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield made
    assert faults == []


@pytest.fixture
def table(tmp_path):
    def make(change):
        with assets.path("samples", "plan-2023-sample.xlsx").open("rb") as stream:
            book = load_workbook(stream)
        change({sheet.title: sheet for sheet in book.worksheets})
        book.save(tmp_path / "2024.xlsx")
        return tmp_path / "2024.xlsx"

    return make


def press(widget, key=Key.Key_Space):
    widget.setFocus()
    QTest.keyClick(widget, key)
    settle()


def lines(card):
    return [card.list.item(place).text() for place in range(card.list.count())]


def heard(window):
    said = []
    window.session.messages.said.connect(lambda kind, text: said.append((kind, text)))
    return said


def test_it_is_offered_once_and_put_off_for_good(window, remembered):
    line = window.this_month.turn
    assert line.isVisible()
    assert "可以结束2023年" in line.words.text()
    press(line.go)
    assert (window.page, window.buttons["history"].isChecked()) == ("turn", True)
    assert window.stack.currentWidget() is window.turn
    press(window.turn.leave)
    assert window.page == "history"
    press(window.history.to_turn)
    assert window.page == "turn"
    window.go("month")
    press(line.later)
    assert not line.isVisible()
    window.go("month")
    assert not line.isVisible()
    assert Remembered(remembered._file).number("turn_of_year_put_off", 0) == 2023


def test_a_year_is_closed_with_a_reason_and_open_again_by_one_key(window):
    window.go("turn")
    card, said, desk = window.turn.closing, heard(window), window.session.desk
    found = lines(card)
    assert (found[0], found[1], found[7][:7]) == ("各月月报（6）", "2023年2月 的月报没有回执。", "没有销号的事项")
    assert QApplication.focusWidget() is card.reason
    press(card.close_year)
    assert [(kind, "6 件事没有办完" in text) for kind, text in said] == [("bad", True)]
    assert year_change.look_back(desk, 2023).closed is None
    card.reason.setFocus()
    card.reason.setText("收文方只给部分月份发回执")
    QTest.keyClick(card.reason, Key.Key_Return)
    assert year_change.look_back(desk, 2023).closed["reason"] == "收文方只给部分月份发回执"
    assert "原因：收文方只给部分月份发回执" in card.said.text()
    assert (card.close_year.isVisible(), card.reason.isVisible(), card.undo.isVisible()) == (False, False, True)
    press(card.undo)
    assert year_change.look_back(desk, 2023).closed is None
    assert (card.close_year.isVisible(), card.reason.text()) == (True, "")


def test_the_next_year_is_looked_at_then_opened_and_there_is_a_way_back(window, table):
    window.go("turn")
    card, said, desk = window.turn.opening, heard(window), window.session.desk
    assert [card.choose.isVisible(), card.use_held.isVisible(), card.open_year.isEnabled()] == [True, False, False]
    card.look(table(lambda sheets: None))
    settle()
    assert "不能用它打开2024年" in said[-1][1]
    assert not card.open_year.isEnabled()
    card.look(table(next_year))
    settle()
    found = "\n".join(lines(card))
    assert all(words in found for words in ("人员：王喆、李堃", "P-2023-02-1-11", "接在 1-11 下", "从零计起"))
    assert [plan.year for plan in plans.plans(desk.book)] == [2023]
    assert QApplication.focusWidget() is card.open_year
    press(card.open_year)
    assert [plan.year for plan in plans.plans(desk.book)] == [2023, 2024]
    assert said[-1] == ("good", "2024年已打开：6 件没有销号的事项带了过来，10 个问题等人答复。")
    assert open_month(desk, JANUARY).row("1-11").entry.problems
    window.go("month")
    assert not window.this_month.turn.isVisible()
    window.go("turn")
    assert opened(desk, 2024).backup.name in card.said.text()
    assert not card.open_year.isVisible()
    press(card.back)
    (dialog,) = window.findChildren(RestoreDialog)
    assert dialog.backup == opened(desk, 2024).backup
    settle()
    assert dialog.do.isEnabled()
    dialog.reject()
    press(card.first_month)
    assert (window.page, window.session.period) == ("month", JANUARY)


def test_a_table_that_came_in_before_opens_its_year(window, table):
    desk = window.session.desk
    take_plan.import_plan(desk, table(next_year))
    window.go("turn")
    card = window.turn.opening
    assert (card.choose.isVisible(), card.use_held.isVisible()) == (False, True)
    assert "填报簿里已有《北京市污染防治2024年行动计划" in card.said.text()
    press(card.use_held)
    press(card.open_year)
    assert opened(desk, 2024) is not None
    assert [plan.year for plan in plans.plans(desk.book)] == [2023, 2024]


def test_without_a_signed_month_there_is_nothing_to_close(clerk):
    clerk.window.go("turn")
    page = clerk.window.turn
    assert page.nothing.isVisible()
    assert not page.cards.isVisible()
    assert not clerk.window.this_month.turn.isVisible()
    assert QApplication.focusWidget() is page.leave
