"""Rows of a table as high as their words: a screenful at a time, so that a long table holds nobody up."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QTableView

AT_A_TIME = 30  # rows between two looks at what else there is to do
LOOKED_AT = 60  # rows by which a column that is as wide as its contents is measured


class RowHeights(QObject):
    """From the top down. What stands uppermost in view stays there while rows above it grow."""

    def __init__(self, table: QTableView, wait: int = 0) -> None:
        super().__init__(table)
        self._table = table
        self._next = 0
        self._begin = QTimer(self, singleShot=True, interval=wait)
        self._begin.timeout.connect(self._first)
        self._on = QTimer(self, singleShot=True, interval=0)
        self._on.timeout.connect(self._fit)
        table.horizontalHeader().setResizeContentsPrecision(LOOKED_AT)

    def fit(self) -> None:
        """Begin soon, and anew where it is under way."""
        self._begin.start()

    def _first(self) -> None:
        self._next = 0
        self._fit()

    def _fit(self) -> None:
        table, lines = self._table, self._table.verticalHeader()
        top = table.rowAt(0) if table.verticalScrollBar().value() else -1
        count = lines.count()
        for place in range(self._next, min(self._next + AT_A_TIME, count)):
            table.resizeRowToContents(lines.logicalIndex(place))
        if top >= 0:
            table.scrollTo(table.model().index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self._next += AT_A_TIME
        if self._next < count:
            self._on.start()
