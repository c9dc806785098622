"""Real input methods and a real clipboard: what is composed is not text yet, and a save never takes the cursor."""

import time

import pytest

from tests.screen.hands import Hands
from tests.screen.seat import until
from ui.autosave import PAUSE_MS

WORDS = "本月进展"


@pytest.fixture
def hands(sit_down, book, chinese):
    """The form in view, Chinese on."""
    hands = sit_down(book, input_method=chinese)
    hands.press("ctrl+2")
    hands.focus_in("任务列表")
    go_to(hands, "2-31", "alt+j", WORDS)
    if chinese == "fcitx":  # libpinyin is the only engine of its daemon and always on
        hands.press("ctrl+space")
    return hands


def go_to(hands: Hands, task: str, key: str, label: str) -> None:
    """Search a task by its number and go to one of its fields."""
    hands.press("ctrl+f")
    hands.focus_in("查找")
    hands.press("ctrl+a")
    hands.write(task)
    hands.press("Return")
    hands.focus_in("任务列表")
    hands.press("Return", key)
    hands.focus_in(label)


def compose(hands: Hands, letters: str) -> None:
    """Type pinyin and rest longer than a save waits."""
    hands.write(letters)
    time.sleep(PAUSE_MS / 1000 + 0.3)


def committed(hands: Hands, text: str) -> None:
    """The text is in the field, then in the book, and the cursor is where it was."""
    until(lambda: hands.focus_in(WORDS)["text"] == text, f"{text} in the field")
    until(lambda: hands.in_book("2-31", "narrative") == text, f"{text} in the book")
    assert hands.focus_in(WORDS)["text"] == text


def test_pinyin_counts_when_it_is_committed_and_a_save_never_takes_the_cursor(hands):
    before = len(hands.ever_in_book("2-31", "narrative"))
    compose(hands, "nihao")
    hands.picture("composing")
    assert not hands.in_book("2-31", "narrative")
    hands.press("space")
    committed(hands, "你好")
    compose(hands, "wuranfangzhi")
    assert hands.in_book("2-31", "narrative") == "你好"
    hands.press("space")
    committed(hands, "你好污染防治")
    hands.press("ctrl+a")
    compose(hands, "nihao")
    hands.picture("composing-over")
    hands.press("Escape")
    committed(hands, "你好污染防治")
    compose(hands, "gongzuo")
    hands.click("存在问题", "text")
    hands.focus_in("存在问题")
    hands.press("alt+j")
    committed(hands, "你好污染防治")
    hands.press("ctrl+End")
    hands.write("nihao")  # not a pause: the last save is still to come while this is composed
    hands.press("space")
    hands.write("nihao")
    until(lambda: hands.in_book("2-31", "narrative") == "你好污染防治你好", "a save while something is composed")
    time.sleep(0.3)
    hands.press("space")
    committed(hands, "你好污染防治你好你好")
    assert hands.ever_in_book("2-31", "narrative")[before:] == [
        "你好", "你好污染防治", "你好污染防治你好", "你好污染防治你好你好"
    ]  # fmt: skip
    keys_keep_their_order(hands)
    figures_pass_by(hands)
    hands.leave()


def figures_pass_by(hands: Hands) -> None:
    """Digits and the point arrive as typed while Chinese is on, and Enter goes on."""
    go_to(hands, "2-3", "alt+m", "本月完成")
    hands.press("ctrl+f", "ctrl+a", "Delete", "alt+m")
    hands.focus_in("本月完成")
    for figure in ("3.5", "12"):
        hands.press("ctrl+a")
        hands.write(figure)
        hands.press("Return")
    until(lambda: hands.in_book("2-3", "this_month") == "3.5", "3.5 in the book")
    until(lambda: hands.in_book("2-4", "this_month") == "12", "12 in the book")


def keys_keep_their_order(hands: Hands) -> None:
    """Typed faster than a busy input method answers."""
    digits = "0123456789" * 4
    hands.press("ctrl+f", "ctrl+a")
    for _turn in range(5):
        hands.seat.run("xdotool", "type", "--delay", "3", digits)
        until(lambda: len(hands.focus()["text"]) == len(digits), "all digits in the field")
        assert hands.focus()["text"] == digits
        hands.press("ctrl+a")


def test_a_column_copied_in_a_spreadsheet_is_laid_beside_the_tasks(sit_down, book):
    """As Excel and WPS copy it: a line for each cell, each line ended as on Windows."""
    hands = sit_down(book)
    hands.press("ctrl+2")
    hands.focus_in("任务列表")
    go_to(hands, "2-3", "alt+m", "本月完成")
    hands.press("ctrl+f", "ctrl+a", "Delete", "alt+m")
    hands.focus_in("本月完成")
    hands.paste("7\r\n\r\n9\r\n")
    hands.wait_for("填入", "push button")
    hands.picture("column")
    before = hands.in_book("2-4", "this_month")
    hands.press("Return")
    until(lambda: hands.in_book("2-3", "this_month") == "7", "the first cell in the book")
    assert hands.in_book("2-4", "this_month") == before
    assert "9" in [hands.in_book(task, "this_month") for task in ("2-5", "2-6", "2-7", "2-8", "2-9", "2-10", "2-11")]
    hands.wait_for("撤回", "push button", exact=True)
    hands.leave()
