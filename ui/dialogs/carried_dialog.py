"""Sign a file that was carried here from another machine: the statement, who, with which key, and where it goes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import keys, sign_elsewhere
from desktop_app.desk.files import write_file
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import ROLE_LABELS, Role
from ui.dialogs.foot import foot
from ui.dialogs.under_way import UnderWay
from ui.roomy import RoomyDialog
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps


class CarriedDialog(RoomyDialog):
    """Accepted only when the signed file is written beside the one that came; `said` tells where.

    `statements` are what each who may sign it states, once it has been verified.
    """

    def __init__(
        self, session: Session, file: Path, statements: Mapping[Role, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.file = file
        self.said = ""
        self.under_way = UnderWay(session, self)
        self.setWindowTitle(_("签一份带来的文件"))
        self.statement = QLabel()
        self.role = QComboBox()
        self.key = QComboBox()
        self.passphrase = QLineEdit()
        self.trouble = QLabel()
        self.do = QPushButton(_("我确认并签署"))
        self.cancel = QPushButton(_("先不签"))
        self._statements = statements
        self._lay_out()
        self._role_chosen()

    def _lay_out(self) -> None:
        self.statement.setWordWrap(True)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(self.statement)
        for role in self._statements:
            self.role.addItem(_(ROLE_LABELS[role]), role.value)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.addRow(_("身份(&R)"), self.role)
        form.addRow(_("密钥(&K)"), self.key)
        form.addRow(_("口令或 PIN(&P)"), self.passphrase)
        buttons = foot(self.trouble, self.do, self.cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(card)
        box.addLayout(form)
        box.addWidget(self.trouble)
        box.addLayout(buttons)
        self.setMinimumWidth(520)
        self.role.currentIndexChanged.connect(lambda _place: self._role_chosen())
        self.key.currentIndexChanged.connect(lambda _place: self._key_chosen())
        self.do.clicked.connect(self.sign)
        self.cancel.clicked.connect(self.reject)

    @property
    def out(self) -> Path:
        """Where the signed file goes: beside the one that came."""
        return self.file.with_name(f"{self.file.stem}_{_('已签')}.pdf")

    def sign(self) -> None:
        """Sign in the background; nothing is written until it is done."""
        if not self.key.currentData():
            self._trouble(_("这台电脑上没有这个身份的密钥。请先在设置页新建、申请或登记一把。"))
            return
        self._set_busy(busy=True)
        self.under_way.follow(self._steps(), self._finish, self._failed)

    def reject(self) -> None:
        """Closing stops a signature that is being made."""
        if self.under_way.drop():
            self.session.messages.note(_("已停下，没有签署，带来的文件没有改变。"))
        super().reject()

    def _steps(self) -> "Steps[None]":
        role, name, desk = Role(self.role.currentData()), str(self.key.currentData()), self.session.desk
        work = yield from sign_elsewhere.preparing(desk, self.file, role, name, self.passphrase.text())
        signed: bytes = yield work.run
        yield lambda: write_file(self.out, signed)

    def _finish(self, _done: None) -> None:
        self.said = _("已签署：{path}。请把它带回填报单位收回。").format(path=self.out)
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if isinstance(problem, ClerkError):
            self._trouble(str(problem))
        else:
            self._trouble(_("签署没有完成，文件没有改变。"))
            self.session.messages.refuse(problem)

    def _role_chosen(self) -> None:
        role = Role(self.role.currentData())
        self.statement.setText(self._statements[role])
        self.key.clear()
        for info in keys.list_keys(self.session.desk):
            if info.role is role and info.usable:
                self.key.addItem(info.name, info.name)
        self._key_chosen()

    def _key_chosen(self) -> None:
        name = str(self.key.currentData() or "")
        self.passphrase.setText((keys.recall_passphrase(self.session.desk, name) if name else None) or "")

    def _set_busy(self, *, busy: bool) -> None:
        self.cancel.setText(_("停下，不签") if busy else _("先不签"))
        for widget in (self.do, self.role, self.key, self.passphrase):
            widget.setEnabled(not busy)

    def _trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
