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
from desktop_app.desk.deliveries import CancelledError, Watch
from desktop_app.desk.split_plan import Ready, Split
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.place import Place, PlaceKind
from desktop_app.model.plan import Plan
from desktop_app.model.report import Role
from ui.dialogs.foot import foot
from ui.dialogs.under_way import UnderWay
from ui.fields.ticked_tasks import TickedTasks
from ui.session import Session


class SplitDialog(QDialog):
    """Accepted only when the signed table is written; `made` then says what was handed to whom."""

    def __init__(self, session: Session, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.plan = plan
        self.made: Split | None = None
        self._naming = self._by_hand = False
        self.under_way = UnderWay(session, self)
        self._watch: Watch | None = None
        self.setWindowTitle(_("分解任务"))
        self.unit = QComboBox()
        self.tasks = TickedTasks(split_plan.can_be_split(session.desk, plan), session.desk.unit.code)
        self.key = QComboBox()
        self.passphrase = QLineEdit()
        self.where = QComboBox()
        self.browse = QPushButton(_("选文件夹…(&F)"))
        self.password = QLineEdit()
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
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.where.setEditable(True)
        sticks = [str(stick.folder) for stick in places.sticks() if stick.writable]
        for folder in sticks:
            self.where.addItem(folder, Place("", PlaceKind.FOLDER, folder))
        for place in places.places(desk):
            self.where.addItem(f"{place.name}　{place.shown}", place)
        self.where.setCurrentIndex(0 if len(sticks) == 1 else -1)

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
        bottom.addRow(_("那里的口令(&O)"), self.password)
        self.rows = bottom
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
        self.where.currentTextChanged.connect(lambda _text: self._place_chosen())
        self.do.clicked.connect(self.split)
        self.cancel.clicked.connect(self.reject)
        QShortcut("Ctrl+F", self, self.tasks.search.setFocus)
        self._key_chosen()
        self._place_chosen()

    def split(self) -> None:
        """Sign and carry in the background; what is missing is said first."""
        try:
            made, place = self._ready()
        except ClerkError as problem:
            self._say(str(problem))
            return
        secret = self.password.text() or places.secret_kept(place) or ""
        self._watch = Watch()
        self._set_busy(busy=True)
        steps = split_plan.handing(self.session.desk, made, place, secret, self._watch)
        self.under_way.follow(steps, self._handed, self._failed)

    def reject(self) -> None:
        """Closing first stops a table that is being signed or carried, and waits until it has stopped."""
        if not self.under_way.busy:
            super().reject()
        elif self._watch is not None:
            self._watch.cancel()
            self.cancel.setEnabled(False)
            self._say(_("正在停下…"))

    def _place(self) -> Place:
        """What stands in 写到: a place of the list, or a folder that is there."""
        text = self.where.currentText().strip()
        listed = self.where.findText(text)
        if listed >= 0:
            place: Place = self.where.itemData(listed)
            if place.remote or Path(place.address).is_dir():
                return place
        elif text and Path(text).is_dir():
            return Place("", PlaceKind.FOLDER, text)
        self.where.setFocus()
        raise ClerkError(_("还没有选写到哪个文件夹，或者那个文件夹不在了。"))

    def _ready(self) -> tuple[Ready, Place]:
        name = self.unit.currentText().strip()
        tasks, key = self.tasks.ticked(), str(self.key.currentData() or "")
        if not name:
            self.unit.setFocus()
            raise ClerkError(_("还没有写分给谁。"))
        if not tasks:
            self.tasks.list.setFocus()
            raise ClerkError(_("还没有勾选任务。"), _("在列表里按空格勾选。"))
        if not key:
            raise ClerkError(_("没有可用的单位负责人密钥，不能签发。"), _("请先在设置页新建或登记一把。"))
        place = self._place()
        if self._asks_for_password(place) and not self.password.text():
            self.password.setFocus()
            raise ClerkError(_("还没有输入「{place}」的口令。").format(place=place.said))
        desk, unit = self.session.desk, "".join(name.split())
        known = desk.directory.find(unit)
        out = Path(split_plan.file_name(self.plan, known.short_name if known else unit))
        secret = self.passphrase.text()
        return split_plan.prepare(desk, name, out, secret, key_name=key, tasks=tasks, plan_id=self.plan.id), place

    def _handed(self, made: Split) -> None:
        self._set_busy(busy=False)
        self.made = made
        self.accept()

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        if isinstance(problem, CancelledError):
            self._say(_("已停下，没有写出，什么都没有变。"))
        else:
            self._say(str(problem) if isinstance(problem, ClerkError) else _("没有写出，什么都没有变。"))
        if not isinstance(problem, ClerkError):
            self.session.messages.refuse(problem)

    def _place_chosen(self) -> None:
        """A server asks for its password where none is kept."""
        listed = self.where.findText(self.where.currentText().strip())
        self.password.clear()
        self.rows.setRowVisible(self.password, listed >= 0 and self._asks_for_password(self.where.itemData(listed)))

    def _asks_for_password(self, place: Place) -> bool:
        return places.takes_secret(place) and places.secret_kept(place) is None

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
        self._say("")
        self.progress.setVisible(busy)
        self.cancel.setText(_("停下") if busy else _("先不分解"))
        self.cancel.setEnabled(True)
        fields = (self.unit, self.tasks, self.key, self.passphrase, self.where, self.browse, self.password, self.do)
        for widget in fields:
            widget.setEnabled(not busy)

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
