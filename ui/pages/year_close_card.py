"""结束一年: what of it is still open, and the reason where it is closed all the same."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import year_change
from desktop_app.desk.year_change import YearEnd
from desktop_app.language import _
from desktop_app.model.listed import STATE_WORDS
from ui.fields.headed_list import HeadedList
from ui.fields.hinted_line import HintedLine
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

ROWS = 6  # of the list that are always in view


class YearCloseCard(QFrame):
    """`changed`: the year was closed, or is open again."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.year = 0
        self.setObjectName("card")
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.list = HeadedList()
        self.reason = HintedLine()
        self.reason_label = QLabel(_("没有办完也结束的原因(&R)"))
        self.close_year = QPushButton()
        self.close_year.setObjectName("primary")
        self.undo = QPushButton(_("撤回结束(&U)"))
        self._lay_out()
        self.close_year.clicked.connect(self.close_it)
        self.undo.clicked.connect(self.reopen)
        self.reason.returnPressed.connect(self.close_it)

    def _lay_out(self) -> None:
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)  # lines are as high as the width asks
        tinted(self.list)
        self.list.setMinimumHeight(ROWS * self.list.fontMetrics().lineSpacing() + 12)
        self.list.setAccessibleName(_("还没有办完的"))
        self.reason.setPlaceholderText(_("例如：收文方只给部分月份发回执"))
        self.reason_label.setBuddy(self.reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        buttons.addWidget(self.close_year)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        for widget in (self.title, self.said, self.list, self.reason_label, self.reason):
            box.addWidget(widget)
        box.addLayout(buttons)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.reason, self.close_year, self.undo)

    def show_year(self, year: int) -> YearEnd:
        """Read what is open of a year."""
        self.year = year
        end = year_change.look_back(self.session.desk, year)
        self.title.setText(_("1　结束{year}年").format(year=year))
        self.close_year.setText(_("结束{year}年(&E)").format(year=year))
        self._fill(end)
        closed = end.closed is not None
        self.said.setText(_closed_words(end) if closed else _open_words(end))
        self.undo.setVisible(closed)
        self.close_year.setVisible(not closed)
        for widget in (self.reason_label, self.reason):
            widget.setVisible(not closed and bool(end.open))
        return end

    def _fill(self, end: YearEnd) -> None:
        self.list.clear()
        self._group(_("各月月报"), end.open)
        going_on = _("没有销号的事项：不影响结束，打开下一年时带过去")
        self._group(
            going_on,
            [f"{each.id}　{each.title}　{_(STATE_WORDS[each.state])}：{each.last.words}" for each in end.items],
        )
        self.list.setVisible(self.list.count() > 0)
        if self.list.count():
            self.list.setCurrentRow(1)

    def _group(self, title: str, lines: Iterable[str]) -> None:
        rows = list(lines)
        if rows:
            head = QListWidgetItem(_("{title}（{count}）").format(title=title, count=len(rows)))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            tint(head, Pair.HEADING)
            self.list.addItem(head)
            self.list.addItems(rows)

    def close_it(self) -> None:
        """Close the year; what is missing is said and nothing is written."""
        session, reason = self.session, self.reason.text()
        if session.attempt(lambda: year_change.close(session.desk, self.year, reason)):
            said = _("{year}年已结束；随时可以撤回。").format(year=self.year)
            session.messages.good(said, (_("撤回"), self.reopen))
            self.reason.clear()
            self.changed.emit()

    def reopen(self) -> None:
        """Take the closing back."""
        session = self.session
        if session.attempt(lambda: year_change.reopen(session.desk, self.year)):
            session.messages.good(_("已撤回，{year}年没有结束。").format(year=self.year))
            self.changed.emit()


def _open_words(end: YearEnd) -> str:
    if not end.open:
        return _("各月都已办结，可以结束。结束只是记下一笔，月报和填报簿都不变。")
    text = _("还有 {count} 件事没有办完：办完再结束，或写明原因也可以结束。结束只是记下一笔，月报和填报簿都不变。")
    return text.format(count=len(end.open))


def _closed_words(end: YearEnd) -> str:
    closed = end.closed or {}
    said = _("✓ {day} 由 {by} 结束。").format(day=str(closed.get("at", ""))[:10], by=closed.get("by", ""))
    return said + (_("原因：{reason}").format(reason=closed["reason"]) if closed.get("reason") else "")
