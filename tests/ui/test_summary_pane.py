"""总结 in 历史: a draft of the months' own words, edited and kept without a click, and handed on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.desk import year_summary
from desktop_app.desk.open_book import open_desk
from desktop_app.errors import WorldError
from tests import sample_year
from tests.ui.test_ledgers_pane import window  # noqa: F401 - a fixture


@pytest.fixture
def pane(window):  # noqa: F811 - the fixture
    window.history.views["summary"].click()
    QApplication.processEvents()
    return window.history.summary


def kept(pane, *, half: bool = False) -> str | None:
    found = year_summary.summary(pane.session.desk, 2023, half=half)
    return found.text if found.kept_at else None


def write(pane, text: str) -> None:
    """At the end, by the keyboard."""
    pane.text.setFocus()
    pane.text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(pane.text, Qt.Key.Key_Return)
    pane.text.insertPlainText(text)


def test_the_draft_says_where_each_line_comes_from(pane):
    assert pane.text.toPlainText().startswith("北京市交通委员会2023年工作总结\n一、总体情况\n截至12月底")
    assert "月报原文 124、数字取自签署数据 10" in pane.said.text()
    assert (pane.saved.text(), kept(pane)) == ("草稿", None)
    pane.text.find("抽查汽修企业9家")
    assert pane.where.text() == "光标所在行：✓ 月报原文"
    pane.text.textCursor().insertText("抽查汽修企业90家")
    pane.keep()
    assert pane.where.text() == "光标所在行：△ 标有来源、与月报原文不同"


def test_what_is_typed_is_kept_when_the_typing_pauses(pane, qtbot):
    write(pane, "成效显著。")
    assert pane.saved.text() == "正在输入"
    qtbot.waitUntil(lambda: not pane.dirty, timeout=6000)
    assert pane.saved.text().startswith("已保存 ")
    assert kept(pane).endswith("\n成效显著。")
    assert "没有来源、自行撰写 1" in pane.said.text()


def test_each_span_has_a_text_of_its_own_and_leaving_keeps_it(pane, window):  # noqa: F811
    write(pane, "全年的话。")
    pane.span.setCurrentIndex(1)
    pane.span.activated.emit(1)
    assert "上半年工作总结" in pane.text.toPlainText()
    write(pane, "半年的话。")
    window.history.views["ledgers"].click()
    assert kept(pane).endswith("全年的话。")
    assert kept(pane, half=True).endswith("半年的话。")
    window.history.views["summary"].click()
    assert pane.text.toPlainText().endswith("半年的话。")


def test_closing_the_window_keeps_what_was_typed(pane, window):  # noqa: F811
    path = window.session.desk.book_path
    write(pane, "最后一句。")
    assert window.close()
    again = open_desk(path, today=sample_year.AFTER)
    assert year_summary.summary(again, 2023).text.endswith("\n最后一句。")
    again.close()


def test_words_that_cannot_be_saved_keep_the_window_open(pane, window, monkeypatch):  # noqa: F811
    def full(*_arguments, **_more):
        raise WorldError("磁盘满了。")

    write(pane, "要紧的话。")
    monkeypatch.setattr(year_summary, "keep", full)
    assert not window.close()
    assert pane.saved.text() == "没有存上"
    pane.span.setCurrentIndex(1)
    pane.span.activated.emit(1)
    assert pane.span.currentIndex() == 0, "the text stays in view until it is kept"
    assert pane.text.toPlainText().endswith("要紧的话。")
    monkeypatch.undo()
    assert window.close()


def test_drafting_anew_can_be_taken_back(pane):
    write(pane, "我的话。")
    mine = pane.text.toPlainText()
    pane.anew.click()
    assert "我的话" not in pane.text.toPlainText()
    pane._back(2023, mine, half=False)
    assert (pane.text.toPlainText(), kept(pane)) == (mine, mine)


def test_it_is_written_with_what_was_just_typed(pane, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("ui.pages.summaries.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile()))
    write(pane, "刚写的话。")
    pane.save_summary(tmp_path / "s.txt")
    assert "刚写的话。" in (tmp_path / "s.txt").read_text(encoding="utf-8-sig")
    pane.save_summary(tmp_path / "s.pdf")
    assert shown == [str(tmp_path / "s.pdf")]


def test_a_year_without_signed_months_says_so(pane):
    pane.show_year(2022)
    assert "2022年还没有签署完毕的月报" in pane.said.text()
    assert not pane.text.isVisible()
    assert not pane.save.isEnabled()
    assert not pane.anew.isEnabled()
    pane.show_year(2023)
    assert pane.text.isVisible()
    assert not pane.text.isReadOnly()
