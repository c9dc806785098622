"""A list of what a plan holds: tasks, questions or indicators, two lines each, under headings."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.models.task_list import Heading

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Line:
    """One thing: what it is, how it goes on, and a word for its state; `tone` is the colour of that word."""

    key: str
    head: str
    rest: str
    pill: str = ""
    tone: str = ""


class PlanLines(QAbstractListModel):
    """Lines and headings; headings without a line are left out by whoever makes the list."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._items: tuple[Line | Heading, ...] = ()

    def set_items(self, items: tuple[Line | Heading, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def line_at(self, place: int) -> Line | None:
        """The line shown at a place; None for headings and beyond the ends."""
        item = self._items[place] if 0 <= place < len(self._items) else None
        return item if isinstance(item, Line) else None

    def place_of(self, key: str) -> int:
        """Where a thing stands, -1 where it does not."""
        return next((n for n, item in enumerate(self._items) if isinstance(item, Line) and item.key == key), -1)

    def neighbour(self, place: int, step: int) -> int:
        """The next place up (-1) or down (+1) that holds a line; the same where there is none."""
        there = place + step
        while 0 <= there < len(self._items):
            if isinstance(self._items[there], Line):
                return there
            there += step
        return place

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and Qt's default
        """How many lines are shown."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if self.line_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for the screen reader; the delegate paints from LINE_ROLE."""
        if not 0 <= index.row() < len(self._items):
            return None
        item = self._items[index.row()]
        if role == LINE_ROLE:
            return item
        if isinstance(item, Heading):
            return item.text if role == Qt.ItemDataRole.DisplayRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (item.head, item.rest, item.pill) if part)
        return item.rest if role == Qt.ItemDataRole.ToolTipRole else None
