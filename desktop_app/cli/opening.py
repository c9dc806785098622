"""The book that a command works on, closed again whatever happens."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from desktop_app.cli import streams
from desktop_app.desk import backups
from desktop_app.desk.desk import Desk
from desktop_app.desk.open_book import default_book, look_only, open_desk
from desktop_app.desk.unlocking import recovery_text
from desktop_app.errors import ClerkError, UsageError, WorldError
from desktop_app.language import _


def book_path(options: Namespace, kind: str = "unit") -> Path:
    """--book, else the platform's default for this kind of book."""
    given: Path | None = getattr(options, "book", None)
    if given is not None:
        return given
    return default_book() if kind == "unit" else default_book().with_name("bureau.yuebao")


@contextmanager
def opened(options: Namespace, kind: str = "unit", *, reading: bool = False) -> Iterator[Desk]:
    """The desk with the book open; ClerkError with advice where there is no book yet.

    For `reading` a book on a medium that cannot be written will do.
    """
    desk = _open_to_read(options, kind) if reading else _open(options, kind)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def opened_either(options: Namespace, *, reading: bool = False) -> Iterator[Desk]:
    """The same for what a unit's book and a receiving desk's both have: settings, calendars, units."""
    way_in = _open_to_read if reading else _open
    try:
        desk = way_in(options, "unit")
    except UsageError:
        desk = way_in(options, "bureau")
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def opened_desk(options: Namespace) -> Iterator[Desk]:
    """The desk that receives: a receiving book, or a unit's own book, which is the desk of its towns.

    Without --book it is the receiving book where there is one, else the unit's.
    """
    path = book_path(options, "bureau")
    if getattr(options, "book", None) is None and not path.exists() and default_book().exists():
        path = default_book()
    chosen = Namespace(**{**vars(options), "book": path})
    try:
        desk = _open(chosen, "bureau")
    except UsageError:  # the other kind of book
        desk = _open(chosen, "unit")
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def at_hand(options: Namespace) -> Iterator[Desk | None]:
    """The book where there is one, for what works without: None where there is none or the default one is in use."""
    path, asked = book_path(options), getattr(options, "book", None) is not None
    with ExitStack() as stack:
        desk = None
        if path.exists():
            try:
                desk = stack.enter_context(opened_either(options))
            except ClerkError:
                if asked:
                    raise
        yield desk


def _open_to_read(options: Namespace, kind: str) -> Desk:
    path = book_path(options, kind)
    try:
        return _open(options, kind)
    except WorldError:
        if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            raise
    desk = look_only(path, today=getattr(options, "today", None), kind=kind)
    streams.tell(_("{name} 所在的位置不能写入，只读打开。").format(name=path.name))
    return desk


def _open(options: Namespace, kind: str) -> Desk:
    path = book_path(options, kind)
    if not path.exists():
        if kind == "unit":
            raise ClerkError(_("没有找到填报簿 {path}。").format(path=path), _("先运行 new --unit 单位名称。"))
        raise ClerkError(_("没有找到收件簿 {path}。").format(path=path), _("先运行 bureau new。"))
    desk = open_desk(path, today=getattr(options, "today", None), kind=kind, recovery=recovery(options))
    try:
        made = backups.automatic(desk)
    except WorldError as problem:  # a copy that cannot be made is said, and stops no work
        streams.tell(str(problem))
    except BaseException:
        desk.close()
        raise
    else:
        for flaw in made.flaws if made else ():
            streams.tell(_("注意，已有损坏：{what}。").format(what=flaw))
    return desk


def recovery(options: Namespace) -> str | None:
    """What --recovery-key-file holds, None where it is not given."""
    file: Path | None = getattr(options, "recovery_key_file", None)
    return recovery_text(file) if file is not None else None
