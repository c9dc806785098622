"""签署密钥: who can sign with what, until when, and the certificate that the bureau enrols."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QWidget,
)
from PySide6.QtWidgets import QTableWidgetItem as Cell

from desktop_app.desk import key_care, keys
from desktop_app.language import N_, _
from desktop_app.model.report import ROLE_LABELS
from ui.fields.columns import Columns
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

ROWS = 4  # shown without scrolling
STATES = {
    "usable": N_("可用"),
    "waiting": N_("等证书"),
    "retired": N_("已停用"),
    "not_yet": N_("未生效"),
    "expired": N_("已过期"),
    "revoked": N_("已吊销"),
    "unfit": N_("不能签名"),
}


class KeysCard(SettingsCard):
    """`ask` wants the dialogue of a task: new, import, token, request or renew, with the key's name or ""."""

    ask = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        about = _("口令和 PIN 不写进填报簿。交接时停用离任者的密钥，再为接任者新建；停用的密钥签过的文件照样核验。")
        super().__init__(session, _("签署密钥"), about, parent)
        self.found: tuple[keys.KeyInfo, ...] = ()
        self.table = QTableWidget(0, 5)
        self.vault = muted()
        self.detail = muted()
        self.new = QPushButton(_("新建密钥…(&W)"))
        self.bring = QPushButton(_("导入 .p12…"))
        self.token = QPushButton(_("登记令牌…(&J)"))
        self.request = QPushButton(_("申请证书…(&Q)"))
        self.answer = QPushButton(_("导入证书或吊销名单…"))
        self.renew = QPushButton(_("续期…(&X)"))
        self.retire = QPushButton(_("停用"))
        self.export = QPushButton(_("导出单位证书…(&H)"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels([_("姓名"), _("身份"), _("种类"), _("有效期至"), _("状态")])
        self.table.setAccessibleName(_("签署密钥"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(27)
        head = self.table.horizontalHeader()
        Columns(self.table, "keys", self.session.remembered, (4,))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        tinted(self.table)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(27 * ROWS + 34)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.box.addWidget(self.table)
        self.box.addWidget(self.detail)
        for buttons in (
            (self.new, self.bring, self.token, self.request, self.answer),
            (self.renew, self.retire, self.export),
        ):
            row = QHBoxLayout()
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            self.box.addLayout(row)
        self.box.addWidget(self.vault)

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self.ask.emit("new", ""))
        self.bring.clicked.connect(lambda: self.ask.emit("import", ""))
        self.token.clicked.connect(lambda: self.ask.emit("token", ""))
        self.request.clicked.connect(lambda: self.ask.emit("request", self._name()))
        self.renew.clicked.connect(lambda: self.ask.emit("renew", self._name()))
        self.answer.clicked.connect(self._choose_answer)
        self.retire.clicked.connect(self.ask_to_retire)
        self.export.clicked.connect(self._choose_export)
        self.table.itemSelectionChanged.connect(self._selected)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book's folder of keys; a certificate can always be exported."""
        return (self.new, self.bring, self.token, self.request, self.answer, self.renew, self.retire)

    def show_values(self) -> None:
        """Read everything from the folder of keys; a damaged one is said in words."""
        desk = self.session.desk
        found: list[keys.KeyInfo] = []
        self.session.attempt(lambda: found.extend(keys.list_keys(desk)))
        self.found = tuple(found)
        self.table.setRowCount(len(self.found))
        for place, key in enumerate(self.found):
            words = (key.name, _(ROLE_LABELS[key.role]), key.kind, f"{key.not_after:%Y-%m-%d}", _words(key))
            for column, word in enumerate(words):
                cell = Cell(word)
                cell.setToolTip(key.reason)
                if not key.usable or key.reason:
                    tint(cell, Pair.AMBER)
                self.table.setItem(place, column, cell)
        self.vault.setText(keys.vault_status().reason)
        self.export.setEnabled(bool(self.found))
        self._selected()

    def ask_to_retire(self) -> None:
        """Nothing brings a key back that was laid down: say so before, with the button that does it."""
        if name := self._name():
            said = _("「{name}」的密钥停用后不能再启用，口令也不再保存；它签过的文件照样核验。接任者要另建密钥。")
            self.session.messages.note(said.format(name=name), (_("停用它"), lambda: self.retire_key(name)))

    def retire_key(self, name: str) -> None:
        """Lay a key down."""
        desk = self.session.desk
        if self.session.attempt(lambda: key_care.retire(desk, name)):
            self.show_values()
            self.session.messages.good(_("「{name}」的密钥已停用；它签过的文件照样核验。").format(name=name))

    def export_to(self, file: Path) -> None:
        """Write the unit's certificate, and say its fingerprint in groups to compare aloud."""
        desk, marks = self.session.desk, list[str]()
        if self.session.attempt(lambda: marks.extend(keys.export(desk, file))):
            said = _("单位证书已导出到 {file}。请与收文方核对指纹：{fingerprint}")
            self.session.messages.good(said.format(file=file, fingerprint=marks[0]))

    def take_answer(self, file: Path) -> None:
        """Take in what an authority sent: a certificate or a revocation list."""
        desk, said = self.session.desk, list[str]()

        def take() -> None:
            if file.suffix.lower() == ".crl":
                taken = key_care.take_list(desk, file)
                said.append(_("已采用「{issuer}」的吊销名单。").format(issuer=taken.issuer))
            else:
                done = key_care.take_certificate(desk, file)
                whose = done.key.name if done.key else _("本单位")
                said.append(_("已导入{name}的证书，指纹：{mark}").format(name=whose, mark=done.fingerprint))

        if self.session.attempt(take):
            self.show_values()
            self.session.messages.good(said[0])

    def _name(self) -> str:
        place = self.table.currentRow()
        return self.found[place].name if self.table.selectedItems() and 0 <= place < len(self.found) else ""

    def _selected(self) -> None:
        key = next((key for key in self.found if key.name == self._name()), None)
        self.renew.setEnabled(key is not None and key.unit_issued and str(key.state) in ("usable", "expired"))
        self.retire.setEnabled(key is not None and str(key.state) != "retired")
        self.detail.setText(
            _("选中一把密钥，看它的证书指纹。")
            if key is None
            else " ".join(filter(None, (key.reason, _("证书指纹：{mark}").format(mark=key.fingerprint))))
        )

    def _choose_answer(self) -> None:
        kinds = _("证书、吊销名单 (*.pem *.cer *.crt *.p7b *.crl)")
        file, _kind = QFileDialog.getOpenFileName(self, _("选择发证方发来的文件"), "", kinds)
        if file:
            self.take_answer(Path(file))

    def _choose_export(self) -> None:
        name = _("{unit}证书.pem").format(unit=self.session.desk.unit.short_name)
        file, _kind = QFileDialog.getSaveFileName(self, _("导出单位证书"), name, "PEM (*.pem)")
        if file:
            self.export_to(Path(file))


def _words(key: keys.KeyInfo) -> str:
    word = _(STATES[str(key.state)])
    return _("{state}（令牌）").format(state=word) if key.storage == "token" else word
