"""The save mark says "saved" only of what a second reader can find; what cannot be saved stays and says why."""

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop_app.desk import save_entry
from desktop_app.errors import WorldError

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
FULL = WorldError("磁盘已满。", "请清出空间。")


@pytest.fixture
def at_words(clerk):
    """The cursor in an empty 本月进展."""
    clerk.press(Key.Key_2, CONTROL)
    clerk.window.fill.choose("2-31", "narrative")
    return clerk


def mark(clerk) -> str:
    return clerk.window.header.mark.text()


def test_the_mark_says_typing_then_saved_with_the_time_and_the_words_are_there(at_words, qtbot):
    at_words.write("甲乙")
    assert mark(at_words) == "正在输入…"
    qtbot.waitUntil(lambda: mark(at_words).startswith("✓ 已保存 "), timeout=2000)
    time.fromisoformat(mark(at_words).removeprefix("✓ 已保存 "))
    at_words.window.session.autosave.give_up()  # closing may not save anything more
    at_words.close()
    assert at_words.reread("2-31").entry.narrative == "甲乙"


def test_the_mark_does_not_say_saved_while_the_book_is_writing(at_words, monkeypatch):
    seen = []
    write = save_entry.kept.save

    def watched(*arguments):
        seen.append(mark(at_words))
        saved = write(*arguments)
        seen.append(mark(at_words))
        return saved

    monkeypatch.setattr(save_entry.kept, "save", watched)
    at_words.write("丙")
    at_words.window.session.autosave.flush()
    assert seen == ["正在输入…", "正在输入…"]
    assert mark(at_words).startswith("✓ 已保存 ")


def test_a_failing_save_keeps_the_words_says_why_and_is_tried_again(at_words, monkeypatch, qtbot):
    def full(*_arguments):
        raise FULL

    with monkeypatch.context() as broken:
        broken.setattr(save_entry.kept, "save", full)
        at_words.write("丁戊")
        qtbot.waitUntil(lambda: mark(at_words).startswith("✕ 未保存：磁盘已满"), timeout=2000)
        at_words.window.fill.choose("2-1")
        at_words.window.fill.choose("2-31")
        assert at_words.window.fill.form.texts["narrative"].toPlainText() == "丁戊"
        assert mark(at_words).startswith("✕ 未保存：磁盘已满")
    qtbot.waitUntil(lambda: mark(at_words).startswith("✓ 已保存 "), timeout=5000)
    at_words.close()
    assert at_words.reread("2-31").entry.narrative == "丁戊"


def test_our_own_bug_while_saving_is_not_called_saved_either(at_words, monkeypatch):
    def bug(*_arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(save_entry.kept, "save", bug)
        at_words.write("己")
        assert not at_words.window.session.autosave.flush()
        assert mark(at_words).startswith("✕ 未保存")
    assert at_words.window.session.autosave.flush()


def test_the_window_stays_open_while_something_cannot_be_saved(at_words, monkeypatch):
    def full(*_arguments):
        raise FULL

    monkeypatch.setattr(save_entry.kept, "save", full)
    at_words.write("庚")
    assert not at_words.window.close()
    bar = at_words.window.message_bar
    assert "磁盘已满" in bar.text.text()
    bar.act.click()
    assert not at_words.window.isVisible()


def test_a_figure_that_is_none_is_refused_beside_it_and_its_neighbours_are_saved(at_words, qtbot):
    fill = at_words.window.fill
    fill.choose("2-3", "under_way")
    at_words.focus.selectAll()
    at_words.write("1,2")
    fill.form.texts["coordination"].setFocus()
    at_words.write("请市级协调")
    assert not at_words.window.session.autosave.flush()
    assert mark(at_words).startswith("✕ 未保存：「在施」")
    assert fill.form.boxes["under_way"].refusal.isVisibleTo(fill.form)
    fill.choose("2-4")
    fill.choose("2-3")
    assert fill.form.numbers["under_way"].text() == "1,2"
    assert "不是数字" in fill.form.boxes["under_way"].refusal.text()
    at_words.window.session.autosave.give_up()
    at_words.close()
    entry = at_words.reread("2-3").entry
    assert (entry.under_way, entry.coordination) == (None, "请市级协调")


def test_a_refusal_goes_when_the_figure_is_put_right(at_words):
    form = at_words.window.fill.form
    at_words.window.fill.choose("2-3", "under_way")
    at_words.write("1,2")
    at_words.window.session.autosave.flush()
    at_words.focus.selectAll()
    at_words.write("１２")
    assert at_words.window.session.autosave.flush()
    assert not form.boxes["under_way"].refusal.isVisibleTo(form)
    at_words.close()
    assert at_words.reread("2-3").entry.under_way == 12


def test_what_an_input_method_is_still_composing_is_never_saved(at_words, qtbot):
    at_words.write("进展")
    at_words.window.session.autosave.flush()
    composing = QInputMethodEvent("ni hao", [])
    QApplication.sendEvent(at_words.focus, composing)
    assert at_words.window.session.autosave.clean
    at_words.window.session.autosave.flush()
    at_words.close()
    assert at_words.reread("2-31").entry.narrative == "进展"


def compose(clerk, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(clerk.focus, event)


@pytest.mark.parametrize("leave", ["esc", "tab"])
def test_composing_over_chosen_words_that_is_given_up_leaves_them(at_words, leave):
    """Qt takes the chosen words away when composing begins; the book must not hear of it."""
    narrative = at_words.window.fill.form.texts["narrative"]
    at_words.write("甲乙丙丁")
    at_words.window.session.autosave.flush()
    cursor = narrative.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(1, cursor.MoveMode.KeepAnchor)
    narrative.setTextCursor(cursor)
    compose(at_words, "ni")
    compose(at_words, "ni hao")
    assert narrative.toPlainText() == "甲丁"
    assert at_words.window.session.autosave.clean
    if leave == "esc":
        compose(at_words, "")
        assert (narrative.textCursor().anchor(), narrative.textCursor().position()) == (3, 1)
    else:
        at_words.press(Key.Key_Tab)
    assert narrative.toPlainText() == "甲乙丙丁"
    assert at_words.window.session.autosave.clean
    at_words.close()
    assert at_words.reread("2-31").entry.narrative == "甲乙丙丁"


def test_composing_over_chosen_words_that_is_committed_takes_their_place(at_words):
    narrative = at_words.window.fill.form.texts["narrative"]
    at_words.write("甲乙")
    narrative.selectAll()
    compose(at_words, "ni hao")
    compose(at_words, "ma", "你好")
    assert at_words.window.session.autosave.pending(at_words.window.session.period, "2-31") == {"narrative": "你好"}
    compose(at_words, "")
    at_words.close()
    assert at_words.reread("2-31").entry.narrative == "你好"


def test_figures_pass_by_the_input_method(at_words):
    form = at_words.window.fill.form
    at_words.window.fill.choose("2-3", "this_month")
    assert not form.numbers["this_month"].testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert form.texts["narrative"].testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_leaving_a_field_a_page_or_a_month_saves_at_once(at_words):
    session, fill = at_words.window.session, at_words.window.fill
    at_words.write("一")
    at_words.press(Key.Key_Tab)
    assert session.autosave.clean
    fill.form.texts["narrative"].setFocus()
    at_words.write("二")
    at_words.window.go("month")
    assert session.autosave.clean
    fill.form.focus_field("narrative")
    fill.form.texts["narrative"].insertPlainText("三")
    at_words.window.choose_month(session.period.previous)
    assert session.autosave.clean
    at_words.close()
    assert sorted(at_words.reread("2-31").entry.narrative) == ["一", "三", "二"]


def test_a_save_leaves_cursor_selection_and_focus_alone(at_words):
    narrative = at_words.window.fill.form.texts["narrative"]
    at_words.write("甲乙丙丁")
    cursor = narrative.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(3, cursor.MoveMode.KeepAnchor)
    narrative.setTextCursor(cursor)
    at_words.window.session.autosave.flush()
    assert QApplication.focusWidget() is narrative
    assert (narrative.textCursor().anchor(), narrative.textCursor().position()) == (1, 3)


def test_typing_the_same_again_writes_nothing(at_words, monkeypatch):
    at_words.write("甲")
    at_words.window.session.autosave.flush()
    calls = []
    monkeypatch.setattr(save_entry.kept, "save", lambda *arguments: calls.append(arguments))
    narrative = at_words.window.fill.form.texts["narrative"]
    narrative.setPlainText("甲")
    at_words.window.session.autosave.flush()
    assert calls == []
