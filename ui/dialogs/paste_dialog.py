"""粘贴一列: each cell beside the task it goes to, before anything is written; all of it or nothing."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS, NUMBER_FIELDS
from ui.fields.reading_table import ReadingTable
from ui.models.pasted import Pasted
from ui.models.task_list import shown_id
from ui.roomy import RoomyDialog


class PasteDialog(RoomyDialog):
    """`look` says what the column would do in a field. Accepted with `pasted` to be written."""

    def __init__(self, look: Callable[[str], Pasted], field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.pasted = Pasted((), 0)
        self.setWindowTitle(_("粘贴一列"))
        self.field = QComboBox()
        self.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name in NUMBER_FIELDS:
            self.field.addItem(_(FIELD_LABELS[name]), name)
        self.field.setCurrentIndex(NUMBER_FIELDS.index(field))
        self.said = QLabel()
        self.said.setWordWrap(True)
        headings = (_("任务"), _("名称"), _("原来"), _("改为"), _("说明"))
        self.table = ReadingTable(headings, (1,), _("粘贴的数字和对应的任务"))
        self.do = QPushButton(_("填入　Enter"))
        self.do.setObjectName("primary")
        self.do.setDefault(True)
        cancel = QPushButton(_("不填"))
        cancel.setAutoDefault(False)
        self.do.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.field.currentIndexChanged.connect(lambda _place: self.show_lines())
        self._lay_out(cancel)
        self.show_lines()
        self.do.setFocus()

    def _lay_out(self, cancel: QPushButton) -> None:
        label = QLabel(_("填到哪一项(&F)"))
        label.setBuddy(self.field)
        self.field.setAccessibleName(_("填到哪一项"))
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.field)
        head.addStretch(1)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.do)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.addLayout(head)
        box.addWidget(self.said)
        box.addWidget(self.table, 1)
        box.addLayout(foot)
        self.resize(820, 480)

    def show_lines(self) -> None:
        """What the column would do in the chosen field."""
        try:
            self.pasted = self._look(self.field.currentData())
        except ClerkError as problem:
            self.pasted = Pasted((), 0)
            self.said.setText(str(problem))
        else:
            self.said.setText(_words(self.pasted))
        self.table.show_rows(
            [
                (
                    shown_id(line.task_id),
                    line.title,
                    line.before or "—",
                    line.text or "—",
                    _outcome(line.reason, line.text),
                )
                for line in self.pasted.lines
            ]
        )
        self.do.setEnabled(bool(self.pasted.changes) and not self.pasted.refused)


def _words(pasted: Pasted) -> str:
    if pasted.left:
        said = _("多出 {count} 个数字没有对应的任务，什么也没有填。请核对起点和筛选，再复制一次。")
        return said.format(count=pasted.left)
    if pasted.refused:
        return _("有 {count} 格不能填（见说明），改好以后再粘贴；现在什么也没有填。").format(count=pasted.refused)
    return _("将填入 {count} 项；本月、累计、完成率互相推算。填入后可以一步撤回。").format(count=len(pasted.changes))


def _outcome(reason: str, text: str) -> str:
    if reason:
        return f"✕ {reason}"
    return "✓" if text else _("空格，不改")
