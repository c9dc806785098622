"""报送 in the window: sticks and places, progress, stopping and going on, the end state, the look for a receipt."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from desktop_app.desk import collect, deliveries, places, watched_folder
from desktop_app.errors import ClerkError
from desktop_app.exchange import carrying
from desktop_app.exchange.sticks import Stick
from desktop_app.model.report import MonthState
from desktop_app.store import settings
from tests.exchange.ssh_server import ssh_server
from tests.signed_month import MARCH, receipt_for, signed_desk
from ui.dialogs.deliver_dialog import DeliverDialog
from ui.dialogs.place_dialog import PlaceDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session
from ui.watching import words

pytestmark = pytest.mark.usefixtures("aside")


@pytest.fixture
def stick(tmp_path, monkeypatch) -> Path:
    """A stick that is plugged in, and one that may not be written to."""
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    found = (Stick(folder, "KINGSTON", 14_600_000_000, True), Stick(tmp_path / "ro", "旧盘", 1, False))
    monkeypatch.setattr(places, "sticks", lambda: found)
    monkeypatch.setattr(places, "pulled_out", lambda where: folder in (where, *where.parents))
    return folder


@pytest.fixture
def window(tmp_path, qtbot, stick):
    faults: list[object] = []
    messages = Messages()
    messages.unexpected.connect(faults.append)
    made = MainWindow(Session(signed_desk(tmp_path / "unit"), MARCH, messages))
    qtbot.addWidget(made, before_close_func=lambda gone: gone.session.autosave.give_up())
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    made.go("send")
    yield made
    assert faults == []


@pytest.fixture
def dialog(window, qtbot):
    made = DeliverDialog(window.session, window)
    qtbot.addWidget(made)
    made.open()
    return made


def test_a_stick_is_offered_and_one_with_its_switch_set_is_not(dialog, stick):
    texts = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert texts[0].startswith("优盘 KINGSTON")
    assert "14.6 GB" in texts[0]
    assert "写保护" in texts[1]
    assert not dialog.list.item(1).flags() & Qt.ItemFlag.ItemIsEnabled
    assert dialog.chosen() == []
    dialog.do.click()
    assert "请先勾选" in dialog.end.text()


def test_to_the_stick_by_keyboard_and_out_with_it(dialog, stick, window, qtbot):
    window.activateWindow()
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [place.address for place in dialog.chosen()] == [str(stick)]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.end.text() != "", timeout=30000)
    assert dialog.end.text().startswith("可以拔出。\n✓ 已报送：")
    assert dialog.end.objectName() == "badgeGood"
    assert dialog.end.accessibleName() == dialog.end.text()
    assert [file.suffix for file in stick.iterdir()] == [".pdf"]
    assert window.session.view.state is MonthState.HANDED_IN
    assert window.session.view.check_code in window.send.sent.lines.text()
    assert "还没有回执" in window.send.sent.lines.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_stopped_in_the_middle_it_goes_on(dialog, stick, window, qtbot, monkeypatch):
    monkeypatch.setattr(carrying, "BLOCK", 16 * 1024)
    dialog._moved.disconnect()
    dialog.add_folder(stick)
    real = carrying._blocks

    def stop_halfway(data, start, watch):
        for number, block in enumerate(real(data, start, watch)):
            if number == 2 and not start:
                watch.cancel()
            yield block

    monkeypatch.setattr(carrying, "_blocks", stop_halfway)
    dialog.do.click()
    assert not dialog.do.isEnabled()
    assert dialog.stop.isVisible()
    qtbot.waitUntil(lambda: dialog.end.text() != "", timeout=30000)
    assert "已取消" in dialog.end.text()
    assert dialog.end.objectName() == "badgeBad"
    assert "可以拔出" not in dialog.end.text()
    assert "已取消" in window.send.sent.lines.text()
    assert window.session.view.state is MonthState.SIGNED
    assert [place.address for place in dialog.chosen()] == [str(stick)], "ticked again, to go on"
    assert "可以接着送" in dialog.list.item(0).text()
    assert dialog.do.text().startswith("接着送")
    dialog.do.click()
    qtbot.waitUntil(lambda: "可以拔出" in dialog.end.text(), timeout=30000)
    assert dialog.arrived[0].resumed > 0


def test_closing_first_stops_what_is_under_way(dialog, stick, qtbot):
    dialog.add_folder(stick)
    dialog.do.click()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.end.text() != "", timeout=30000)
    dialog.reject()
    assert not dialog.isVisible()


def test_a_stick_that_is_gone_is_said_and_the_other_place_served(dialog, stick, tmp_path, qtbot):
    other = tmp_path / "other"
    other.mkdir()
    dialog.add_folder(stick)
    dialog.add_folder(other)
    stick.rmdir()
    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.end.text() != "", timeout=30000)
    assert "不存在" in dialog.end.text()
    assert len(list(other.iterdir())) == 1


def test_a_place_is_forgotten_and_its_files_stay(window, stick, tmp_path, qtbot):
    places.add(window.session.desk, places.draft("共享盘", str(tmp_path)))
    dialog = DeliverDialog(window.session, window)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.forget.isEnabled(), "a stick has no name to forget"
    dialog.list.setCurrentRow(2)
    assert dialog.forget.isEnabled()
    dialog.forget.click()
    assert places.places(window.session.desk) == ()
    assert dialog.list.count() == 2
    assert stick.is_dir()


def test_progress_is_shown_in_the_windows_own_thread(dialog, stick, qtbot):
    seen = []
    dialog._moved.connect(lambda stage, done, total: seen.append((stage, done, total)))
    dialog.add_folder(stick)
    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.end.text() != "", timeout=30000)
    assert seen[0][:2] == ("write", 0)
    assert seen[-1][1] == seen[-1][2] > 0


def test_a_server_is_kept_only_with_its_fingerprint_confirmed(window, qtbot, tmp_path):
    (tmp_path / "sshd").mkdir()
    box = tmp_path / "box"
    box.mkdir()
    with ssh_server(tmp_path / "sshd") as server:
        dialog = PlaceDialog(window.session, window)
        qtbot.addWidget(dialog)
        dialog.open()
        dialog.name.setText("市局")
        dialog.where.setText(server.url(box))
        dialog.key_file.setText(str(server.key))
        dialog.do.click()
        qtbot.waitUntil(dialog.same.isVisible, timeout=20000)
        assert server.fingerprint in dialog.mark.text()
        assert places.places(window.session.desk) == ()
        dialog.do.click()
        assert "请先与对方管理员核对" in dialog.trouble.text()
        dialog.same.setChecked(True)
        dialog.test.click()
        qtbot.waitUntil(lambda: "可以连接、写入和读回" in dialog.trouble.text(), timeout=20000)
        assert list(box.iterdir()) == []
        dialog.do.click()
        assert [place.fingerprint for place in places.places(window.session.desk)] == [server.fingerprint]
        sending = DeliverDialog(window.session, window)
        qtbot.addWidget(sending)
        sending.open()
        row = next(r for r in range(sending.list.count()) if "市局" in sending.list.item(r).text())
        sending.list.item(row).setCheckState(Qt.CheckState.Checked)
        sending.do.click()
        qtbot.waitUntil(lambda: sending.end.text() != "", timeout=30000)
        assert "已报送" in sending.end.text()
        assert "可以拔出" not in sending.end.text()
    assert len(list(box.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "where", "said"),
    [("", "/x", "不能作地点的名称"), ("a", "smb://x/y", "不认识"), ("a", "sftp://u:p@x/", "不要写口令")],
)
def test_what_is_wrong_with_a_place_is_said(window, qtbot, name, where, said):
    dialog = PlaceDialog(window.session, window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.name.setText(name)
    dialog.where.setText(where)
    dialog.do.click()
    assert said in dialog.trouble.text()
    assert dialog.isVisible()


def test_a_password_is_asked_for_before_anything_is_sent(window, qtbot, monkeypatch):
    places.add(window.session.desk, places.draft("网盘", "https://u@127.0.0.1:1/x"))
    dialog = DeliverDialog(window.session, window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.list.item(2).setCheckState(Qt.CheckState.Checked)
    dialog.do.click()
    assert dialog.secret.isVisible()
    assert "网盘" in dialog.asked.text()
    assert deliveries.outbox(window.session.desk) == ()
    monkeypatch.setattr(carrying.Watch, "rest", lambda *_given: None)
    dialog.password.setText("geheim")
    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.end.text() != "", timeout=30000)
    assert "连不上" in dialog.end.text()
    assert "geheim" not in dialog.end.text()
    assert dialog.password.text() == ""


def test_the_receipt_is_found_where_the_report_went(window, stick, qtbot, tmp_path):
    deliveries.send(window.session.desk, MARCH, [places.find(window.session.desk, stick)])
    window.send.show_month()
    window.send.sent.ask.click()
    qtbot.waitUntil(lambda: "没有新的文件" in window.message_bar.text.text(), timeout=30000)
    receipt = receipt_for(next(stick.iterdir()), tmp_path / "unit" / "unit.pem", tmp_path / "office")
    assert not window.send.sent.watch.isChecked(), "off until it is asked for"
    window.send.sent.watch.click()
    qtbot.waitUntil(lambda: window.session.watching.folders == [str(stick)], timeout=30000)
    assert f"正在自动查看：{stick}" in window.send.sent.watched.text()
    shutil.copy(receipt, stick)
    qtbot.waitUntil(lambda: window.session.view.state is MonthState.RECEIVED, timeout=30000)
    assert "回执已收" in window.send.sent.lines.text()
    assert [row.taken for row in collect.inbox(window.session.desk)] == [True]
    window.send.sent.watch.click()
    assert window.session.watching.folders == []
    assert not window.send.sent.watched.isVisible()
    assert watched_folder.watched(window.session.desk) is None


def started(desk, qtbot) -> tuple[MainWindow, list[tuple[str, str]]]:
    """A window as after a start, and what it says."""
    made, told = MainWindow(Session(desk, MARCH, Messages())), []
    qtbot.addWidget(made, before_close_func=lambda gone: gone.session.autosave.give_up())
    made.session.messages.said.connect(lambda kind, text: told.append((kind, text)))
    made.show()
    return made, told


def test_the_watched_folder_is_watched_again_after_a_start(stick, qtbot, tmp_path):
    desk = signed_desk(tmp_path / "unit")
    deliveries.send(desk, MARCH, [places.find(desk, stick)])
    watched_folder.watch(desk, stick)
    shutil.copy(receipt_for(next(stick.iterdir()), tmp_path / "unit" / "unit.pem", tmp_path / "office"), stick)
    (stick / "坏.pdf").write_bytes(b"%PDF-1.7 not a report")
    made, told = started(desk, qtbot)
    qtbot.waitUntil(lambda: made.session.view.state is MonthState.RECEIVED, timeout=30000)
    watching = made.session.watching
    qtbot.waitUntil(lambda: watching.folders == [str(stick)], timeout=30000)
    assert len(told) == 1
    assert "没有收 坏.pdf" in told[0][1]
    watching._look_by_itself()
    qtbot.waitUntil(lambda: not watching.looking, timeout=30000)
    assert len(told) == 1, "what was refused is not said again and again"
    watching.stop()
    assert (watching.folders, watched_folder.watched(desk)) == ([], None)


def test_a_watched_folder_that_is_gone_is_said_quietly(stick, qtbot, tmp_path):
    desk = signed_desk(tmp_path / "unit")
    watched_folder.watch(desk, stick)
    stick.rmdir()
    made, told = started(desk, qtbot)
    qtbot.waitUntil(lambda: made.session.watching.out_of_reach, timeout=30000)
    assert told == []
    assert "现在不在" in words(made.session.watching)


def test_no_server_is_looked_at_by_itself(qtbot, tmp_path, monkeypatch):
    desk = signed_desk(tmp_path / "unit")
    asked = []
    monkeypatch.setattr("desktop_app.desk.collect.fetch", lambda *_given: asked.append("network"))
    with pytest.raises(ClerkError, match="不能自动查看"):
        watched_folder.watch(desk, Path("sftp://u@server/box"))
    settings.put(desk.book, watched_folder.WATCHED, "sftp://u@127.0.0.1/box", at=desk.now(), actor=desk.actor)
    made, told = started(desk, qtbot)
    made.session.watching._look_by_itself()
    qtbot.wait(50)
    assert asked == told == []


def test_everything_has_a_name_that_can_be_read_aloud(dialog, window, qtbot):
    place = PlaceDialog(window.session, window)
    qtbot.addWidget(place)
    place.open()
    for widget in (dialog.list, dialog.do, dialog.stop, dialog.progress, place.name, place.where, place.password,
                   place.key_file, place.authority, place.same):  # fmt: skip
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen.text(QAccessible.Text.Name) or widget.accessibleName(), widget
    assert QApplication.activeModalWidget() is not None
