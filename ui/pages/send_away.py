"""签署 on another machine: the sealed file goes out, comes home signed, and one that was brought here is signed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop_app.language import _
from ui.pages.header import period_label
from ui.session import Session

if TYPE_CHECKING:  # signing is heavy and waits until it is asked for
    from desktop_app.desk.sign_report import SignedState


class SendAway(QObject):
    """Three buttons for the page to place. `brought_here` carries a file to sign."""

    brought_here = Signal(object)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self.session = session
        self._page = page
        self.carry = QPushButton(_("带到别的电脑签…"))
        self.home = QPushButton(_("收回签好的文件…"))
        self.brought = QPushButton(_("签一份带来的文件…"))
        self.carry.clicked.connect(self._choose_carried)
        self.home.clicked.connect(self._choose_signed)
        self.brought.clicked.connect(self._choose_brought)

    def carry_to(self, file: Path) -> None:
        """Write the sealed file, to be signed on another machine."""
        from desktop_app.desk import sign_elsewhere

        desk, period = self.session.desk, self.session.period
        if self.session.attempt(lambda: sign_elsewhere.carry_out(desk, period, file)):
            said = _("待签文件已存到 {file}。在另一台电脑的报送页「签一份带来的文件」，再带回来收。")
            self.session.messages.good(said.format(file=file))

    def take_home(self, file: Path) -> None:
        """Take a file back that was signed on another machine."""
        from desktop_app.desk import sign_elsewhere

        steps = self.session.autosave.before_each(sign_elsewhere.taking(self.session.desk, file))
        self.session.work.follow(_("正在核验带回的文件…"), steps, self._taken_home, self._not_taken)

    def _taken_home(self, done: "SignedState") -> None:
        self.session.refresh()
        self.session.messages.good(_("带回的签名已收下，现有 {count} 个签名。").format(count=done.signatures))

    def _not_taken(self) -> None:
        self.session.messages.note(_("已停下，没有收下。"))

    def _choose_carried(self) -> None:
        name = _("{unit}{month}月报（待签）.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file, _kind = QFileDialog.getSaveFileName(self._page, _("带到别的电脑签"), name, "PDF (*.pdf)")
        if file:
            self.carry_to(Path(file))

    def _choose_signed(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self._page, _("选择签好带回的文件"), "", "PDF (*.pdf)")
        if file:
            self.take_home(Path(file))

    def _choose_brought(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self._page, _("选择带来签的文件"), "", "PDF (*.pdf)")
        if file:
            self.brought_here.emit(Path(file))
