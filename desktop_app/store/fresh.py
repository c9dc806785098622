"""A book made aside and named only when it is whole: killed before that, there is no book and nothing half."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.unit import Unit
from desktop_app.store.book import Book
from desktop_app.store.faults import told
from desktop_app.store.folders import sync_folder
from desktop_app.store.journal import verify
from desktop_app.store.opening import create_book


@contextmanager
def made_beside(path: Path, kind: str, unit: Unit, now: datetime) -> Iterator[Book]:
    """A new book to fill; left without an error it is checked, closed and named `path`, which must be free."""
    part = path.with_name(f".{path.name}.new")
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(part)
    try:
        with create_book(part, kind, unit, now) as book:
            yield book
            if not verify(book).intact:
                raise WorldError(
                    _("新建的 {name} 写完后核对不上，没有采用。").format(name=path.name), _("请换一个存储设备再试。")
                )
        with told(path):
            _name(part, path)
            sync_folder(path.parent)
    finally:
        _clear(part)


def _name(part: Path, path: Path) -> None:
    """Give the finished file its name; a file that came there meanwhile is never replaced."""
    try:
        os.link(part, path)
    except FileExistsError as there:
        raise ClerkError(_("{name} 已经存在，没有改动它。").format(name=path.name)) from there
    except OSError:  # a stick's file system has no links: the look before the step must do
        if path.exists():
            raise ClerkError(_("{name} 已经存在，没有改动它。").format(name=path.name)) from None
        part.rename(path)


def _clear(part: Path) -> None:
    for leftover in (part, part.with_name(f"{part.name}-journal")):
        leftover.unlink(missing_ok=True)
