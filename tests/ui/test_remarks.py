"""A month that came back: its remarks stand first, the next revision is opened here, and each is answered here."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.desk import correct, month
from desktop_app.desk.open_book import open_desk
from desktop_app.model.report import MonthState
from tests.journeys.small import new_bureau, new_unit
from tests.ui.conftest import MARCH
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session

REMARKS = (("1-2", "narrative", "请写明是哪四家餐饮单位。"), ("report", "", "请补报联系人。"))


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A book whose March was sent back with two remarks."""
    bureau = new_bureau(tmp_path, "2023-04-03")
    unit = new_unit(tmp_path, "朝阳区政府", bureau)
    table = tmp_path / "plan.csv"
    from tests.journeys.small import TABLE

    table.write_text(TABLE, encoding="utf-8")
    pack = tmp_path / "pack.pdf"
    bureau.signing("bureau", "publish-plan", table, "--out", pack)
    unit("receive", pack, "--trust", tmp_path / "bureau.pem")
    unit.write_month("2023-03", 20)
    unit.sign("2023-03")
    (tmp_path / "stick").mkdir()
    sent = unit("hand-in", "2023-03", "--to", tmp_path / "stick")["path"]
    bureau("bureau", "receive", sent)
    file = tmp_path / "remarks.json"
    file.write_text(json.dumps([{"task": t, "field": f, "text": w} for t, f, w in REMARKS]), encoding="utf-8")
    back = bureau.signing("bureau", "return", sent, "--remarks", file, "--out", tmp_path)
    unit("receive", back["path"])
    return unit.book


@pytest.fixture
def window(returned: Path, qtbot: object) -> Callable[[], MainWindow]:
    desk = open_desk(returned, today=date(2023, 4, 4))
    made = MainWindow(Session(desk, MARCH, Messages()))
    made.show()
    yield made
    made.close()
    desk.close()


def test_remarks_stand_first_and_are_answered_in_the_next_revision(window: MainWindow) -> None:
    page, session = window.this_month, window.session
    box = page.remarks
    assert box.isVisible()
    assert "2" in box.title.text()
    assert session.view.state is MonthState.RETURNED
    assert [line.isReadOnly() for line in box.lines] == [True, True]
    assert "请写明是哪四家餐饮单位。" in box.lines[0].accessibleName()

    box.again.click()  # no reason given: refused in words, nothing opened
    assert session.view.state is MonthState.RETURNED

    box.reason.setText("按退回意见修改")
    box.again.click()
    assert (session.view.state, session.view.revision) == (MonthState.DRAFT, 2)
    assert session.view.row("1-2").entry.narrative
    assert [line.isReadOnly() for line in box.lines] == [False, False]
    assert not box.reason.isVisible()

    box.lines[0].setFocus()
    QTest.keyClicks(box.lines[0], "x")
    box.lines[0].setText("已补写单位名称。")
    QTest.keyClick(box.lines[0], Qt.Key.Key_Return)
    QApplication.processEvents()
    answered = {each.task: each.answer for each in correct.remarks(session.desk, MARCH)}
    assert answered == {"1-2": "已补写单位名称。", "report": ""}
    assert "1" in box.title.text()
    assert month.open_month(session.desk, MARCH).remarks[0].answer == box.lines[0].text()


def test_a_remark_leads_to_its_task(window: MainWindow) -> None:
    window.this_month.remarks.open_task.emit("1-2")
    assert window.stack.currentWidget() is window.fill


def test_nothing_came_back_nothing_is_shown(clerk: object) -> None:
    assert not clerk.window.this_month.remarks.isVisible()
