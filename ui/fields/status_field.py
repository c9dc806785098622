"""进展状态: one of seven words, or none yet."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.language import _
from desktop_app.model.entry import Status


class StatusField(QComboBox):
    """`edited` carries the stored value of the status chosen, "" for none."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(_("请选择"), "")
        for status in Status:
            self.addItem(_(status.label), status.value)
        self.activated.connect(lambda place: self.edited.emit(self.itemData(place)))

    def show_status(self, status: Status | None) -> None:
        """Show what the book holds."""
        self.setCurrentIndex(self.findData(status.value if status else ""))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolling the form must not change a status that happens to be under the mouse."""
        event.ignore()
