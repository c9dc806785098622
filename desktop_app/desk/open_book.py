"""Open or make a book."""

import zlib
from datetime import date
from pathlib import Path

from platformdirs import user_data_path

from desktop_app.desk.desk import Desk, local_now
from desktop_app.desk.unlocking import read_aside, unlocked
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.language import _
from desktop_app.model.system_words import reason_of
from desktop_app.model.unit import Directory, Unit, UnitKind
from desktop_app.store import Book, LockedBookError, create_book
from desktop_app.store import months as kept_months

__all__ = ["LockedBookError", "create", "create_bureau", "default_book", "find_unit", "look_only", "open_desk", "units"]

LONGEST_NAME = 60
BUREAU_CODE = "BJ-STHJJ"


def default_book() -> Path:
    """The unit's book where nothing else is said: in the platform's data folder."""
    return user_data_path("yuebao", appauthor=False) / "book.yuebao"


def _directory() -> Directory:
    from desktop_app.plans import shipped_directory

    return shipped_directory()


def units() -> tuple[Unit, ...]:
    """Every unit that a book can be made for, in official order."""
    return _directory().units


def find_unit(name: str) -> Unit:
    """The unit of this name, alias or code; raises ClerkError that names close ones."""
    directory = _directory()
    unit = directory.find("".join(name.split()))
    if unit is None:
        close = [known.short_name for known in directory.units if name.strip() and name.strip()[:2] in known.name]
        hint = _("是否要找：{names}？").format(names="、".join(close[:5])) if close else ""
        raise ClerkError(
            _("单位名录里没有「{name}」。").format(name=name[:40]),
            hint or _("请使用名录中的全称、简称或代码，例如 朝阳区政府。"),
        )
    return unit


def create(book: Path, unit_name: str, *, today: date | None = None, unlisted: bool = False) -> Desk:
    """A new, empty book for a unit; a file that is there already is never touched.

    `unlisted`: a town or a department of a unit, which no directory holds.
    """
    unit = _unlisted(unit_name) if unlisted else find_unit(unit_name)
    return Desk(create_book(_prepared(book), "unit", unit, local_now()), today)


def _unlisted(name: str) -> Unit:
    """A unit by a name that is in no directory; its code is made of the name, so that two towns have two."""
    word = "".join(name.split())
    if _directory().find(word) is not None:
        return find_unit(word)
    if not 2 <= len(word) <= LONGEST_NAME or not word.isprintable():
        raise ClerkError(_("「{name}」不像单位名称。").format(name=word[:20]), _("名称应有 2 到 60 个字。"))
    code = f"OWN-{zlib.crc32(word.encode()):08X}"
    return Unit(code, word, UnitKind.INSTITUTION, 0)


def create_bureau(book: Path, *, today: date | None = None) -> Desk:
    """A new book for a receiving desk: the municipal bureau's."""
    bureau = _directory().find(BUREAU_CODE) or Unit(
        BUREAU_CODE, "北京市生态环境局", UnitKind.DEPARTMENT, 112, ("市生态环境局",)
    )
    return Desk(create_book(_prepared(book), "bureau", bureau, local_now()), today)


def open_desk(book: Path, *, today: date | None = None, kind: str = "unit", recovery: str | None = None) -> Desk:
    """Open a book that is there; the wrong kind of book is refused with a sentence.

    A large book is not yet checked whole (desk/soundness.py): that follows when it can be seen.
    An encrypted one opens with the key in the keyring, or with the typed `recovery` key.
    """
    return Desk(_of_kind(unlocked(book, recovery), kind), today)


def look_only(book: Path, *, today: date | None = None, kind: str = "unit") -> Desk:
    """The book as it stands on disk at this moment, to read: also one that is locked or may not be written.

    It does not follow what is written later; `seen_at` says the moment. Refusals as for opening.
    """
    desk = Desk(_of_kind(read_aside(book), kind), today, local_now())
    if not kept_months.months(desk.book):
        desk.close()
        raise ClerkError(_("{name} 里还没有打开过月份，没有可看的内容。").format(name=book.name))
    return desk


def _of_kind(opened: Book, kind: str) -> Book:
    if opened.kind != kind:
        opened.close()
        if kind == "unit":
            raise UsageError(
                _("{book} 是收文方的收件簿，不是单位的填报簿。").format(book=opened.path.name),
                _("请用 --book 指定本单位的填报簿，或改用 bureau 命令。"),
            )
        raise UsageError(
            _("{book} 是单位的填报簿，不是收件簿。").format(book=opened.path.name),
            _("请用 --book 指定收件簿；还没有的话先运行 bureau new。"),
        )
    return opened


def _prepared(book: Path) -> Path:
    """The folder for a new book, made where it is missing."""
    try:
        book.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise WorldError(
            _("不能在 {folder} 建立文件夹：{reason}。").format(folder=book.parent, reason=reason_of(problem)),
            _("请换一个可以写入的位置；命令用 --book 指定填报簿。"),
        ) from problem
    return book
