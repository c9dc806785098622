"""A task table being read in the background: what is read, a busy bar, and a button that waits for it no longer."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget
from shiboken6 import isValid

from desktop_app.desk.take_plan import Reading
from desktop_app.language import _
from ui.background import send
from ui.models.plan_words import short


class TableReading(QWidget):
    """`brought` carries what was read, `failed` the exception; `cancelled` that nobody waits any longer."""

    brought = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waited_for = 0  # one that was cancelled comes home to nobody
        self.words = QLabel()
        self.stop = QPushButton(_("取消读取"))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(_("正在读取任务表"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)
        row.addWidget(bar, 1)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self.cancel)
        self.hide()

    def read(self, reading: Reading) -> None:
        """Read a table; nothing is taken by it."""
        self._waited_for += 1
        self.words.setText(_("正在读取 {name}…").format(name=short(reading.name)))
        self.show()
        self.stop.setFocus()
        mine = self._waited_for
        send(reading.read, partial(self._home, mine), partial(self._home, mine))

    def cancel(self) -> None:
        """Wait no longer: what comes home is forgotten."""
        self._waited_for += 1
        self.hide()
        self.cancelled.emit()

    def _home(self, mine: int, value: object) -> None:
        if not isValid(self) or mine != self._waited_for:
            return
        self.hide()
        (self.failed if isinstance(value, Exception) else self.brought).emit(value)
