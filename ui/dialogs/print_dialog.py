"""打印: which printer, which paper, one side or two; as it was last time."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.desk import printing
from desktop_app.language import _
from ui.roomy import RoomyDialog
from ui.session import Session


class PrintDialog(RoomyDialog):
    """Accepted when the choice is made and remembered; `choice` is it."""

    def __init__(
        self, session: Session, names: tuple[str, ...], choice: printing.Choice, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.choice = choice
        self.setWindowTitle(_("打印"))
        self.printer = QComboBox()
        self.printer.addItems(names)
        self.printer.setCurrentIndex(max(0, self.printer.findText(choice.printer)))
        self.paper = QComboBox()
        self.paper.addItems(printing.PAPERS)
        self.paper.setCurrentText(choice.paper)
        self.duplex = QCheckBox(_("双面打印，长边翻转(&D)"))
        self.duplex.setChecked(choice.duplex)
        self.do = QPushButton(_("打印"))
        self.do.setObjectName("primary")
        self.do.setDefault(True)
        self.do.setEnabled(bool(names))
        self.cancel = QPushButton(_("取消(&C)"))
        self._lay_out(found=bool(names))
        self.do.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self, *, found: bool) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(20, 16, 20, 14)
        form.setVerticalSpacing(9)
        form.addRow(_("打印机(&P)"), self.printer)
        form.addRow(_("纸张(&S)"), self.paper)
        form.addRow("", self.duplex)
        if not found:
            trouble = QLabel(_("没有找到可用的打印机。请先在系统里添加打印机；也可以导出 PDF 后用别的程序打印。"))
            trouble.setObjectName("badgeBad")
            trouble.setWordWrap(True)
            form.addRow(trouble)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.do)
        form.addRow(buttons)
        self.setMinimumWidth(420)

    def save(self) -> None:
        """Remember the choice, where there is a book to remember it in, and close."""
        self.choice = printing.Choice(self.printer.currentText(), self.paper.currentText(), self.duplex.isChecked())
        desk = self.session.desk
        if desk.read_only or self.session.attempt(lambda: printing.remember(desk, self.choice)):
            self.accept()
