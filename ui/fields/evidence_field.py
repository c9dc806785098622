"""佐证材料: files attached to a task, by button, by key, or dropped from the desktop."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.evidence_files import LARGEST_TOGETHER, in_words, report_size
from desktop_app.language import _
from desktop_app.model.entry import Evidence
from ui.theme import icons


class _Files(QListWidget):
    """The list; Delete takes the chosen file off."""

    taken_off = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete and Backspace take off, everything else moves."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_off.emit(item.data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)


class EvidenceField(QWidget):
    """`added` carries file paths to attach, `removed` the sha256 of one to take off."""

    added = Signal(list)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.list = _Files()
        self.list.setFixedHeight(58)
        self.list.setTabKeyNavigation(False)
        self.list.setAccessibleName(_("佐证材料"))
        self.list.setToolTip(_("选中后按 Delete 取下"))
        self.list.taken_off.connect(self.removed)
        self.attach = QPushButton(_("附加文件…"))
        icons.dress(self.attach, "clip")
        self.attach.setToolTip(_("也可以把文件拖到这里"))
        self.attach.clicked.connect(self._choose)
        self.weight = QLabel()
        self.weight.setObjectName("muted")
        self.weight.setToolTip(
            _("月报连同全部佐证材料的大小；佐证材料一共不超过 {limit}").format(limit=in_words(LARGEST_TOGETHER))
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no proxy: Tab would pass the list by with it
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.attach)
        side.addWidget(self.weight)
        side.addStretch(1)
        row.addLayout(side)

    def show_files(self, files: tuple[Evidence, ...], every: tuple[Evidence, ...] = ()) -> None:
        """Show what is attached here, and what the report weighs with `every` file of the month in it."""
        weight = _("月报文件约 {size}").format(size=in_words(report_size(every))) if every else ""
        self.weight.setText(weight)
        self.weight.setVisible(bool(weight))
        self.list.clear()
        for file in files:
            item = QListWidgetItem(_("{name}　{size}").format(name=file.name, size=in_words(file.size)))
            item.setData(Qt.ItemDataRole.UserRole, file.sha256)
            self.list.addItem(item)
        if not files:
            empty = QListWidgetItem(_("还没有材料：按右边的按钮选择，或把文件拖到这里"))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)

    def set_writable(self, *, writable: bool) -> None:
        """Whether files may come and go."""
        self.attach.setEnabled(writable)
        self.setAcceptDrops(writable)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever is led here by the label's letter can attach."""
        super().focusInEvent(event)
        self.attach.setFocus(event.reason())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome, text is not."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Attach what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.added.emit(files)

    def _choose(self) -> None:
        files, _kind = QFileDialog.getOpenFileNames(self, _("选择佐证材料"))
        if files:
            self.added.emit([Path(file) for file in files])
