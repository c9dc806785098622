"""The faces that paper is set in: the office's folder, the system's, ours."""

from functools import cache
from pathlib import Path

from desktop_app.desk.open_book import default_book


def office_folder() -> Path:
    """Where an office puts faces of its own: 仿宋, 黑体, 楷体, 小标宋 as .ttf or .ttc."""
    return default_book().with_name("fonts")


def make_ready() -> None:
    """Use what is there, before anything is set; once in a run, so that one sitting prints alike throughout."""
    _use(office_folder())


@cache
def _use(folder: Path) -> None:
    from desktop_app.rendering import faces, office_fonts

    found = office_fonts.find(folder, office_fonts.system_folders())
    faces.use({role: each.face for role, each in found.items()})
