"""分头填报: a copy of the draft to work on elsewhere, and what was done elsewhere back into the draft."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.language import _
from ui.session import Session

if TYPE_CHECKING:  # what is done here once a month is not read when the window opens
    from desktop_app.desk import backups, merge


class SharingCard(QFrame):
    """`ask` carries what was found in a file, to be looked at and taken."""

    ask = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName("card")
        self.carry = QPushButton(_("带走草稿…(&D)"))
        self.bring = QPushButton(_("并回草稿…(&M)"))
        head = QLabel(_("分头填报"))
        head.setObjectName("subtitle")
        about = QLabel(_("带到别的电脑填好，再逐项并回；街乡镇、科室的月报也从这里并入。"))
        about.setObjectName("muted")
        about.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.carry)
        row.addWidget(self.bring)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(head)
        box.addWidget(about)
        box.addLayout(row)
        self.carry.clicked.connect(self._choose_target)
        self.bring.clicked.connect(self._choose_source)

    def carry_to(self, target: Path) -> None:
        """Write a verified copy; what is typed is saved first."""
        from desktop_app.desk import backups

        session, begun = self.session, list[Callable[[], backups.Made]]()
        if not session.autosave.flush():
            return
        if not session.work.under_way and not session.attempt(
            lambda: begun.append(backups.begin_at(session.desk, target))
        ):
            return
        session.work.start(_("正在写出草稿并读回核对…"), lambda _stop: begun[0](), self._carried, stoppable=False)

    def bring_in(self, file: Path) -> None:
        """Look what a file would bring, in the background; nothing is taken before somebody says so."""
        from desktop_app.desk import merge

        session = self.session
        if session.autosave.flush():
            steps = session.autosave.before_each(merge.looking(session.desk, file))
            session.work.follow(
                _("正在与「{name}」比较…").format(name=file.name), steps, self._looked, self._not_looked
            )

    def _not_looked(self) -> None:
        self.session.messages.note(_("已停下，草稿没有改动。"))

    def _looked(self, found: "merge.Looked") -> None:
        from ui.models import merge_words

        said = merge_words.nothing(found)
        if said:
            self.session.messages.note(said)
        else:
            self.ask.emit(found)

    def taken(self, done: "merge.Taken") -> None:
        """Say what was taken, with the button that takes it back."""
        from ui.models import merge_words

        said = merge_words.taken(done.merged)
        open_still = done.merged.choices or done.merged.skipped
        tell = self.session.messages.note if open_still else self.session.messages.good
        tell(said, (_("撤回"), lambda: self.take_back(done)) if done.merged.drawn else None)

    def take_back(self, done: "merge.Taken") -> None:
        """Take a merge back whole, or say why not."""
        from desktop_app.desk import merge

        session = self.session
        if session.autosave.flush() and session.attempt(lambda: merge.take_back(session.desk, done)):
            session.refresh()
            said = _("已撤回「{name}」的并入，草稿和并入前一样；这份文件可以再并一次。")
            session.messages.good(said.format(name=done.merged.source))

    def _carried(self, made: "backups.Made") -> None:
        said = _("草稿已带到 {path}，读回核对一致。填好后用「并回草稿」逐项并回。")
        self.session.messages.good(said.format(path=made.path))

    def _choose_target(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        desk = self.session.desk
        name = f"{desk.unit.short_name}-{_('草稿')}-{desk.today():%Y%m%d}.yuebao"
        file, _kind = QFileDialog.getSaveFileName(self, _("草稿带到哪里"), name, _("填报簿 (*.yuebao)"))
        if file:
            self.carry_to(Path(file))

    def _choose_source(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        kinds = _("草稿或月报 (*.yuebao *.pdf);;所有文件 (*)")
        file, _kind = QFileDialog.getOpenFileName(self, _("选择带回来的草稿，或下属单位的月报"), "", kinds)
        if file:
            self.bring_in(Path(file))
