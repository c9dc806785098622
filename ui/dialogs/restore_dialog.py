"""Before a restore: what the copy holds, and what would be lost of the book as it is now."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.desk import aside
from desktop_app.desk.backups import FieldDifference, Holds
from desktop_app.desk.open_book import LockedBookError
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS
from ui.background import send
from ui.roomy import RoomyDialog
from ui.session import Session

MOST = 60  # differing fields that are listed one by one


class RestoreDialog(RoomyDialog):
    """Accepted when the clerk wants this copy; nothing has been changed by then."""

    def __init__(self, session: Session, backup: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.backup = backup
        self.setWindowTitle(_("从备份恢复"))
        self.head = QLabel(_("正在核对 {name}…").format(name=backup.name))
        self.words = QPlainTextEdit()
        self.busy = QProgressBar()
        self.key = QLineEdit()
        self.unlock = QPushButton(_("用恢复密钥查看(&K)"))
        self.do = QPushButton(_("恢复这一份(&R)"))
        self.cancel = QPushButton(_("不恢复"))
        self._lay_out()
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self.accept)
        self.unlock.clicked.connect(lambda: self._look(self.key.text()))
        self.key.returnPressed.connect(self.unlock.click)
        self._look()

    def _lay_out(self) -> None:
        self.head.setObjectName("subtitle")
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(_("这份备份里有什么，恢复后会变什么"))
        self.words.hide()
        safe = QLabel(_("现在的填报簿会留着，恢复后随时可以撤回。"))
        safe.setObjectName("muted")
        self.do.setObjectName("primary")
        self.do.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(safe, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.do)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        for widget in (self.head, self.busy, self.words, self._key_row()):
            box.addWidget(widget)
        box.addStretch(1)
        box.addLayout(buttons)
        self.resize(640, 420)

    def _key_row(self) -> QWidget:
        """The place for the printed key of an encrypted copy; Enter in it does not close the dialog."""
        self.unlock.setAutoDefault(False)
        self.do.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        self.key_row = QWidget()
        label = QLabel(_("照打印件键入恢复密钥，各组之间空一格，大小写不限："))
        label.setObjectName("muted")
        label.setWordWrap(True)
        label.setBuddy(self.key)
        self.key.setAccessibleName(_("恢复密钥"))
        line = QHBoxLayout()
        line.addWidget(self.key, 1)
        line.addWidget(self.unlock)
        box = QVBoxLayout(self.key_row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label)
        box.addLayout(line)
        self.key_row.hide()
        return self.key_row

    def _look(self, recovery: str | None = None) -> None:
        """Look into the copy in the background; a typed key is tried first, and kept in the keyring if it fits."""
        self.head.setText(_("正在核对 {name}…").format(name=self.backup.name))
        self.busy.show()
        self.unlock.setEnabled(False)
        try:
            send(aside.look(self.session.desk, self.backup, recovery), self._brought, self._failed)
        except ClerkError as problem:
            self._failed(problem)

    def _brought(self, found: Holds) -> None:
        if not isValid(self):
            return
        last = f"{found.last_change:%Y-%m-%d %H:%M:%S}" if found.last_change else "—"
        self.head.setText(_("{unit}　最后改动 {last}").format(unit=found.unit.short_name, last=last))
        self.words.setPlainText("\n".join(lines(found)))
        self.busy.hide()
        self.key_row.hide()
        self.words.show()
        own = found.unit.code == self.session.desk.unit.code
        self.do.setEnabled(own and not found.flaws)
        (self.do if self.do.isEnabled() else self.cancel).setFocus()

    def _failed(self, problem: Exception) -> None:
        if not isValid(self):
            return
        self.busy.hide()
        self.head.setText(str(problem) if isinstance(problem, ClerkError) else _("这份备份读不出来。"))
        self.unlock.setEnabled(True)
        if isinstance(problem, LockedBookError):
            self.key_row.show()
            if not problem.wrong_key:
                self.head.setText(_("{name} 是加密的，系统密码库里没有它的密钥。").format(name=self.backup.name))
        (self.cancel if self.key_row.isHidden() else self.key).setFocus()


def lines(found: Holds) -> list[str]:
    """The preview: damage first, then what would be lost, then what the copy holds."""
    said = [_("⚠ 备份里有损坏：{what}").format(what=flaw) for flaw in found.flaws]
    if found.lost:
        said.append(_("备份之后的 {count} 处改动会回到以前的样子（撤回恢复就又回来）。").format(count=found.lost))
    else:
        said.append(_("备份之后没有改动，什么也不会少。"))
    said += [
        _("⚠ {period}第{revision}版的签署会不见：它是备份之后签的。").format(
            period=each.period.spoken, revision=each.revision
        )
        for each in found.signatures_lost
    ]
    said += ["", _("备份里有：")]
    said += [
        _("　{period}第{revision}版：{filled}/{tasks} 项已填").format(
            period=month.period.spoken, revision=month.revision, filled=month.filled, tasks=month.tasks
        )
        for month in found.months
    ]
    if found.field_differences:
        said += ["", _("会变的内容（现在 → 备份里）：")]
        said += [_difference(each) for each in found.field_differences[:MOST]]
        if len(found.field_differences) > MOST:
            said.append(_("　……共 {count} 处").format(count=len(found.field_differences)))
    return said


def _difference(each: FieldDifference) -> str:
    name = _(FIELD_LABELS[each.field]) if each.field in FIELD_LABELS else each.field
    return f"　{each.period} {each.task} {name}：{_short(each.present)} → {_short(each.other)}"


def _short(text: str | None) -> str:
    words = " ".join(text.split()) if text else "—"
    return words if len(words) <= 40 else words[:39] + "…"
