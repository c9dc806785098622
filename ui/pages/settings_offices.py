"""收文方的证书: whose receipts, returns, task tables and calendars are taken here."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from desktop_app.desk import enrolling
from desktop_app.language import _
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session


class OfficesCard(SettingsCard):
    """`ask` carries a certificate that was looked at and is to be compared before it is trusted."""

    ask = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        about = _("登记了市局（或上级单位）的证书，才收它签发的任务表、退回单和工作日历，回执也才算核对过身份。")
        super().__init__(session, _("市局的证书"), about, parent)
        self.known = muted()
        self.known.setTextFormat(Qt.TextFormat.PlainText)
        self.known.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.enrol = QPushButton(_("登记证书，或它签名的文件…(&Z)"))
        row = QHBoxLayout()
        row.addWidget(self.enrol)
        row.addStretch(1)
        self.box.addWidget(self.known)
        self.box.addLayout(row)
        self.enrol.clicked.connect(self._choose)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.enrol,)

    def show_values(self) -> None:
        """Read everything from the book."""
        line = _("{unit}　{day} 登记\n指纹 {mark}")
        lines = [
            line.format(unit=row.unit_name, day=f"{row.at:%Y-%m-%d}", mark=row.fingerprint)
            for row in enrolling.offices(self.session.desk)
        ]
        self.known.setText("\n".join(lines) or _("还没有登记。"))

    def look_at(self, file: Path) -> None:
        """Look at a certificate, or at the one that a signed file brings; nothing is trusted by it."""
        steps = enrolling.looking(self.session.desk, file)
        self.session.work.follow(_("正在核验证书…"), steps, self._looked, self._not_looked)

    def _looked(self, found: enrolling.Offered) -> None:
        if found.known:
            said = _("「{unit}」的这张证书已经登记过，指纹：{mark}")
            self.session.messages.good(said.format(unit=found.unit_name, mark=found.fingerprint))
        else:
            self.ask.emit(found)

    def _not_looked(self) -> None:
        self.session.messages.note(_("已停下，没有登记任何证书。"))

    def _choose(self) -> None:
        kinds = _("证书或签名的文件 (*.pem *.cer *.crt *.pdf)")
        file, _kind = QFileDialog.getOpenFileName(self, _("选择市局的证书，或它签名的文件"), "", kinds)
        if file:
            self.look_at(Path(file))
