"""The receiving desk in a window: who has handed in, receive a folder, answer, collate, hand out.

A bureau's book is this page alone; in the window of a unit it is the page of its own towns and departments.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from PySide6.QtWidgets import QTableWidgetItem as Cell
from shiboken6 import isValid

from desktop_app.desk import accepting, bureau, bureau_month, keys, reception
from desktop_app.desk.accepting import Flowed
from desktop_app.desk.desk import Desk
from desktop_app.desk.receive import NotTaken, Received
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.collation import Standing, UnitStanding
from desktop_app.model.period import Period
from ui.background import send, walk
from ui.fields.columns import Columns
from ui.messages import MessageBar, Messages
from ui.models.reception_words import HEADS, cells, colour, counts
from ui.pages.reception_asks import ReceptionAsks
from ui.pages.reception_tools import ReceptionTools
from ui.remembered import Remembered
from ui.session import Session
from ui.theme.tints import tint, tinted

SHOWN_REFUSALS = 6


class ReceptionPage(QWidget):
    """Files are taken in one by one, so that it can be stopped. With a `session` the month is the window's."""

    def __init__(
        self,
        desk: Desk,
        messages: Messages,
        parent: QWidget | None = None,
        session: Session | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.messages = messages
        self.session = session
        self.remembered = session.remembered if session else remembered or Remembered()
        self.rows: tuple[UnitStanding, ...] = ()
        self.refused: list[NotTaken] = []
        self._waiting: list[Path] = []
        self._taken = 0
        self._let_go = False
        self.month = QComboBox()
        self.count = QLabel()
        self.table = QTableWidget(0, len(HEADS))
        self.tools = ReceptionTools(desk)
        self.progress = QProgressBar()
        self.stop = QPushButton(_("停下"))
        self.asks = ReceptionAsks(self)
        self._lay_out()
        self._connect()
        self.show_months()

    def _lay_out(self) -> None:
        title = QLabel(_("{unit}　收件").format(unit=self.desk.unit.short_name) if self.session is None else _("收件"))
        title.setObjectName("title")
        label = QLabel(_("报告期(&T)"))
        label.setBuddy(self.month)
        head = QHBoxLayout()
        for widget in (title, label, self.month, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (label, self.month):
            widget.setVisible(self.session is None)
        self._dress_table()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("收件进度"))
        wait = QHBoxLayout()
        wait.addWidget(self.progress, 1)
        wait.addWidget(self.stop)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addLayout(head)
        if self.session is None:
            box.addWidget(MessageBar(self.messages))
        box.addWidget(self.table, 1)
        box.addLayout(wait)
        box.addWidget(self.tools)
        self._set_busy(busy=False)

    def _dress_table(self) -> None:
        self.table.setHorizontalHeaderLabels([_(word) for word in HEADS])
        self.table.setAccessibleName(_("各单位报送情况"))
        self.table.verticalHeader().hide()
        columns = self.table.horizontalHeader()
        Columns(self.table, "reception", self.remembered, (0,))
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tinted(self.table)

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(lambda _place: self.show_month())
        self.table.itemSelectionChanged.connect(self._selected)
        self.stop.clicked.connect(self._waiting.clear)

    def show_months(self) -> None:
        """The months there are; the one in view stays."""
        before = self.period
        self.month.blockSignals(True)
        self.month.clear()
        for period in reception.months(self.desk):
            self.month.addItem(period.spoken, period)
        self.month.setCurrentIndex(max(self.month.findData(before), 0))
        self.month.blockSignals(False)
        self.show_month()

    def show_month(self) -> None:
        """Unit by unit."""
        period = self.period
        if period is None:
            return
        found = bureau_month.status(self.desk, period)
        self.rows = found.units
        self.table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            for column, word in enumerate(cells(row)):
                cell = Cell(word)
                if column == 1 and (ink := colour(row)) is not None:
                    tint(cell, ink)
                self.table.setItem(place, column, cell)
        self.count.setText(counts(found))
        self.tools.show_keys()
        self._selected()

    @property
    def period(self) -> Period | None:
        """The month in view."""
        chosen: Period | None = self.session.period if self.session else self.month.currentData()
        return chosen

    def take_in(self, files: Sequence[Path]) -> None:
        """Take files in, one at a time: verified and checked in the background, kept on the desk."""
        self._waiting[:] = files
        self._taken, self.refused = 0, []
        self.progress.setRange(0, len(files))
        self._set_busy(busy=True)
        self._next()

    def enrol_all(self, files: Sequence[Path]) -> None:
        """Trust the certificates of units; their fingerprints are said, to be compared aloud."""
        lines = []
        for file in files:
            try:
                done = bureau.enrol(self.desk, file)
            except ClerkError as problem:
                self.messages.refuse(problem)
                return
            lines.append(_("{unit} {mark}").format(unit=done.unit_name, mark=done.fingerprint))
        self.messages.good(_("已登记，请与报送单位核对指纹：{marks}").format(marks="　".join(lines)))
        self.show_month()

    def answer(self, folder: Path) -> None:
        """Receipts for the selected reports, written to a folder; a unit's towns flow into its draft."""
        chosen, done = self.chosen(), list[Flowed]()
        if not chosen or not self._saved():
            return
        for row in chosen:
            flowed = self._accepted(row, folder, len(done))
            if flowed is None:
                break
            done.append(flowed)
        else:
            self._say_answered(done, folder)
            self.tools.passphrase.clear()
        self._again()

    def _accepted(self, row: UnitStanding, folder: Path, before: int) -> Flowed | None:
        """One receipt; where it is refused, that is said, and how many were given before."""
        try:
            key = self.tools.key()
            return accepting.accept(self.desk, row.sha256, self.tools.secret(key), folder, key_name=key)
        except ClerkError as problem:
            self.messages.refuse(problem)
            if before:
                said = _("已出具 {count} 份回执，放在 {folder}。").format(count=before, folder=folder)
                self.messages.note(f"{said}\n{problem}")
            return None

    def _saved(self) -> bool:
        """What is typed in a unit's window comes first; where it cannot be saved, the window says why."""
        return self.session is None or self.session.autosave.flush()

    def _say_answered(self, done: list[Flowed], folder: Path) -> None:
        words = [_("已出具 {count} 份回执，放在 {folder}。").format(count=len(done), folder=folder)]
        words += [each.note for each in done if each.note]
        merged = [each.merged for each in done if each.merged is not None]
        if merged:
            words.append(_("并入草稿 {count} 处。").format(count=sum(len(each.drawn) for each in merged)))
        choices = merged[-1].choices if merged else ()
        action = None
        if choices:
            words.append(_("另有 {count} 处文字或数字由您决定，没有改动本单位写的。").format(count=len(choices)))
            sha256 = done[-1].accepted.receipt.report_sha256
            action = (_("把文字加在后面"), lambda: self.take_words(sha256))
        tell = self.messages.note if choices or any(each.note for each in done) else self.messages.good
        tell("\n".join(words), action)

    def take_words(self, sha256: str) -> None:
        """Add what the towns wrote below the unit's own words."""
        if not self._saved():
            return
        try:
            merged = accepting.take_words(self.desk, sha256)
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        said = _("加进 {count} 处文字，每处前面写着单位名称。").format(count=len(merged.drawn))
        if merged.choices:
            said += _("还有 {count} 处数字与本单位填的不同，没有改动。").format(count=len(merged.choices))
        self.messages.good(said)
        self._again()

    def return_with(self, remarks: Path, folder: Path) -> None:
        """The one selected report goes back with the remarks in a file, JSON or workbook."""
        from desktop_app.desk.bureau_return import return_report

        sha256 = self.chosen()[0].sha256

        def send_back() -> None:
            key = self.tools.key()
            return_report(self.desk, sha256, remarks, self.tools.secret(key), folder, key_name=key)

        self.attempt(send_back, _("已退回，意见放在 {folder}。").format(folder=folder))
        self.show_month()

    def collate_to(self, file: Path) -> None:
        """The month of all units in one workbook."""
        period = self.period
        if period is not None:
            said = _("汇总已写到 {path}。").format(path=file)
            self.attempt(lambda: bureau_month.collate(self.desk, period, file), said)

    def publish(self, source: Path, out: Path, *, plan: bool) -> None:
        """Hand out a task table or a year's calendar, signed, in the background."""
        from desktop_app.desk import publish

        try:
            key = self.tools.key()
            by = publish.publisher(self.desk, key, self.tools.secret(key))
        except ClerkError as problem:
            self.messages.refuse(problem)
            return
        hand_out = publish.publish_plan if plan else publish.publish_calendar
        self._set_busy(busy=True, stoppable=False)
        self.messages.note(_("正在印发 {name}…").format(name=source.name))
        send(lambda: hand_out(by, source, out), self._published, self._not_published)

    def _published(self, done: object) -> None:
        from desktop_app.desk.publish import Published

        self._set_busy(busy=False)
        if not isinstance(done, Published):
            raise TypeError(type(done))
        self.tools.passphrase.clear()
        words = [_("已写到 {path}，校验码 {code}。").format(path=done.path, code=done.check_code), *done.doubts]
        if done.questions:
            words.append(_("有 {count} 个问题没有答复，由收到的单位自己答复。").format(count=len(done.questions)))
        (self.messages.note if done.doubts or done.questions else self.messages.good)("\n".join(words))

    def _not_published(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        self.messages.refuse(problem)

    def let_go(self) -> None:
        """The book is closing: what is not taken in yet stays where it is."""
        self._let_go = True
        self._waiting.clear()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """A window of its own lets go of the book."""
        self.let_go()
        if self.session is None:
            self.desk.close()
        super().closeEvent(event)

    def _next(self) -> None:
        if self._let_go:
            return
        if not self._waiting:
            self._finish()
            return
        walk(bureau.receiving(self.desk, [self._waiting.pop(0)]), self._took, self._broke, self._over)

    def _over(self) -> bool:
        return self._let_go or not isValid(self)

    def _took(self, found: Received) -> None:
        self._taken += len(found.taken)
        self.refused += found.refused
        self.progress.setValue(self._taken + len(self.refused))
        self._next()

    def _broke(self, problem: Exception) -> None:
        self._waiting.clear()
        self.messages.refuse(problem)
        self._set_busy(busy=False)
        self.show_months()

    def _finish(self) -> None:
        self._set_busy(busy=False)
        self.show_months()
        words = [_("收下 {count} 份。").format(count=self._taken)]
        words += [
            _("没有收 {file}：{why}").format(file=Path(row.file).name, why=row.reason)
            for row in self.refused[:SHOWN_REFUSALS]
        ]
        if len(self.refused) > SHOWN_REFUSALS:
            words.append(_("另有 {count} 份没有收。").format(count=len(self.refused) - SHOWN_REFUSALS))
        (self.messages.note if self.refused else self.messages.good)("\n".join(words))

    def chosen(self) -> list[UnitStanding]:
        """The reports of the selected lines."""
        places = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self.rows[place] for place in places if self.rows[place].revision]

    def _selected(self) -> None:
        chosen, idle = self.chosen(), self.table.isEnabled()
        self.tools.accept.setEnabled(idle and bool(chosen))
        self.tools.send_back.setEnabled(idle and len(chosen) == 1 and chosen[0].standing is Standing.RECEIVED)

    def _set_busy(self, *, busy: bool, stoppable: bool = True) -> None:
        self.tools.set_busy(busy=busy)
        self.month.setEnabled(not busy)
        self.table.setEnabled(not busy)
        self._selected()
        if not stoppable:
            self.progress.setRange(0, 0)
        self.progress.setVisible(busy)
        self.stop.setVisible(busy and stoppable)

    def _again(self) -> None:
        """Read the month afresh, here and in the rest of a unit's window."""
        if self.session is not None:
            self.session.refresh()
        self.show_month()

    def attempt(self, verb: Callable[[], object], said: str) -> None:
        """Do it and say so, or say why not."""
        try:
            verb()
        except ClerkError as problem:
            self.messages.refuse(problem)
        else:
            self.messages.good(said)

    def export_to(self, file: Path) -> None:
        """The certificate by which those who report here know this desk."""
        self.attempt(lambda: keys.export(self.desk, file), _("证书已导出到 {path}。").format(path=file))
