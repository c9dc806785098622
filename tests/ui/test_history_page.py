"""历史: the year at a glance, signed paper, what changed, the curves and the journal, by keys and in both languages."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.desk import history, month, year
from desktop_app.desk.open_book import open_desk
from desktop_app.desk.year import Place
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.models.year_words import state_words, year_lines, year_words
from ui.session import Session

KEPT = Path(__file__).resolve().parent.parent / "keepsakes" / "book-1.sqlite"
FEBRUARY, MARCH = Period(2023, 2), Period(2023, 3)
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def past(tmp_path, qtbot):
    """A window on a book whose March is signed, handed in and received, and whose February is a draft."""
    book = Path(shutil.copy(KEPT, tmp_path / "book.yuebao"))
    messages, faults = Messages(), []
    messages.unexpected.connect(faults.append)
    desk = open_desk(book, today=date(2023, 4, 20))
    window = MainWindow(Session(desk, MARCH, messages))
    qtbot.addWidget(window, before_close_func=lambda window: window.session.autosave.give_up())
    window.resize(1366, 728)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    window.go("history")
    yield window
    assert faults == []


def table_words(table) -> list[list[str]]:
    return [[table.item(row, at).text() for at in range(table.columnCount())] for row in range(table.rowCount())]


def test_the_year_stands_month_by_month_with_its_day_and_what_became_of_it(past):
    words = table_words(past.history.table)
    assert len(words) == 12
    assert words[0][1] == "－ 没有打开过"
    assert words[1] == ["2023年2月", "✕ 已过截止日，还没有报送", "3月3日", ""]
    assert words[2][:3] == ["2023年3月", "✓ 按时报送，已办结", "4月6日"]
    assert words[2][3] != ""
    assert words[3][1] == "－ 未到"
    assert past.history.said.text().startswith("按时 1 个月")
    assert past.history.line.period == MARCH


def test_the_signed_pages_are_shown_with_their_signers_and_receipt(past, qtbot):
    pane = past.history.paper
    qtbot.waitUntil(lambda: pane.paper.page_count > 0 and "读取" not in pane.signed.text(), timeout=30000)
    told = history.months_of(past.session.desk, 2023)[1]
    assert told.check_code in pane.facts.text()
    assert told.receipt.name in pane.facts.text()
    assert told.places[0] in pane.facts.text()
    names = [signer.name for signer in year.signers(pane.pdf, datetime.now().astimezone())]
    assert len(names) == 2
    assert all(f"{name} " in pane.signed.text() for name in names)
    assert pane.signed.text().count("✓") == 2


def test_a_copy_is_the_signed_bytes_exactly(past, tmp_path):
    past.history.paper.save_copy(tmp_path / "copy.pdf")
    kept = past.session.desk.book.read("select pdf from sealed_pdf order by seq desc limit 1")
    assert (tmp_path / "copy.pdf").read_bytes() == kept[0][0]
    (tmp_path / "folder.pdf").mkdir()
    past.history.paper.save_copy(tmp_path / "folder.pdf")
    assert past.message_bar.property("kind") == "bad"


def test_by_keys_alone_to_a_draft_and_from_there_to_its_month(past, qtbot):
    from PySide6.QtTest import QTest

    page = past.history
    QTest.keyClick(QApplication.focusWidget(), Key.Key_5, CONTROL)
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Key.Key_Up)
    assert page.line.period == FEBRUARY
    assert page.paper.none.isVisible()
    assert not page.paper.save.isEnabled()
    QTest.keyClick(page.table, Key.Key_Return)
    assert past.session.period == FEBRUARY
    assert past.stack.currentWidget() is past.this_month


def test_what_changed_between_two_months_is_what_a_reader_finds(past):
    page = past.history
    page.views["changes"].click()
    before, after = page.changes.before.currentData(), page.changes.after.currentData()
    assert (before, after) == (Place(FEBRUARY, 1), Place(MARCH, 1))
    entries = [
        {row.task.id: row.entry for row in month.open_month(past.session.desk, period).rows}
        for period in (FEBRUARY, MARCH)
    ]
    wanted = {
        task
        for task, entry in entries[1].items()
        if task in entries[0] and entries[0][task].narrative != entry.narrative
    }
    found = {words[0] for words in table_words(page.changes.table) if words[1] == "本月进展"}
    assert found == wanted
    assert wanted
    page.changes.before.setCurrentIndex(page.changes.after.currentIndex())
    page.changes.compare()
    assert page.changes.table.rowCount() == 0
    assert page.changes.said.text() == "请选两个不同的版本。"


def test_the_curves_say_percent_schedule_and_gap_with_the_worst_first(past):
    page = past.history
    page.views["curves"].click()
    shown = page.curves.courses
    assert shown
    gaps = [course.behind for course in shown if course.behind is not None]
    assert gaps == sorted(gaps, reverse=True)
    view = month.open_month(past.session.desk, MARCH)
    for course in shown:
        row = view.row(course.task.id)
        assert dict(course.schedule)[3] == row.scheduled
        if row.entry.percent is not None:
            assert dict(course.done)[3] == row.entry.percent
    page.curves.table.setCurrentCell(1, 0)
    assert shown[1].task.title in page.curves.curve.accessibleName()


def test_a_curve_above_the_whole_has_room_and_its_points_lie_where_they_belong(past):
    page = past.history
    page.views["curves"].click()
    curve = page.curves.curve
    curve.draw(((0, 0.0), (12, 100.0)), ((2, 40.0), (3, 130.0)), "示例")
    assert curve.top == 150
    low, high = curve.at(2, 40), curve.at(3, 130)
    assert high.y() < low.y() < curve.at(3, 0).y()
    assert high.y() > curve.at(3, 150).y()
    assert low.x() < high.x()


def test_the_journal_of_a_field_is_that_of_the_chosen_revision(past):
    page = past.history
    page.views["journal"].click()
    pane = page.journal
    everything = table_words(pane.table)
    assert everything
    pane.field.setCurrentIndex(pane.field.findData("narrative"))
    pane.read()
    words = table_words(pane.table)
    assert {row[2] for row in words} == {"本月进展"}
    assert words == [row for row in everything if row[2] == "本月进展"]
    task = pane.task.currentData()
    assert words[0][4][:20] == month.row(past.session.desk, MARCH, task).entry.narrative[:20]


def told_as(desk, state: MonthState, on_time: bool | None, revision: int = 1, of_month: bool | None = None):
    march = history.months_of(desk, 2023)[1]
    return replace(march, state=state, on_time=on_time, revision=revision, month_on_time=on_time or of_month)


def test_every_standing_has_its_own_sign_and_words(past):
    desk, day = past.session.desk, date(2023, 4, 3)
    draft, late, back = MonthState.DRAFT, MonthState.HANDED_IN, MonthState.RETURNED
    assert state_words(told_as(desk, draft, None), day)[0] == "○ 草稿"
    assert state_words(told_as(desk, draft, None), date(2023, 4, 7))[0].startswith("✕ 已过截止日")
    assert state_words(told_as(desk, MonthState.SEALED, None), day)[0] == "○ 等单位负责人签署"
    assert state_words(told_as(desk, late, False), day)[0] == "△ 逾期报送，等回执"
    assert state_words(told_as(desk, back, True), day)[0] == "✕ 被退回"
    after = date(2023, 4, 20)
    assert state_words(told_as(desk, late, False, 2, of_month=True), after)[0] == "✓ 更正已报送，等回执"
    assert state_words(told_as(desk, draft, None, 2, of_month=True), after)[0] == "○ 更正还没有报送"


def test_a_month_that_came_in_time_and_was_put_right_later_is_not_late(past):
    """As the ledger of timeliness has it: by the revision that was handed in first."""
    desk, today = past.session.desk, date(2023, 4, 20)
    first, second = (
        told_as(desk, MonthState.RETURNED, True),
        told_as(desk, MonthState.RECEIVED, False, 2, of_month=True),
    )
    due = {Period(2023, at): month.due(Period(2023, at), desk) for at in range(1, 13)}
    assert year_words(year_lines(2023, (first, second), due, today)).startswith("按时 1 个月　·　逾期 0 个月")
    late = replace(second, month_on_time=False)
    assert year_words(year_lines(2023, (late,), due, today)).startswith("按时 0 个月　·　逾期 1 个月")


def test_a_corrected_month_has_a_line_for_each_revision_the_newest_first(past):
    desk = past.session.desk
    told = (told_as(desk, MonthState.RETURNED, True), told_as(desk, MonthState.DRAFT, None, revision=2))
    due = {Period(2023, at): month.due(Period(2023, at), desk) for at in range(1, 13)}
    lines = [line for line in year_lines(2023, told, due, date(2023, 4, 3)) if line.period == MARCH]
    assert [line.words[0] for line in lines] == ["2023年3月　第 2 版", "第 1 版"]
    assert [line.first for line in lines] == [True, False]


def test_only_the_year_in_view_is_read(past, monkeypatch):
    """Ten years of months cost no more than one: nothing of another year is asked for."""
    book = past.session.desk.book
    plan = book.read("select plan_id from month limit 1")[0][0]
    rows = [(f"{y}-{m:02d}", plan) for y in range(2013, 2023) for m in range(1, 13)]
    with book.write() as connection:
        connection.executemany(
            "insert into month (period, revision, plan_id, state, opened_at) "
            "values (?, 1, ?, 'draft', '2023-01-01T00:00:00+08:00')",
            rows,
        )
    asked = []
    from desktop_app.store import sealed

    mark = sealed.mark
    monkeypatch.setattr(sealed, "mark", lambda book, month_id: asked.append(month_id) or mark(book, month_id))
    past.history.show_month()
    assert past.history.years.count() == 11
    assert len(set(asked)) == 2
    assert len(asked) <= 3  # the line under the cursor once more, for its pages
    assert past.history.line.period == MARCH


def test_another_plans_numbers_are_followed_and_a_dropped_one_is_marked(past):
    """Under a new plan 2-3 may be another measure: words of the old 2-3 must not be held against it."""
    from desktop_app.desk.make_report import report

    desk = past.session.desk
    said = report(desk, month.open_month(desk, FEBRUARY))
    first, second, *others = [entry.task_id for entry in said.entries]
    moved = year._under(said, {first: second, **{name: name for name in others}})
    assert [entry.task_id for entry in moved.entries] == [second, f"{second}（旧）", *others]
    ids = [item.task.id for item in moved.tasks]
    assert len(set(ids)) == len(said.tasks)
    assert {second, f"{second}（旧）"} <= set(ids)
