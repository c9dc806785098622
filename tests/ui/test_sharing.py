"""Work is shared from the window: a draft taken along and merged back by keys, tasks handed on to a town."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from desktop_app.desk import keys, places, publish, reporting_units
from desktop_app.desk.open_book import look_only, open_desk
from desktop_app.desk.save_entry import save
from desktop_app.exchange.documents import to_plan_pack
from desktop_app.model.report import Role
from desktop_app.store import journal
from tests.exchange.ssh_server import ssh_server
from tests.journeys.test_street import yuebao
from tests.ui.conftest import DAY, MARCH
from ui import background
from ui.dialogs.merge_dialog import MergeDialog
from ui.dialogs.split_dialog import SplitDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session

pytestmark = pytest.mark.usefixtures("aside")

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PHRASE = "一二三四五六"


def settled(clerk, qtbot) -> None:
    qtbot.waitUntil(lambda: not clerk.window.session.work.under_way, timeout=30_000)


def said(clerk) -> str:
    return clerk.window.message_bar.text.text()


def write(clerk, field: str, text: str, task: str = "1-1") -> None:
    clerk.window.session.autosave.note(MARCH, task, field, text)
    assert clerk.window.session.autosave.flush()


@pytest.fixture
def carried(clerk, qtbot, tmp_path, monkeypatch) -> Path:
    """A draft that was taken along by the button, worked on, and came back; here went on too."""
    target = tmp_path / "stick" / "draft.yuebao"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    clerk.window.session.autosave.note(MARCH, "1-1", "next_steps", "带走以前写的。")
    clerk.window.this_month.sharing.carry.setFocus()
    clerk.press(Key.Key_Space)
    settled(clerk, qtbot)
    assert "读回核对一致" in said(clerk)
    other = open_desk(target, today=DAY)
    assert other.unit == clerk.window.session.desk.unit
    other.__dict__["actor"] = "李敏"
    save(other, MARCH, "1-1", {"narrative": "同事的话。", "problems": "同事写的问题。", "coordination": "同事的事项。"})
    assert journal.rows(other.book, MARCH, "1-1", "next_steps")[-1].new == "带走以前写的。"
    other.close()
    write(clerk, "problems", "我写的问题。")
    write(clerk, "narrative", "我的话。")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(target), ""))
    return target


def opened(clerk, qtbot) -> MergeDialog:
    """The dialog that 并回草稿 leads to."""
    back(clerk, qtbot)
    clerk.window.go("month")
    clerk.window.this_month.sharing.bring.setFocus()
    clerk.press(Key.Key_Space)
    settled(clerk, qtbot)
    dialog = clerk.window.findChildren(MergeDialog)[-1]
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def back(clerk, qtbot) -> None:
    """The window again, with its cursor."""
    clerk.window.activateWindow()
    qtbot.waitUntil(clerk.window.isActiveWindow)


def entry(clerk, task: str = "1-1"):
    return clerk.window.session.view.row(task).entry


def test_a_draft_comes_back_by_keys_and_says_what_was_taken(clerk, qtbot, carried):
    dialog = opened(clerk, qtbot)
    assert clerk.focus is dialog.list
    assert entry(clerk).narrative == "我的话。"
    row = dialog.looked.choices[0]
    assert (dialog.ours.toPlainText(), dialog.theirs.toPlainText()) == (row.ours, row.theirs)
    assert "李敏" in dialog.their_hand.text()
    assert clerk.window.session.desk.actor in dialog.our_hand.text()
    assert dialog.left.text() == "还有 2 处没有选"
    clerk.press(Key.Key_2)  # 本月进展: theirs, and on to the next
    assert dialog.looked.choices[1].id == dialog.list.currentItem().data(Qt.ItemDataRole.UserRole).id
    clerk.press(Key.Key_1)
    assert dialog.left.text() == ""
    clerk.press(Key.Key_Return, CTRL)
    found = entry(clerk)
    assert (found.narrative, found.problems, found.coordination) == ("同事的话。", "我写的问题。", "同事的事项。")
    assert found.next_steps == "带走以前写的。"
    assert said(clerk) == "已并入「draft.yuebao」的 2 处：1-1 需市级协调事项、1-1 本月进展。"


def test_a_merge_is_taken_back_by_its_button_and_can_be_done_again(clerk, qtbot, carried):
    before = entry(clerk)
    dialog = opened(clerk, qtbot)
    QTest.mouseClick(dialog.all_theirs, Qt.MouseButton.LeftButton)
    clerk.press(Key.Key_Return, CTRL)
    assert entry(clerk).problems == "同事写的问题。"
    back(clerk, qtbot)
    clerk.window.message_bar.act.setFocus()
    clerk.press(Key.Key_Space)
    assert entry(clerk) == before
    assert "已撤回" in said(clerk)
    again = opened(clerk, qtbot)
    assert len(again.looked.choices) == 2
    clerk.press(Key.Key_Escape)
    assert entry(clerk) == before


def test_nothing_is_taken_by_leaving_and_what_nobody_chose_stays_ours(clerk, qtbot, carried):
    before = entry(clerk)
    opened(clerk, qtbot)
    clerk.press(Key.Key_2)
    clerk.press(Key.Key_Escape)
    assert entry(clerk) == before
    opened(clerk, qtbot)
    clerk.press(Key.Key_Return)  # on to the next choice, nothing taken
    assert entry(clerk) == before
    clerk.press(Key.Key_Return, CTRL)
    found = entry(clerk)
    assert (found.narrative, found.problems, found.coordination) == ("我的话。", "我写的问题。", "同事的事项。")
    assert "有 2 处没有选" in said(clerk)


def test_words_that_wait_to_be_saved_are_not_lost_under_a_merge(clerk, qtbot, carried):
    dialog = opened(clerk, qtbot)
    clerk.window.session.autosave.note(MARCH, "1-1", "problems", "刚刚打的字。")
    dialog.choose_all("theirs")
    dialog.take()
    assert "又改过" in dialog.trouble.text()
    assert dialog.isVisible()
    dialog.reject()
    assert entry(clerk).problems == "刚刚打的字。"


def test_the_same_draft_and_a_wrong_file_are_said_in_a_sentence(clerk, qtbot, carried, tmp_path):
    sharing = clerk.window.this_month.sharing
    dialog = opened(clerk, qtbot)
    dialog.choose_all("ours")
    dialog.take()
    for file, words in (
        (carried, "以前已经并入过"),
        (clerk.book, "就是现在打开的"),
        (tmp_path / "none.yuebao", "找不到"),
        (tmp_path, "是文件夹"),
    ):
        sharing.bring_in(file)
        settled(clerk, qtbot)
        assert words in said(clerk)
    assert len([each for each in clerk.window.findChildren(MergeDialog) if each.isVisible()]) == 0


def test_a_comparison_that_was_stopped_asks_nothing(clerk, qtbot, carried):
    asked: list[object] = []
    sharing = clerk.window.this_month.sharing
    sharing.ask.disconnect()
    sharing.ask.connect(asked.append)
    sharing.bring_in(carried)
    clerk.window.work_bar.stop.click()
    background.wait()
    QApplication.processEvents()
    assert asked == []


def test_look_only_takes_a_draft_along_and_brings_none_back(book, qtbot):
    window = MainWindow(Session(look_only(book, today=DAY), MARCH, Messages()))
    qtbot.addWidget(window)
    window.show()
    assert window.this_month.sharing.carry.isEnabled()
    assert not window.this_month.sharing.bring.isEnabled()


@pytest.fixture
def splitting(clerk, qtbot, tmp_path) -> Callable[[], SplitDialog]:
    """The dialog that 分解任务 leads to; there is a key to sign with."""
    desk = clerk.window.session.desk
    keys.new_key(desk, "李堃", Role.APPROVER, PHRASE, remember=False)
    (tmp_path / "out").mkdir()

    def opened() -> SplitDialog:
        back(clerk, qtbot)
        clerk.window.go("plan")
        clerk.window.plan.head.split.setFocus()
        clerk.press(Key.Key_Space)
        dialog = clerk.window.findChildren(SplitDialog)[-1]
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return opened


def finished(dialog: SplitDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: dialog.do.isEnabled(), timeout=30_000)


def test_tasks_are_handed_on_by_keys_and_the_unit_is_expected_from_then_on(clerk, qtbot, splitting, tmp_path):
    dialog = splitting()
    assert clerk.focus in (dialog.unit, dialog.unit.lineEdit())
    clerk.write("某某镇人民政府")
    clerk.press(Key.Key_F, CTRL)
    clerk.write("2-3")
    shown = [item for item in dialog.tasks._items() if not item.isHidden()]
    assert len(shown) > 1
    clerk.press(Key.Key_Return)  # into the list
    clerk.press(Key.Key_Space)
    assert dialog.tasks.ticked() == (dialog.tasks.list.currentItem().text().split("　")[0],)
    dialog.where.setEditText(str(tmp_path / "out"))
    dialog.passphrase.setFocus()
    clerk.write("wrong wrong")
    dialog.split()
    finished(dialog, qtbot)
    assert "口令" in dialog.trouble.text()
    desk = clerk.window.session.desk
    assert desk.directory.find("某某镇人民政府") is None, "nothing is kept of a table that was not written"
    assert list((tmp_path / "out").iterdir()) == []
    ticked = dialog.tasks.ticked()
    dialog.passphrase.setFocus()
    clerk.press(Key.Key_A, CTRL)
    clerk.write(PHRASE)
    clerk.press(Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=30_000)
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == "分解_某某镇人民政府_2023.pdf"
    assert str(file) in said(clerk)
    assert f"{len(ticked)} 项任务" in said(clerk)
    assert "某某镇人民政府" in reporting_units.expected(desk).values()
    assert clerk.window.buttons["reception"].isVisible()


def test_a_table_that_is_stopped_while_it_is_signed_is_nowhere(clerk, qtbot, splitting, tmp_path, monkeypatch):
    desk, go = clerk.window.session.desk, threading.Event()
    real = publish.make_table

    def slow(*given, **more):
        assert go.wait(30)
        return real(*given, **more)

    monkeypatch.setattr(publish, "make_table", slow)
    dialog = splitting()
    dialog.unit.setEditText("某某镇人民政府")
    dialog.tasks.tick({"1-1"})
    dialog.where.setEditText(str(tmp_path / "out"))
    dialog.passphrase.setText(PHRASE)
    dialog.split()
    dialog.cancel.click()
    assert dialog.isVisible()
    assert "正在停下" in dialog.trouble.text()
    go.set()
    finished(dialog, qtbot)
    assert "已停下，没有写出" in dialog.trouble.text()
    assert list((tmp_path / "out").iterdir()) == []
    assert (dialog.made, desk.directory.find("某某镇人民政府")) == (None, None)
    dialog.split()
    qtbot.waitUntil(lambda: not isValid(dialog), timeout=30_000)
    assert "某某镇人民政府" in reporting_units.expected(desk).values()


def test_a_registered_server_is_offered_as_for_handing_in(clerk, qtbot, splitting, tmp_path):
    desk, box = clerk.window.session.desk, tmp_path / "box"
    for folder in (box, tmp_path / "sshd"):
        folder.mkdir()
    with ssh_server(tmp_path / "sshd") as server:
        place = places.draft("收件夹", server.url(box), fingerprint=server.fingerprint, key_file=server.key)
        asking = places.draft("云盘", "https://wang@dav.example/in/")
        for each in (place, asking):
            places.add(desk, each)
        dialog = splitting()
        dialog.unit.setEditText("海淀区政府")
        dialog.tasks.tick({"1-1"})
        dialog.passphrase.setText(PHRASE)
        dialog.where.setCurrentIndex(dialog.where.findText("云盘", Qt.MatchFlag.MatchStartsWith))
        assert dialog.password.isVisible()
        dialog.split()
        assert "还没有输入「云盘」的口令" in dialog.trouble.text()
        dialog.where.setCurrentIndex(dialog.where.findText("收件夹", Qt.MatchFlag.MatchStartsWith))
        assert not dialog.password.isVisible()
        dialog.split()
        qtbot.waitUntil(lambda: not isValid(dialog), timeout=60_000)
        (file,) = box.iterdir()
        assert f"{place.address.rstrip('/')}/{file.name}" in said(clerk)
        assert to_plan_pack(yuebao("read", file, "--untrusted")).to_name == "北京市海淀区人民政府"


def test_what_is_missing_is_said_and_the_cursor_goes_there(clerk, qtbot, splitting, tmp_path):
    dialog = splitting()
    dialog.split()
    assert "分给谁" in dialog.trouble.text()
    dialog.unit.setEditText("某某镇人民政府")
    dialog.split()
    assert "勾选" in dialog.trouble.text()
    assert dialog.tasks.list.hasFocus()
    dialog.tasks.every.click()
    dialog.split()
    assert "文件夹" in dialog.trouble.text()
    dialog.where.setEditText(str(tmp_path / "out"))
    dialog.unit.setEditText("朝阳区政府")
    dialog.split()
    assert "就是本单位" in dialog.trouble.text()
    dialog.reject()


def test_what_is_ticked_stays_so_while_the_list_is_narrowed(clerk, splitting):
    tasks = splitting().tasks
    tasks.chips["key"].click()
    starred = [item for item in tasks._items() if not item.isHidden()]
    assert 0 < len(starred) < tasks.list.count()
    tasks.every.click()
    assert len(tasks.ticked()) == len(starred)
    tasks.chips["all"].click()
    tasks.search.setText("没有这样的词")
    assert all(item.isHidden() for item in tasks._items())
    tasks.none.click()
    assert len(tasks.ticked()) == len(starred)
    tasks.search.clear()
    tasks.chips["ticked"].click()
    assert [item.isHidden() for item in tasks._items()].count(False) == len(starred)
    tasks.none.click()
    assert tasks.ticked() == ()


def test_a_table_handed_on_again_holds_its_tasks_and_the_earlier_file_stays(clerk, qtbot, splitting, tmp_path):
    files = []
    for _time in range(2):
        dialog = splitting()
        dialog.unit.setEditText("海淀区政府")
        dialog.tasks.tick({"1-1"})
        dialog.where.setEditText(str(tmp_path / "out"))
        dialog.passphrase.setText(PHRASE)
        dialog.split()
        qtbot.waitUntil(lambda dialog=dialog: not isValid(dialog), timeout=30_000)
        files.append(sorted(file.name for file in (tmp_path / "out").iterdir()))
        QApplication.processEvents()
    assert files == [["分解_海淀区_2023.pdf"], ["分解_海淀区_2023(2).pdf", "分解_海淀区_2023.pdf"]]
    held = to_plan_pack(yuebao("read", tmp_path / "out" / "分解_海淀区_2023(2).pdf", "--untrusted"))
    assert (held.to_name, [row.task.id for row in held.tasks]) == ("北京市海淀区人民政府", ["1-1"])
