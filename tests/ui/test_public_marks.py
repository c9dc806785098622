"""公开、内部 at the field, and the month's public edition beside what it would give away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_app.desk import activities, public_edition, save_entry, withholding
from desktop_app.desk.open_book import open_desk
from desktop_app.exchange.pdfium import opened
from desktop_app.model.activity import ActivityKind
from desktop_app.model.disclosure import FIGURES, NARRATIVE, NEXT_STEPS
from desktop_app.model.period import Period
from tests.ui.conftest import DAY, MARCH
from tests.ui.every_window import settle
from tests.ui.test_history_page import table_words
from ui import background
from ui.pages.paper_view import PaperView

ALT, FEBRUARY = Qt.KeyboardModifier.AltModifier, Period(2023, 2)


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are set in one test; in the others they would only take time."""
    monkeypatch.setattr(PaperView, "show_paper", lambda *_given: None)


def inside(clerk) -> set[tuple[str, str]]:
    return {(each.task, each.field) for each in withholding.withheld(clerk.window.session.desk, MARCH)}


def action(clerk, words: str = "撤回") -> QPushButton:
    """The one button of the line of messages."""
    return next(each for each in clerk.window.message_bar.findChildren(QPushButton) if each.text() == words)


def words(pdf: bytes) -> str:
    with opened(pdf) as document:
        return "".join(document[index].get_textpage().get_text_range() for index in range(len(document)))


def test_one_key_marks_the_field_with_the_cursor(clerk):
    clerk.window.open_task("2-14", "narrative")
    form = clerk.window.fill.form
    clerk.press(Qt.Key.Key_G, ALT)
    assert inside(clerk) == {("2-14", NARRATIVE)}
    mark = form.marks[NARRATIVE]
    assert (mark.text(), mark.isChecked(), mark.accessibleName()) == ("内部", True, "本月进展：只供内部")
    assert mark.accessibleDescription().startswith("内部；")
    assert QAccessible.queryAccessibleInterface(mark).state().checked
    assert form.texts["narrative"].hasFocus()  # the cursor stays where the clerk writes
    action(clerk).click()
    assert inside(clerk) == set()
    assert (mark.text(), mark.isChecked()) == ("公开", False)
    form.numbers["cumulative"].setFocus()
    clerk.press(Qt.Key.Key_G, ALT)
    assert inside(clerk) == {("2-14", FIGURES)}
    form.texts["problems"].setFocus()
    clerk.press(Qt.Key.Key_G, ALT)
    assert inside(clerk) == {("2-14", FIGURES)}
    assert "从来不印" in clerk.window.message_bar.text.text()
    clerk.close()
    desk = open_desk(clerk.book, today=DAY)
    try:
        assert [each.field for each in withholding.withheld(desk, MARCH)] == [FIGURES]
    finally:
        desk.close()


def test_a_mark_is_a_button_that_says_since_when(clerk):
    withholding.hide(clerk.window.session.desk, FEBRUARY, "2-14", ["next_steps"])
    clerk.window.open_task("2-14", "next_steps")
    mark = clerk.window.fill.form.marks[NEXT_STEPS]
    assert mark.text() == "内部（2月起）"
    mark.setFocus()
    QTest.keyClick(mark, Qt.Key.Key_Space)
    assert inside(clerk) == set()
    assert mark.text() == "公开"
    clerk.window.fill.step(1)
    clerk.window.fill.step(-1)
    assert mark.text() == "公开"
    assert withholding.withheld(clerk.window.session.desk, FEBRUARY)  # that month stays as it was


def test_what_is_typed_and_not_yet_saved_is_looked_at_too(clerk, unset):
    clerk.window.open_task("2-14", "narrative")
    clerk.window.fill.form.texts["narrative"].clear()
    clerk.write("暂不公布。")
    clerk.window.go("send")
    clerk.window.send.editions[True].click()
    assert table_words(clerk.window.send.public.leaks.table) == [["2-14「本月进展」", "暂不公布"]]


def test_every_place_is_settled_from_the_list(clerk, tmp_path, monkeypatch):
    window = clerk.window
    desk = window.session.desk
    save_entry.save(desk, MARCH, "1-1", {"narrative": "咨询电话13812345678，暂不公布。"})
    save_entry.save(desk, MARCH, "2-14", {"next_steps": "敏感企业另行约谈。"})
    window.session.refresh()
    window.go("send")
    window.send.editions[True].click()
    settle()
    public, leaks = window.send.public, window.send.public.leaks
    assert window.send.paper.page_count > 5  # it can be read through while it may not leave
    monkeypatch.setattr(PaperView, "show_paper", lambda *_given: None)
    assert table_words(leaks.table) == [
        ["1-1「本月进展」", "138****5678"], ["1-1「本月进展」", "暂不公布"], ["2-14「下一步工作安排」", "敏感企业"]
    ]  # fmt: skip
    assert not public.export.isEnabled()
    leaks.table.setFocus()
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Return)  # to the field
    assert (window.page, window.fill.task_id) == ("fill", "2-14")
    assert window.fill.form.texts["next_steps"].hasFocus()
    window.go("send")
    leaks.table.setCurrentCell(2, 0)
    leaks.hide_field.click()
    assert inside(clerk) == {("2-14", NEXT_STEPS)}
    assert "2-14「下一步工作安排」" in public.inside.text()
    leaks.table.setCurrentCell(0, 0)
    leaks.allow.click()  # no reason: the cursor goes where it is to be written
    assert len(public_edition.look(desk, MARCH).left) == 2
    assert leaks.reason.hasFocus()
    for reason in ("对外服务电话", "已经公布过"):
        clerk.write(reason)
        clerk.press(Qt.Key.Key_Return)
        leaks.reason.setFocus()
    settle()
    assert not leaks.isVisible()
    assert "对外服务电话；已经公布过" in public.allowed.text()
    file = tmp_path / "public.pdf"
    public.save_public(file)
    background.wait()
    settle()
    said = words(file.read_bytes())
    assert "13812345678" in said
    assert "敏感企业" not in said
    public.forbid.click()
    assert len(public_edition.look(desk, MARCH).left) == 2
    assert not public.export.isEnabled()
    action(clerk, "恢复说明").click()
    assert "对外服务电话；已经公布过" in public.allowed.text()
    assert public.export.isEnabled()


def test_a_place_that_was_settled_comes_back_with_one_click(clerk, unset):
    window = clerk.window
    save_entry.save(window.session.desk, MARCH, "1-1", {"narrative": "暂不公布。"})
    window.go("send")
    window.send.editions[True].click()
    leaks = window.send.public.leaks
    leaks.hide_field.click()
    assert not leaks.isVisible()
    action(clerk).click()
    assert inside(clerk) == set()
    assert leaks.isVisible()
    leaks.reason.setText("已经公布过")
    leaks.allow.click()
    assert not leaks.isVisible()
    action(clerk).click()
    assert len(public_edition.look(window.session.desk, MARCH).left) == 1


def test_what_stands_in_the_register_leads_there(clerk, unset):
    window = clerk.window
    done = activities.add(window.session.desk, ActivityKind.PUBLICITY, DAY.replace(month=3), "联系人：赵某某")
    window.go("send")
    window.send.editions[True].click()
    leaks = window.send.public.leaks
    assert table_words(leaks.table) == [["登记第 1 号「标题」", "赵某某"]]
    assert not leaks.hide_field.isEnabled()
    leaks.table.setFocus()
    clerk.press(Qt.Key.Key_Return)
    assert window.page == "history"
    assert window.history.publicity.activity == done
    assert window.history.publicity.table.hasFocus()
