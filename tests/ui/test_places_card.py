"""设置 / 报送地点: registered, changed, tried out, made the default, forgotten; what is watched is stopped."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.desk import places, watched_folder
from desktop_app.errors import ClerkError
from ui.dialogs.deliver_dialog import DeliverDialog
from ui.dialogs.place_dialog import PlaceDialog

SERVER = "sftp://u@127.0.0.1:1/in box"
PRINT = "SHA256:" + "A" * 43


@pytest.fixture
def desk(clerk):
    return clerk.window.session.desk


@pytest.fixture
def kept(monkeypatch) -> dict[str, str]:
    """A keyring of one's own."""
    found: dict[str, str] = {}
    monkeypatch.setattr("desktop_app.signing.vault.recall", found.get)
    monkeypatch.setattr("desktop_app.signing.vault.remember", lambda name, secret: not found.update({name: secret}))
    monkeypatch.setattr("desktop_app.signing.vault.forget", lambda name: found.pop(name, None))
    return found


@pytest.fixture
def card(clerk, desk, tmp_path, kept):
    box = tmp_path / "box"
    box.mkdir()
    places.add(desk, places.draft("收件夹", str(box)))
    places.add(desk, places.draft("市局", SERVER, fingerprint=PRINT))
    clerk.window.go("settings")
    return clerk.window.settings.places


def lines(card) -> list[str]:
    return [card.list.item(row).text() for row in range(card.list.count())]


def changed(card, qtbot, write) -> PlaceDialog:
    """The dialog for the place under the cursor, after `write` and 保存."""
    card.edit.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PlaceDialog)
    write(dialog)
    dialog.do.click()
    return dialog


def test_places_stand_with_fingerprint_and_password(card, kept):
    assert [line.split("　")[0] for line in lines(card)] == ["收件夹", "市局"]
    assert not card.details.isVisible()
    card.list.setCurrentRow(1)
    assert PRINT in card.details.text()
    assert "报送时会问" in card.details.text()
    kept["place:sftp://u@127.0.0.1:1"] = "geheim"
    card.show_values()
    assert "密码库里" in card.details.text()
    assert card.list.currentRow() == 1
    assert "geheim" not in card.details.text()


def test_a_place_is_tried_out(card, qtbot, tmp_path):
    card.test.click()
    qtbot.waitUntil(lambda: "可以连接、写入和读回" in card.said.text(), timeout=20000)
    assert list((tmp_path / "box").iterdir()) == []
    (tmp_path / "box").rmdir()
    card.test.click()
    qtbot.waitUntil(lambda: card.said.objectName() == "badgeBad", timeout=20000)
    card.list.setCurrentRow(1)
    card.test.click()
    assert "口令没有保存" in card.said.text()


def test_a_place_is_changed_where_it_stands(card, desk, kept, qtbot, tmp_path):
    places.set_default(desk, "市局")
    kept["place:sftp://u@127.0.0.1:1"] = "geheim"
    card.show_values()
    card.list.setCurrentRow(1)
    dialog = changed(card, qtbot, lambda one: one.name.setText("收件夹"))
    assert "已经有名为" in dialog.trouble.text()
    dialog.name.setText("市局收件")
    dialog.do.click()
    assert not dialog.isVisible()
    place = places.places(desk)[1]
    assert (place.name, place.fingerprint, place.path) == ("市局收件", PRINT, "/in box")
    assert places.default(desk) == place
    assert kept == {"place:sftp://u@127.0.0.1:1": "geheim"}
    assert "市局收件（默认）" in lines(card)[1]
    changed(card, qtbot, lambda one: one.where.setText(str(tmp_path)))
    assert places.places(desk)[1].address == str(tmp_path)
    assert kept == {}, "nothing logs in there any more"


def test_the_default_is_ticked_where_one_hands_in(card, clerk, desk, qtbot):
    card.default.click()
    assert "（默认）" in lines(card)[0]
    dialog = DeliverDialog(card.session, card.window())
    qtbot.addWidget(dialog)
    assert [place.name for place in dialog.chosen()] == ["收件夹"]
    card.default.click()
    assert places.default(desk) is None
    card.default.click()
    card.remove.click()
    assert [place.name for place in places.places(desk)] == ["市局"]
    assert places.default(desk) is None
    assert "没有动" in clerk.window.message_bar.text.text()


def test_what_is_removed_comes_back_with_its_rank_its_password_and_as_the_default(card, clerk, desk, kept, tmp_path):
    account = "place:sftp://u@127.0.0.1:1"
    kept[account] = "geheim"
    places.add(desk, places.draft("第三处", str(tmp_path)))
    places.set_default(desk, "市局")
    card.show_values()
    before = places.places(desk)
    card.list.setCurrentRow(1)
    card.remove.click()
    assert (lines(card)[1:], kept, places.default(desk)) == ([f"第三处　{tmp_path}"], {}, None)
    places.add(desk, places.draft("后来的", str(tmp_path / "box")))
    clerk.window.message_bar.act.click()
    assert [each.name for each in places.places(desk)] == ["收件夹", "市局", "第三处", "后来的"]
    assert places.places(desk)[:3] == before
    assert (places.default(desk), kept) == (before[1], {account: "geheim"})
    assert "市局（默认）" in lines(card)[1]


def test_another_place_of_that_name_is_not_overwritten_by_the_way_back(card, clerk, desk, tmp_path):
    card.remove.click()
    other = places.add(desk, places.draft("收件夹", str(tmp_path)))
    clerk.window.message_bar.act.click()
    assert "已经有名为" in clerk.window.message_bar.text.text()
    assert [each for each in places.places(desk) if each.name == "收件夹"] == [other]


def test_two_places_of_one_server_share_a_password(card, desk, kept):
    places.add(desk, places.draft("市局二", SERVER + "2", fingerprint=PRINT))
    kept["place:sftp://u@127.0.0.1:1"] = "geheim"
    places.remove(desk, "市局二")
    assert kept
    with pytest.raises(ClerkError, match="没有名为"):
        places.change(desk, "市局二", places.draft("a", "/x"))
    places.remove(desk, "市局")
    assert not kept


def test_what_is_watched_is_shown_here_and_stopped(card, desk, qtbot, tmp_path):
    assert not card.stop.isVisible()
    card.session.watching.begin(tmp_path / "box")
    qtbot.waitUntil(lambda: card.session.watching.folders == [str(tmp_path / "box")], timeout=20000)
    assert str(Path("box")) in card.watched.text()
    card.stop.click()
    assert not card.stop.isVisible()
    assert watched_folder.watched(desk) is None
    assert card.session.watching.folders == []
