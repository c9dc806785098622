"""While the book is closed for a moment, because it is replaced or converted: what is being done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from ui.background import send


class ApartPage(QWidget):
    """`done` carries what the work gave, or the exception that it ended with. It cannot be cancelled half-way."""

    done = Signal(object)

    def __init__(self, saying: str, work: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        label = QLabel(saying)
        label.setObjectName("subtitle")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        busy = QProgressBar()
        busy.setRange(0, 0)
        busy.setTextVisible(False)
        busy.setAccessibleName(saying)
        box = QVBoxLayout(self)
        box.setContentsMargins(60, 40, 60, 40)
        box.addStretch(1)
        box.addWidget(label)
        box.addWidget(busy)
        box.addStretch(1)

    def start(self) -> None:
        """Begin; the answer comes by `done`."""
        send(self._work, self.done.emit, self.done.emit)
