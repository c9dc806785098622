"""Things beside each other that give way where there is little room: they go on in another line."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

Line = Sequence[QLayoutItem]


class Flow(QLayout):
    """Each as wide as it wants to be, and no wider than a line; what is added `to_the_right` stands at that end."""

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._all: list[QLayoutItem] = []
        self._right: set[QWidget | None] = set()

    def to_the_right(self, *widgets: QWidget) -> None:
        """Add these at the right end of their line."""
        for widget in widgets:
            self._right.add(widget)
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """What addWidget comes down to."""
        self._all.append(item)

    def count(self) -> int:
        """How many there are, hidden ones among them."""
        return len(self._all)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """None past the end, as Qt asks until then."""
        return self._all[index] if 0 <= index < len(self._all) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Give one away."""
        return self._all.pop(index) if 0 <= index < len(self._all) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It takes what width there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """A narrower place is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """All lines and what is between them."""
        lines = list(self._lines(width))
        return sum(map(_height, lines)) + self.spacing() * max(len(lines) - 1, 0)

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest of them alone in its line."""
        shown = self._shown()
        return QSize(max((_least(item) for item in shown), default=0), _height(shown))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All in one line."""
        return QSize(self._width(self._shown()), _height(self._shown()))

    def setGeometry(self, place: QRect) -> None:  # noqa: N802 - Qt's name
        """Line under line."""
        super().setGeometry(place)
        top = place.top()
        for line in self._lines(place.width()):
            height = _height(line)
            self._lay(line, QRect(place.left(), top, place.width(), height))
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._all if not item.isEmpty()]

    def _width(self, line: Line) -> int:
        return sum(item.sizeHint().width() for item in line) + self.spacing() * max(len(line) - 1, 0)

    def _lines(self, width: int) -> Iterator[Line]:
        line: list[QLayoutItem] = []
        for item in self._shown():
            if line and self._width([*line, item]) > width:
                yield line
                line = []
            line.append(item)
        if line:
            yield line

    def _lay(self, line: Line, place: QRect) -> None:
        left, spare = place.left(), max(place.width() - self._width(line), 0)
        for item in line:
            if item.widget() in self._right:
                left, spare = left + spare, 0
            size = item.sizeHint()
            width = min(size.width(), place.width())
            item.setGeometry(QRect(left, place.top() + (place.height() - size.height()) // 2, width, size.height()))
            left += width + self.spacing()


class Shelf(Flow):
    """As many columns as have room for what stands in them; the columns share the width, a last line keeps to them.

    What stands first in a column and has a size policy without growing keeps its column as narrow as it can be.
    """

    def _lines(self, width: int) -> Iterator[Line]:
        shown = self._shown()
        columns = self._columns(width)
        for start in range(0, len(shown), columns):
            yield shown[start : start + columns]

    def _lay(self, line: Line, place: QRect) -> None:
        wanted = self._wanted(self._columns(place.width()))
        grows = [_grows(item) for item in self._shown()[: len(wanted)]]
        spare = max(place.width() - sum(wanted) - self.spacing() * (len(wanted) - 1), 0)
        left = place.left()
        for item, least, more in zip(line, wanted, grows, strict=False):
            width = least + more * spare // max(sum(grows), 1)
            item.setGeometry(QRect(left, place.top(), width, item.sizeHint().height()))
            left += width + self.spacing()

    def _columns(self, width: int) -> int:
        for columns in range(len(self._shown()), 1, -1):
            if sum(self._wanted(columns)) + self.spacing() * (columns - 1) <= width:
                return columns
        return 1

    def _wanted(self, columns: int) -> list[int]:
        shown = self._shown()
        return [max(map(_least, shown[column::columns])) for column in range(min(columns, len(shown)))]


def _grows(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Maximum


def _least(item: QLayoutItem) -> int:
    return item.minimumSize().width()


def _height(line: Line) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
