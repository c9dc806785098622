"""Speed of filling: pinyin initials, a column from a spreadsheet, Enter in figures, two keys for no change, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app import assets
from desktop_app.model.entry import Status
from tests.ui.conftest import MARCH
from ui.dialogs.paste_dialog import PasteDialog
from ui.models import pinyin

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def fill(clerk):
    clerk.window.go("fill")
    return clerk.window.fill


@pytest.fixture
def clipboard():
    board = QGuiApplication.clipboard()
    yield board
    board.clear()


def shown(fill) -> list[str]:
    return [row.task.id for n in range(fill.model.rowCount()) if (row := fill.model.row_at(n))]


def amounts(fill) -> list[str]:
    rows = [fill.model.row_at(n) for n in range(fill.model.rowCount())]
    return [row.task.id for row in rows if row is not None and row.target is not None and not row.dropped]


@pytest.mark.parametrize("word", ["glzl", "GLZL", "锅炉治理", "2-23"])
def test_a_task_is_found_by_initials_words_or_number(clerk, fill, word):
    clerk.press(Key.Key_F, CONTROL)
    clerk.write(word)
    assert "2-23" in shown(fill)
    assert len(shown(fill)) < 10


def test_initials_take_every_reading_and_pass_over_marks():
    assert pinyin.found("zdgc", "重点工程")
    assert pinyin.found("cxjc", "重新检测")  # the same character, read otherwise
    assert pinyin.found("pmjc", "pm2.5（细颗粒物）监测") is False
    assert pinyin.found("pmxkl", "pm、细颗粒物")
    assert not pinyin.found("gl", "治理")
    assert not pinyin.may_be("g")
    assert not pinyin.may_be("2-23")


def test_the_initials_cover_every_character_of_the_standard_list():
    known = set("".join(line[2:] for line in assets.read_text("pinyin", "initials.txt").splitlines()))
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    standard = {row.decode("gb2312", "ignore") for row in rows} | set("镕喆漷泃")
    assert len(standard) > 6700
    assert standard - {""} <= known
    assert len(known) == 8230


def test_enter_in_a_figure_leads_to_the_same_figure_of_the_next_task_with_one(clerk, fill):
    first, second = amounts(fill)[:2]
    fill.choose(first, "cumulative")
    clerk.focus.selectAll()
    clerk.write("1")
    clerk.press(Key.Key_Return)
    assert fill.task_id == second
    assert clerk.focus is fill.form.numbers["cumulative"]
    clerk.press(Key.Key_Enter)
    clerk.close()
    assert str(clerk.reread(first).entry.cumulative) == "1"


def test_an_unchanged_task_takes_two_keys(clerk, fill):
    """Last month's words and its status, grey until the second key; nothing is kept before it."""
    before = clerk.window.session.view.row("2-31").previous
    fill.choose("2-31", "narrative")
    clerk.press(Key.Key_Y, ALT)
    assert clerk.window.session.autosave.clean
    assert "确认时状态填" in fill.form.boxes["narrative"].aside.text()
    clerk.press(Key.Key_Q, ALT)
    clerk.close()
    entry = clerk.reread("2-31").entry
    assert (entry.status, entry.narrative) == (before.status, before.narrative)
    assert entry.answered


def test_a_status_of_ones_own_is_not_overwritten_by_last_months(clerk, fill):
    fill.choose("2-31", "status")
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Down)
    clerk.press(Key.Key_Y, ALT)
    clerk.press(Key.Key_Q, ALT)
    assert clerk.window.session.view.row("2-31").previous.status is not Status.PREPARING
    clerk.close()
    assert clerk.reread("2-31").entry.status is Status.PREPARING


def dialog_of(clerk, qtbot) -> PasteDialog:
    found = clerk.window.findChildren(PasteDialog)
    assert len(found) == 1
    qtbot.waitUntil(found[0].isVisible)
    return found[0]


def test_a_column_goes_to_the_tasks_with_an_amount_in_one_step(clerk, fill, clipboard, qtbot):
    ids = amounts(fill)[:3]
    before = [fill.session.view.row(task).entry for task in ids]
    fill.choose(ids[0], "cumulative")
    clipboard.setText("11\r\n12.5\r\n1,300\r\n")
    clerk.press(Key.Key_V, CONTROL)
    dialog = dialog_of(clerk, qtbot)
    assert dialog.field.currentData() == "cumulative"
    assert [dialog.table.item(n, 3).text() for n in range(3)] == ["11", "12.5", "1300"]
    assert [fill.session.view.row(task).entry for task in ids] == before
    dialog.do.click()
    rows = [fill.session.view.row(task) for task in ids]
    assert [str(row.entry.cumulative) for row in rows] == ["11", "12.5", "1300"]
    for row in rows:
        previous = row.previous.cumulative if row.previous and row.previous.cumulative is not None else 0
        assert row.entry.this_month == row.entry.cumulative - previous
    assert fill.form.numbers["cumulative"].text() == "11"
    fill.undo.click()
    assert [fill.session.view.row(task).entry for task in ids] == before
    clerk.window.message_bar.act.click()
    assert str(fill.session.view.row(ids[1]).entry.cumulative) == "12.5"


def test_a_column_with_a_cell_that_is_no_figure_is_taken_not_at_all(clerk, fill, clipboard, qtbot):
    fill.choose(amounts(fill)[0], "cumulative")
    clipboard.setText("11\n约12\n13")
    clerk.press(Key.Key_V, CONTROL)
    dialog = dialog_of(clerk, qtbot)
    assert not dialog.do.isEnabled()
    assert "不是数字" in dialog.table.item(1, 4).text()
    dialog.reject()


def test_cells_without_a_task_left_are_said_and_nothing_is_taken(clerk, fill, clipboard, qtbot):
    fill.choose(amounts(fill)[-1], "this_month")
    clipboard.setText("1\n2\n3")
    clerk.press(Key.Key_V, CONTROL)
    dialog = dialog_of(clerk, qtbot)
    assert "2 个数字没有对应的任务" in dialog.said.text()
    assert not dialog.do.isEnabled()
    dialog.reject()


def test_numbers_in_a_second_column_say_where_the_figures_go(clerk, fill, clipboard, qtbot):
    first, _second, third = amounts(fill)[:3]
    clipboard.setText(f"{third}\t7\n{first}\t5\n9-99\t1")
    fill.list.setFocus()
    clerk.press(Key.Key_V, CONTROL)
    dialog = dialog_of(clerk, qtbot)
    assert dialog.pasted.refused == 1
    assert "没有这个编号" in dialog.table.item(2, 4).text()
    assert {task: change["this_month"] for task, change in dialog.pasted.changes.items()} == {third: "7", first: "5"}
    dialog.reject()


@pytest.mark.parametrize(("text", "said"), [("a\tb\tc\n1\t2\t3", "好几列"), ("  ", "没有文字"), ("1\t2\n3", "两列")])
def test_what_is_no_column_is_refused_in_words(clerk, fill, clipboard, qtbot, text, said):
    clipboard.setText(text)
    fill.paste.click()
    dialog = dialog_of(clerk, qtbot)
    assert said in dialog.said.text()
    assert not dialog.do.isEnabled()
    dialog.reject()


def test_an_empty_cell_leaves_its_task_alone(clerk, fill, clipboard, qtbot):
    ids = amounts(fill)[:3]
    before = fill.session.view.row(ids[1]).entry
    fill.choose(ids[0], "this_month")
    clipboard.setText("1\n\n3\n")
    fill.paste_column()
    dialog_of(clerk, qtbot).do.click()
    assert fill.session.view.row(ids[1]).entry == before
    assert str(fill.session.view.row(ids[2]).entry.this_month) == "3"


def test_one_figure_is_pasted_like_any_text(clerk, fill, clipboard):
    fill.choose(amounts(fill)[0], "this_month")
    clerk.focus.selectAll()
    clipboard.setText("42")
    clerk.press(Key.Key_V, CONTROL)
    assert clerk.focus.text() == "42"
    assert clerk.window.findChildren(PasteDialog) == []


def test_the_last_change_is_taken_back_by_key_wherever_it_was_made(clerk, fill):
    from desktop_app.desk import save_entry

    save_entry.save(clerk.window.session.desk, MARCH, "2-31", {"narrative": "将被撤回的话"})
    fill.choose("3-20", "status")
    clerk.press(Key.Key_Z, CONTROL | ALT)
    assert fill.task_id == "2-31"
    assert "2-31 本月进展" in clerk.window.message_bar.text.text()
    clerk.close()
    assert clerk.reread("2-31").entry.narrative == ""
