"""纸面字体: what the report is set in, and the folder for an office's own faces."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.desk import fonts
from desktop_app.desk.fonts import InUse
from desktop_app.language import _
from ui.background import send
from ui.pages.settings_card import SettingsCard, muted
from ui.session import Session


class FontsCard(SettingsCard):
    """Only shown: what lies in the folder is chosen by itself, the next time the program is opened."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        said = _("本单位的字体优先，其次用系统的，都没有就用自带的。")
        super().__init__(session, _("纸面字体"), said, parent)
        self.form = QFormLayout()
        self.folder = QPushButton(_("打开字体文件夹…(&0)"))
        self.folder.clicked.connect(self.open_folder)
        foot = QHBoxLayout()
        foot.addWidget(self.folder)
        foot.addStretch(1)
        self.box.addLayout(self.form)
        self.box.addWidget(muted(_("把 .ttf 或 .ttc 文件放进文件夹，下次打开程序时使用。不能嵌入的字体不会采用。")))
        self.box.addLayout(foot)

    def show_values(self) -> None:
        """Look what is there, away from the window."""
        send(fonts.in_use, self._show, self.session.messages.refuse)

    def open_folder(self) -> None:
        """Show the folder in the system's file manager; it is made where there is none yet."""
        folder = fonts.office_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.session.messages.note(_("这个文件夹建不出来：{folder}").format(folder=folder))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _show(self, found: tuple[InUse, ...]) -> None:
        while self.form.rowCount():
            self.form.removeRow(0)
        for each in found:
            role = QLabel(_(each.role))
            role.setObjectName("muted")
            self.form.addRow(role, QLabel("　".join(filter(None, (_(each.origin), each.name)))))
