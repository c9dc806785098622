"""What is being done in the background, and the button that stops it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.language import _
from ui.long_work import LongWork


class WorkBar(QFrame):
    """Shown while something is under way; the page below it can be worked on."""

    def __init__(self, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("kind", "note")
        self.words = QLabel()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.stop = QPushButton(_("停下"))
        self.stop.clicked.connect(work.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self.words)
        row.addWidget(self.busy, 1)
        row.addWidget(self.stop)
        work.began.connect(self.show_work)
        work.ended.connect(self.hide)
        self.hide()

    def show_work(self, words: str, stoppable: bool) -> None:  # noqa: FBT001 - as the signal gives it
        """Say what is being done."""
        self.words.setText(words)
        self.busy.setAccessibleName(words)
        self.stop.setAccessibleName(_("停下：{words}").format(words=words))
        self.stop.setVisible(stoppable)
        self.show()
