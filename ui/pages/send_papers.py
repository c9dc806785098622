"""What leaves the page as paper or as a file: prints, unsigned copies, the handover slip."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop_app.language import _
from ui.background import send
from ui.long_work import write_when_made
from ui.pages.header import period_label
from ui.session import Session

if TYPE_CHECKING:  # making pages is heavy and waits until they are looked at
    from desktop_app.desk import printing


class SendPapers(QObject):
    """Three buttons for the page to place; `print` asks for a printer, which is the page's affair."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self.session = session
        self._page = page
        self.print = QPushButton(_("打印…"))
        self.slip = QPushButton(_("存交接单…"))
        self.export = QPushButton(_("导出未签署副本…"))
        self.slip.clicked.connect(self._choose_slip)
        self.export.clicked.connect(self._choose_copy)

    def print_on(self, choice: "printing.Choice", edition: str = "full") -> None:
        """Print an edition: the bytes through the print system, or pages drawn where there is none."""
        from desktop_app.desk import printing

        session = self.session
        title = f"{session.desk.unit.short_name} {session.period}"
        made: list[Callable[[], bytes]] = []
        if not session.attempt(lambda: made.append(printing.paper(session.desk, session.period, edition))):
            return
        make = made[0]
        if printing.direct():
            send(lambda: printing.send(make(), choice, title), self._printed, self.session.messages.refuse)
            return
        from ui import printing as drawn

        printer = drawn.made_ready(choice)
        self.session.attempt(lambda: self._printed(drawn.print_pages(printer, make())))

    def save_copy(self, file: Path) -> None:
        """Write an unsigned copy, marked 草稿, in the background."""
        from desktop_app.desk import make_report

        paper = make_report.prepare(self.session.desk, self.session.period, draft=True)
        work = partial(write_when_made, file, lambda: paper.render().pdf)
        self.session.work.start(_("正在导出未签署副本…"), work, self._copied)

    def save_slip(self, file: Path) -> None:
        """Write the handover slip."""
        from desktop_app.desk import handover

        desk, ready = self.session.desk, list[Callable[[], handover.Slip]]()
        if self.session.attempt(lambda: ready.append(handover.ready(desk, self.session.period))):
            work = partial(write_when_made, file, lambda: ready[0]().pdf)
            self.session.work.start(_("正在排交接单…"), work, self._slip_saved)

    def _slip_saved(self, file: Path) -> None:
        self.session.messages.good(_("交接单已存到 {file}。").format(file=file))

    def _copied(self, file: Path) -> None:
        self.session.messages.good(_("未签署副本已存到 {file}。").format(file=file))

    def _printed(self, _job: object) -> None:
        self.session.messages.good(_("已交给打印机。"))

    def _choose_slip(self) -> None:
        name = _("{unit}{month}交接单.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file, _kind = QFileDialog.getSaveFileName(self._page, _("存交接单"), name, "PDF (*.pdf)")
        if file:
            self.save_slip(Path(file))

    def _choose_copy(self) -> None:
        name = _("{unit}{month}月报（草稿）.pdf").format(
            unit=self.session.desk.unit.short_name, month=period_label(self.session.period)
        )
        file, _kind = QFileDialog.getSaveFileName(self._page, _("导出未签署副本"), name, "PDF (*.pdf)")
        if file:
            self.save_copy(Path(file))
