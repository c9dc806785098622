"""Items of tables and lists in one of our pairs: it is asked for its colours when the item is painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem
from PySide6.QtWidgets import QTableWidgetItem as Cell

from ui.theme.colours import Pair

PAIR_ROLE = Qt.ItemDataRole.UserRole + 40
BESIDE = 8  # px that the style sheet leaves free beside the words


class Tinted(QStyledItemDelegate):
    """Draws an item in the pair it was given, chosen or not; without one it has the letters of everything else."""

    _painting = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Only now are the colours asked for: a list of hundreds is measured item by item, and has none then."""
        self._painting = True
        super().paint(painter, option, index)
        self._painting = False

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ink and ground from the pair."""
        super().initStyleOption(option, index)
        name = index.data(PAIR_ROLE) if self._painting else None
        if name is None:
            return
        pair = Pair[name]
        look: QPalette = option.palette  # type: ignore[attr-defined]
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            look.setColor(role, pair.ink)
        if pair is Pair.HEADING:
            option.backgroundBrush = QBrush(pair.ground)  # type: ignore[attr-defined]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Qt breaks words as if they had the room at their sides too, and has a line too few then."""
        option = QStyleOptionViewItem(option)
        option.rect = option.rect.adjusted(0, 0, -BESIDE, 0)  # type: ignore[attr-defined]
        return super().sizeHint(option, index)


def tint(item: Cell | QListWidgetItem, pair: Pair) -> None:
    """Write an item in this pair from now on; its view must be `tinted`."""
    item.setData(PAIR_ROLE, pair.name)


def tinted(view: QAbstractItemView) -> None:
    """Let a view draw its items in their pairs."""
    view.setItemDelegate(Tinted(view))
