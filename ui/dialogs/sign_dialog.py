"""Signing: the statement first, then who signs with which key; a key is made here on first use."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import keys, month, sign_report
from desktop_app.desk.keys import KeyInfo
from desktop_app.desk.sign_report import SignedState
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.report import Role
from ui.dialogs.foot import foot
from ui.dialogs.under_way import UnderWay
from ui.fields.word_line import WordLine
from ui.roomy import RoomyDialog
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.steps import Steps

ROLE_WORDS = {Role.PREPARER: N_("填报人"), Role.REVIEWER: N_("审核人"), Role.APPROVER: N_("单位负责人")}


class SignDialog(RoomyDialog):
    """Accepted only when the signature is in the book; `signed` then says where the month stands."""

    def __init__(self, session: Session, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.role = role
        self.signed: SignedState | None = None
        self.under_way = UnderWay(session, self)
        self.setWindowTitle(_("{role}签署").format(role=_(ROLE_WORDS[role])))
        self.statement = QLabel(sign_report.statement(session.desk, session.period, role))
        self.key = QComboBox()
        self.name = WordLine()
        self.passphrase = QLineEdit()
        self.again = QLineEdit()
        self.remember = QCheckBox(_("让系统密钥环记住口令"))
        self.trouble = QLabel()
        self.progress = QProgressBar()
        self.do = QPushButton(_("我确认并签署"))
        self.cancel = QPushButton(_("先不签"))
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        self.statement.setWordWrap(True)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(self.statement)
        for line in (self.passphrase, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.rows = QFormLayout()
        self.rows.addRow(_("密钥(&K)"), self.key)
        self.rows.addRow(_("姓名(&N)"), self.name)
        self.rows.addRow(_("口令(&P)"), self.passphrase)
        self.rows.addRow(_("再输一遍(&R)"), self.again)
        self.rows.addRow("", self.remember)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        buttons = foot(self.trouble, self.do, self.cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(card)
        box.addLayout(self.rows)
        box.addWidget(self.trouble)
        box.addWidget(self.progress)
        box.addLayout(buttons)
        self.setMinimumWidth(520)
        self.do.clicked.connect(self.sign)
        self.cancel.clicked.connect(self.reject)
        self.key.currentIndexChanged.connect(lambda _place: self._key_chosen())

    def _fill(self) -> None:
        desk = self.session.desk
        self.key.clear()
        for info in keys.list_keys(desk):
            if info.role is self.role and info.usable:
                self.key.addItem(
                    _("{name}，有效期至 {day}").format(name=info.name, day=f"{info.not_after:%Y-%m-%d}"), info.name
                )
        self.key.addItem(_("新建一把密钥"), "")
        people = month.people(desk)
        named = {Role.PREPARER: people.preparer, Role.REVIEWER: people.reviewer, Role.APPROVER: people.approver}
        self.name.setText(named[self.role])
        safe = keys.vault_status()
        self.remember.setEnabled(safe.safe)
        self.remember.setChecked(safe.safe)
        self.remember.setToolTip(safe.reason)
        self._key_chosen()

    def _key_chosen(self) -> None:
        making = not self.key.currentData()
        self.rows.setRowVisible(self.name, making)
        self.rows.setRowVisible(self.again, making)
        self.rows.setRowVisible(self.remember, making)
        known = None if making else keys.recall_passphrase(self.session.desk, str(self.key.currentData()))
        self.passphrase.setText(known or "")
        self.passphrase.setPlaceholderText(
            _("至少 {count} 个字符，请记牢").format(count=keys.SHORTEST_PASSPHRASE) if making else _("这把密钥的口令")
        )
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def sign(self) -> None:
        """Make the key where there is none, then sign in the background."""
        self._trouble("")
        self.session.autosave.flush()
        try:
            self._refuse_mistyped()
        except ClerkError as problem:
            self._trouble(str(problem))
            return
        self._set_busy(busy=True)
        self.under_way.follow(self._steps(), self._finish, self._failed)

    def reject(self) -> None:
        """Closing stops a signature that is being made: nothing is kept before it is finished."""
        if self.under_way.drop():
            self.session.messages.note(_("已停下，没有签署，本月仍是原来的状态。"))
        super().reject()

    def _refuse_mistyped(self) -> None:
        """A passphrase for a new key is typed twice, and long enough."""
        if self.key.currentData():
            return
        if self.passphrase.text() != self.again.text():
            raise ClerkError(_("两次输入的口令不一样。"), _("请重新输入。"))
        keys.refuse_short(self.passphrase.text())

    def _steps(self) -> "Steps[SignedState]":
        desk, name, typed = self.session.desk, str(self.key.currentData()), self.passphrase.text()
        if not name:
            wanted, remember = self.name.text(), self.remember.isChecked()
            made: KeyInfo = yield lambda: keys.new_key(desk, wanted, self.role, typed, remember=remember)
            name = made.name
            self._fill()
            self.key.setCurrentIndex(self.key.findData(name))
            self.passphrase.setText(typed)
        return (yield from sign_report.signing(desk, self.session.period, self.role, name, typed))

    def _finish(self, signed: SignedState) -> None:
        self._set_busy(busy=False)
        self.signed = signed
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if isinstance(problem, ClerkError):
            self._trouble(str(problem))
        else:
            self._trouble(_("签署没有完成，本月仍是原来的状态。"))
            self.session.messages.refuse(problem)

    def _set_busy(self, *, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.cancel.setText(_("停下，不签") if busy else _("先不签"))
        for widget in (self.do, self.key, self.name, self.passphrase, self.again):
            widget.setEnabled(not busy)

    def _trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
