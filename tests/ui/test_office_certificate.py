"""市局的证书 in the window: looked at, compared, enrolled; what came from a stranger waits and is taken in then."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.desk import collect, enrolling, keys, places
from desktop_app.model.report import Role
from tests.ui.conftest import Clerk
from ui.dialogs.office_dialog import OfficeDialog

pytestmark = pytest.mark.usefixtures("aside")

KEPT = Path(__file__).resolve().parents[1] / "keepsakes"
Key = Qt.Key


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    """What the bureau handed out, in a folder of its own."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return Path(shutil.copy(KEPT / "calendar-1.pdf", folder / "工作日历.pdf"))


def asked(clerk: Clerk) -> OfficeDialog | None:
    return next((each for each in clerk.window.findChildren(OfficeDialog) if each.isVisible()), None)


def said(clerk: Clerk) -> str:
    return clerk.window.message_bar.text.text()


def arrived(clerk: Clerk) -> list[str]:
    return [row.name for row in collect.inbox(clerk.window.session.desk) if row.taken]


def home(clerk, qtbot) -> None:
    qtbot.waitUntil(lambda: not clerk.window.session.work.under_way, timeout=30000)


def test_a_stranger_found_in_a_folder_is_compared_enrolled_and_taken_in(clerk, calendar, qtbot):
    session = clerk.window.session
    place = places.find(session.desk, calendar.parent)
    with qtbot.waitSignal(session.watching.rested):
        session.watching.look_at(place)
    assert "本机没有登记" in said(clerk)
    assert "--trust" not in said(clerk)
    assert asked(clerk) is None, "a look by itself opens nothing over what somebody writes"
    clerk.window.message_bar.act.click()
    dialog = asked(clerk)
    calendar.unlink()  # the stick is pulled out
    (certificate,) = enrolling.brought((KEPT / "calendar-1.pdf").read_bytes())
    from desktop_app.signing.certificates import fingerprint

    assert dialog.mark.text().split() == fingerprint(certificate).split()
    assert "工作日历.pdf" in dialog.waiting[0].name
    assert not dialog.do.isEnabled()
    qtbot.keyClick(dialog, Key.Key_Return)
    assert enrolling.offices(session.desk) == ()
    assert arrived(clerk) == []
    dialog.compared.setFocus()
    qtbot.keyClick(dialog.compared, Key.Key_Space)
    qtbot.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: asked(clerk) is None, timeout=30000)
    assert [row.fingerprint for row in enrolling.offices(session.desk)] == [fingerprint(certificate)]
    assert len(arrived(clerk)) == 1
    assert "已登记" in said(clerk)
    clerk.window.go("settings")
    assert fingerprint(certificate) in clerk.window.settings.offices.known.text()


def test_a_file_that_is_chosen_asks_at_once_and_the_card_shows_before_it_trusts(clerk, calendar, tmp_path, qtbot):
    desk, card = clerk.window.session.desk, clerk.window.settings.offices
    clerk.window.send.take_in([calendar])
    qtbot.waitUntil(lambda: not clerk.window.session.work.under_way, timeout=30000)
    asked(clerk).reject()
    assert enrolling.offices(desk) == ()
    keys.new_key(desk, "王喆", Role.PREPARER, "一二三四五", remember=False)
    keys.export(desk, tmp_path / "own.pem")
    clerk.window.go("settings")
    card.look_at(tmp_path / "own.pem")
    home(clerk, qtbot)
    assert asked(clerk) is None
    assert "本单位自己的证书" in said(clerk)
    card.look_at(calendar)
    home(clerk, qtbot)
    asked(clerk).compared.click()
    asked(clerk).do.click()
    qtbot.waitUntil(lambda: asked(clerk) is None, timeout=30000)
    (row,) = enrolling.offices(desk)
    assert row.fingerprint in card.known.text()
    assert arrived(clerk) == [], "the card only enrols"
    card.look_at(calendar)
    home(clerk, qtbot)
    assert asked(clerk) is None
    assert "已经登记过" in said(clerk)
    other = enrolling.Offered(row.unit_name, "ABCD " * 16, row.at.date(), b"", known=False, others=1)
    card.ask.emit(other)
    assert any("另一张证书" in label.text() for label in asked(clerk).findChildren(type(card.known)))
    asked(clerk).reject()
