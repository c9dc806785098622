"""The 计划 page: questions answered in place, readings beside the table's own words."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop_app.desk import take_plan
from desktop_app.desk.open_book import create
from desktop_app.model.period import Period
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "plan-2023-sample.xlsx"


@pytest.fixture
def window(tmp_path, qtbot):
    desk = create(tmp_path / "book.yuebao", "朝阳区")
    take_plan.import_plan(desk, SAMPLE)
    made = MainWindow(Session(desk, Period(2023, 3), Messages()))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_the_page_opens_on_the_first_question(window, qtbot):
    window.go("plan")
    qtbot.waitUntil(lambda: window.buttons["plan"].isChecked())
    words = {label.text() for label in window.stack.currentWidget().findChildren(QLabel)}
    assert any("相关区政府" in text for text in words)
    assert window.stack.currentWidget().isVisible()
    assert window.stack.currentWidget().findChildren(QLineEdit)


def test_every_page_still_opens(window):
    for name in window.buttons:
        window.go(name)
        assert window.buttons[name].isChecked()
