"""填报簿: where the file is and how it is kept; its copies, its journal, whether it is encrypted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.desk import aside, backups
from desktop_app.desk.backups import Made
from desktop_app.desk.evidence_files import in_words
from desktop_app.desk.history import JournalVerdict
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from ui.background import send
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session

REASONS = {"daily": N_("每日自动"), "undo": N_("恢复前的填报簿"), "year": N_("打开新年度以前")}


class BookCard(SettingsCard):
    """What needs the book closed is asked for: a restore, its undoing, encryption."""

    restore = Signal(object)  # the copy's path
    undo = Signal()
    encrypt = Signal(object)  # where the recovery key is to be written
    decrypt = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        about = _("全部内容在这一个文件里。每天第一次改动后自动备份，写后读回核对。")
        super().__init__(session, _("填报簿"), about, parent)
        self.where, self.weight, self.newest, self.lock = (QLabel() for _place in range(4))
        self.list = QListWidget()
        self.empty = muted(_("还没有备份：有了改动才备份。"))
        self.copy = QPushButton(_("立即备份到…(&U)"))
        self.look = QPushButton(_("查看并恢复…(&V)"))
        self.other = QPushButton(_("从别处的备份恢复…(&G)"))
        self.back = QPushButton(_("撤回上次恢复(&S)"))
        self.verify = QPushButton(_("核验日志(&F)"))
        self.secure = QPushButton()
        self.busy = QProgressBar()
        self.verdict = QLabel()
        self._lay_out()
        self.copy.clicked.connect(self.choose_copy)
        self.look.clicked.connect(self._restore_chosen)
        self.list.itemActivated.connect(lambda _item: self._restore_chosen())
        self.list.itemSelectionChanged.connect(lambda: self.look.setEnabled(bool(self.list.selectedItems())))
        self.other.clicked.connect(self._choose_backup)
        self.back.clicked.connect(self.undo)
        self.verify.clicked.connect(self.verify_journal)
        self.secure.clicked.connect(self._secure)

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(3)
        for place, (word, value) in enumerate(self._facts()):
            label = QLabel(word)
            label.setObjectName("muted")
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, place, 1)
        facts.setColumnStretch(1, 1)
        self.box.addLayout(facts)
        self.list.setAccessibleName(_("备份，新的在上"))
        self.list.setTabKeyNavigation(False)
        self.list.setFixedHeight(112)
        self.box.addWidget(self.list)
        self.box.addWidget(self.empty)
        for buttons in ((self.look, self.other, self.back), (self.copy, self.verify, self.secure)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            self.box.addLayout(row)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("正在核验日志"))
        self.busy.hide()
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setObjectName("example")
        self.verdict.hide()
        self.box.addWidget(self.busy)
        self.box.addWidget(self.verdict)
        why = _(
            "默认不加密：丢密钥比丢电脑常见，整盘加密更省心。加密后密钥在系统密码库里，另有一页恢复密钥要打印锁好。"
        )
        self.box.addWidget(muted(why))

    def _facts(self) -> tuple[tuple[str, QLabel], ...]:
        words = (_("文件"), _("大小"), _("最近的备份"), _("加密"))
        return tuple(zip(words, (self.where, self.weight, self.newest, self.lock), strict=True))

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (self.look, self.other, self.back, self.secure)

    def show_values(self) -> None:
        """Read everything afresh; a folder of copies that cannot be read is said and stops nothing."""
        desk = self.session.desk
        self.where.setText(str(desk.book_path))
        try:
            self.weight.setText(in_words(desk.book_path.stat().st_size))
            every = backups.listed(desk.book_path)
            undoable = backups.can_undo(desk.book_path)
        except (ClerkError, OSError) as problem:
            self.newest.setText(str(problem))
            every, undoable = (), False
        self.list.clear()
        for kept in every:
            text = _("{when}　{reason}　{size}").format(
                when=f"{kept.at:%Y-%m-%d %H:%M}", reason=_reason(kept.reason), size=in_words(kept.size)
            )
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, kept.path)
            self.list.addItem(item)
        own = [kept for kept in every if kept.reason != "undo"]
        self.newest.setText(_("{when}，已读回核对").format(when=f"{own[0].at:%Y-%m-%d %H:%M}") if own else _("还没有"))
        self.list.setVisible(bool(every))
        self.empty.setVisible(not every)
        self.look.setEnabled(False)
        self._show_state(undoable=undoable)

    def _show_state(self, *, undoable: bool) -> None:
        desk = self.session.desk
        number = desk.encryption_id
        self.lock.setText(_("已加密，编号 {id}").format(id=number) if number else _("没有加密（默认）"))
        self.secure.setText(_("改为不加密…(&Y)") if number else _("加密…(&Y)"))
        for word, value in self._facts():
            value.setAccessibleName(f"{word}　{value.text()}")
        self.back.setVisible(undoable)

    def choose_copy(self) -> None:
        """Ask where to, and write a verified copy there."""
        stem = f"{self.session.desk.book_path.stem}-{self.session.desk.today():%Y%m%d}.yuebao"
        file, _kind = QFileDialog.getSaveFileName(self, _("备份到"), stem, _("填报簿 (*.yuebao)"))
        if file:
            self.copy_to(Path(file))

    def copy_to(self, target: Path) -> None:
        """Write a verified copy; what is typed is saved first."""
        self.session.autosave.flush()
        desk = self.session.desk
        begun: list[Callable[[], Made]] = []
        if not self.session.work.under_way and not self.session.attempt(
            lambda: begun.append(backups.begin_at(desk, target))
        ):
            return
        self.session.work.start(_("正在读回核对备份…"), lambda _stop: begun[0](), self._copied, stoppable=False)

    def _copied(self, made: Made) -> None:
        self.session.messages.good(_("已备份到 {path}，读回核对一致。").format(path=made.path))
        if isValid(self):
            self.show_values()

    def verify_journal(self) -> None:
        """Walk the whole chain and every signed report, in the background."""
        self.session.autosave.flush()
        try:
            verify = aside.verify_journal(self.session.desk)
        except ClerkError as problem:
            self.session.messages.refuse(problem)
            return
        self.verify.setEnabled(False)
        self.busy.show()
        self.verdict.hide()
        send(verify, self._verified, self._not_verified)

    def _verified(self, found: JournalVerdict) -> None:
        if not isValid(self):
            return
        self._rested()
        if found.holds:
            heads = len(found.heads)
            signed = _("{count} 份签署的月报上的校验值都对得上。") if heads else _("还没有签署的月报可以对照。")
            lines = [_("日志完好：{rows} 条首尾相连，").format(rows=found.rows) + signed.format(count=heads)]
        else:
            lines = [_("日志有问题："), *found.problems]
        self.verdict.setText("\n".join([*lines, *found.notes]))
        self.verdict.setAccessibleName(self.verdict.text())
        self.verdict.show()

    def _not_verified(self, problem: Exception) -> None:
        if isValid(self):
            self._rested()
            self.session.messages.refuse(problem)

    def _rested(self) -> None:
        self.busy.hide()
        self.verify.setEnabled(True)
        self.verify.setFocus()

    def _restore_chosen(self) -> None:
        chosen = self.list.selectedItems()
        if chosen and not self.session.desk.read_only:
            self.restore.emit(chosen[0].data(Qt.ItemDataRole.UserRole))

    def _choose_backup(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("选择备份文件"), "", _("填报簿 (*.yuebao);;所有文件 (*)"))
        if file:
            self.restore.emit(Path(file))

    def _secure(self) -> None:
        if self.session.desk.encryption_id:
            self.decrypt.emit()
            return
        stem = _("恢复密钥") + ".pdf"
        file, _kind = QFileDialog.getSaveFileName(self, _("恢复密钥写到哪里"), stem, _("供打印的 PDF (*.pdf)"))
        if file:
            self.encrypt.emit(Path(file))


def _reason(name: str) -> str:
    """Why a copy was made; v1, v2… are those from before a change of the schema."""
    return _(REASONS[name]) if name in REASONS else _("升级前（{name}）").format(name=name)
