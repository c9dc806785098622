"""Lists with headings between their lines: Home, End and the page keys go to a line, never to a heading."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget

_Move = QAbstractItemView.CursorAction
_DOWN = (_Move.MoveEnd, _Move.MovePageDown)
_FAR = (_Move.MoveHome, _Move.MoveEnd, _Move.MovePageUp, _Move.MovePageDown)


class HeadedView(QListView):
    """A view of a model in which headings cannot be chosen."""

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's name
        """Where a key leads; Qt stays where it is when a heading stands there."""
        return _past_headings(self, super().moveCursor(action, modifiers), action)


class HeadedList(QListWidget):
    """A list of items of which some are headings."""

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's name
        """Where a key leads; Qt stays where it is when a heading stands there."""
        return _past_headings(self, super().moveCursor(action, modifiers), action)


def _past_headings(view: QListView, there: QModelIndex, action: _Move) -> QModelIndex:
    """The line nearest to the end that was asked for; with the first line its heading comes into view."""
    model = view.model()
    if action not in _FAR or not model.rowCount():
        return there
    enabled, down = Qt.ItemFlag.ItemIsEnabled, action in _DOWN
    place = there.row()
    if action in (_Move.MoveHome, _Move.MoveEnd):
        place = model.rowCount() - 1 if down else 0
    step = -1 if down else 1  # away from the end, back to what can be chosen
    while 0 <= place < model.rowCount() and not model.index(place, 0).flags() & enabled:
        place += step
    if action is _Move.MoveHome:
        view.scrollToTop()
    return model.index(place, 0) if 0 <= place < model.rowCount() else there
