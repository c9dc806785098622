"""One key at a time: made, brought in, noted from a token, asked for, or renewed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import key_care, keys
from desktop_app.desk.keys import KeyInfo
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.report import ROLE_LABELS, Role
from ui.dialogs.foot import foot
from ui.dialogs.under_way import UnderWay
from ui.fields.reading_order import follow
from ui.fields.word_line import WordLine
from ui.roomy import RoomyDialog
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

TITLES = {
    "new": N_("新建密钥"),
    "import": N_("导入 .p12 密钥"),
    "token": N_("登记令牌里的密钥"),
    "request": N_("申请证书"),
    "renew": N_("密钥续期"),
}
ABOUT = {
    "new": N_("密钥由本单位的证书签发。口令至少 {count} 个字符，忘了就只能另建一把。"),
    "import": N_("发证方给的 .p12 或 .pfx 文件；口令是导出那个文件时设的。"),
    "token": N_("密钥留在令牌里，只登记它的证书。PIN 只在签署时用，不会保存。"),
    "request": N_("写出申请文件交发证方；发回的证书用「导入证书」收进来。已有的密钥换证书时，姓名写它的名字。"),
    "renew": N_("为同一个人换一把新密钥、一张新证书，口令不变；旧证书留作核验。"),
}
_ROWS = {
    "new": ("name", "role", "kind", "secret", "again"),
    "import": ("name", "role", "file", "secret"),
    "token": ("name", "role", "file", "label", "secret"),
    "request": ("name", "role", "kind", "secret", "file"),
    "renew": ("name", "secret"),
}


class KeyDialog(RoomyDialog):
    """Accepted only when it is done; `said` then says what."""

    def __init__(self, session: Session, task: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.task = task
        self.said = ""
        self.under_way = UnderWay(session, self)
        self.setWindowTitle(_(TITLES[task]))
        self.name = WordLine(name)
        self.role = QComboBox()
        self.kind = QComboBox()
        self.file = QLineEdit()
        self.browse = QPushButton(_("选择…"))
        self.label = WordLine()
        self.secret = QLineEdit()
        self.again = QLineEdit()
        self.trouble = QLabel()
        self.do = QPushButton(_(TITLES[task]))
        self.cancel = QPushButton(_("取消(&C)"))
        self._lay_out()
        known = keys.recall_passphrase(session.desk, name) if task in ("renew", "request") and name else None
        self.secret.setText(known or "")

    def _lay_out(self) -> None:
        for role, word in ROLE_LABELS.items():
            self.role.addItem(_(word), role.value)
        self.kind.addItem("EC P-256", "ec")
        self.kind.addItem("RSA-3072", "rsa")
        for line in (self.secret, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.label.setPlaceholderText(_("只插着一个令牌时可不填"))
        self.name.setReadOnly(self.task == "renew")
        secret = _("PIN(&P)") if self.task == "token" else _("口令(&P)")
        file = {"token": _("驱动库(&F)"), "request": _("写到(&F)")}.get(self.task, _("文件(&F)"))
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        fields: dict[str, tuple[str, QWidget]] = {
            "name": (_("姓名(&N)"), self.name),
            "role": (_("身份(&R)"), self.role),
            "kind": (_("种类(&K)"), self.kind),
            "file": (file, place),
            "label": (_("令牌名称(&L)"), self.label),
            "secret": (secret, self.secret),
            "again": (_("再输一遍(&G)"), self.again),
        }
        form = QFormLayout()
        for _word, field in fields.values():  # what this task does not ask for stays here, out of sight
            field.setParent(self)
            field.hide()
        for wanted in _ROWS[self.task]:
            word, field = fields[wanted]
            form.addRow(word, field)
            field.show()
        self.file.setAccessibleName(file.split("(&")[0])
        beside = form.labelForField(place) if "file" in _ROWS[self.task] else None
        if isinstance(beside, QLabel):
            beside.setBuddy(self.file)
        about = QLabel(_(ABOUT[self.task]).format(count=keys.SHORTEST_PASSPHRASE))
        about.setObjectName("muted")
        about.setWordWrap(True)
        buttons = foot(self.trouble, self.do, self.cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(about)
        box.addLayout(form)
        box.addWidget(self.trouble)
        box.addLayout(buttons)
        self.setMinimumWidth(520)
        follow(self)
        self.do.clicked.connect(self.perform)
        self.cancel.clicked.connect(self.reject)
        self.browse.clicked.connect(self._choose)

    def perform(self) -> None:
        """Do what was asked for, in the background; what was typed stays where it is refused."""
        try:
            work = self._work()
        except ClerkError as problem:
            self._say(str(problem))
            return
        self._set_busy(busy=True)
        self.under_way.follow(self._steps(work), self._done, self._failed)

    def reject(self) -> None:
        """Closing waits for a key that is being made."""
        if not self.under_way.busy:
            super().reject()

    def _work(self) -> Callable[[], KeyInfo]:
        """What touches no book, and takes long."""
        desk, name, secret = self.session.desk, self.name.text().strip(), self.secret.text()
        role, file = Role(self.role.currentData()), Path(self.file.text().strip())
        kind, label = str(self.kind.currentData()), self.label.text().strip() or None
        if "file" in _ROWS[self.task] and not self.file.text().strip():
            raise ClerkError(_("还没有选文件。"))
        if self.task == "new" and secret != self.again.text():
            raise ClerkError(_("两次输入的口令不一样。"), _("请重新输入。"))
        return {
            "new": lambda: keys.new_key(desk, name, role, secret, kind=kind),
            "import": lambda: key_care.import_key(desk, file, name, role, secret),
            "token": lambda: key_care.token(desk, file, name, role, secret, label=label),
            "renew": lambda: key_care.renew(desk, name, secret),
            "request": lambda: key_care.request(desk, name, role, secret, file, kind=kind),
        }[self.task]

    def _steps(self, work: Callable[[], KeyInfo]) -> "Steps[KeyInfo]":
        made: KeyInfo = yield work
        return made

    def _done(self, made: KeyInfo) -> None:
        if self.task == "request":
            self.said = _("证书申请已写到 {path}，请交给发证方。").format(path=Path(self.file.text().strip()))
        else:
            self.said = _("{task}完成：{name}，证书指纹 {mark}").format(
                task=_(TITLES[self.task]), name=made.name, mark=made.fingerprint
            )
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if isinstance(problem, ClerkError):
            self._say(str(problem))
        else:
            self.session.messages.refuse(problem)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.do, self.cancel):
            widget.setEnabled(not busy)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()

    def _choose(self) -> None:
        if self.task == "request":
            name = f"{self.name.text().strip() or 'request'}.csr"
            file, _kind = QFileDialog.getSaveFileName(self, _("证书申请写到哪里"), name, "CSR (*.csr)")
        else:
            kinds = "PKCS#12 (*.p12 *.pfx)" if self.task == "import" else "PKCS#11 (*.so *.dll *.dylib)"
            file, _kind = QFileDialog.getOpenFileName(self, self.windowTitle(), "", kinds)
        if file:
            self.file.setText(file)
