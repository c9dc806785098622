"""校验: the whole list at once, grouped and filtered; Enter jumps to the field, 情况说明 can be written here."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import check_list
from desktop_app.language import _
from desktop_app.model.finding import REPORT, Finding, Unchecked
from ui.autosave import EXPLAIN
from ui.fields.finding_notes import FindingNotes
from ui.fields.headed_list import HeadedList
from ui.fields.hinted_line import HintedLine
from ui.file_choice import SHEET_OR_PAGES, file_to_write
from ui.long_work import write_when_made
from ui.models.check_items import ALL, ARRANGEMENTS, SHOWN, CheckItem, grouped, items
from ui.models.check_paint import ITEM_ROLE, CheckPaint
from ui.pages.header import period_label
from ui.session import Session


class CheckPage(QWidget):
    """`jump` carries task id and field of the finding to go to, `go` a page."""

    jump = Signal(str, str)
    go = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.chosen: CheckItem | None = None
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.counts = QLabel()
        self.counts.setObjectName("muted")
        self.counts.setWordWrap(True)
        self.shown, self.arranged = QComboBox(), QComboBox()
        for value, label in SHOWN:
            self.shown.addItem(_(label), value)
        for value, label in ARRANGEMENTS:
            self.arranged.addItem(_(label), value)
        self.search = HintedLine()
        self.search.setPlaceholderText(_("查找：任务、代码或文字　Ctrl+F"))
        self.search.setClearButtonEnabled(True)
        self.list = HeadedList()
        self.list.setItemDelegate(CheckPaint(self.list))
        self.list.setResizeMode(HeadedList.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.where = QLabel()
        self.where.setObjectName("subtitle")
        self.where.setWordWrap(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.notes = FindingNotes()
        self.to_field = QPushButton(_("去改这一项　Enter"))
        self.again = QPushButton(_("重新校验　F5"))
        self.save = QPushButton(_("导出、打印…"))
        self.onward = QPushButton(_("去签署和报送"))
        for widget, name in (
            (self.shown, _("显示哪些")),
            (self.arranged, _("怎样分组")),
            (self.search, _("查找")),
            (self.list, _("校验结果")),
        ):
            widget.setAccessibleName(name)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.title)
        said.addWidget(self.counts)
        head = QHBoxLayout()
        head.addLayout(said, 1)
        for button in (self.again, self.save, self.onward):
            head.addWidget(button)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for word, field in ((_("显示(&V)"), self.shown), (_("分组(&G)"), self.arranged)):
            label = QLabel(word)
            label.setBuddy(field)
            filters.addWidget(label)
            filters.addWidget(field)
        filters.addWidget(self.search, 1)
        detail = QFrame()
        detail.setObjectName("card")
        detail.setMinimumWidth(380)
        box = QVBoxLayout(detail)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        for part in (self.where, self.notes, self.words):
            box.addWidget(part)
        box.addStretch(1)
        box.addWidget(self.to_field)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.list, 3)
        body.addWidget(detail, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.addLayout(head)
        page.addLayout(filters)
        page.addLayout(body, 1)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.list.itemActivated.connect(lambda _item: self._jump())
        self.to_field.clicked.connect(self._jump)
        self.again.clicked.connect(self.show_month)
        self.session.rechecked.connect(self._rechecked)
        QShortcut("F5", self, self.show_month)
        QShortcut("Ctrl+F", self, self.search.setFocus)
        self.shown.currentIndexChanged.connect(lambda _index: self.draw())
        self.arranged.currentIndexChanged.connect(lambda _index: self.draw())
        self.search.textChanged.connect(lambda _text: self.draw())
        self.save.clicked.connect(self._choose_file)
        self.onward.clicked.connect(lambda: self.go.emit("send"))
        self.notes.explained.connect(self._explain)
        self.notes.left.connect(self.session.autosave.flush)

    def show_month(self) -> None:
        """Run every rule and show all findings, the chosen one staying chosen; over a large plan they come later."""
        self.session.autosave.flush()
        self.session.recheck_aside()
        if self.session.checking:
            self._wait()
        elif not self.isVisible():
            self.draw()

    def _rechecked(self) -> None:
        if self.isVisible():
            self.draw()

    def draw(self) -> None:
        """Show what the filters let through of what is known; nothing is checked again. A cursor stays in its box."""
        if self.session.checking and not self.session.known:
            return
        kept = self.chosen.key if self.chosen else None
        writing = self.notes.focusWidget() is QApplication.focusWidget() is not None
        self.list.blockSignals(True)  # a list that is empty for a moment would take the box away
        self.list.clear()
        self.list.blockSignals(False)
        found = items(self.session)
        shown, words = self.shown.currentData() or ALL, self.search.text()
        lines = [item for item in found if item.passes(shown, words)]
        for title, under in grouped(lines, self.arranged.currentData()):
            self._add_heading(_("{title}（{count}）").format(title=title, count=len(under)))
            for item in under:
                self._add(item)
        self._tell(found, len(lines))
        self._restore(kept)
        if writing and (self.chosen is None or self.chosen.key != kept):
            self.list.setFocus()

    def save_list(self, file: Path) -> None:
        """Write the whole list to a workbook, or to pages that are opened for printing."""
        desk, period = self.session.desk, self.session.period
        self.session.autosave.flush()
        ready: list[Callable[[], bytes]] = []
        if self.session.attempt(lambda: ready.append(check_list.ready(desk, period, file))):
            self.session.work.start(_("正在写校验结果清单…"), partial(write_when_made, file, ready[0]), self._saved)

    def _saved(self, file: Path) -> None:
        self.session.messages.good(_("校验结果清单已存到 {file}。").format(file=file))
        if file.suffix.lower() == check_list.PDF:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _add(self, line: CheckItem) -> None:
        item = QListWidgetItem(line.text)
        item.setData(ITEM_ROLE, line)
        self.list.addItem(item)

    def _tell(self, found: list[CheckItem], shown: int) -> None:
        blocking = sum(item.blocks for item in found)
        sealed = self.session.view.sealed
        self.onward.setEnabled(True)
        if self.session.checking:
            self.title.setText(_("正在校验…"))
        elif sealed:
            self.title.setText(_("本月已签署封存；下面是签署内容的校验结果"))
        elif blocking:
            self.title.setText(_("还有 {count} 个问题，处理完才能签署").format(count=blocking))
        else:
            self.title.setText(_("✓ 校验通过，可以签署"))
        text = check_list.summary(self.session.checked())
        if shown < len(found):
            text = _("列出 {shown} 条，共 {all} 条。").format(shown=shown, all=len(found)) + text
        self.counts.setText(text)
        keeps = bool(blocking) and not sealed
        for button, now in ((self.onward, not keeps), (self.to_field, keeps)):
            button.setObjectName("primary" if now else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def _wait(self) -> None:
        """Nothing is said of a month that the rules have not been over; what was chosen is looked for then."""
        self.title.setText(_("正在校验…"))
        if self.session.known:
            return
        self.list.blockSignals(True)
        self.list.clear()
        self.list.blockSignals(False)
        self.where.setText(_("正在校验…"))
        for label in (self.counts, self.words):
            label.clear()
        self.notes.clear()
        for button in (self.to_field, self.onward):
            button.setEnabled(False)

    def _restore(self, kept: tuple[str, str] | None) -> None:
        places = [n for n in range(self.list.count()) if self.list.item(n).flags() & Qt.ItemFlag.ItemIsEnabled]
        same = [n for n in places if kept and self.list.item(n).data(ITEM_ROLE).key == kept]
        modes = QListView.LayoutMode
        self.list.setLayoutMode(modes.SinglePass if same else modes.Batched)  # one in the middle is scrolled to
        for place in (same or places)[:1]:
            self.list.setCurrentRow(place)
        if not places:
            self._show(None)

    def _show(self, item: QListWidgetItem | None) -> None:
        line = item.data(ITEM_ROLE) if item is not None else None
        if not isinstance(line, CheckItem):
            self.chosen = None
            self.where.setText(_("没有发现问题") if not self.session.findings else _("没有符合条件的"))
            self.words.clear()
            self.notes.clear()
            self.to_field.setEnabled(False)
            return
        if self.chosen is None or self.chosen.key != line.key:
            self.session.autosave.flush()
            self.notes.clear()
        self.chosen = line
        self.where.setText(line.place)
        findings = (line.said,) if isinstance(line.said, Finding) else ()
        why = check_list.about(line.code)
        if isinstance(line.said, Unchecked):
            why = "\n\n".join((line.text.partition("\n")[2], check_list.missing_remedy(line.said), why))
        self.words.setText(why)
        writable = not (self.session.view.sealed or self.session.desk.read_only)
        self.notes.show_findings(findings, writable=writable, stale=self.session.stale_of(line.task))
        self.to_field.setEnabled(line.task != REPORT or _page_of(line.code) is not None)

    def _jump(self) -> None:
        if self.chosen is None:
            return
        page = _page_of(self.chosen.code)
        if page is not None:
            self.go.emit(page)
        elif self.chosen.task != REPORT:
            self.jump.emit(self.chosen.task, self.chosen.field or "")

    def _explain(self, code: str, text: str) -> None:
        if self.chosen is not None:
            self.session.autosave.note(self.session.period, self.chosen.task, EXPLAIN + code, text)

    def _choose_file(self) -> None:
        name = _("{unit}{month}校验结果清单.xlsx").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file = file_to_write(self, _("导出校验结果清单"), name, SHEET_OR_PAGES)
        if file is not None:
            self.save_list(file)


def _page_of(code: str) -> str | None:
    """Where a finding is put right that no field of a task can: people and calendars in 设置, questions in 计划."""
    if code.startswith("P") or code == "L802":
        return "settings"
    return "plan" if code == "J903" else None
