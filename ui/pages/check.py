"""校验: the whole list at once, grouped; Enter jumps to the field, 情况说明 can be written here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.finding import REPORT, Finding, Severity
from ui.autosave import EXPLAIN
from ui.fields.finding_notes import SEVERITY_SIGNS, SEVERITY_WORDS, FindingNotes, short_message
from ui.session import Session
from ui.theme import colours

GROUPS = (
    (N_("错误：改正后才能签署"), lambda finding: finding.severity is Severity.ERROR),
    (N_("警示：写明情况说明后可以签署"), lambda finding: finding.severity is Severity.WARNING and finding.blocks),
    (N_("已说明的警示"), lambda finding: finding.severity is Severity.WARNING and not finding.blocks),
    (N_("提示：供参考"), lambda finding: finding.severity is Severity.HINT),
)
INKS = {Severity.ERROR: colours.RED, Severity.WARNING: colours.AMBER, Severity.HINT: colours.BLUE}


class CheckPage(QWidget):
    """`jump` carries task id and field of the finding to go to, `go` a page."""

    jump = Signal(str, str)
    go = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.chosen: Finding | None = None
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setTabKeyNavigation(False)
        self.list.setAccessibleName(_("校验结果"))
        self.where = QLabel()
        self.where.setObjectName("subtitle")
        self.where.setWordWrap(True)
        self.values = QLabel()
        self.values.setWordWrap(True)
        self.values.setTextFormat(Qt.TextFormat.PlainText)
        self.notes = FindingNotes()
        self.to_field = QPushButton(_("去改这一项　Enter"))
        self.to_field.setObjectName("primary")
        self.again = QPushButton(_("重新校验　F5"))
        self.onward = QPushButton(_("去签署和报送"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.again)
        head.addWidget(self.onward)
        detail = QFrame()
        detail.setObjectName("card")
        detail.setMinimumWidth(380)
        box = QVBoxLayout(detail)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self.where)
        box.addWidget(self.notes)
        box.addWidget(self.values)
        box.addStretch(1)
        box.addWidget(self.to_field)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.list, 3)
        body.addWidget(detail, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.addLayout(head)
        page.addLayout(body, 1)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.list.itemActivated.connect(lambda _item: self._jump())
        self.to_field.clicked.connect(self._jump)
        self.again.clicked.connect(self.show_month)
        QShortcut("F5", self, self.show_month)
        self.onward.clicked.connect(lambda: self.go.emit("send"))
        self.notes.explained.connect(self._explain)
        self.notes.left.connect(self.session.autosave.flush)

    def show_month(self) -> None:
        """Run every rule and show all findings, the chosen one staying chosen."""
        self.session.autosave.flush()
        self.session.recheck()
        kept = (self.chosen.task, self.chosen.code) if self.chosen else None
        self.chosen = None
        self.list.clear()
        findings = self.session.all_findings()
        for title, belongs in GROUPS:
            group = [finding for finding in findings if belongs(finding)]
            if group:
                self._add_heading(f"{_(title)}（{len(group)}）")
                for finding in group:
                    self._add(finding)
        self._tell(findings)
        self._restore(kept)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setBackground(QColor(colours.GROUND))
        item.setForeground(QColor(colours.MUTED))
        self.list.addItem(item)

    def _add(self, finding: Finding) -> None:
        sign, word = SEVERITY_SIGNS[finding.severity], _(SEVERITY_WORDS[finding.severity])
        item = QListWidgetItem(f"{sign} {word}　{self.place(finding)}\n{short_message(finding)}")
        item.setForeground(QColor(INKS[finding.severity]))
        item.setData(Qt.ItemDataRole.UserRole, finding)
        self.list.addItem(item)

    def place(self, finding: Finding) -> str:
        """Which task and field a finding is about, in words."""
        if finding.task == REPORT:
            return _("整份月报")
        title = next((row.task.title for row in self.session.view.rows if row.task.id == finding.task), "")
        field = _(FIELD_LABELS[finding.field]) if finding.field in FIELD_LABELS else ""
        return "　".join(part for part in (finding.task, title, field) if part)

    def _tell(self, findings: tuple[Finding, ...]) -> None:
        blocking = sum(finding.blocks for finding in findings)
        sealed = self.session.view.sealed
        if blocking and not sealed:
            self.title.setText(_("还有 {count} 个问题，处理完才能签署").format(count=blocking))
        else:
            self.title.setText(_("✓ 校验通过，可以签署"))
        if sealed:
            self.title.setText(_("本月已签署封存；下面是签署内容的校验结果"))
        self.onward.setObjectName("step" if blocking and not sealed else "primary")
        self.onward.style().unpolish(self.onward)
        self.onward.style().polish(self.onward)

    def _restore(self, kept: tuple[str, str] | None) -> None:
        places = [n for n in range(self.list.count()) if self.list.item(n).flags() & Qt.ItemFlag.ItemIsEnabled]
        same = [n for n in places if kept and _key(self.list.item(n)) == kept]
        for place in (same or places)[:1]:
            self.list.setCurrentRow(place)
        if not places:
            self._show(None)

    def _show(self, item: QListWidgetItem | None) -> None:
        finding = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if not isinstance(finding, Finding):
            self.chosen = None
            self.where.setText(_("没有发现问题"))
            self.values.clear()
            self.notes.clear()
            self.to_field.setEnabled(False)
            return
        if self.chosen is None or (self.chosen.task, self.chosen.code) != (finding.task, finding.code):
            self.session.autosave.flush()
            self.notes.clear()
        self.chosen = finding
        self.where.setText(self.place(finding))
        self.values.setText("\n".join(f"{name}：{value}" for name, value in finding.values))
        self.notes.show_findings((finding,), writable=not (self.session.view.sealed or self.session.desk.read_only))
        self.to_field.setEnabled(finding.task != REPORT)

    def _jump(self) -> None:
        if self.chosen is not None and self.chosen.task != REPORT:
            self.jump.emit(self.chosen.task, self.chosen.field or "")

    def _explain(self, code: str, text: str) -> None:
        if self.chosen is not None:
            self.session.autosave.note(self.session.period, self.chosen.task, EXPLAIN + code, text)


def _key(item: QListWidgetItem) -> tuple[str, str] | None:
    finding = item.data(Qt.ItemDataRole.UserRole)
    return (finding.task, finding.code) if isinstance(finding, Finding) else None
