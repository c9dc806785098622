"""What can wait until the window is to be seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class _Seen(QObject):
    """Waits at a window for the event by which it is painted, tells it once, and goes."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Painting happens inside this event: the turn after it is the first that comes later."""
        if event.type() == QEvent.Type.Expose:
            self._window_is_seen()
        return False

    def _window_is_seen(self) -> None:
        parent = self.parent()
        if isinstance(parent, QWidget):
            parent.windowHandle().removeEventFilter(self)
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        self._then()
        self.deleteLater()


def after_first_paint(window: QWidget, then: Callable[[], object]) -> None:
    """Call once when a window that is being shown has been painted."""
    window.windowHandle().installEventFilter(_Seen(window, then))
