"""The third step of the first run: the preparer's name, and a key made under a passphrase. It can be put off."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import keys, month
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import Role
from ui.fields.word_line import WordLine


class KeyStep(QWidget):
    """`done` carries a sentence on the key that was made, "" where it was put off."""

    done = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk: Desk | None = None
        self.name = WordLine()
        self.secret = QLineEdit()
        self.again = QLineEdit()
        self.remember = QCheckBox(_("让系统密钥环记住口令(&M)"))
        self.vault = _words("muted")
        self.trouble = _words("badgeBad")
        self.make = QPushButton(_("新建密钥(&K)"))
        self.later = QPushButton(_("以后再建　Esc"))
        self._lay_out()
        self.make.clicked.connect(self.make_key)
        self.later.clicked.connect(lambda: self.done.emit(""))
        for line in (self.name, self.secret, self.again):
            line.returnPressed.connect(self._onward)
        away = QShortcut("Esc", self, self.later.click)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        head = QLabel(_("③ 填报人的签署密钥"))
        head.setObjectName("subtitle")
        about = _words()
        about.setText(
            _("月报由填报人和单位负责人先后签署，各用各的密钥。这里先建填报人的；单位负责人的在他第一次签署时当场建。")
        )
        for line in (self.secret, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(_("至少 {count} 个字符，请记牢").format(count=keys.SHORTEST_PASSPHRASE))
        form = QFormLayout()
        form.setVerticalSpacing(7)
        form.addRow(_("填报人姓名(&N)"), self.name)
        form.addRow(_("口令(&P)"), self.secret)
        form.addRow(_("再输一遍(&G)"), self.again)
        form.addRow("", self.remember)
        lost = _words("muted")
        lost.setText(_("口令忘了找不回来，只能另建一把密钥；不建也能填报，签署时还会问，设置里随时可以建。"))
        self.trouble.hide()
        self.make.setObjectName("primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self.make)
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(9)
        box.addWidget(head)
        box.addWidget(about)
        box.addLayout(form)
        for label in (self.vault, lost, self.trouble):
            box.addWidget(label)
        box.addLayout(buttons)
        box.addStretch(1)

    def ask(self, desk: Desk) -> None:
        """Begin: what the book knows of the preparer, and whether this computer can keep a passphrase."""
        self.desk = desk
        self.name.setText(month.people(desk).preparer)
        safe = keys.vault_status()
        self.vault.setText(safe.reason)
        self.remember.setEnabled(safe.safe)
        self.remember.setChecked(safe.safe)
        (self.secret if self.name.text() else self.name).setFocus()

    def make_key(self) -> None:
        """Make the key and put the name at the foot of the form; what was typed stays where it is refused."""
        if self.desk is None:
            return
        try:
            made = self._made(self.desk)
        except ClerkError as problem:
            self.trouble.setText(str(problem))
            self.trouble.show()
            (self.secret if self.name.text().strip() else self.name).setFocus()
            return
        self.done.emit(_("「{name}」的密钥已建好，证书指纹：{mark}").format(name=made.name, mark=made.fingerprint))

    def _made(self, desk: Desk) -> keys.KeyInfo:
        if self.secret.text() != self.again.text():
            raise ClerkError(_("两次输入的口令不一样。"), _("请重新输入。"))
        secret, remember = self.secret.text(), self.remember.isChecked()
        made = keys.new_key(desk, self.name.text(), Role.PREPARER, secret, remember=remember)
        people = month.people(desk)
        if not people.preparer:
            month.set_people(desk, replace(people, preparer=made.name))
        for line in (self.secret, self.again):
            line.clear()
        return made

    def _onward(self) -> None:
        """Enter goes on to the next line, and makes the key on the last."""
        lines = (self.name, self.secret, self.again)
        empty = [line for line in lines if not line.text().strip()]
        (empty[0].setFocus if empty else self.make_key)()


def _words(name: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
