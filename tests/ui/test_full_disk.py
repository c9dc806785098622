"""The window on a disk that is really full: the text stays, the mark says not saved, and the next try saves it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.desk.month import row
from desktop_app.desk.open_book import open_desk
from desktop_app.model.period import Period
from tests.small_disk import SmallDisk
from ui import autosave


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    made = SmallDisk(folder, "2m")
    yield made
    made.close()


@pytest.fixture
def book(_sample_file: Path, disk):
    """The sample book, on the small disk."""
    return Path(shutil.copy(_sample_file, disk.folder / "book.yuebao"))


@pytest.fixture
def at_words(clerk, disk):
    """After the disk, so that the window lets go of the book before the disk is taken away."""
    clerk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    clerk.window.fill.choose("2-31", "narrative")
    yield clerk
    if clerk.window.isVisible():
        clerk.window.session.autosave.give_up()
        clerk.window.close()


def mark(clerk) -> str:
    return clerk.window.header.mark.text()


def test_on_a_full_disk_the_words_wait_and_are_saved_when_there_is_room(at_words, disk, qtbot, monkeypatch):
    monkeypatch.setattr(autosave, "RETRY_MS", 100)
    text = "先行推进。" * 400
    with disk.full():
        narrative = at_words.window.fill.form.texts["narrative"]
        narrative.setPlainText(text)
        qtbot.waitUntil(lambda: mark(at_words).startswith("✕ 未保存"), timeout=3000)
        at_words.window.fill.choose("2-1")
        at_words.window.fill.choose("2-31")
        assert at_words.window.fill.form.texts["narrative"].toPlainText() == text
        assert not at_words.window.session.autosave.clean
        assert not at_words.window.close(), "the window does not go away with words that are nowhere else"
    qtbot.waitUntil(lambda: mark(at_words).startswith("✓ 已保存 "), timeout=3000)
    assert at_words.window.close()
    desk = open_desk(at_words.book, today=date(2023, 4, 4))
    try:
        assert row(desk, Period(2023, 3), "2-31").entry.narrative == text
    finally:
        desk.close()


def test_after_the_last_save_the_book_comes_to_rest(at_words, qtbot, monkeypatch):
    """From then on it can be copied as one file."""
    monkeypatch.setattr(autosave, "REST_MS", 50)
    log = at_words.book.with_name(f"{at_words.book.name}-wal")
    at_words.write("甲")
    at_words.window.session.autosave.flush()
    assert log.exists()
    qtbot.waitUntil(lambda: not log.exists(), timeout=3000)
    assert mark(at_words).startswith("✓ 已保存 ")


def test_a_rest_that_fails_costs_no_words_and_says_nothing_wrong(at_words, disk, qtbot, monkeypatch, caplog):
    monkeypatch.setattr(autosave, "REST_MS", 50)
    at_words.write("先行推进" * 30)
    at_words.window.session.autosave.flush()
    with disk.full():
        qtbot.wait(150)
        assert mark(at_words).startswith("✓ 已保存 ")
    assert at_words.window.close()
    assert at_words.reread("2-31").entry.narrative == "先行推进" * 30
