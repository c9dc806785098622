"""归档: a year's folder written in the background, from whichever page it is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.archive import INDEX
from ui.session import Session

if TYPE_CHECKING:
    from desktop_app.desk.archive import Archived


def archive_year(session: Session, year: int, out: Path, done: Callable[["Archived"], object] | None = None) -> None:
    """Write the folder; then it is said, `done` is told, and its first page is shown in the browser."""
    from desktop_app.desk.archive import archive_aside

    try:
        make = archive_aside(session.desk, year, out)
    except ClerkError as problem:
        session.messages.refuse(problem)
        return

    def written(made: "Archived") -> None:
        said = _("{year}年已归档到 {path}，共 {files} 个文件，全部核对无误。")
        session.messages.good(said.format(year=made.archive.year, path=made.path, files=made.files))
        if done is not None:
            done(made)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.path / INDEX)))

    session.work.start(_("正在归档{year}年。").format(year=year), lambda stop: make(stop.here), written)


def ask_folder(parent: QWidget, session: Session, year: int) -> Path | None:
    """The new folder of a year, in a folder that the clerk chooses; None where nothing was chosen."""
    folder = QFileDialog.getExistingDirectory(parent, _("归档放在哪里"))
    return Path(folder) / f"{session.desk.unit.short_name}{year}归档" if folder else None
