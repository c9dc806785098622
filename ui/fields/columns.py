"""Columns of a table: sensible at first, as wide and in the order the clerk left them afterwards."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop_app.language import _
from ui.fields.row_heights import RowHeights
from ui.remembered import Remembered

LEAST, MOST = 60, 320  # px of a column that is not wide, unless its head needs more
SOON = 60  # ms after the last move of an edge until the rows are made to fit
UNSORTED = -1


class Columns(QObject):
    """Edges can be moved, and fit their column by a double click; a click on a head sorts, a third one sorts no more.

    Sorting moves the lines only before the eye: a row keeps its number, and the page behind it need not know.
    `wide` columns share what room is left; `sorts` is False where the order is the matter itself.
    """

    def __init__(
        self, table: QTableView, name: str, remembered: Remembered, wide: Iterable[int], *, sorts: bool = True
    ) -> None:
        super().__init__(table)
        self._table, self._head, self._wide = table, table.horizontalHeader(), tuple(wide)
        self._remembered, self._name, self._sorts = remembered, f"columns_{name}", sorts
        self._ours = False  # whether it is we who move an edge
        self._rows = RowHeights(table, SOON)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.arrange)
        self._prepare()

    def _prepare(self) -> None:
        head, table = self._head, self._table
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(False)
        head.setSectionsClickable(self._sorts)
        head.setSortIndicatorShown(self._sorts)
        head.setSortIndicatorClearable(True)
        column, order = self._kept_order()
        head.setSortIndicator(column, order)
        reset = QAction(_("恢复原来的列宽和顺序"), self)
        reset.triggered.connect(self.reset)
        for place in (head, table):
            place.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            place.addAction(reset)
        head.sectionResized.connect(self._moved)
        head.sortIndicatorChanged.connect(lambda *_how: self._ordered())
        model = table.model()
        for changed in (model.rowsInserted, model.modelReset, model.dataChanged, model.headerDataChanged):
            changed.connect(lambda *_where: self._soon.start())
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """There is more room, or less, or the letters have another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Show):
            self._soon.start()
        return False

    def arrange(self) -> None:
        """Widths and order as they are kept, else as the contents want them."""
        self._ours = True
        for column, width in enumerate(self._kept_widths() or self._wanted()):
            self._head.resizeSection(column, max(width, self._head.sectionSizeHint(column)))
        self._ours = False
        self._sort()
        if self._table.wordWrap():
            self._rows.fit()

    def reset(self) -> None:
        """Forget what was moved and sorted."""
        self._remembered.keep(**{self._name: "", f"{self._name}_order": ""})
        self._head.setSortIndicator(UNSORTED, Qt.SortOrder.AscendingOrder)
        self.arrange()

    def _wanted(self) -> list[int]:
        count, room = self._head.count(), self._table.viewport().width()
        found = [
            min(max(self._table.sizeHintForColumn(n), self._head.sectionSizeHint(n), LEAST), MOST) for n in range(count)
        ]
        left = room - sum(width for column, width in enumerate(found) if column not in self._wide)
        for column in self._wide:
            found[column] = max(left // len(self._wide), LEAST * 2)
        return found

    def _kept_widths(self) -> list[int]:
        words = self._remembered.text(self._name).split(",")
        whole = len(words) == self._head.count() and all(re.fullmatch(r"[1-9]\d{0,3}", word) for word in words)
        return [int(word) for word in words] if whole else []

    def _kept_order(self) -> tuple[int, Qt.SortOrder]:
        found = re.fullmatch(r"(\d{1,2})([+-])", self._remembered.text(f"{self._name}_order"))
        if not self._sorts or found is None or int(found[1]) >= self._head.count():
            return UNSORTED, Qt.SortOrder.AscendingOrder
        return int(found[1]), Qt.SortOrder.AscendingOrder if found[2] == "+" else Qt.SortOrder.DescendingOrder

    def _moved(self, _column: int, _before: int, _now: int) -> None:
        if self._ours:
            return
        widths = ",".join(str(self._head.sectionSize(column)) for column in range(self._head.count()))
        self._remembered.keep(**{self._name: widths})
        if self._table.wordWrap():
            self._rows.fit()

    def _ordered(self) -> None:
        column, up = self._head.sortIndicatorSection(), self._head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        kept = "" if column < 0 else f"{column}{'+' if up else '-'}"
        self._remembered.keep(**{f"{self._name}_order": kept})
        self._sort()

    def _sort(self) -> None:
        """Put the lines where they belong; those that read the same stay as they were."""
        column, lines, model = self._head.sortIndicatorSection(), self._table.verticalHeader(), self._table.model()
        rows = list(range(model.rowCount()))
        if 0 <= column < self._head.count():
            down = self._head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            rows.sort(key=lambda row: natural(str(model.index(row, column).data() or "")), reverse=down)
        if [lines.logicalIndex(place) for place in range(len(rows))] == rows:
            return
        self._table.setUpdatesEnabled(False)
        for place, row in enumerate(rows):
            lines.moveSection(lines.visualIndex(row), place)
        self._table.setUpdatesEnabled(True)


def natural(words: str) -> tuple[tuple[int, float, str], ...]:
    """Figures by what they count, words by their letters: 4月 before 10月."""
    parts = re.findall(r"\d+(?:\.\d+)?|\D+", words)
    return tuple((0, float(part), "") if part[0].isdecimal() else (1, 0.0, part) for part in parts)
