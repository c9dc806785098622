"""报送地点: where files go to and come from, tried out and put right here; what is looked at by itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.place import Place
from ui.background import send
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session
from ui.watching import words

PLACE = Qt.ItemDataRole.UserRole


class PlacesCard(SettingsCard):
    """A list by name; below it what is under the cursor, with its fingerprint and where its password is.

    `ask` asks for the dialog of a place, or of a new one (None).
    """

    ask = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        about = _("服务器只在报送、试连和点「看看有没有回执」时才连接。口令只存入系统密码库，不写进填报簿。")
        super().__init__(session, _("报送地点"), about, parent)
        self.list = QListWidget()
        self.empty = muted(_("还没有登记地点。优盘不用登记，插上就能选。"))
        self.details = muted()
        self.add = QPushButton(_("登记地点…"))
        self.edit = QPushButton(_("修改…"))
        self.test = QPushButton(_("试连"))
        self.default = QPushButton(_("设为默认"))
        self.remove = QPushButton(_("删除登记"))
        self.said = QLabel()
        self.watched = muted()
        self.stop = QPushButton(_("停止自动查看"))
        self._busy = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list.setAccessibleName(_("报送地点"))
        self.list.setTabKeyNavigation(False)
        self.list.setFixedHeight(84)
        for text in (self.details, self.said, self.watched):
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setWordWrap(True)
        self.said.setContentsMargins(8, 4, 8, 4)
        self.said.hide()
        for widget in (self.list, self.empty, self.details, self.said):
            self.box.addWidget(widget)
        row = QHBoxLayout()
        for button in (self.add, self.edit, self.test, self.default, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        self.box.addLayout(row)
        line = QHBoxLayout()
        line.addWidget(self.watched, 1)
        line.addWidget(self.stop)
        self.box.addLayout(line)

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: self.ask.emit(None))
        self.edit.clicked.connect(lambda: self.ask.emit(self.chosen()))
        self.test.clicked.connect(self.try_out)
        self.default.clicked.connect(self.make_default)
        self.remove.clicked.connect(self.forget)
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.list.itemActivated.connect(lambda _item: self.edit.click())  # grey where nothing may be changed
        self.stop.clicked.connect(self.session.watching.stop)
        self.session.watching.changed.connect(self._show_watched)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book, or what it watches."""
        return (self.add, self.edit, self.default, self.remove, self.stop)

    def show_values(self) -> None:
        """Read everything from the book; the cursor stays on its place."""
        from desktop_app.desk import places

        desk, before, row = self.session.desk, self.chosen(), self.list.currentRow()
        first = places.default(desk)
        self.list.clear()
        for place in places.places(desk):
            mark = _("（默认）") if place == first else ""
            item = QListWidgetItem(f"{place.name}{mark}　{place.shown}")
            item.setData(PLACE, place)
            self.list.addItem(item)
            if before is not None and place.name == before.name:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        self.list.setVisible(self.list.count() > 0)
        self.empty.setVisible(self.list.count() == 0)
        self._show_chosen()
        self._show_watched()

    def chosen(self) -> Place | None:
        """The place under the cursor."""
        item = self.list.currentItem()
        place: Place | None = item.data(PLACE) if item is not None else None
        return place

    def kept(self) -> None:
        """A place was registered or changed."""
        self._tell("", "")
        self.show_values()

    def try_out(self) -> None:
        """Reach it, write, read back, remove: in the background. A password that is not kept is not asked for here."""
        from desktop_app.desk import places

        place = self.chosen()
        if place is None:
            return
        secret = places.secret_kept(place)
        if secret is None and places.takes_secret(place):
            self._tell("badge", _("「{name}」的口令没有保存：请用「修改」输入口令，再试连。").format(name=place.name))
            return
        self._set_busy(busy=True)
        self._tell("badge", _("正在连接…"))
        send(lambda: places.try_out(place, secret or ""), lambda _nothing: self._reached(place), self._failed)

    def make_default(self) -> None:
        """Ticked from now on wherever one hands in; once more takes it back."""
        from desktop_app.desk import places

        desk, place = self.session.desk, self.chosen()
        if place is not None:
            name = "" if places.default(desk) == place else place.name
            self.session.attempt(lambda: places.set_default(desk, name))
            self.show_values()

    def forget(self) -> None:
        """Forget it and its password, and what lies there is left alone; one button brings both back."""
        from desktop_app.desk import places

        desk, place = self.session.desk, self.chosen()
        if place is None:
            return
        back = places.way_back(desk, place.name)
        if self.session.attempt(lambda: places.remove(desk, place.name)):
            self.kept()
            said = _("已删除「{name}」；那里的文件没有动。").format(name=place.name)
            self.session.messages.good(said, self.undoing(back))

    def _show_chosen(self) -> None:
        from desktop_app.desk import places

        place = self.chosen()
        lines = []
        if place is not None and place.fingerprint:
            lines.append(_("服务器指纹：{fingerprint}").format(fingerprint=place.fingerprint))
        if place is not None and place.key_file:
            lines.append(_("用密钥登录：{file}").format(file=place.key_file))
        elif place is not None and places.takes_secret(place):
            kept = places.secret_kept(place) is not None
            lines.append(_("口令在系统密码库里。") if kept else _("口令没有保存，报送时会问。"))
        if place is not None and place.plain:
            lines.append(_("不加密（http），只用于内网。"))
        self.details.setText("\n".join(lines))
        self.details.setVisible(bool(lines))
        is_first = place is not None and places.default(self.session.desk) == place
        self.default.setText(_("不再默认") if is_first else _("设为默认"))
        self._set_busy(busy=self._busy)

    def _show_watched(self) -> None:
        text = words(self.session.watching)
        self.watched.setText(text)
        self.watched.setVisible(bool(text))
        self.stop.setVisible(bool(text))

    def _reached(self, place: Place) -> None:
        self._set_busy(busy=False)
        self._tell("badgeGood", _("「{place}」可以连接、写入和读回。").format(place=place.said))

    def _failed(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        self._tell("badgeBad", str(problem) if isinstance(problem, ClerkError) else _("没有连上。"))
        if not isinstance(problem, ClerkError):
            self.session.messages.refuse(problem)

    def _tell(self, kind: str, text: str) -> None:
        self.said.setObjectName(kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.add.setEnabled(not busy)
        for button in (self.edit, self.test, self.default, self.remove):
            button.setEnabled(not busy and self.chosen() is not None)
