"""台账 in 历史: looked at, exported, and items struck off and listed again, by keys."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.desk.listed_items import listed_items
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.weights import Weights, weights
from desktop_app.model.ledger import LedgerKind
from desktop_app.model.listed import ItemState
from desktop_app.model.period import Period
from tests import sample_year
from tests.ui.test_history_page import table_words
from ui.dialogs.strike_off_dialog import ReopenDialog, StrikeOffDialog
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.session import Session

SOLVED = "P-2023-01-2-12"


@pytest.fixture
def window(tmp_path, qtbot):
    messages, faults = Messages(), []
    messages.unexpected.connect(faults.append)
    desk = open_desk(sample_year.year_book(tmp_path), today=sample_year.AFTER)
    made = MainWindow(Session(desk, Period(2023, 12), messages))
    qtbot.addWidget(made, before_close_func=lambda window: window.session.autosave.give_up())
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    made.go("history")
    made.history.views["ledgers"].click()
    yield made
    assert faults == []


def choose(pane, kind: LedgerKind) -> list[list[str]]:
    pane.kind.setCurrentIndex(pane.kind.findData(kind))
    pane.kind.activated.emit(pane.kind.currentIndex())
    return table_words(pane.table)


def dialog_of(window, kind):
    """The dialog that is open over the window."""
    (dialog,) = [each for each in window.findChildren(kind) if each.isVisible()]
    return dialog


def test_every_ledger_stands_in_the_columns_that_there_is_room_for(window):
    pane = window.history.ledgers
    listed = table_words(pane.table)
    assert [row[0] for row in listed] == [item.id for item in listed_items(window.session.desk, 2023).items]
    assert listed[0][2:4] == ["待销号", "6"]
    assert "挂账中 2、待销号 4" in pane.said.text()
    assert "补贴细则7月1日起施行" in pane.words.text()
    assert choose(pane, LedgerKind.PERFORMANCE)[0] == ["1-11", "★交通领域", "100%", "103.5%", "已完成", "98.3"]
    assert not pane.close_item.isVisible()
    assert "得分＝完成情况×60" in pane.said.toolTip()
    record = choose(pane, LedgerKind.TIMELINESS)
    assert [row[3] for row in record].count("逾期") == 1
    problems = choose(pane, LedgerKind.PROBLEMS)
    assert [row[3] for row in problems] == ["11", "8", "7", "6", "4", "1"]


def test_the_row_under_the_cursor_is_said_in_full_and_kept(window):
    pane = window.history.ledgers
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    assert pane.item.id == "P-2023-02-1-11"
    assert "远郊区快充站偏少" in pane.words.text()
    assert choose(pane, LedgerKind.PROBLEMS)[0][0] == pane.item.id


def test_an_item_is_struck_off_with_evidence_and_listed_again(window, tmp_path):
    pane, said = window.history.ledgers, []
    window.session.messages.said.connect(lambda _kind, text: said.append(text))
    assert (pane.close_item.isEnabled(), pane.reopen_item.isEnabled()) == (True, False)
    file = tmp_path / "核查.txt"
    file.write_text("示例", encoding="utf-8")
    pane.close_item.click()
    dialog = dialog_of(window, StrikeOffDialog)
    assert (dialog.person.text(), dialog.day.value) == (sample_year.APPROVER, sample_year.AFTER)
    dialog.do.click()
    assert "没有写销号依据" in dialog.trouble.text()
    assert listed_items(window.session.desk, 2023).items[0].state is ItemState.SILENT
    dialog.text.setPlainText("补贴细则已施行，抽查无误。")
    dialog.take_file(file)
    dialog.do.click()
    assert said == [f"{SOLVED} 已销号。"]
    assert (pane.item.id, pane.item.state) == (SOLVED, ItemState.CLOSED)
    assert (pane.close_item.isEnabled(), pane.reopen_item.isEnabled()) == (False, True)
    assert all(word in pane.words.text() for word in ("李堃", "抽查无误", "核查.txt", "2024-01-10"))
    pane.reopen_item.click()
    dialog = dialog_of(window, ReopenDialog)
    dialog.text.setPlainText("复查没有通过。")
    dialog.do.click()
    assert said[1:] == [f"{SOLVED} 重新挂账。"]
    assert table_words(pane.table)[0][2] == "待销号"


def test_what_the_dialog_asks_has_names_and_letters_of_its_own(window, qtbot):
    for kind in (StrikeOffDialog, ReopenDialog):
        dialog = kind(window.session, window.history.ledgers.item, window)
        qtbot.addWidget(dialog)
        labels = [label for label in dialog.findChildren(QLabel) if "&" in label.text()]
        letters = [label.text().partition("&")[2][0] for label in labels]
        assert len(letters) == len(set(letters)) >= 2
        assert all(label.buddy() is not None for label in labels)


def test_the_weights_of_a_score_are_set_where_it_is_read(window, qtbot):
    pane, said = window.history.ledgers, []
    window.session.messages.said.connect(lambda kind, text: said.append((kind, text)))
    assert not pane.weights.isVisible()
    before = [row[5] for row in choose(pane, LedgerKind.PERFORMANCE)]
    row, field = pane.weights, pane.weights.fields["progress"]
    assert row.isVisible()
    assert [each.text() for each in row.fields.values()] == ["60", "20", "20"]
    assert (row.sum.text(), row.restore.isEnabled()) == ("合计 100", False)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert weights(window.session.desk) == Weights(Decimal(0), Decimal(20), Decimal(20))
    assert said == [("good", "权重现在是 0 / 20 / 20。")]
    assert (row.sum.text(), row.restore.isEnabled()) == ("合计 40", True)
    assert "完成情况 0%、按时报送 50%、一次通过 50%" in row.about.text()
    after = [line[5] for line in table_words(pane.table)]
    assert after != before
    assert "得分＝完成情况×0" in pane.said.toolTip()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "999")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said[-1][0] == "bad"
    assert (field.text(), weights(window.session.desk).progress) == ("0", 0)
    row.restore.click()
    assert weights(window.session.desk) == Weights()
    assert [line[5] for line in table_words(pane.table)] == before
    window.session.messages.action[1]()
    assert [line[5] for line in table_words(pane.table)] == after
    assert field.text() == "0"


def test_the_ledger_in_view_is_exported(window, tmp_path):
    pane = window.history.ledgers
    choose(pane, LedgerKind.PERFORMANCE)
    pane.save_ledger(tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["绩效台账", "逐月完成", "依据"]
    pane.save_ledger(tmp_path / "nowhere.txt")
    assert not (tmp_path / "nowhere.txt").exists()


def test_a_year_without_signed_months_says_so(window):
    pane = window.history.ledgers
    pane.show_year(2022)
    assert "2022年还没有签署完毕的月报" in pane.said.text()
    assert pane.words.text() == ""
    assert not any(button.isEnabled() for button in (pane.save, pane.close_item, pane.reopen_item))
    pane.show_year(2023)
    assert pane.table.rowCount() == 6
    assert pane.save.isEnabled()


def test_a_wrong_day_is_said_at_the_field(window, qtbot):
    dialog = StrikeOffDialog(window.session, window.history.ledgers.item, window)
    qtbot.addWidget(dialog)
    dialog.day.line.setText("前天")
    dialog.text.setPlainText("补贴细则已施行，抽查无误。")
    dialog.save()
    assert dialog.day.refusal.text()
    dialog.day.show_day(date(2022, 1, 1))
    dialog.save()
    assert "2022-01-01 不合适" in dialog.trouble.text()
    assert dialog.result() != dialog.DialogCode.Accepted


@pytest.mark.long
def test_the_year_is_archived_in_the_background(window, qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.pages.archiving.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    pane, out = window.history.ledgers, tmp_path / "归档" / "2023"
    assert pane.archive.isEnabled()
    with qtbot.waitSignal(window.session.work.ended, timeout=120_000):
        pane.archive_year(out)
    assert opened == [str(out / "index.html")]
    assert len(list((out / "reports").iterdir())) == 14
    told = []
    window.session.messages.said.connect(lambda kind, text: told.append((kind, text)))
    with qtbot.waitSignal(window.session.work.ended, timeout=120_000):
        pane.archive_year(out)
    assert opened == [str(out / "index.html")]
    assert [kind for kind, text in told if "已经有内容" in text] == ["bad"]
