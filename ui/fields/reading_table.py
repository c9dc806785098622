"""A table that is only read: rows of words, wrapped, walked by the arrows and left by Tab."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.fields.row_heights import RowHeights
from ui.theme.tints import tinted

LONGEST = 200  # characters of a value in a cell; the whole stands in its tooltip
ROWS = 600  # as many as anybody reads; the page says how many are left off


class ReadingTable(QTableWidget):
    """`wide` are the columns that share what room is left."""

    def __init__(self, headings: Sequence[str], wide: Iterable[int], name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, len(headings), parent)
        self._rows = RowHeights(self)
        self.setHorizontalHeaderLabels(list(headings))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        tinted(self)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(self.fontMetrics().height() + 10)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(headings)):
            mode = QHeaderView.ResizeMode.Stretch if column in wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> int:
        """Show the first rows, the cursor on the first; how many were left off."""
        shown = rows[:ROWS]
        self.setRowCount(0)
        self.setRowCount(len(shown))
        for place, row in enumerate(shown):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
                item.setToolTip(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
                self.setItem(place, column, item)
        if shown:
            self.setCurrentCell(0, 0)
        self._rows.fit()
        return len(rows) - len(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Rows as high as their words, now that the columns have their widths."""
        super().resizeEvent(event)
        self._rows.fit()
