"""The faces that paper is set in: the office's folder, the system's, ours."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.desk.open_book import default_book
from desktop_app.language import N_

if TYPE_CHECKING:
    from desktop_app.rendering.office_fonts import Found

OFFICE, SYSTEM, OURS = N_("本单位的"), N_("系统的"), N_("自带的")


@dataclass(frozen=True)
class InUse:
    """What a role on paper is set in: the role in words, whose face it is, its own name ("" for ours)."""

    role: str
    origin: str
    name: str


def office_folder() -> Path:
    """Where an office puts faces of its own: 仿宋, 黑体, 楷体, 小标宋 as .ttf or .ttc."""
    return default_book().with_name("fonts")


def make_ready() -> None:
    """Use what is there, before anything is set; once in a run, so that one sitting prints alike throughout."""
    _use(office_folder())


def in_use() -> tuple[InUse, ...]:
    """Role by role, as paper is set in this run; the first time it reads font files and takes a while."""
    from desktop_app.rendering.faces import FANG, HEI, KAI, SONG

    folder = office_folder()
    found = _found(folder)
    roles = (
        (SONG, N_("标题（小标宋）")),
        (HEI, N_("一级标题（黑体）")),
        (KAI, N_("二级标题（楷体）")),
        (FANG, N_("正文（仿宋）")),
    )
    return tuple(_in_use(words, found.get(role), folder) for role, words in roles)


def _in_use(role: str, found: "Found | None", folder: Path) -> InUse:
    if found is None:
        return InUse(role, OURS, "")
    name = next(iter(found.face.family_names), found.file.name)
    return InUse(role, OFFICE if folder in found.file.parents else SYSTEM, name)


@cache
def _use(folder: Path) -> None:
    from desktop_app.rendering import faces

    faces.use({role: each.face for role, each in _found(folder).items()})


@cache
def _found(folder: Path) -> "dict[str, Found]":
    from desktop_app.rendering import office_fonts

    return office_fonts.find(folder, office_fonts.system_folders())
