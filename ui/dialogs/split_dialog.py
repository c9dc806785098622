"""分解任务: which tasks go to which town or department, who signs the table, where it is written."""

from pathlib import Path

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import keys, places, reporting_units, split_plan, units
from desktop_app.desk.publish import Published
from desktop_app.desk.split_plan import Ready, Split
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.plan import Plan
from desktop_app.model.report import Role
from ui.background import send
from ui.dialogs.foot import foot
from ui.fields.ticked_tasks import TickedTasks
from ui.session import Session


class SplitDialog(QDialog):
    """Accepted only when the signed table is written; `made` then says what was handed to whom."""

    def __init__(self, session: Session, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.plan = plan
        self.made: Split | None = None
        self._busy = self._naming = self._by_hand = False
        self.setWindowTitle(_("分解任务"))
        self.unit = QComboBox()
        self.tasks = TickedTasks(split_plan.can_be_split(session.desk, plan), session.desk.unit.code)
        self.key = QComboBox()
        self.passphrase = QLineEdit()
        self.where = QComboBox()
        self.browse = QPushButton(_("选文件夹…(&F)"))
        self.progress = QProgressBar()
        self.trouble = QLabel()
        self.do = QPushButton(_("签署并写出(&S)"))
        self.cancel = QPushButton(_("先不分解"))
        self._fill()
        self._lay_out()
        self._connect()
        self.unit.setFocus()

    def _fill(self) -> None:
        desk = self.session.desk
        known = [*reporting_units.expected(desk).values(), *(unit.name for unit in units.own_units(desk) if unit.name)]
        self.unit.setEditable(True)
        self.unit.addItems(list(dict.fromkeys(name for name in known if name != desk.unit.name)))
        self.unit.setCurrentIndex(-1)
        line = self.unit.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("街乡镇、科室的全称；没有的直接写，会加进名录"))
        for key in keys.list_keys(desk):
            if key.role is Role.APPROVER and key.usable:
                self.key.addItem(key.name, key.name)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.where.setEditable(True)
        self.where.addItems([str(stick.folder) for stick in places.sticks() if stick.writable])
        self.where.setCurrentIndex(0 if self.where.count() == 1 else -1)

    def _lay_out(self) -> None:
        about = QLabel(_("写出一份签名的任务表，对方用「收文件」收下就能填；它的月报收下后并入本单位的草稿。"))
        about.setObjectName("muted")
        about.setWordWrap(True)
        place = QHBoxLayout()
        place.addWidget(self.where, 1)
        place.addWidget(self.browse)
        top, bottom = QFormLayout(), QFormLayout()
        top.addRow(_("分给谁(&U)"), self.unit)
        bottom.addRow(_("签发人(&K)"), self.key)
        bottom.addRow(_("口令(&P)"), self.passphrase)
        label = QLabel(_("写到(&W)"))
        label.setBuddy(self.where)
        bottom.addRow(label, place)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("正在签署并写出"))
        self.progress.hide()
        self.browse.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 14)
        box.setSpacing(9)
        box.addWidget(about)
        box.addLayout(top)
        box.addWidget(self.tasks, 1)
        box.addLayout(bottom)
        box.addWidget(self.progress)
        box.addWidget(self.trouble)
        box.addLayout(foot(self.trouble, self.do, self.cancel))
        self.resize(760, 640)

    def _connect(self) -> None:
        self.unit.currentTextChanged.connect(lambda _text: self._unit_named())
        self.tasks.changed.connect(self._ticked)
        self.key.currentIndexChanged.connect(lambda _place: self._key_chosen())
        self.browse.clicked.connect(self._choose_folder)
        self.do.clicked.connect(self.split)
        self.cancel.clicked.connect(self.reject)
        QShortcut("Ctrl+F", self, self.tasks.search.setFocus)
        self._key_chosen()

    def split(self) -> None:
        """Sign and write in the background; what is missing is said first."""
        try:
            made = self._ready()
        except ClerkError as problem:
            self._say(str(problem))
            return
        self._set_busy(busy=True)
        send(made.write, lambda done: self._written(made, done), self._failed)

    def reject(self) -> None:
        """Closing waits for a table that is being signed."""
        if not self._busy:
            super().reject()

    def _ready(self) -> Ready:
        name, folder = self.unit.currentText().strip(), self.where.currentText().strip()
        tasks, key = self.tasks.ticked(), str(self.key.currentData() or "")
        if not name:
            self.unit.setFocus()
            raise ClerkError(_("还没有写分给谁。"))
        if not tasks:
            self.tasks.list.setFocus()
            raise ClerkError(_("还没有勾选任务。"), _("在列表里按空格勾选。"))
        if not key:
            raise ClerkError(_("没有可用的单位负责人密钥，不能签发。"), _("请先在设置页新建或登记一把。"))
        if not folder or not Path(folder).is_dir():
            self.where.setFocus()
            raise ClerkError(_("还没有选写到哪个文件夹，或者那个文件夹不在了。"))
        desk, unit = self.session.desk, "".join(name.split())
        known = desk.directory.find(unit)
        out = _free(Path(folder), split_plan.file_name(self.plan, known.short_name if known else unit))
        secret = self.passphrase.text()
        return split_plan.prepare(desk, name, out, secret, key_name=key, tasks=tasks, plan_id=self.plan.id)

    def _written(self, made: Ready, done: Published) -> None:
        self._set_busy(busy=False)
        try:
            self.made = split_plan.keep(self.session.desk, made, done)
        except ClerkError as problem:
            self._say(_("文件已写到 {path}，但没有记入填报簿：{why}").format(path=done.path, why=problem))
            return
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        self._say(str(problem) if isinstance(problem, ClerkError) else _("没有写出，什么都没有变。"))
        if not isinstance(problem, ClerkError):
            self.session.messages.refuse(problem)

    def _ticked(self) -> None:
        self._by_hand = self._by_hand or not self._naming

    def _unit_named(self) -> None:
        """The tasks for which the table itself names this unit, until somebody ticks others."""
        if not self._by_hand:
            self._naming = True
            self.tasks.tick(split_plan.for_unit(self.session.desk, self.plan, self.unit.currentText()))
            self._naming = False

    def _key_chosen(self) -> None:
        name = str(self.key.currentData() or "")
        self.passphrase.setText((keys.recall_passphrase(self.session.desk, name) if name else None) or "")

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("写到哪个文件夹"), self.where.currentText())
        if folder:
            self.where.setEditText(folder)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._say("")
        self.progress.setVisible(busy)
        for widget in (self.unit, self.tasks, self.key, self.passphrase, self.where, self.browse, self.do, self.cancel):
            widget.setEnabled(not busy)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


def _free(folder: Path, name: str) -> Path:
    """A name that no file there has: what was handed out before stays."""
    file, number = folder / name, 1
    while file.exists():
        number += 1
        file = folder / f"{Path(name).stem}_{number}.pdf"
    return file
