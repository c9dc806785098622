"""Columns: sensible at first, left as they were moved, sorted as was asked, and back again by one choice."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from tests.ui.gallery import settle
from ui.fields.columns import Columns, natural
from ui.remembered import Remembered

ROWS = (("2-10", "十", "4月6日"), ("2-9", "九，一句很长很长很长很长的话", "10月9日"), ("2-2", "二", "—"))


@pytest.fixture
def make(qtbot):
    def made(remembered: Remembered, *, sorts: bool = True) -> QTableWidget:
        table = QTableWidget(0, 3)
        qtbot.addWidget(table)
        table.setHorizontalHeaderLabels(["编号", "名称", "截止"])
        table.verticalHeader().hide()
        table.columns = Columns(table, "test", remembered, (1,), sorts=sorts)
        table.resize(600, 200)
        table.show()
        fill(table)
        settle()
        return table

    return made


def fill(table: QTableWidget) -> None:
    table.setRowCount(0)
    table.setRowCount(len(ROWS))
    for row, words in enumerate(ROWS):
        for column, word in enumerate(words):
            table.setItem(row, column, QTableWidgetItem(word))


def seen(table: QTableWidget) -> list[str]:
    lines = table.verticalHeader()
    return [table.item(lines.logicalIndex(place), 0).text() for place in range(table.rowCount())]


def widths(table: QTableWidget) -> list[int]:
    return [table.columnWidth(column) for column in range(3)]


def click(table: QTableWidget, column: int) -> None:
    head = table.horizontalHeader()
    QTest.mouseClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(column) + 20, 8)
    )
    settle()


def test_at_first_the_wide_column_has_what_the_others_leave(make):
    table = make(Remembered())
    assert sum(widths(table)) == table.viewport().width()
    assert widths(table)[1] > widths(table)[0] + widths(table)[2]
    table.resize(800, 200)
    settle()
    assert sum(widths(table)) == table.viewport().width()


def test_an_edge_that_is_moved_stays_there_and_the_next_sitting_has_it(make, tmp_path):
    file = tmp_path / "window.json"
    table = make(Remembered(file))
    head = table.horizontalHeader()
    edge = head.sectionViewportPosition(1) - 1
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 8))
    QTest.mouseMove(head.viewport(), QPoint(edge + 70, 8))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 70, 8))
    settle()
    moved = widths(table)
    assert moved[0] > 100
    table.resize(900, 200)
    fill(table)
    settle()
    assert widths(table) == moved
    assert widths(make(Remembered(file))) == moved


def test_a_double_click_on_an_edge_fits_the_column(make):
    table = make(Remembered())
    table.setColumnWidth(1, 90)
    head = table.horizontalHeader()
    edge = QPoint(head.sectionViewportPosition(2) - 1, 8)
    QTest.mouseDClick(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    settle()
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance(ROWS[1][1])


def test_a_head_sorts_up_down_and_no_more_and_rows_keep_their_numbers(make, tmp_path):
    file = tmp_path / "window.json"
    table = make(Remembered(file))
    table.setCurrentCell(0, 0)
    click(table, 0)
    assert seen(table) == ["2-2", "2-9", "2-10"]
    assert table.currentRow() == 0
    assert table.item(0, 0).text() == "2-10"
    click(table, 0)
    assert seen(table) == ["2-10", "2-9", "2-2"]
    assert seen(make(Remembered(file))) == ["2-10", "2-9", "2-2"]
    click(table, 0)
    assert seen(table) == [row[0] for row in ROWS]
    click(table, 2)
    assert seen(table) == ["2-10", "2-9", "2-2"]  # 4月 before 10月, and words after figures


def test_new_rows_are_sorted_as_the_old_ones_were(make):
    table = make(Remembered())
    click(table, 0)
    fill(table)
    settle()
    assert seen(table) == ["2-2", "2-9", "2-10"]


def test_where_the_order_is_the_matter_a_head_sorts_nothing(make):
    table = make(Remembered(), sorts=False)
    click(table, 0)
    assert seen(table) == [row[0] for row in ROWS]


def test_one_choice_brings_everything_back(make):
    remembered = Remembered()
    table = make(remembered)
    first = widths(table)
    table.setColumnWidth(0, 200)
    click(table, 0)
    table.actions()[0].trigger()
    settle()
    assert widths(table) == first
    assert seen(table) == [row[0] for row in ROWS]
    assert not remembered.text("columns_test")
    assert not remembered.text("columns_test_order")


@pytest.mark.parametrize("kept", ["1", "a,b,c", "0,0,0", "10,20,30,40", "-5,9,9", "99999,1,1"])
def test_a_memory_without_sense_is_none(make, kept):
    remembered = Remembered()
    remembered.keep(columns_test=kept, columns_test_order="9+")
    table = make(remembered)
    assert widths(table) == widths(make(Remembered()))
    assert seen(table) == [row[0] for row in ROWS]


def test_figures_are_sorted_by_what_they_count():
    assert sorted(["10月", "4月", "—", "3.5%", "12%"], key=natural) == ["3.5%", "4月", "10月", "12%", "—"]


def test_every_table_of_the_program_remembers(clerk):
    """Whoever adds a table gives it its columns."""
    window = clerk.window
    for page in ("history", "plan", "settings"):
        window.go(page)
    settle()
    tables = window.findChildren(QTableWidget)
    assert len(tables) >= 7
    assert [table.accessibleName() for table in tables if not table.findChild(Columns)] == []
