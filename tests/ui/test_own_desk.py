"""A unit's window is the desk of its towns: 收件 comes with the first of them, and what is accepted is in the draft."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from desktop_app.desk import bureau_month, merge_town, month
from desktop_app.desk.open_book import open_desk
from desktop_app.model.period import Period
from tests.journeys.small import TABLE, TEXT, TOWN, new_bureau, new_town, new_unit
from ui import background
from ui.dialogs.help_window import TOPICS, HelpWindow
from ui.dialogs.merge_dialog import MergeDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.pages.reception import ReceptionPage
from ui.session import Session

pytestmark = pytest.mark.usefixtures("aside")

MARCH = Period(2023, 3)
DAY = date(2023, 3, 28)
PHRASE = "一二三四五六"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A district's book, before and after it handed a town its tasks, and the town's report in the folder `box`."""
    folder = tmp_path_factory.mktemp("desk")
    district = new_unit(folder, "通州区政府", new_bureau(folder, str(DAY)))
    (folder / "plan.csv").write_text(TABLE, encoding="utf-8")
    district("plan", "import", folder / "plan.csv")
    shutil.copy(district.book, folder / "alone.yuebao")
    district.signing("plan", "split", "--to", TOWN, "--task", "1-1", "--out", folder / "split.pdf")
    town, rows = new_town(folder, district), folder / "rows.json"
    town("receive", folder / "split.pdf", "--trust", folder / "split.pdf")
    entry = {"task": "1-1", "status": "on_track", "narrative": TEXT, "next_steps": "继续推进。"}
    rows.write_text(json.dumps({"entries": [entry | {"this_month": "7", "cumulative": "7"}]}), encoding="utf-8")
    town("fill", MARCH, "--from", rows)
    town.explain(str(MARCH))
    town.sign(str(MARCH))
    (folder / "box").mkdir()
    town("hand-in", MARCH, "--to", folder / "box")
    return folder


@pytest.fixture
def opened(made, tmp_path, qtbot):
    """Open the window on a copy of one of the books."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    faults: list[object] = []

    def opened(name: str) -> tuple[MainWindow, list[tuple[str, str]]]:
        messages, said = Messages(), list[tuple[str, str]]()
        messages.unexpected.connect(faults.append)
        messages.said.connect(lambda kind, text: said.append((kind, text)))
        window = MainWindow(Session(open_desk(tmp_path / name, today=DAY), MARCH, messages))
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        return window, said

    yield opened
    assert faults == []


def test_the_page_comes_with_the_first_unit_that_reports_here(opened, tmp_path, qtbot):
    window, said = opened("alone.yuebao")
    button = window.buttons["reception"]
    assert not button.isVisible()
    button.click()
    assert window.page == "month", "no key leads where there is nothing"
    window.settings.units.enrol_unit(tmp_path / "plan.csv")
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    assert said[-1][0] == "bad"
    assert not button.isVisible()
    window.settings.units.enrol_unit(tmp_path / "town.pem")
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    assert "核对指纹" in said[-1][1]
    assert button.isVisible()
    button.click()
    assert [row.name for row in window.reception.rows] == [TOWN]
    window.navigation.help.emit()
    assert TOPICS[window.findChild(HelpWindow).topics.currentRow()][0] == "reception"


def home(page: ReceptionPage, qtbot) -> None:
    """Until the round is over; what ends it is said in the same turn."""
    qtbot.waitUntil(page.tools.folder.isEnabled, timeout=60000)
    qtbot.wait(1)


def choose(page: ReceptionPage) -> None:
    """The first line; a Ctrl that an earlier test left pressed would take a line that is chosen out again."""
    page.table.clearSelection()
    page.table.selectRow(0)


def test_what_is_accepted_is_in_the_draft_and_words_come_when_they_are_asked_for(opened, tmp_path, qtbot):
    window, said = opened("通州区政府.yuebao")
    window.buttons["reception"].click()
    page = window.reception
    assert [(row.name, str(row.standing)) for row in page.rows] == [(TOWN, "missing")]
    page.work.enrol_all([tmp_path / "town.pem"])
    home(page, qtbot)
    page.asks.take_folder(tmp_path / "box")
    home(page, qtbot)
    assert said[-1] == ("good", "收下 1 份。")
    assert page.tools.who.currentText() == "赵珺"
    window.go("fill")
    window.fill.choose("1-1", "narrative")
    window.session.autosave.note(MARCH, "1-1", "narrative", "区里自己的话。")
    window.buttons["reception"].click()
    choose(page)
    page.tools.passphrase.setText("wrong wrong")
    page.work.answer(tmp_path / "answers")
    home(page, qtbot)
    assert said[-1][0] == "bad"
    choose(page)
    page.tools.passphrase.setText(PHRASE)
    page.work.answer(tmp_path / "answers")
    home(page, qtbot)
    assert len(list((tmp_path / "answers").glob("回执_*.pdf"))) == 1, said[-3:]
    assert "并入草稿 2 处" in said[-1][1]
    row = window.session.view.row("1-1")
    assert (str(row.entry.cumulative), row.entry.narrative) == ("7", "区里自己的话。")
    assert [str(row.standing) for row in page.rows] == ["accepted"]
    assert window.message_bar.act.isVisible()
    window.message_bar.act.click()
    assert window.session.view.row("1-1").entry.narrative == f"区里自己的话。\n{TOWN}：{TEXT}"


def test_the_window_closes_in_the_middle_of_receiving(opened, tmp_path, qtbot, monkeypatch):
    window, _said = opened("通州区政府.yuebao")
    window.go("reception")
    page, late = window.reception, list[object]()
    page.work.take_in(sorted((tmp_path / "box").glob("*.pdf")) * 5)
    window.close()
    monkeypatch.setattr("ui.pages.reception.bureau_month.status", lambda *given: late.append(given))
    monkeypatch.setattr("ui.pages.reception.reception.months", lambda *given: late.append(given) or ())
    monkeypatch.setattr("ui.pages.reception_work.bureau.receiving", lambda *given: late.append(given))
    with qtbot.captureExceptions() as raised:
        qtbot.wait(100)
    assert (late, raised) == ([], []), "the book is closed"


def test_the_window_closes_in_the_middle_of_answering(opened, tmp_path, qtbot):
    window, _said = opened("通州区政府.yuebao")
    window.go("reception")
    page = window.reception
    page.work.enrol_all([tmp_path / "town.pem"])
    home(page, qtbot)
    page.work.take_in(sorted((tmp_path / "box").glob("*.pdf")))
    home(page, qtbot)
    choose(page)
    page.tools.passphrase.setText(PHRASE)
    page.work.answer(tmp_path / "answers")
    assert background.busy()
    with qtbot.captureExceptions() as raised:
        window.close()
        background.wait()
        qtbot.wait(50)
    assert raised == []
    assert not (tmp_path / "answers").exists()
    desk = open_desk(tmp_path / "通州区政府.yuebao", today=DAY)
    try:
        assert [str(unit.standing) for unit in bureau_month.status(desk, MARCH).units] == ["received"]
        assert month.row(desk, MARCH, "1-1").entry.cumulative is None, "neither the answer nor the figures"
    finally:
        desk.close()


def test_a_towns_report_is_merged_from_this_month_choice_by_choice_and_taken_back(opened, tmp_path, qtbot):
    window, said = opened("通州区政府.yuebao")
    sharing, (report,) = window.this_month.sharing, (tmp_path / "box").glob("*.pdf")
    sharing.bring_in(report)
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    assert said[-1][0] == "bad"
    assert "登记" in said[-1][1]
    window.go("settings")
    window.settings.units.enrol_unit(tmp_path / "town.pem")
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    window.session.autosave.note(MARCH, "1-1", "narrative", "区里自己的话。")
    window.session.autosave.note(MARCH, "1-1", "this_month", "9")
    sharing.bring_in(report)
    qtbot.waitUntil(lambda: not window.session.work.under_way, timeout=30000)
    (dialog,) = window.findChildren(MergeDialog)
    before = window.session.view.row("1-1").entry
    assert (str(before.this_month), before.cumulative, before.narrative) == ("9", None, "区里自己的话。")
    assert [(row.field, row.ours, row.theirs) for row in dialog.looked.choices] == [
        ("this_month", "9", "7"),
        ("narrative", "区里自己的话。", f"{TOWN}：{TEXT}"),
        ("next_steps", "", f"{TOWN}：继续推进。"),
    ]
    assert TOWN in dialog.their_hand.text()
    for side in ("ours", "theirs"):
        dialog.choose(side)
        dialog._onward()
    assert dialog.its.text() == "加在本簿的后面　2"
    dialog.take()
    found = window.session.view.row("1-1").entry
    assert (str(found.this_month), str(found.cumulative)) == ("9", "7")
    assert found.narrative == f"区里自己的话。\n{TOWN}：{TEXT}"
    assert "有 1 处没有选" in said[-1][1]
    window.message_bar.act.click()
    assert window.session.view.row("1-1").entry == before
    assert merge_town.drawn_by_hand(window.session.desk, MARCH) == ()
