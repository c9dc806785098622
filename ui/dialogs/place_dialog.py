"""A place, new or changed: an address, how to log in, and for an SFTP server its fingerprint, compared by a person."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import places
from desktop_app.desk.places import Shown
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.place import Place, PlaceKind
from ui.background import send
from ui.fields.word_line import WordLine
from ui.roomy import RoomyDialog
from ui.session import Session


class PlaceDialog(RoomyDialog):
    """Accepted only when the place is kept; `added` then holds it. `before` is one that is to be changed."""

    def __init__(self, session: Session, parent: QWidget | None = None, before: Place | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.before = before
        self.added: Place | None = None
        self._shown: tuple[str, Shown] | None = None
        self._busy = False
        self.setWindowTitle(_("登记报送地点"))
        self.name = WordLine()
        self.where = WordLine()
        self.browse = QPushButton(_("选文件夹…(&F)"))
        self.password = QLineEdit()
        self.key_file = QLineEdit()
        self.authority = QLineEdit()
        self.plain = QCheckBox(_("这是内网地址，可以不加密（http）"))
        self.mark = QLabel()
        self.same = QCheckBox(_("已与对方管理员核对，指纹一致"))
        self.trouble = QLabel()
        self.test = QPushButton(_("试连(&T)"))
        self.do = QPushButton(_("登记(&D)"))
        self.cancel = QPushButton(_("关闭"))
        self._lay_out()
        self._connect()
        if before is not None:
            self._fill_in(before)

    def _fill_in(self, place: Place) -> None:
        """What is kept of a place; its server's fingerprint was compared when it was registered."""
        self.setWindowTitle(_("修改报送地点"))
        self.do.setText(_("保存(&D)"))
        self.name.setText(place.name)
        self.where.setText(place.shown)
        self.key_file.setText(place.key_file)
        self.plain.setChecked(place.plain)
        if places.secret_kept(place) is not None:
            self.password.setPlaceholderText(_("已在系统密码库里；不写就照旧"))
        if place.authority:
            self.authority.setPlaceholderText(_("已有签发证书；不写就照旧"))
        if place.fingerprint:
            self._show(place, Shown(place.fingerprint, _("已登记")))
            self.same.setChecked(True)

    def _lay_out(self) -> None:
        self.resize(600, 0)
        self.where.setPlaceholderText(_("sftp://…、https://… 或本机文件夹"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(_("只存入系统密码库；不写则每次询问"))
        self.key_file.setPlaceholderText(_("可不写：SFTP 用密钥登录时的私钥文件"))
        self.authority.setPlaceholderText(_("可不写：内网 https 的签发证书文件（PEM）"))
        line = QHBoxLayout()
        line.addWidget(self.where, 1)
        line.addWidget(self.browse)
        form = QFormLayout()
        form.addRow(_("名称"), self.name)
        label = QLabel(_("地址"))
        label.setBuddy(self.where)
        form.addRow(label, line)
        form.addRow(_("口令"), self.password)
        form.addRow(_("密钥文件"), self.key_file)
        form.addRow(_("签发证书"), self.authority)
        form.addRow("", self.plain)
        for text in (self.mark, self.trouble):
            text.setWordWrap(True)
            text.setContentsMargins(8, 4, 8, 4)
            text.hide()
        self.mark.setObjectName("example")
        self.trouble.setObjectName("badgeBad")
        self.same.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.test)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.do)
        self.do.setObjectName("primary")
        self.do.setDefault(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(10)
        box.addLayout(form)
        for widget in (self.mark, self.same, self.trouble):
            box.addWidget(widget)
        box.addStretch(1)
        box.addLayout(foot)

    def _connect(self) -> None:
        self.browse.clicked.connect(self._choose)
        self.do.clicked.connect(self.keep)
        self.test.clicked.connect(self.try_out)
        self.cancel.clicked.connect(self.reject)
        self.where.textEdited.connect(self._other_server)

    def keep(self) -> None:
        """Keep the place; an SFTP server's fingerprint is shown first and has to be confirmed."""
        place = self._confirmed()
        if place is None:
            return
        try:
            desk, before = self.session.desk, self.before
            self.added = places.change(desk, before.name, place) if before else places.add(desk, place)
        except ClerkError as problem:
            self._trouble(str(problem))
            return
        if self.password.text() and not places.keep_secret(place, self.password.text()):
            self.session.messages.note(_("这台电脑没有可靠的系统密码库，口令没有保存，报送时会问。"))
        self.accept()

    def try_out(self) -> None:
        """Reach it, write, read back, remove: in the background."""
        place = self._confirmed()
        if place is None:
            return
        secret = self.password.text() or places.secret_kept(place) or ""
        self._set_busy(busy=True)
        send(lambda: places.try_out(place, secret), lambda _nothing: self._reached(), self._failed)

    def reject(self) -> None:
        """Closing waits for a server that is being asked."""
        if not self._busy:
            super().reject()

    def _confirmed(self) -> Place | None:
        """The place as it stands in the fields; None while the server's fingerprint has yet to be confirmed."""
        self._trouble("")
        try:
            place = places.draft(
                self.name.text(),
                self.where.text().strip(),
                key_file=Path(self.key_file.text().strip()) if self.key_file.text().strip() else None,
                authority=Path(self.authority.text().strip()) if self.authority.text().strip() else None,
                plain=self.plain.isChecked(),
            )
        except ClerkError as problem:
            self._trouble(str(problem))
            return None
        if self.before is not None and place.address == self.before.address and not place.authority:
            place = replace(place, authority=self.before.authority)
        if place.kind is not PlaceKind.SFTP:
            return place
        if self._shown is None or self._shown[0] != place.address:
            self._set_busy(busy=True)
            send(lambda: places.ask_server(place), lambda shown: self._show(place, shown), self._failed)
            return None
        if not self.same.isChecked():
            self._trouble(_("请先与对方管理员核对服务器指纹，一致再勾选。"))
            return None
        return places.with_fingerprint(place, self._shown[1].fingerprint)

    def _show(self, place: Place, shown: Shown) -> None:
        self._set_busy(busy=False)
        self._shown = (place.address, shown)
        self.mark.setText(
            _("{host} 的服务器指纹（{kind}）：\n{fingerprint}").format(
                host=place.host, kind=shown.kind, fingerprint=shown.fingerprint
            )
        )
        self.same.setChecked(False)
        self.mark.show()
        self.same.show()
        self.same.setFocus()

    def _reached(self) -> None:
        self._set_busy(busy=False)
        self.trouble.setObjectName("badgeGood")
        self._trouble(_("可以连接、写入和读回。"))

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if isinstance(problem, ClerkError):
            self._trouble(str(problem))
        else:
            self._trouble(_("没有连上。"))
            self.session.messages.refuse(problem)

    def _other_server(self) -> None:
        self._shown = None
        self.mark.hide()
        self.same.hide()

    def _trouble(self, text: str) -> None:
        if not text:
            self.trouble.setObjectName("badgeBad")
        self.trouble.style().unpolish(self.trouble)
        self.trouble.style().polish(self.trouble)
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        for widget in (self.do, self.test, self.cancel, self.where, self.browse):
            widget.setEnabled(not busy)
        if busy:
            self.trouble.setObjectName("badge")
            self._trouble_text(_("正在连接…"))
        else:
            self._trouble("")

    def _trouble_text(self, text: str) -> None:
        self.trouble.style().unpolish(self.trouble)
        self.trouble.style().polish(self.trouble)
        self.trouble.setText(text)
        self.trouble.show()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("选择文件夹"))
        if folder:
            self.where.setText(folder)
            self._other_server()
