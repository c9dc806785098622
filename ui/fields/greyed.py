"""What would change a book that can only be looked at: grey whatever its page says, with the reason as its tool tip."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_AGAIN = (QEvent.Type.EnabledChange, QEvent.Type.ReadOnlyChange, QEvent.Type.ToolTipChange)


class Greyed(QObject):
    """Pages go on to enable what a month allows; each time that is taken back. Words can still be read and copied."""

    def __init__(self, reason: str, parent: QObject) -> None:
        super().__init__(parent)
        self._reason = reason
        self._held: set[QWidget] = set()

    def hold(self, widgets: Iterable[QWidget]) -> None:
        """Keep these grey for as long as they live."""
        for widget in widgets:
            self._held.add(widget)
            self._grey(widget)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A page has enabled one of them, or given it another tool tip."""
        if event.type() in _AGAIN and isinstance(watched, QWidget) and watched in self._held:
            self._grey(watched)
        return False

    def _grey(self, widget: QWidget) -> None:
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            if not widget.isReadOnly():
                widget.setReadOnly(True)
        elif widget.isEnabled():
            widget.setEnabled(False)
        if widget.toolTip() != self._reason:
            widget.setToolTip(self._reason)
