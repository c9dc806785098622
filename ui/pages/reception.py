"""The receiving desk in a window: who has handed in, receive a folder, answer with a receipt."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from PySide6.QtWidgets import QTableWidgetItem as Cell

from desktop_app.desk import bureau, keys, reception
from desktop_app.desk.desk import Desk
from desktop_app.desk.receive import NotTaken
from desktop_app.desk.reception import Standing
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.period import Period
from ui.messages import MessageBar, Messages
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

HEADS = (N_("单位"), N_("状态"), N_("版次"), N_("收到时间"), N_("校验码"), N_("答复"))
ANSWERS = {"accepted": N_("已出回执"), "returned": N_("已退回"), "": N_("未答复")}
SHOWN_REFUSALS = 6


class ReceptionPage(QWidget):
    """Only what the desk can do today has a button; files are taken in one by one, so that it can be stopped."""

    def __init__(self, desk: Desk, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.messages = messages
        self.rows: tuple[Standing, ...] = ()
        self.refused: list[NotTaken] = []
        self._waiting: list[Path] = []
        self._taken = 0
        self.month = QComboBox()
        self.count = QLabel()
        self.table = QTableWidget(0, len(HEADS))
        self.enrol = QPushButton(_("登记单位证书…(&E)"))
        self.folder = QPushButton(_("收一个文件夹…(&R)"))
        self.files = QPushButton(_("收文件…(&F)"))
        self.export = QPushButton(_("导出收文方证书…"))
        self.passphrase = QLineEdit()
        self.accept = QPushButton(_("出具回执…(&A)"))
        self.send_back = QPushButton(_("退回…(&B)"))
        self.collate = QPushButton(_("汇总…(&C)"))
        self.progress = QProgressBar()
        self.stop = QPushButton(_("停下"))
        self._lay_out()
        self._connect()
        self.show_months()

    def _lay_out(self) -> None:
        title = QLabel(_("{unit}　收件").format(unit=self.desk.unit.short_name))
        title.setObjectName("title")
        label = QLabel(_("报告期(&T)"))
        label.setBuddy(self.month)
        head = QHBoxLayout()
        for widget in (title, label, self.month, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        self.table.setHorizontalHeaderLabels([_(word) for word in HEADS])
        self.table.setAccessibleName(_("各单位报送情况"))
        self.table.verticalHeader().hide()
        columns = self.table.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        tinted(self.table)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(_("收文密钥的口令"))
        self.passphrase.setMinimumWidth(210)
        self.passphrase.setAccessibleName(_("收文密钥的口令"))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("收件进度"))
        self.accept.setObjectName("primary")
        tools = QHBoxLayout()
        for button in (self.enrol, self.folder, self.files, self.collate, self.export):
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self.passphrase)
        tools.addWidget(self.send_back)
        tools.addWidget(self.accept)
        wait = QHBoxLayout()
        wait.addWidget(self.progress, 1)
        wait.addWidget(self.stop)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(MessageBar(self.messages))
        box.addWidget(self.table, 1)
        box.addLayout(wait)
        box.addLayout(tools)
        self._set_busy(busy=False)

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(lambda _place: self.show_month())
        self.table.itemSelectionChanged.connect(self._selected)
        self.enrol.clicked.connect(self._choose_certificates)
        self.folder.clicked.connect(self._choose_folder)
        self.files.clicked.connect(self._choose_files)
        self.export.clicked.connect(self._choose_export)
        self.accept.clicked.connect(self._choose_answers)
        self.send_back.clicked.connect(self._choose_remarks)
        self.collate.clicked.connect(self._choose_workbook)
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
        self.rows = reception.standing(self.desk, period) if period else ()
        self.table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            for column, word in enumerate(_words(row)):
                cell = Cell(word)
                if column == 1 and not (row.revision and row.on_time):
                    tint(cell, Pair.AMBER if row.revision else Pair.RED)
                self.table.setItem(place, column, cell)
        here = sum(bool(row.revision) for row in self.rows)
        late = sum(bool(row.revision and not row.on_time) for row in self.rows)
        self.count.setText(
            _("已收 {here} / {all}，逾期 {late}，未收到 {missing}").format(
                here=here, all=len(self.rows), late=late, missing=len(self.rows) - here
            )
        )
        self._selected()

    @property
    def period(self) -> Period | None:
        """The month in view."""
        chosen: Period | None = self.month.currentData()
        return chosen

    def take_in(self, files: Sequence[Path]) -> None:
        """Take files in, one at a time between the window's own events."""
        self._waiting[:] = files
        self._taken, self.refused = 0, []
        self.progress.setRange(0, len(files))
        self._set_busy(busy=True)
        QTimer.singleShot(0, self, self._next)

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
        """Receipts for the selected reports, written to a folder."""
        secret = self.passphrase.text() or keys.recall_passphrase(self.desk, bureau.KEY) or ""
        chosen = self._chosen()
        for row in chosen:
            try:
                bureau.accept(self.desk, row.sha256, secret, folder)
            except ClerkError as problem:
                self.messages.refuse(problem)
                break
        else:
            self.messages.good(_("已出具 {count} 份回执，放在 {folder}。").format(count=len(chosen), folder=folder))
            self.passphrase.clear()
        self.show_month()

    def return_with(self, remarks: Path, folder: Path) -> None:
        """The one selected report goes back with the remarks in a file, JSON or workbook."""
        from desktop_app.desk.bureau_return import return_report

        secret = self.passphrase.text() or keys.recall_passphrase(self.desk, bureau.KEY) or ""
        sha256 = self._chosen()[0].sha256
        self._attempt(
            lambda: return_report(self.desk, sha256, remarks, secret, folder),
            _("已退回，意见放在 {folder}。").format(folder=folder),
        )
        self.show_month()

    def collate_to(self, file: Path) -> None:
        """The month of all units in one workbook."""
        from desktop_app.desk.bureau_month import collate

        period = self.period
        if period is not None:
            said = _("汇总已写到 {path}。").format(path=file)
            self._attempt(lambda: collate(self.desk, period, file), said)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """What is not taken in yet stays where it is; the book is let go of."""
        self._waiting.clear()
        self.desk.close()
        super().closeEvent(event)

    def _next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        file = self._waiting.pop(0)
        try:
            found = bureau.receive(self.desk, [file])
        except ClerkError as problem:
            self._waiting.clear()
            self.messages.refuse(problem)
            self._set_busy(busy=False)
            self.show_months()
            return
        self._taken += len(found.taken)
        self.refused += found.refused
        self.progress.setValue(self._taken + len(self.refused))
        QTimer.singleShot(0, self, self._next)

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

    def _chosen(self) -> list[Standing]:
        places = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self.rows[place] for place in places if self.rows[place].revision]

    def _selected(self) -> None:
        chosen = self._chosen()
        self.accept.setEnabled(bool(chosen))
        self.send_back.setEnabled(len(chosen) == 1 and not chosen[0].answer)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.enrol, self.folder, self.files, self.collate, self.export, self.month):
            widget.setEnabled(not busy)
        self.table.setEnabled(not busy)
        self._selected()
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)

    def _choose_certificates(self) -> None:
        files, _kind = QFileDialog.getOpenFileNames(self, _("选择单位证书"), "", _("证书 (*.pem *.cer *.crt)"))
        if files:
            self.enrol_all([Path(file) for file in files])

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("收哪个文件夹里的月报"))
        if folder:
            self.take_in(sorted(Path(folder).glob("*.pdf")))

    def _choose_files(self) -> None:
        files, _kind = QFileDialog.getOpenFileNames(self, _("选择月报"), "", "PDF (*.pdf)")
        if files:
            self.take_in([Path(file) for file in files])

    def _choose_export(self) -> None:
        file, _kind = QFileDialog.getSaveFileName(self, _("导出收文方证书"), "bureau.pem", _("证书 (*.pem)"))
        if file:
            self._attempt(lambda: keys.export(self.desk, Path(file)), _("证书已导出到 {path}。").format(path=file))

    def _choose_answers(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("回执放在哪个文件夹"))
        if folder:
            self.answer(Path(folder))

    def _choose_remarks(self) -> None:
        words = _("意见 (*.xlsx *.json)")
        file, _kind = QFileDialog.getOpenFileName(self, _("选择写着意见的文件"), "", words)
        folder = QFileDialog.getExistingDirectory(self, _("退回文件放在哪个文件夹")) if file else ""
        if folder:
            self.return_with(Path(file), Path(folder))

    def _choose_workbook(self) -> None:
        file, _kind = QFileDialog.getSaveFileName(self, _("汇总到"), f"{self.period}.xlsx", "XLSX (*.xlsx)")
        if file:
            self.collate_to(Path(file))

    def _attempt(self, verb: Callable[[], object], said: str) -> None:
        try:
            verb()
        except ClerkError as problem:
            self.messages.refuse(problem)
        else:
            self.messages.good(said)


def _words(row: Standing) -> tuple[str, ...]:
    if not row.revision:
        return row.unit_name, _("✗ 未收到"), "", "", "", ""
    state = _("✓ 按时") if row.on_time else _("⚠ 逾期")
    when = f"{row.received_at:%Y-%m-%d %H:%M}" if row.received_at else ""
    revision = _("第 {n} 版").format(n=row.revision)
    return row.unit_name, state, revision, when, row.check_code, _(ANSWERS[row.answer])
