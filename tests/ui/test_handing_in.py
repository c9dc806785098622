"""报送: pages, the unsigned copy, two signatures, a folder, the receipt; and how a sealed month looks."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.desk import bureau, check_report, enrolling, keys, save_entry
from desktop_app.desk.demo import CORRECTIONS
from desktop_app.desk.open_book import create_bureau
from desktop_app.errors import ClerkError
from desktop_app.model.finding import Severity
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState, Role
from ui import background
from ui.dialogs.deliver_dialog import DeliverDialog
from ui.dialogs.office_dialog import OfficeDialog
from ui.dialogs.sign_dialog import SignDialog

pytestmark = pytest.mark.usefixtures("aside")

MARCH = Period(2023, 3)
PHRASE = "correct horse"


@pytest.fixture
def ready(clerk):
    """The sample month with every problem settled."""
    desk = clerk.window.session.desk
    words = {
        "status": "on_track",
        "narrative": "按计划推进，已完成阶段工作并留存台账备查。",
        "next_steps": "继续推进。",
    }
    for task_id in ("2-31", "3-20", "5-14"):
        save_entry.save(desk, MARCH, task_id, words)
    for task_id, figures in CORRECTIONS.items():
        save_entry.save(desk, MARCH, task_id, figures)
    for finding in check_report.check(desk, MARCH).findings:
        if finding.severity is Severity.WARNING:
            check_report.explain(
                desk, MARCH, finding.task, finding.code, "任务安排在二三季度集中实施，预计上半年赶上。"
            )
    assert check_report.check(desk, MARCH).passes
    clerk.window.session.refresh()
    return clerk


def sign(clerk, role, name, qtbot) -> SignDialog:
    dialog = SignDialog(clerk.window.session, role, clerk.window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.key.setCurrentIndex(dialog.key.count() - 1)
    dialog.name.setText(name)
    dialog.passphrase.setText(PHRASE)
    dialog.again.setText(PHRASE)
    dialog.finished.connect(lambda _result: clerk.window.session.refresh())
    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.signed is not None, timeout=30000)
    clerk.window.activateWindow()
    qtbot.waitUntil(clerk.window.isActiveWindow)
    return dialog


def test_the_pages_are_shown_at_the_screens_own_sharpness(clerk, qtbot):
    clerk.window.go("send")
    paper = clerk.window.send.paper
    qtbot.waitUntil(lambda: paper.page_count > 0, timeout=30000)
    assert paper.page_count > 10
    qtbot.waitUntil(lambda: 0 in paper.drawn, timeout=30000)
    assert paper.pages[0].pixmap().width() == round(600 * paper.devicePixelRatioF())
    assert "第 1 页" in paper.pages[0].accessibleName()


def test_an_unsigned_copy_is_written_and_said(clerk, qtbot, tmp_path):
    clerk.window.send.papers.save_copy(tmp_path / "draft.pdf")
    assert clerk.window.work_bar.isVisible()
    qtbot.waitUntil(clerk.window.work_bar.isHidden, timeout=30000)
    assert (tmp_path / "draft.pdf").read_bytes().startswith(b"%PDF-")
    assert "draft.pdf" in clerk.window.message_bar.text.text()


def test_a_copy_that_cannot_be_written_is_refused_in_words(clerk, qtbot, tmp_path):
    (tmp_path / "draft.pdf").mkdir()
    clerk.window.send.papers.save_copy(tmp_path / "draft.pdf")
    qtbot.waitUntil(clerk.window.work_bar.isHidden, timeout=30000)
    assert clerk.window.message_bar.property("kind") == "bad"


def test_nothing_can_be_signed_while_problems_stand(clerk):
    page = clerk.window.send
    clerk.window.go("send")
    assert not page.prepare.isEnabled()
    assert page.check.isVisible()
    page.check.click()
    assert clerk.window.stack.currentWidget() is clerk.window.check


def test_from_two_signatures_to_the_receipt(ready, qtbot, tmp_path):
    window, session, page = ready.window, ready.window.session, ready.window.send
    window.go("send")
    assert page.prepare.objectName() == "primary"
    first = sign(ready, Role.PREPARER, "王喆", qtbot)
    assert "内容真实、完整" in first.statement.text()
    assert session.view.state is MonthState.SEALED
    assert page.approve.objectName() == "primary"
    sign(ready, Role.APPROVER, "李堃", qtbot)
    assert session.view.state is MonthState.SIGNED
    folder = tmp_path / "stick"
    folder.mkdir()
    delivery = DeliverDialog(session, window)
    qtbot.addWidget(delivery)
    delivery.add_folder(folder)
    delivery.deliver()
    qtbot.waitUntil(lambda: "读回核对一致" in delivery.end.text(), timeout=30000)
    report = next(folder.iterdir())
    assert session.view.check_code.replace("-", "")[:4] in report.name.replace("-", "")
    receipt = answer(session.desk, report, tmp_path)
    page.take_in([receipt])
    assert (background.busy(), session.view.state) == (True, MonthState.HANDED_IN), "verified away from the window"
    qtbot.waitUntil(lambda: not session.work.under_way, timeout=30000)
    assert session.view.state is MonthState.RECEIVED
    assert "身份未经核对" in window.message_bar.text.text()
    window.message_bar.act.click()
    (dialog,) = window.findChildren(OfficeDialog)
    dialog.compared.click()
    dialog.do.click()
    qtbot.waitUntil(lambda: "身份已核对" in window.message_bar.text.text(), timeout=30000)
    assert len(enrolling.offices(session.desk)) == 1
    window.go("month")
    assert all(button.text().startswith("✓") for button in window.this_month.steps)


def answer(desk, report, folder):
    """The bureau's side of the street."""
    certificate = folder / "unit.pem"
    keys.export(desk, certificate)
    office = create_bureau(folder / "bureau.yuebao", today=date(2023, 4, 4))
    try:
        bureau.make_key(office, PHRASE)
        bureau.enrol(office, certificate)
        assert not bureau.receive(office, [report]).refused
        return bureau.accept(office, str(report), PHRASE, folder / "receipts").path
    finally:
        office.close()


def test_a_sealed_month_is_read_only_and_says_why(ready, qtbot):
    sign(ready, Role.PREPARER, "王喆", qtbot)
    ready.window.go("fill")
    form = ready.window.fill.form
    ready.window.fill.choose("2-3", "narrative")
    before = form.texts["narrative"].toPlainText()
    ready.write("x")
    assert form.texts["narrative"].toPlainText() == before
    assert "封存" in form.reason.text()
    assert form.reason.isVisible()
    assert not form.nil.isEnabled()
    assert not form.evidence.attach.isEnabled()
    assert ready.window.session.autosave.clean


def test_a_file_that_is_no_receipt_is_refused_and_the_month_stays(clerk, tmp_path, qtbot):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 nothing")
    clerk.window.send.take_in([tmp_path / "x.pdf"])
    qtbot.waitUntil(lambda: not clerk.window.session.work.under_way, timeout=30000)
    assert "没有收 x.pdf" in clerk.window.message_bar.text.text()
    assert clerk.window.session.view.state is MonthState.DRAFT


@pytest.mark.parametrize(("phrase", "again", "said"), [("abc", "abc", "太短"), ("long enough", "other one", "不一样")])
def test_the_dialog_says_what_is_wrong_with_a_passphrase(ready, qtbot, phrase, again, said):
    dialog = SignDialog(ready.window.session, Role.PREPARER, ready.window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.passphrase.setText(phrase)
    dialog.again.setText(again)
    dialog.do.click()
    assert said in dialog.trouble.text()
    assert dialog.trouble.isVisible()
    assert dialog.signed is None
    assert ready.window.session.view.state is MonthState.DRAFT


def test_a_wrong_passphrase_signs_nothing(ready, qtbot):
    keys.new_key(ready.window.session.desk, "王喆", Role.PREPARER, PHRASE, remember=False)
    dialog = SignDialog(ready.window.session, Role.PREPARER, ready.window)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.name.isVisible()
    dialog.passphrase.setText("wrong one")
    dialog.do.click()
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=30000)
    assert "口令不对" in dialog.trouble.text()
    assert dialog.isVisible()
    assert dialog.do.isEnabled()


def test_a_signature_that_is_stopped_leaves_the_month_as_it_was(ready, qtbot):
    keys.new_key(ready.window.session.desk, "王喆", Role.PREPARER, PHRASE, remember=False)
    dialog = SignDialog(ready.window.session, Role.PREPARER, ready.window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.passphrase.setText(PHRASE)
    dialog.do.click()
    assert background.busy()
    assert dialog.progress.isVisible()
    dialog.cancel.click()
    assert dialog.isHidden()
    background.wait()
    QApplication.processEvents()
    assert dialog.signed is None
    assert "没有签署" in ready.window.message_bar.text.text()
    ready.window.session.refresh()
    assert ready.window.session.view.state is MonthState.DRAFT


def test_evidence_is_attached_listed_and_taken_off_by_key(clerk, tmp_path, qtbot):
    form = clerk.window.fill.form
    clerk.window.go("fill")
    clerk.window.fill.choose("2-3", "evidence")
    file = tmp_path / "现场照片.txt"
    file.write_text("照片")
    form.evidence.added.emit([file])
    assert form.evidence.list.item(0).text().startswith("现场照片.txt")
    form.evidence.list.setFocus()
    form.evidence.list.setCurrentRow(0)
    clerk.press(Qt.Key.Key_Delete)
    assert "还没有材料" in form.evidence.list.item(0).text()
    assert clerk.window.session.view.row("2-3").evidence == ()


def test_evidence_that_cannot_be_read_is_refused_and_the_rest_is_taken(clerk, tmp_path):
    clerk.window.fill.choose("2-3")
    good = tmp_path / "good.txt"
    good.write_text("x")
    clerk.window.fill.form.evidence.added.emit([tmp_path / "missing.txt", good])
    assert [item.name for item in clerk.window.session.view.row("2-3").evidence] == ["good.txt"]
    assert "missing.txt" in clerk.window.message_bar.text.text()


def test_a_month_that_cannot_be_opened_leaves_the_old_one_in_view(clerk, monkeypatch):
    from ui import session

    def refuse(*_arguments):
        raise ClerkError("打不开。", "请再试。")

    before = clerk.window.session.view
    monkeypatch.setattr(session.month, "open_month", refuse)
    clerk.window.choose_month(Period(2023, 1))
    assert clerk.window.session.view is before
    assert "打不开" in clerk.window.message_bar.text.text()
    assert clerk.window.header.month.currentText() == "2023年3月"
    assert QApplication.activeModalWidget() is None
