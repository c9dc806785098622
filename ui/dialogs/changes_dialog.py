"""修改记录 of one task: who changed what and when, from what to what; the newest on top."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.stepping_back import Written, changes
from desktop_app.language import _
from ui.fields.columns import Columns
from ui.roomy import RoomyDialog
from ui.session import Session

LONGEST = 200  # characters of a value in a cell; the whole stands in its tooltip


class ChangesDialog(RoomyDialog):
    """Reads only; the journal never forgets."""

    def __init__(self, session: Session, task_id: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("修改记录"))
        head = QLabel(f"{task_id}　{title}")
        head.setObjectName("subtitle")
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        found = changes(session.desk, session.period, task_id)
        self.table = QTableWidget(len(found), 5)
        self.table.setHorizontalHeaderLabels([_("时间"), _("谁"), _("填报项"), _("原来"), _("改为")])
        self.table.setAccessibleName(_("修改记录，新的在上"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        for place, row in enumerate(found):
            self._show(place, row)
        Columns(self.table, "changes", session.remembered, (3, 4))
        empty = QLabel(_("这项任务本月还没有改动。"))
        empty.setVisible(not found)
        self.table.setVisible(bool(found))
        close = QPushButton(_("关闭"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        note = QLabel(_("取自填报簿的日志，只增不改。"))
        note.setObjectName("muted")
        foot.addWidget(note, 1)
        foot.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        for widget in (head, empty, self.table):
            box.addWidget(widget)
        box.addLayout(foot)
        self.resize(900, 460)
        if found:
            self.table.setCurrentCell(0, 0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Rows as high as their words, now that the columns have their widths."""
        super().showEvent(event)
        QTimer.singleShot(0, self.table.resizeRowsToContents)

    def _show(self, place: int, row: Written) -> None:
        texts = (f"{row.at:%m-%d %H:%M:%S}", row.actor, _(row.label), _read(row.old), _read(row.new))
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
            item.setToolTip(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self.table.setItem(place, column, item)


def _read(text: str) -> str:
    """A status is one of our words; an empty value is a dash."""
    return _(text) if text else "—"
