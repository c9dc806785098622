"""Handing in: to which places, how far it is, and in the end whether the stick may be pulled out."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk import deliveries, places
from desktop_app.desk.deliveries import Arrived, Carried, Delivery, Watch
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.place import Place, PlaceKind
from ui.background import send
from ui.roomy import RoomyDialog
from ui.session import Session
from ui.theme.colours import Pair
from ui.theme.tints import tint, tinted

PLACE = Qt.ItemDataRole.UserRole
GIGABYTE = 1_000_000_000


class DeliverDialog(RoomyDialog):
    """Ticked places are served one after the other. `arrived` and `failed` say what came of it."""

    _moved = Signal(str, int, int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.arrived: list[Arrived] = []
        self.failed: list[tuple[Place, Exception]] = []
        self._waiting: list[Place] = []
        self._watch: Watch | None = None
        self._secrets: dict[str, str] = {}
        self.setWindowTitle(_("报送"))
        self.list = QListWidget()
        self.none = QLabel(
            _(
                "没有找到优盘，也没有登记过报送的地方。\n插上优盘后按「重新查找优盘」，或者选「其他文件夹」「登记服务器」。"
            )
        )
        tinted(self.list)
        self.again = QPushButton(_("重新查找优盘(&F)"))
        self.folder = QPushButton(_("其他文件夹…(&O)"))
        self.server = QPushButton(_("登记服务器…(&S)"))
        self.forget = QPushButton(_("删除这个登记(&X)"))
        self.password = QLineEdit()
        self.asked = QLabel()
        self.remember = QCheckBox(_("让系统密码库记住口令"))
        self.progress = QProgressBar()
        self.stage = QLabel()
        self.end = QLabel()
        self.do = QPushButton(_("报送(&D)"))
        self.stop = QPushButton(_("停下(&C)"))
        self.leave = QPushButton(_("关闭"))
        self._lay_out()
        self._connect()
        self.look()

    def _lay_out(self) -> None:
        self.resize(600, 470)
        said = QLabel(_("勾选要送到的地方，可以不止一处："))
        said.setBuddy(self.list)
        self.list.setAccessibleName(_("送到哪里"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tools = QHBoxLayout()
        for button in (self.again, self.folder, self.server, self.forget):
            tools.addWidget(button)
        tools.addStretch(1)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.asked.setBuddy(self.password)
        self.secret = QFrame()
        line = QHBoxLayout(self.secret)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.asked, self.password, self.remember):
            line.addWidget(widget)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("报送进度"))
        for label in (self.stage, self.end):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.end.setContentsMargins(8, 4, 8, 4)
        self.none.setObjectName("raw")
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.stop, self.leave, self.do):
            foot.addWidget(button)
        self.do.setObjectName("primary")
        self.do.setDefault(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(10)
        box.addWidget(said)
        box.addWidget(self.list, 1)
        box.addWidget(self.none, 1)
        box.addLayout(tools)
        for part in (self.secret, self.stage, self.progress, self.end):
            box.addWidget(part)
        box.addLayout(foot)
        self.secret.hide()
        self._set_busy(busy=False)
        self.end.hide()

    def _connect(self) -> None:
        self.again.clicked.connect(self.look)
        self.folder.clicked.connect(self._choose)
        self.server.clicked.connect(self._new_place)
        self.forget.clicked.connect(self.remove_place)
        self.list.currentRowChanged.connect(self._current)
        self.do.clicked.connect(self.deliver)
        self.stop.clicked.connect(self.cancel)
        self.leave.clicked.connect(self.reject)
        self.password.returnPressed.connect(self.deliver)
        self._moved.connect(self._show_progress)

    def look(self) -> None:
        """Sticks that are plugged in now, the places by name, and what was cut off, ticked."""
        ticked = {place.address for place in self.chosen()}
        first = places.default(self.session.desk)
        if first is not None and not self.list.count():
            ticked.add(first.address)
        self.list.clear()
        late = {place.address: row for place, row in deliveries.unfinished(self.session.desk, self.session.period)}
        found = places.sticks()
        for stick in found:
            words = _("优盘 {label}　{folder}　剩余 {free:.1f} GB").format(
                label=stick.label, folder=stick.folder, free=stick.free / GIGABYTE
            )
            self._add(Place("", PlaceKind.FOLDER, str(stick.folder)), words, usable=stick.writable)
        for place in places.places(self.session.desk):
            self._add(place, f"{place.name}　{place.shown}")
        shown = [self._place(row).address for row in range(self.list.count())]
        for address, attempt in late.items():
            if address not in shown:
                self._add(places.find(self.session.desk, attempt.place), attempt.place)
        only = 0 if len(found) == 1 else -1
        for row in range(self.list.count()):
            item = self.list.item(row)
            attempt_here = late.get(self._place(row).address)
            if attempt_here is not None:
                share = 100 * attempt_here.arrived // max(attempt_here.size, 1)
                words = _("{place}（上次送了 {share}%，可以接着送）") if share else _("{place}（上次没有送到）")
                item.setText(words.format(place=item.text(), share=share))
            if attempt_here is not None or self._place(row).address in ticked or (row == only and first is None):
                self._tick(item)
        self._none_or_some()
        if self.list.count():
            self.list.setCurrentRow(0)

    def _none_or_some(self) -> None:
        """Where there is nowhere to send it yet, what can be done about that stands in the list's place."""
        self.none.setVisible(not self.list.count())
        self.list.setVisible(bool(self.list.count()))

    def add_folder(self, folder: Path) -> None:
        """A folder that stands in no list, ticked."""
        self._tick(self._add(places.find(self.session.desk, folder), str(folder)))
        self._none_or_some()

    def remove_place(self) -> None:
        """Forget the place under the cursor; what lies there is left alone."""
        name = self._place(self.list.currentRow()).name
        if self.session.attempt(lambda: places.remove(self.session.desk, name)):
            self.look()
            self._say("badge", _("已删除「{name}」；那里的文件没有动。").format(name=name))

    def chosen(self) -> list[Place]:
        """The ticked places, from above."""
        rows = range(self.list.count())
        return [self._place(row) for row in rows if self.list.item(row).checkState() is Qt.CheckState.Checked]

    def deliver(self) -> None:
        """Begin with the first ticked place; a password that is missing is asked for first."""
        if self._watch is not None:
            return
        chosen = self.chosen()
        self._say("badge", _("请先勾选送到哪里。") if not chosen else "")
        if not chosen or self._asks_for_secret(chosen):
            return
        for place in chosen:
            if place.key_file:
                self._known(place)
        self.session.autosave.flush()
        self.arrived, self.failed, self._waiting = [], [], chosen
        self._watch = Watch(self._moved.emit)
        self._set_busy(busy=True)
        self._next()

    def cancel(self) -> None:
        """Stop at the next block."""
        if self._watch is not None:
            self._watch.cancel()
            self.stage.setText(_("正在停下…"))

    def reject(self) -> None:
        """Closing first stops what is under way, and waits for it."""
        if self._watch is None:
            super().reject()
        else:
            self.cancel()

    def _asks_for_secret(self, chosen: list[Place]) -> bool:
        """Whether a password has to be typed before anything is sent."""
        missing = [
            p for p in chosen if places.takes_secret(p) and p.address not in self._secrets and not self._known(p)
        ]
        if not missing:
            return False
        first = missing[0]
        if self.secret.isVisible() and self.password.text() and self.asked.property("address") == first.address:
            self._secrets[first.address] = self.password.text()
            if self.remember.isChecked():
                places.keep_secret(first, self.password.text())
            self.password.clear()
            self.secret.hide()
            return self._asks_for_secret(chosen)
        self.asked.setText(_("「{place}」的口令").format(place=first.said))
        self.asked.setProperty("address", first.address)
        self.secret.show()
        self.password.setFocus()
        return True

    def _known(self, place: Place) -> bool:
        """Whether the keyring has it; it is then at hand here."""
        kept = places.secret_kept(place)
        if kept is not None:
            self._secrets[place.address] = kept
        return kept is not None

    def _next(self) -> None:
        """The next place, or the end."""
        watch = self._watch
        if watch is None or not self._waiting:
            self._finish()
            return
        place = self._waiting.pop(0)
        self.stage.setText(_("正在连接「{place}」…").format(place=place.said))
        self.progress.setRange(0, 0)
        try:
            delivery = deliveries.begin(
                self.session.desk, self.session.period, place, self._secrets.get(place.address, "")
            )
        except ClerkError as problem:
            self.failed.append((place, problem))
            self._waiting = []
            self._finish()
            return
        send(
            lambda: delivery.run(watch),
            lambda carried: self._came(delivery, carried),
            lambda problem: self._lost(delivery, problem, watch),
        )

    def _came(self, delivery: Delivery, carried: Carried) -> None:
        try:
            self.arrived.append(deliveries.end(self.session.desk, delivery, carried))
        except ClerkError as problem:
            self.failed.append((delivery.place, problem))
        self._next()

    def _lost(self, delivery: Delivery, problem: Exception, watch: Watch) -> None:
        self.failed.append((delivery.place, problem))
        self._secrets.pop(delivery.place.address, None)
        try:
            deliveries.stop(self.session.desk, delivery, problem, watch)
        except ClerkError as unsaid:
            self.session.messages.refuse(unsaid)
        if isinstance(problem, deliveries.CancelledError):
            self._waiting = []
        elif not isinstance(problem, ClerkError):
            self.session.messages.refuse(problem)
        self._next()

    def _finish(self) -> None:
        self._watch = None
        self._set_busy(busy=False)
        self.session.refresh()
        self.look()
        for row in range(self.list.count()):
            if self._place(row).address in [done.place.address for done in self.arrived]:
                self.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        lines = [line for done in self.arrived for line in _arrived_lines(done)]
        for place, problem in self.failed:
            why = str(problem) if isinstance(problem, ClerkError) else _("程序出了错，没有送到。")
            lines.append(_("✗ {place}：{why}").format(place=place.said, why=why))
        self._say("badgeBad" if self.failed else "badgeGood", "\n".join(lines))
        self.do.setText(_("接着送(&D)") if self.failed else _("报送(&D)"))
        (self.do if self.failed else self.leave).setFocus()

    def _show_progress(self, stage: str, done: int, total: int) -> None:
        """The worker's word, in the window's own thread."""
        if self._watch is None:
            return
        self.progress.setRange(0, 1000)
        self.progress.setValue(1000 * done // max(total, 1))
        words = _("{stage}：{done:.1f} / {total:.1f} MB")
        self.stage.setText(
            words.format(stage=_(deliveries.STAGES[stage]), done=done / 1_000_000, total=total / 1_000_000)
        )

    def _say(self, kind: str, text: str) -> None:
        self.end.setObjectName(kind)
        self.end.style().unpolish(self.end)
        self.end.style().polish(self.end)
        self.end.setText(text)
        self.end.setAccessibleName(text)
        self.end.setVisible(bool(text))

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.list, self.again, self.folder, self.server, self.do, self.leave):
            widget.setEnabled(not busy)
        self._current(-1 if busy else self.list.currentRow())
        for part in (self.progress, self.stage, self.stop):
            part.setVisible(busy)

    def _add(self, place: Place, words: str, *, usable: bool = True) -> QListWidgetItem:
        item = QListWidgetItem(words if usable else _("{place}（写保护，不能写入）").format(place=words))
        item.setData(PLACE, place)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        if not usable:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            tint(item, Pair.QUIET)
        self.list.addItem(item)
        return item

    def _tick(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
            item.setCheckState(Qt.CheckState.Checked)

    def _place(self, row: int) -> Place:
        place: Place = self.list.item(row).data(PLACE)
        return place

    def _current(self, row: int) -> None:
        """Only what was given a name can be forgotten."""
        self.forget.setEnabled(row >= 0 and bool(self._place(row).name))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("报送到哪个文件夹"))
        if folder:
            self.add_folder(Path(folder))

    def _new_place(self) -> None:
        from ui.dialogs.place_dialog import PlaceDialog

        dialog = PlaceDialog(self.session, self)
        if dialog.exec():
            self.look()


def _arrived_lines(done: Arrived) -> list[str]:
    """One place's end state, the words on pulling out first."""
    lines = [_("✓ 已报送：{path}　读回核对一致，校验码 {code}。").format(path=done.path, code=done.check_code)]
    words = deliveries.removal_words(done)
    return [words, *lines] if words else lines
