"""设置 → 签署密钥, and a signature on another machine, by the window."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app import language
from desktop_app.desk import key_care, keys, sign_elsewhere, sign_report
from desktop_app.desk.demo import MARCH
from desktop_app.desk.open_book import create, open_desk
from desktop_app.errors import ClerkError
from desktop_app.model.report import MonthState, Role
from tests.desk.ready_book import WORD, ready_book
from tests.ui.conftest import DAY
from ui import background
from ui.dialogs.carried_dialog import CarriedDialog
from ui.dialogs.key_dialog import KeyDialog
from ui.dialogs.sign_dialog import SignDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session

pytestmark = pytest.mark.usefixtures("aside")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A book that awaits the approver."""
    folder = tmp_path_factory.mktemp("keys") / "home"
    desk = ready_book(folder / "home.yuebao")
    sign_report.sign(desk, MARCH, Role.PREPARER, "王喆", WORD)
    desk.close()
    return folder


def opened(path, qtbot):
    window = MainWindow(Session(open_desk(path, today=DAY), MARCH, Messages()))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def window(made, tmp_path, qtbot):
    shutil.copytree(made, tmp_path / "home")
    window = opened(tmp_path / "home" / "home.yuebao", qtbot)
    yield window
    window.close()


@pytest.fixture
def card(window):
    window.go("settings")
    return window.settings.keys


def rows(card):
    table = card.table
    return {table.item(row, 0).text(): table.item(row, 4).text() for row in range(table.rowCount())}


def select(card, name):
    card.table.selectRow(list(rows(card)).index(name))


def dialog(window, qtbot, task, **fields):
    made = KeyDialog(window.session, task, fields.pop("selected", ""), window)
    qtbot.addWidget(made)
    made.accepted.connect(lambda: window._key_cared_for(made.said))
    made.open()
    for name, text in fields.items():
        getattr(made, name).setText(text)
    do(made, qtbot)
    return made


def do(made, qtbot):
    made.do.click()
    qtbot.waitUntil(lambda: not made.under_way.busy, timeout=30000)


def said(window):
    return window.message_bar.text.text()


def test_the_card_says_who_can_sign_and_with_what_mark(window, card):
    assert rows(card) == {"李堃": "可用", "王喆": "可用"}
    assert "每次签署" in card.vault.text() or "存放" in card.vault.text()
    select(card, "李堃")
    info = next(key for key in keys.list_keys(window.session.desk) if key.name == "李堃")
    assert info.fingerprint in card.detail.text()
    assert card.renew.isEnabled()
    assert card.retire.isEnabled()


def test_a_key_is_made_refused_renewed_and_laid_down(window, card, qtbot):
    wrong = dialog(window, qtbot, "new", name="周审", secret=WORD, again="一二三四")
    assert "不一样" in wrong.trouble.text()
    wrong.again.setText(WORD)
    do(wrong, qtbot)
    assert rows(card)["周审"] == "可用"
    assert "证书指纹" in said(window)
    before = keys.list_keys(window.session.desk)
    again = dialog(window, qtbot, "renew", selected="周审", secret="不是它")
    assert "口令不对" in again.trouble.text()
    again.secret.setText(WORD)
    do(again, qtbot)
    assert keys.list_keys(window.session.desk) != before
    select(card, "周审")
    card.retire.click()
    assert rows(card)["周审"] != "已停用", "it cannot be taken back, so it asks"
    assert "不能再启用" in said(window)
    window.message_bar.act.click()
    assert rows(card)["周审"] == "已停用"
    select(card, "周审")
    assert not card.retire.isEnabled()
    assert not card.renew.isEnabled()


def test_a_certificate_is_asked_for_and_comes_home(window, card, qtbot, tmp_path):
    request = tmp_path / "a.csr"
    missing = dialog(window, qtbot, "request", name="钱会", secret="一二三四五")
    assert "选文件" in missing.trouble.text()
    missing.file.setText(str(request))
    do(missing, qtbot)
    assert rows(card)["钱会"] == "等证书"
    key_care.issue(window.session.desk, request, WORD, tmp_path / "a.pem")
    card.take_answer(tmp_path / "a.pem")
    assert rows(card)["钱会"] == "可用"
    card.take_answer(request)
    assert "不是证书" in said(window)


def test_the_certificate_and_a_list_go_out_and_in(window, card, tmp_path):
    card.export_to(tmp_path / "unit.pem")
    assert (tmp_path / "unit.pem").read_bytes().startswith(b"-----BEGIN")
    assert len(said(window).split("指纹：")[1].split()) == 16
    desk = window.session.desk
    key_care.retire(desk, "李堃")
    key_care.publish_list(desk, WORD, tmp_path / "a.crl")
    card.take_answer(tmp_path / "a.crl")
    assert "已采用" in said(window)


def test_a_key_file_and_a_token_that_are_not_there_are_refused(window, card, qtbot, tmp_path):
    made = dialog(window, qtbot, "import", name="甲", file=str(tmp_path / "none.p12"), secret="一二三四")
    assert "找不到文件" in made.trouble.text()
    made = dialog(window, qtbot, "token", name="甲", file=str(tmp_path / "none.so"), secret="1234")
    assert "找不到驱动库" in made.trouble.text()
    assert list(rows(card)) == ["李堃", "王喆"]


def test_out_signed_elsewhere_and_home(window, qtbot, tmp_path):
    window.go("send")
    page = window.send
    assert page.away.carry.isVisible()
    assert page.away.home.isVisible()
    page.away.carry_to(tmp_path / "carried.pdf")
    assert "待签文件已存到" in said(window)
    away = create(tmp_path / "away" / "away.yuebao", "朝阳区政府", today=DAY)
    key_care.request(away, "孙负", Role.APPROVER, "一二三四五", tmp_path / "s.csr")
    key_care.issue(window.session.desk, tmp_path / "s.csr", WORD, tmp_path / "s.pem")
    key_care.take_certificate(away, tmp_path / "s.pem")
    file = tmp_path / "carried.pdf"
    signing = CarriedDialog(_Session(away), file, sign_elsewhere.statements(file), window)
    qtbot.addWidget(signing)
    signing.open()
    assert "同意报送" in signing.statement.text()
    assert signing.key.currentText() == "孙负"
    signing.passphrase.setText("不是它呀")
    signing.do.click()
    qtbot.waitUntil(lambda: "口令不对" in signing.trouble.text(), timeout=30000)
    signing.passphrase.setText("一二三四五")
    with qtbot.waitSignal(signing.accepted, timeout=20000):
        signing.do.click()
    away.close()
    page.away.take_home(tmp_path / "carried.pdf")
    assert background.busy()
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    assert "还没有新的签名" in said(window)
    page.away.take_home(signing.out)
    page.session.work.cancel()
    background.wait()
    QApplication.processEvents()
    assert "已停下，没有收下" in said(window)
    assert window.session.view.state is MonthState.SEALED
    page.away.take_home(signing.out)
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    assert window.session.view.state is MonthState.SIGNED
    assert not page.away.carry.isVisible()
    background.wait()


def test_a_reviewer_signs_between_in_one_sitting(window, qtbot):
    keys.new_key(window.session.desk, "周审", Role.REVIEWER, WORD, remember=False)
    window.go("send")
    assert window.send.review.isVisible()
    signing = SignDialog(window.session, Role.REVIEWER, window)
    qtbot.addWidget(signing)
    signing.open()
    assert "我已审核" in signing.statement.text()
    signing.passphrase.setText(WORD)
    with qtbot.waitSignal(signing.accepted, timeout=20000):
        signing.do.click()
    assert (signing.signed.state, signing.signed.signatures) == (MonthState.SEALED, 2)
    background.wait()


class _Session:
    """The other machine's, as far as the dialogue asks."""

    def __init__(self, desk):
        self.desk = desk
        self.messages = Messages()
        self.over = False


def test_what_is_no_report_to_sign_is_refused_in_words(window, qtbot, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 nothing")
    window.asking.sign_carried(tmp_path / "x.pdf")
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    assert "没有通过核验" in said(window)
    with pytest.raises(ClerkError):
        sign_elsewhere.look(tmp_path / "x.pdf")


def test_in_english_no_label_is_left_in_chinese(window, qtbot):
    language.use("en")
    for task in ("new", "import", "token", "request", "renew"):
        made = KeyDialog(window.session, task, "", window)
        qtbot.addWidget(made)
        assert made.windowTitle().isascii()
        assert made.do.text().isascii()
