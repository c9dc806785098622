"""What of this month went where, when, by whom, and whether the receipt is here; and a look for what has come."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.language import N_, _
from ui.background import send
from ui.session import Session

if TYPE_CHECKING:  # reading files from outside is heavy and waits until it is asked for
    from desktop_app.desk.deliveries import Outgoing
    from desktop_app.desk.receive import NotTaken, Taken
    from desktop_app.model.place import Place

RECEIPTS = {"received": N_("回执已收"), "returned": N_("已退回"), "": N_("还没有回执")}
SHOWN = 3  # deliveries, newest first
SETTLE = 800  # ms: a file that is just being copied in is given time to be whole


class SentBox(QWidget):
    """`look_at` looks at a place in the background; `watch` does it by itself when a folder changes, off at first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.lines = QLabel()
        self.lines.setWordWrap(True)
        self.lines.setTextFormat(Qt.TextFormat.PlainText)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ask = QPushButton(_("看看有没有回执(&L)"))
        self.watch = QCheckBox(_("自动查看这个文件夹"))
        self._looking = False
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for widget in (self.lines, self.ask, self.watch):
            box.addWidget(widget)
        self.ask.clicked.connect(self.look)
        self.watch.toggled.connect(self._watch)
        self._watcher.directoryChanged.connect(lambda _folder: self._soon.start())
        self._soon.timeout.connect(self.look)

    def show_month(self) -> None:
        """Read the outbox afresh."""
        from desktop_app.desk import deliveries

        rows = deliveries.outbox(self.session.desk, self.session.period)
        self.lines.setText("\n".join(_words(row) for row in reversed(rows[-SHOWN:])))
        self.lines.setVisible(bool(rows))
        self.lines.setAccessibleName(_("报送记录：{text}").format(text=self.lines.text()) if rows else "")
        self.ask.setVisible(any(row.state == deliveries.ARRIVED for row in rows))
        folder = self._folder()
        self.watch.setVisible(folder is not None)
        self.watch.setToolTip(str(folder or ""))

    def look(self) -> None:
        """Where this month was handed in last; a folder is asked for where that cannot be looked at."""
        from desktop_app.desk import deliveries, places

        rows = [
            row for row in deliveries.outbox(self.session.desk, self.session.period) if row.state == deliveries.ARRIVED
        ]
        where = places.find(self.session.desk, rows[-1].place_name or rows[-1].place) if rows else None
        if where is None or (not where.remote and not Path(where.address).is_dir()):
            folder = QFileDialog.getExistingDirectory(self, _("到哪个文件夹看看"))
            if not folder:
                return
            where = places.find(self.session.desk, folder)
        self.look_at(where)

    def look_at(self, place: "Place") -> None:
        """Fetch in the background, take in on the desk, and say what came of it."""
        from desktop_app.desk import collect, places

        if self._looking:
            return
        secret = places.secret_kept(place) or ""
        self._looking = True
        self.ask.setEnabled(False)

        def came(fetched: collect.Fetched) -> None:
            self._rest()
            try:
                found = collect.look(self.session.desk, fetched)
            finally:
                fetched.close()
            self._tell(found.taken, found.refused, place.said)

        send(lambda: collect.fetch(place, secret), came, self._failed)

    def _tell(self, taken: "Sequence[Taken]", refused: "Sequence[NotTaken]", where: str) -> None:
        words = [row.effect for row in taken]
        words += [_("没有收 {file}：{why}").format(file=Path(row.file).name, why=row.reason) for row in refused]
        if taken:
            self.session.refresh()
        messages = self.session.messages
        if words:
            (messages.note if refused else messages.good)("　".join(words))
        elif not self.watch.isChecked():
            messages.note(_("「{place}」里没有新的文件。").format(place=where))

    def _failed(self, problem: Exception) -> None:
        self._rest()
        self.session.messages.refuse(problem)

    def _rest(self) -> None:
        self._looking = False
        self.ask.setEnabled(True)

    def _folder(self) -> Path | None:
        """The local folder that this month was handed in to last."""
        from desktop_app.desk import deliveries

        for row in reversed(deliveries.outbox(self.session.desk, self.session.period)):
            if row.state == deliveries.ARRIVED and "://" not in row.place and Path(row.place).is_dir():
                return Path(row.place)
        return None

    def _watch(self, on: bool) -> None:  # noqa: FBT001 - as the signal gives it
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        folder = self._folder()
        if on and folder is not None:
            self._watcher.addPath(str(folder))
            self.look()


def _words(row: "Outgoing") -> str:
    """One delivery in two lines."""
    from desktop_app.desk import deliveries

    first = _("{at} {actor} {state}：{place}").format(
        at=f"{row.at:%m-%d %H:%M}",
        actor=row.actor,
        state=_(deliveries.STATES[row.state]),
        place=row.place_name or unquote(row.place),
    )
    if row.state != deliveries.ARRIVED:
        return f"{first}\n{row.reason}".rstrip()
    receipt = _(RECEIPTS[row.receipt])
    return _("{first}\n第 {revision} 版　{code}　{receipt}").format(
        first=first, revision=row.revision, code=row.check_code, receipt=receipt
    )
