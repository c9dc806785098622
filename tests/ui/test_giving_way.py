"""What stands beside something else goes on below it where there is little room, and nothing is lost on the way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidgetItem, QVBoxLayout, QWidget

from ui.fields.columns import Columns
from ui.fields.flow import Flow, Shelf
from ui.fields.reading_table import ReadingTable
from ui.pages.header import BETWEEN
from ui.remembered import Remembered


def laid(qtbot, flow: Flow, widths: list[int], width: int) -> tuple[QWidget, list[QWidget]]:
    """Widgets of these widths in a flow; all but the first two at the right."""
    place = QWidget()
    qtbot.addWidget(place)
    made = [QWidget(place) for _width in widths]
    for widget, least in zip(made, widths, strict=True):
        widget.setFixedSize(least, 20) if type(flow) is Flow else widget.setMinimumSize(least, 20)
    for widget in made[:2]:
        flow.addWidget(widget)
    flow.to_the_right(*made[2:])
    box = QVBoxLayout(place)
    box.setContentsMargins(0, 0, 0, 0)
    box.addLayout(flow)
    box.addStretch(1)
    place.resize(width, 200)
    place.show()
    QApplication.processEvents()
    return place, made


def places(widgets: list[QWidget]) -> list[tuple[int, int]]:
    return [(widget.x(), widget.y()) for widget in widgets]


def test_a_flow_stands_in_one_line_while_there_is_room_the_right_ones_at_the_right(qtbot):
    _place, made = laid(qtbot, Flow(10), [50, 60, 70, 80], 400)
    assert places(made) == [(0, 0), (60, 0), (240, 0), (320, 0)]


def test_and_goes_on_in_the_next_line(qtbot):
    _place, made = laid(qtbot, Flow(10), [50, 60, 70, 80], 240)
    assert places(made) == [(0, 0), (60, 0), (170, 0), (160, 30)]


def test_it_asks_for_no_more_than_its_widest(qtbot):
    place, made = laid(qtbot, Flow(10), [50, 60, 70, 80], 240)
    assert place.minimumSizeHint().width() == 80
    assert place.layout().heightForWidth(80) == 4 * 20 + 3 * 10
    made[3].hide()
    QApplication.processEvents()
    assert place.minimumSizeHint().width() == 70


def test_a_shelf_shares_the_width_and_keeps_its_columns(qtbot):
    place, made = laid(qtbot, Shelf(10), [50, 50, 50, 50, 50], 290)
    assert places(made) == [(0, 0), (60, 0), (120, 0), (180, 0), (240, 0)]
    place.resize(230, 200)
    QApplication.processEvents()
    assert places(made) == [(0, 0), (60, 0), (120, 0), (180, 0), (0, 30)]
    assert {widget.width() for widget in made} == {50}


def test_a_row_is_as_high_as_the_words_in_it(qtbot):
    """Qt itself forgets what the style sheet leaves free beside the words: the last line would be an ellipsis."""
    table = ReadingTable(("名", "说明"), (1,), "表")
    qtbot.addWidget(table)
    Columns(table, "rows", Remembered(), (1,))
    words = "完成望京等8处点位改造并通过验收，其余点位已进场施工，责任人和完成时间逐项明确。"
    table.setRowCount(1)
    table.setItem(0, 0, QTableWidgetItem("2-3"))
    table.setItem(0, 1, QTableWidgetItem(words))
    table.show()
    for width in range(300, 420, 7):
        table.resize(width, 300)
        QApplication.processEvents()
        table.resizeRowsToContents()
        room = table.columnWidth(1) - 8 - 2 * 3  # what the sheet and Qt's own margin leave
        needed = table.fontMetrics().boundingRect(0, 0, room, 1000, int(Qt.TextFlag.TextWordWrap), words)
        assert table.rowHeight(0) >= needed.height() + 6, width


def test_the_badge_and_the_mark_do_not_push_each_other_to_and_fro(clerk):
    """已保存 in two lines leaves room for the badge in one, and then there is none for 已保存."""
    header = clerk.window.header
    header.show_mark("saved", "10:42:07")
    wide = header.due.fontMetrics().horizontalAdvance(header.due.text().replace("\n", BETWEEN))
    seen = set()
    for width in range(wide + 300, wide + 520, 5):
        found = set()
        for height in (40, 60):
            header.resize(width, height)
            found.add(("\n" in header.due.text(), "\n" in header.mark.text()))
            header.show_mark("saved", "10:42:07")
            found.add(("\n" in header.due.text(), "\n" in header.mark.text()))
        assert len(found) == 1, width
        seen |= found
    assert seen == {(True, True), (False, False)}


def test_what_is_hidden_takes_no_room(qtbot):
    flow = Flow(10)
    _place, (first, second) = laid(qtbot, flow, [50, 60], 400)
    first.hide()
    QApplication.processEvents()
    assert places([second]) == [(0, 0)]
    assert flow.itemAt(5) is None
