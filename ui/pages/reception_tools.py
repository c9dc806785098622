"""What can be done at the receiving desk: buttons in two rows, and who signs."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import bureau, keys
from desktop_app.desk.desk import Desk
from desktop_app.language import _
from desktop_app.model.report import Role
from ui.fields.hinted_line import HintedLine


class ReceptionTools(QWidget):
    """Nothing is done here; the page hears the buttons, and asks `key` and `secret` who signs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.enrol = QPushButton(_("登记单位证书…(&E)"))
        self.folder = QPushButton(_("收一个文件夹…(&R)"))
        self.files = QPushButton(_("收文件…(&F)"))
        self.collate = QPushButton(_("汇总…(&C)"))
        self.publish_plan = QPushButton(_("印发任务表…(&P)"))
        self.publish_calendar = QPushButton(_("印发日历…(&D)"))
        self.export = QPushButton(_("导出收文方证书…") if desk.kind == "bureau" else _("导出本单位证书…"))
        self.who = QComboBox()
        self.passphrase = HintedLine()
        self.accept = QPushButton(_("出具回执…(&A)"))
        self.send_back = QPushButton(_("退回…(&B)"))
        self._lay_out()
        self.show_keys()

    def _lay_out(self) -> None:
        own = self.desk.kind == "bureau"
        said = _("收文密钥的口令") if own else _("签署密钥的口令")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(said)
        self.passphrase.setAccessibleName(said)
        self.who_label = QLabel(_("签发人(&K)"))
        self.who_label.setBuddy(self.who)
        self.accept.setObjectName("primary")
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.enrol, self.folder, self.files, self.collate, self.publish_plan, self.publish_calendar):
            first.addWidget(button)
        first.addStretch(1)
        second.addWidget(self.export)
        second.addStretch(1)
        for widget in (self.who_label, self.who, self.passphrase, self.send_back, self.accept):
            second.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(first)
        box.addLayout(second)

    def show_keys(self) -> None:
        """Whose keys can sign for a unit; a bureau has the one."""
        before = self.who.currentData()
        self.who.clear()
        if self.desk.kind == "unit":
            for key in keys.list_keys(self.desk):
                if key.role is Role.APPROVER and key.usable:
                    self.who.addItem(key.name, key.name)
        self.who.setCurrentIndex(max(self.who.findData(before), 0))
        for widget in (self.who, self.who_label):
            widget.setVisible(self.desk.kind == "unit")

    def key(self) -> str:
        """The key that signs; ClerkError where there is none."""
        return bureau.signing_key(self.desk, self.who.currentData())

    def secret(self, key: str) -> str:
        """Its passphrase: typed, else from the keyring."""
        return self.passphrase.text() or keys.recall_passphrase(self.desk, key) or ""

    def set_busy(self, *, busy: bool) -> None:
        """While something runs, nothing else is begun."""
        handing_out = (self.publish_plan, self.publish_calendar, self.export)
        for widget in (self.enrol, self.folder, self.files, self.collate, *handing_out):
            widget.setEnabled(not busy)
