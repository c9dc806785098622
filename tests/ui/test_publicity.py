"""宣传公开 in 历史: the register by month, entered, corrected and taken off, and the year's public edition."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.desk import activities
from desktop_app.desk.open_book import open_desk
from desktop_app.exchange.pdfium import opened
from desktop_app.model.activity import ActivityKind
from desktop_app.model.period import Period
from tests.signed_month import DAY, MARCH, signed_book
from tests.ui.test_history_page import table_words
from tests.ui.test_ledgers_pane import dialog_of
from ui.dialogs.activity_dialog import ActivityDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session


@pytest.fixture
def window(tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_given: True)
    messages, faults = Messages(), []
    messages.unexpected.connect(faults.append)
    desk = open_desk(signed_book(tmp_path), today=DAY)
    for day, title in ((date(2023, 2, 20), "二月的一次"), (date(2023, 3, 6), "公布全年任务")):
        activities.add(desk, ActivityKind.DISCLOSURE, day, title, channel="政府网站")
    made = MainWindow(Session(desk, MARCH, messages))
    qtbot.addWidget(made, before_close_func=lambda window: window.session.autosave.give_up())
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    made.open_register()
    yield made
    assert faults == []


def titles(window) -> list[str]:
    return [row[2] for row in table_words(window.history.publicity.table)]


def undo(window) -> None:
    next(each for each in window.message_bar.findChildren(QPushButton) if each.text() == "撤回").click()


def whole_year(window) -> None:
    month = window.history.publicity.month
    month.setCurrentIndex(0)
    month.activated.emit(0)


def test_the_register_is_read_by_month(window):
    assert titles(window) == ["公布全年任务"]  # those of the month in view
    whole_year(window)
    assert titles(window) == ["二月的一次", "公布全年任务"]
    assert table_words(window.history.publicity.table)[1] == ["2023-03-06", "公开", "公布全年任务", "政府网站", ""]


def test_one_is_entered_by_keys(window):
    pane = window.history.publicity
    pane.add.setFocus()
    QTest.keyClick(pane.add, Qt.Key.Key_Space)
    dialog = dialog_of(window, ActivityDialog)
    assert dialog.day.value == date(2023, 3, 31)  # the month is over
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert "没有写标题" in dialog.trouble.text()
    assert dialog.isVisible()
    dialog.kind.setCurrentIndex(dialog.kind.findData(ActivityKind.EXPOSURE))
    dialog.task.setCurrentIndex(dialog.task.findData("2-3"))
    dialog.title.setText("通报三起典型案例")
    dialog.day.line.clear()
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert "没有写日期" in dialog.trouble.text()
    dialog.day.line.setText("2023.3.8")
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    assert titles(window) == ["公布全年任务", "通报三起典型案例（任务 2-3）"]
    assert pane.activity.title == "通报三起典型案例"  # the cursor is on it
    undo(window)
    assert titles(window) == ["公布全年任务"]


def test_one_is_corrected_and_put_back(window):
    pane = window.history.publicity
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    dialog = dialog_of(window, ActivityDialog)
    assert (dialog.title.text(), dialog.channel.text()) == ("公布全年任务", "政府网站")
    dialog.title.setText("公布全年任务分解")
    dialog.day.line.setText("2023-2-28")
    dialog.do.click()
    assert titles(window) == ["二月的一次", "公布全年任务分解"]  # it went to another month: the whole year is shown
    undo(window)
    assert titles(window) == ["二月的一次", "公布全年任务"]
    pane.remove.click()
    assert titles(window) == ["二月的一次"]
    undo(window)
    assert titles(window) == ["二月的一次", "公布全年任务"]
    assert pane.activity.number == 2


def test_the_year_leaves_when_nothing_is_left(window, tmp_path: Path):
    pane, desk = window.history.publicity, window.session.desk
    activities.add(desk, ActivityKind.PUBLICITY, date(2023, 3, 9), "联系人：赵某某")
    pane.show_year(2023)
    assert not pane.save.isEnabled()
    assert table_words(pane.leaks.table) == [["登记第 3 号「标题」", "赵某某"]]
    pane.leaks.reason.setText("本人同意")
    pane.leaks.allow.click()
    assert pane.save.isEnabled()
    assert not pane.leaks.isVisible()
    pane.save_year(tmp_path / "year.pdf")
    with opened((tmp_path / "year.pdf").read_bytes()) as document:
        said = "".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
    assert "赵某某" in said
    pane.show_year(2022)
    assert "签署至少一个月" in pane.said.text()
    assert not pane.save.isEnabled()


def test_a_place_in_a_month_is_opened_there(window):
    """From the year's edition to the field in the month whose words it prints."""
    window.session.choose(Period(2023, 4))
    window.open_register()
    window.history.publicity.leaks.jump.emit(MARCH, "2-3", "narrative")
    assert (window.session.period, window.page, window.fill.task_id) == (MARCH, "fill", "2-3")
