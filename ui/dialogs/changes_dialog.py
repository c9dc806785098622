"""修改记录 of one task: who changed what and when, from what to what; the newest on top."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk.stepping_back import Written, changes
from desktop_app.language import _
from ui.fields.columns import Columns
from ui.fields.reading_table import ReadingTable
from ui.roomy import RoomyDialog
from ui.session import Session


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
        headings = (_("时间"), _("谁"), _("填报项"), _("原来"), _("改为"))
        self.table = ReadingTable(headings, (3, 4), _("修改记录，新的在上"))
        left = self.table.show_rows([_cells(row) for row in found])
        Columns(self.table, "changes", session.remembered, (3, 4))
        empty = QLabel(_("这项任务本月还没有改动。"))
        empty.setVisible(not found)
        self.table.setVisible(bool(found))
        close = QPushButton(_("关闭"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        more = _("另有 {count} 行没有列出。").format(count=left) if left else ""
        note = QLabel(_("取自填报簿的日志，只增不改。") + more)
        note.setObjectName("muted")
        foot.addWidget(note, 1)
        foot.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        for widget in (head, empty, self.table):
            box.addWidget(widget)
        box.addLayout(foot)
        self.resize(900, 460)


def _cells(row: Written) -> tuple[str, ...]:
    return f"{row.at:%m-%d %H:%M:%S}", row.actor, _(row.label), _read(row.old), _read(row.new)


def _read(text: str) -> str:
    """A status is one of our words; an empty value is a dash."""
    return _(text) if text else "—"
