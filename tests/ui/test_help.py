"""The help: F1 on every page, both languages, our own pictures, and nothing from anywhere else."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app import assets, language
from tests.ui.test_seen_and_read import PAGES
from ui.dialogs.help_window import ABOUT, RULES, TOPICS, HelpWindow, page
from ui.pages.navigation import DESK

PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]*)\)")


def pictures(window: HelpWindow) -> list[str]:
    """The names of the pictures in the page shown."""
    block, found = window.text.document().begin(), []
    while block.isValid():
        for piece in block:
            image = piece.fragment().charFormat().toImageFormat()
            if image.isValid():
                found.append(image.name())
        block = block.next()
    return found


def test_f1_opens_the_help_of_the_page_in_view_and_esc_leaves_it(clerk, qtbot):
    for name in PAGES:
        clerk.window.go(name)
        clerk.press(Qt.Key.Key_F1)
        window = clerk.window.findChild(HelpWindow)
        qtbot.waitUntil(window.isActiveWindow)
        assert TOPICS[window.topics.currentRow()][0] == name
        (shown,) = pictures(window)
        image = window.text.document().resource(QTextDocument.ResourceType.ImageResource, QUrl(shown))
        assert isinstance(image, QImage)
        assert image.width() == 760
        assert QApplication.focusWidget() is window.text
        clerk.press(Qt.Key.Key_Escape)
        assert not window.isVisible()
        clerk.window.activateWindow()
        qtbot.waitUntil(clerk.window.isActiveWindow)
    assert len(clerk.window.findChildren(HelpWindow)) == 1


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_every_page_has_its_help_and_a_picture_that_says_it_is_a_sample(spoken):
    language.use(spoken)
    assert language.code() == spoken
    assert [topic for topic, _word in TOPICS] == [*PAGES, *DESK[:1], RULES, ABOUT]
    for name in (*PAGES, *DESK[:1]):
        text = page(name)
        ((said, file),) = PICTURE.findall(text)
        assert ("示例" if spoken == "zh" else "sample") in said
        data = assets.read_bytes("help", "pages", file)
        assert len(data) < 150_000
        assert QImage.fromData(data).width() == 760
        chinese = len(re.findall("[\u4e00-\u9fff]", text))
        assert chinese > 60 if spoken == "zh" else chinese < 12


def test_the_keys_that_the_help_speaks_of_are_those_of_the_window(clerk):
    from PySide6.QtGui import QShortcut

    for page_in_view in ("fill", "check", "send"):  # a page's keys come with it
        clerk.window.go(page_in_view)
    known = {shortcut.key().toString() for shortcut in clerk.window.findChildren(QShortcut)}
    for keys in ("Ctrl+F", "Alt+Y", "Alt+Q", "Ctrl+V", "Ctrl+0", "Ctrl+Return", "Ctrl+Alt+Z", "Alt+H", "F5", "F1"):
        assert keys in known, keys
        assert keys.replace("Return", "Enter") in page("fill") + page("check") + page("month")


def test_what_is_not_ours_is_not_fetched(qtbot, tmp_path):
    window = HelpWindow()
    qtbot.addWidget(window)
    (tmp_path / "secret.png").write_bytes(b"x")
    for address in ("http://example.invalid/a.png", f"file://{tmp_path}/secret.png", "https://example.invalid/"):
        assert window.text.loadResource(2, QUrl(address)) is None
    assert not window.text.openExternalLinks()


def test_words_are_found_in_a_page_and_the_rules_stand_there(qtbot):
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_topic(RULES)
    window.search.setText("K302")
    window.look()
    assert window.text.textCursor().selectedText() == "K302"
    first = window.text.textCursor().position()
    window.look()
    window.look()
    assert window.text.textCursor().position() >= 0
    window.search.setText("没有这样的词")
    window.look()
    assert window.said.text() == "这一页里没有。"
    assert first


def test_the_licences_of_others_are_listed_and_read_by_keys(qtbot):
    """A link is walked to with Tab and followed with Enter; choosing the topic again leads back."""
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_topic(ABOUT)
    assert "PySide6".casefold() in window.text.toPlainText().casefold()
    listed = window.text.toPlainText()
    QTest.keyClick(window.text, Qt.Key.Key_Tab)
    QTest.keyClick(window.text, Qt.Key.Key_Return)
    assert window.text.toPlainText() != listed
    assert len(window.text.toPlainText()) > 1000
    window.topics.itemClicked.emit(window.topics.currentItem())
    assert window.text.toPlainText() == listed


def test_no_link_leads_out_of_the_help(qtbot):
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_topic(ABOUT)
    before = window.text.toPlainText()
    for address in ("http://example.invalid/", "file:///etc/passwd"):
        window.text.anchorClicked.emit(QUrl(address))
        assert window.text.toPlainText() == before
