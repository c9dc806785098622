"""The file dialogs of the receiving desk: which files, and where to."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop_app.desk.files import files_in
from desktop_app.errors import ClerkError
from desktop_app.language import _

if TYPE_CHECKING:
    from ui.pages.reception import ReceptionPage

PDF = "PDF (*.pdf)"


class ReceptionAsks:
    """Each button asks here; what was chosen goes to the page's work."""

    def __init__(self, page: "ReceptionPage") -> None:
        self.page = page
        tools = page.tools
        tools.enrol.clicked.connect(self._certificates)
        tools.folder.clicked.connect(self._folder)
        tools.files.clicked.connect(self._files)
        tools.export.clicked.connect(self._export)
        tools.accept.clicked.connect(self._answers)
        tools.send_back.clicked.connect(self._remarks)
        tools.collate.clicked.connect(self._workbook)
        tools.publish_plan.clicked.connect(self._plan)
        tools.publish_calendar.clicked.connect(self._calendar)

    def _certificates(self) -> None:
        kinds = _("证书或签名的文件 (*.pem *.cer *.crt *.pdf)")
        files, _kind = QFileDialog.getOpenFileNames(self.page, _("选择单位证书"), "", kinds)
        if files:
            self.page.work.enrol_all([Path(file) for file in files])

    def _folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.page, _("收哪个文件夹里的月报"))
        if folder:
            self.take_folder(Path(folder))

    def take_folder(self, folder: Path) -> None:
        """Take in what reports lie there."""
        try:
            files = files_in([folder])
        except ClerkError as problem:
            self.page.messages.refuse(problem)
            return
        self.page.work.take_in(files)

    def _files(self) -> None:
        files, _kind = QFileDialog.getOpenFileNames(self.page, _("选择月报"), "", PDF)
        if files:
            self.page.work.take_in([Path(file) for file in files])

    def _export(self) -> None:
        kinds = _("证书 (*.pem)")
        file, _kind = QFileDialog.getSaveFileName(self.page, _("导出收文方证书"), "certificate.pem", kinds)
        if file:
            self.page.work.export_to(Path(file))

    def _answers(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.page, _("回执放在哪个文件夹"))
        if folder:
            self.page.work.answer(Path(folder))

    def _remarks(self) -> None:
        words = _("意见 (*.xlsx *.json)")
        file, _kind = QFileDialog.getOpenFileName(self.page, _("选择写着意见的文件"), "", words)
        folder = QFileDialog.getExistingDirectory(self.page, _("退回文件放在哪个文件夹")) if file else ""
        if folder:
            self.page.work.return_with(Path(file), Path(folder))

    def _workbook(self) -> None:
        name = f"{self.page.period}.xlsx"
        file, _kind = QFileDialog.getSaveFileName(self.page, _("汇总到"), name, "XLSX (*.xlsx)")
        if file:
            self.page.work.collate_to(Path(file))

    def _plan(self) -> None:
        kinds = _("任务表 (*.xlsx *.xls *.csv *.docx)")
        file, _kind = QFileDialog.getOpenFileName(self.page, _("选择要印发的任务表"), "", kinds)
        self._publish(file, plan=True)

    def _calendar(self) -> None:
        kinds = _("放假安排 (*.json)")
        file, _kind = QFileDialog.getOpenFileName(self.page, _("选择一年的放假安排"), "", kinds)
        self._publish(file, plan=False)

    def _publish(self, source: str, *, plan: bool) -> None:
        if not source:
            return
        name = f"{Path(source).stem}.pdf"
        file, _kind = QFileDialog.getSaveFileName(self.page, _("印发的文件放在哪里"), name, PDF)
        if file:
            self.page.work.publish(Path(source), Path(file), plan=plan)
