"""Room for every word: windows open as large as their words need, and scroll where the screen has less."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

BESIDE_HINT = 22  # px of a line edit that are not its words


class RoomyDialog(QDialog):
    """Grows with what it has to say while it is open; never beyond the screen."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """As large as needed from the start."""
        super().showEvent(event)
        make_room(self)

    def event(self, event: QEvent) -> bool:
        """Something in it became longer, or is shown only now."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            make_room(self)
        return done


class RoomyStack(QStackedWidget):
    """Pages of which only the one in view needs room."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What the page in view needs."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()


def make_room(window: QWidget) -> None:
    """Make a window large enough for its words, or let it scroll."""
    for line in window.findChildren(QLineEdit):
        if line.placeholderText() and line.window() is window:
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance(line.placeholderText()) + BESIDE_HINT)
    layout, screen = window.layout(), room(window)
    if layout is None:
        return
    least = layout.totalMinimumSize()
    width = max(window.width(), least.width())
    tall = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else least.height()
    height = max(window.height(), tall, least.height())
    if width > screen.width() or height > screen.height():
        if not isinstance(window.findChild(QScrollArea, "room"), QScrollArea):
            _scroll(window, layout)
        width, height = min(width, screen.width()), min(height, screen.height())
        window.setMinimumSize(0, 0)
    window.resize(width, height)


def room(window: QWidget) -> QSize:
    """The largest size that a window can have on its screen."""
    return window.screen().availableSize()


def scrolling(widget: QWidget) -> QScrollArea:
    """An area without an edge of its own that scrolls as soon as there is too little room."""
    area = QScrollArea()
    area.setObjectName("room")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


def _scroll(window: QWidget, layout: QLayout) -> None:
    inner = QWidget()
    inner.setLayout(layout)  # and all that is in it
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolling(inner))
