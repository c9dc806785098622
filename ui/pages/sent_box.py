"""What of this month went where, when, by whom, and whether the receipt is here; and a look for what has come."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.language import N_, _
from ui.session import Session
from ui.watching import words

if TYPE_CHECKING:  # reading files from outside is heavy and waits until it is asked for
    from desktop_app.desk.deliveries import Outgoing
    from desktop_app.model.place import Place

RECEIPTS = {"received": N_("回执已收"), "returned": N_("已退回"), "": N_("还没有回执")}
SHOWN = 3  # deliveries, newest first


class SentBox(QWidget):
    """`look_at` looks at a place in the background; `watch` has a folder looked at by itself, off at first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.lines = QLabel()
        self.lines.setWordWrap(True)
        self.lines.setTextFormat(Qt.TextFormat.PlainText)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ask = QPushButton(_("看看有没有回执(&L)"))
        self.watch = QCheckBox(_("自动查看报送的文件夹"))
        self.watched = QLabel()
        self.watched.setObjectName("muted")
        self.watched.setWordWrap(True)
        self.watched.setTextFormat(Qt.TextFormat.PlainText)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for widget in (self.lines, self.ask, self.watch, self.watched):
            box.addWidget(widget)
        self.ask.clicked.connect(self.look)
        self.watch.clicked.connect(self._watch)
        session.watching.changed.connect(self.show_watched)
        session.watching.rested.connect(lambda: self.ask.setEnabled(True))

    def show_month(self) -> None:
        """Read the outbox afresh."""
        from desktop_app.desk import deliveries

        rows = deliveries.outbox(self.session.desk, self.session.period)
        self.lines.setText("\n".join(_words(row) for row in reversed(rows[-SHOWN:])))
        self.lines.setVisible(bool(rows))
        self.lines.setAccessibleName(_("报送记录：{text}").format(text=self.lines.text()) if rows else "")
        self.ask.setVisible(any(row.state == deliveries.ARRIVED for row in rows))
        self.show_watched()

    def show_watched(self) -> None:
        """Which folder is looked at by itself; unticking stops it for good."""
        watching = self.session.watching
        self.watch.setVisible(watching.folder is not None or self._folder() is not None)
        self.watch.setChecked(watching.folder is not None)
        self.watched.setText(words(watching))
        self.watched.setVisible(watching.folder is not None)

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
        """In the background; what came of it is said."""
        self.ask.setEnabled(False)
        self.session.watching.look_at(place)

    def _folder(self) -> Path | None:
        """The local folder that this month was handed in to last."""
        from desktop_app.desk import deliveries

        for row in reversed(deliveries.outbox(self.session.desk, self.session.period)):
            if row.state == deliveries.ARRIVED and "://" not in row.place and Path(row.place).is_dir():
                return Path(row.place)
        return None

    def _watch(self, on: bool) -> None:  # noqa: FBT001 - as the signal gives it
        folder = self._folder()
        if on and folder is not None:
            self.session.watching.begin(folder)
        else:
            self.session.watching.stop()


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
