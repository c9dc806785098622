"""The receiving desk's book in the window: enrol, receive a folder, who has handed in, a receipt."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.desk import bureau, bureau_month, hand_in
from desktop_app.desk.open_book import create_bureau
from desktop_app.desk.verify_file import verify
from tests.journeys.small import TABLE
from tests.signed_month import DAY, MARCH, PHRASE, signed_desk
from ui import background
from ui.app import Program
from ui.dialogs.help_window import TOPICS, HelpWindow
from ui.pages.reception import ReceptionPage

pytestmark = pytest.mark.usefixtures("aside")


@pytest.fixture
def box(tmp_path):
    """A folder with one good report, one that is cut off, and a text."""
    folder = tmp_path / "box"
    folder.mkdir()
    desk = signed_desk(tmp_path / "unit")
    report = hand_in.hand_in(desk, MARCH, folder).path
    desk.close()
    (folder / "half.pdf").write_bytes(report.read_bytes()[:5000])
    (folder / "notes.txt").write_text("x")
    return folder


@pytest.fixture
def page(tmp_path, qtbot):
    office = create_bureau(tmp_path / "bureau.yuebao", today=DAY)
    bureau.make_key(office, PHRASE)
    office.close()
    faults: list[object] = []
    program = Program(tmp_path / "bureau.yuebao", date(2023, 4, 7), faults.append)
    program.begin(sample=False)
    assert isinstance(program.window, ReceptionPage)
    qtbot.addWidget(program.window)
    yield program.window
    assert faults == []


def home(page, qtbot):
    """Until the round is over; what ends it is said in the same turn."""
    qtbot.waitUntil(page.tools.folder.isEnabled, timeout=60000)
    qtbot.wait(1)


def cells(page, row):
    return [page.table.item(row, column).text() for column in range(page.table.columnCount())]


def test_a_folder_is_received_and_answered(page, box, tmp_path, qtbot):
    said = []
    page.messages.said.connect(lambda kind, text: said.append((kind, text)))
    page.work.take_in(sorted(box.glob("*.pdf")))
    home(page, qtbot)
    assert "证书还没有登记" in said[-1][1]
    page.work.enrol_all([tmp_path / "unit" / "unit.pem"])
    home(page, qtbot)
    assert "核对指纹" in said[-1][1]
    assert cells(page, 0)[:2] == ["北京市朝阳区人民政府", "✗ 逾期未报"]
    assert "未收到 1" in page.count.text()
    page.work.take_in(sorted(box.glob("*.pdf")))
    assert not page.tools.folder.isEnabled()
    home(page, qtbot)
    assert said[-1][0] == "note"
    assert said[-1][1].startswith("收下 1 份。\n没有收 half.pdf")
    assert cells(page, 0)[1:3] == ["⚠ 逾期", "第 1 版"]
    assert not page.tools.accept.isEnabled()
    page.table.selectRow(0)
    assert page.tools.accept.isEnabled()
    page.tools.passphrase.setText("wrong wrong")
    page.work.answer(tmp_path)
    home(page, qtbot)
    assert said[-1][0] == "bad"
    page.tools.passphrase.setText(PHRASE)
    page.work.answer(tmp_path)
    home(page, qtbot)
    assert len(list(tmp_path.glob("回执_*.pdf"))) == 1
    assert cells(page, 0)[5] == "已出回执"
    assert page.tools.passphrase.text() == ""


def test_a_report_goes_back_with_remarks_and_the_month_is_collated(page, box, tmp_path, qtbot):
    page.work.enrol_all([tmp_path / "unit" / "unit.pem"])
    home(page, qtbot)
    page.work.take_in(sorted(box.glob("*第1版*.pdf")))
    home(page, qtbot)
    assert not page.tools.send_back.isEnabled()
    page.table.selectRow(0)
    assert page.tools.send_back.isEnabled()
    remarks = tmp_path / "remarks.json"
    remarks.write_text('[{"task": "2-3", "field": "narrative", "text": "请写明完成的数量。"}]', encoding="utf-8")
    page.tools.passphrase.setText(PHRASE)
    page.work.return_with(remarks, tmp_path)
    home(page, qtbot)
    assert cells(page, 0)[5] == "已退回"
    assert len(list(tmp_path.glob("退回*.pdf"))) == 1
    page.table.selectRow(0)
    assert not page.tools.send_back.isEnabled(), "answered once and for all"
    page.work.collate_to(tmp_path / "2023-03.xlsx")
    home(page, qtbot)
    assert (tmp_path / "2023-03.xlsx").read_bytes().startswith(b"PK")


def test_stopped_it_takes_no_further_file(page, box, qtbot):
    page.work.take_in(sorted(box.glob("*.pdf")) * 20)
    assert background.busy()
    page.stop.click()
    home(page, qtbot)
    assert page.progress.value() <= 1, "the one that was being verified"


def test_a_certificate_that_is_none_is_refused(page, tmp_path, qtbot):
    said = []
    page.messages.said.connect(lambda kind, text: said.append(kind))
    (tmp_path / "x.pem").write_text("nothing")
    page.work.enrol_all([tmp_path / "x.pem"])
    home(page, qtbot)
    assert said == ["bad"]


def test_closing_lets_go_of_the_book(page, tmp_path):
    page.close()
    create = Path(tmp_path / "bureau.yuebao")
    again = Program(create, DAY, lambda _problem: None)
    again.begin(sample=False)
    assert isinstance(again.window, ReceptionPage)
    assert again.window.table.accessibleName()
    assert again.window.windowFlags() & Qt.WindowType.Window
    again.window.close()


def test_the_page_says_of_a_month_what_the_command_says(page, box, tmp_path, qtbot):
    page.work.enrol_all([tmp_path / "unit" / "unit.pem"])
    home(page, qtbot)
    page.work.take_in(sorted(box.glob("*第1版*.pdf")))
    home(page, qtbot)
    found = bureau_month.status(page.desk, MARCH)
    assert page.rows == found.units
    assert f"逾期 {found.late}" in page.count.text()
    assert cells(page, 0)[6] == "通过"


def test_a_task_table_is_handed_out_in_the_background(page, tmp_path, qtbot):
    said = []
    page.messages.said.connect(lambda kind, text: said.append((kind, text)))
    table, out = tmp_path / "plan.csv", tmp_path / "out" / "plan.pdf"
    table.write_text(TABLE, encoding="utf-8")
    page.tools.passphrase.setText("wrong wrong")
    page.work.publish(table, out, plan=True)
    assert not page.tools.publish_plan.isEnabled()
    home(page, qtbot)
    assert (said[-1][0], out.exists()) == ("bad", False)
    page.tools.passphrase.setText(PHRASE)
    page.work.publish(table, out, plan=True)
    home(page, qtbot)
    assert said[-1][0] == "good"
    assert str(out) in said[-1][1]
    assert (verify(out).kind, verify(out).valid) == ("plan", True)
    page.work.publish(tmp_path / "none.json", tmp_path / "year.pdf", plan=False)
    home(page, qtbot)
    assert said[-1][0] == "bad"


def test_f1_opens_the_help_of_this_very_page(page, qtbot):
    for _again in range(2):
        QTest.keyClick(page, Qt.Key.Key_F1)
        (window,) = page.findChildren(HelpWindow)
        qtbot.waitUntil(window.isVisible)
        assert TOPICS[window.topics.currentRow()][0] == "reception"
        assert "收一个文件夹" in window.text.toPlainText()
        window.close()
