"""One quiet line on 本月 when a year is to be closed and the next to be opened; put off, it does not come back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.desk.turn_of_year import turn_due
from desktop_app.language import _
from ui.session import Session

PUT_OFF = "turn_of_year_put_off"


class TurnLine(QFrame):
    """`wanted` asks for the page."""

    wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.setObjectName("message")
        self.setProperty("kind", "note")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.go = QPushButton(_("换年度…(&W)"))
        self.later = QPushButton(_("不再提示"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.go)
        row.addWidget(self.later)
        self.go.clicked.connect(self.wanted)
        self.later.clicked.connect(self.put_off)

    def show_due(self) -> None:
        """Whether there is something to say, freshly read."""
        year = turn_due(self.session.desk)
        put_off = self.session.remembered.number(PUT_OFF, 0)
        self.setVisible(year is not None and year > put_off and not self.session.desk.read_only)
        if year is not None:
            self.year = year
            text = _(
                "{year}年 12 月已签署。可以结束{year}年、归档，再打开{next}年：人员、密钥和没有销号的事项会带过去。"
            )
            self.words.setText(text.format(year=year, next=year + 1))

    def put_off(self) -> None:
        """Say it no more for this year; 历史 still leads there."""
        self.session.remembered.keep(**{PUT_OFF: self.year})
        self.session.messages.note(_("不再提示。需要时，历史页有「换年度」。"))
        self.show_due()
