"""While the book is closed for a moment, because it is replaced or converted: what is being done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app.language import _
from ui.background import Stop, send


class ApartPage(QWidget):
    """`done` carries what the work gave, or the exception that it ended with. It is stopped by its `stop` alone.

    Stopped too late it is finished all the same, and says so.
    """

    done = Signal(object)

    def __init__(
        self, saying: str, work: Callable[[], str], stop: Stop | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = stop
        self.stop = QPushButton(_("停下"))
        self.stop.setAccessibleName(_("停下：{words}").format(words=saying))
        self.stop.clicked.connect(self._stop_it)
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
        box.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stop.setVisible(stop is not None)
        box.addStretch(1)

    def _stop_it(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText(_("正在停下…"))
        if self._stop is not None:
            self._stop.ask()

    def start(self) -> None:
        """Begin; the answer comes by `done`."""
        send(self._work, self.done.emit, self.done.emit)
