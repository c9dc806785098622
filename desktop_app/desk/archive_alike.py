"""Whether a file of an archive is what is made of the signed reports again.

Same bytes settle it. A workbook bears the moment at which it was written, and another version of the program, or
another set of fonts, lays the same words out otherwise: there what the file says is held against what it should say.
"""

import io
import zipfile
from collections.abc import Iterator
from enum import Enum
from html.parser import HTMLParser
from typing import Any

from desktop_app.model.archive import INDEX

_STAMPED = "docProps/core.xml"  # when it was written
_MUCH = 4 * 1024 * 1024  # bytes beyond which a workbook that should be smaller is not taken apart


class Alike(Enum):
    """SAY: the same figures and words in another dress."""

    SAME = "same"
    SAY = "say"
    DIFFER = "differ"


def alike(name: str, kept: bytes, again: bytes, *, same_program: bool) -> Alike:
    """How a file that was kept stands to the same file made again."""
    if kept == again:
        return Alike.SAME
    if name.endswith(".pdf"):
        return _pages(kept, again, same_program=same_program)
    if name.endswith(".xlsx"):
        return _workbooks(kept, again)
    if name == INDEX and not same_program and _told(kept) == _told(again):
        return Alike.SAY
    return Alike.DIFFER


def _pages(kept: bytes, again: bytes, *, same_program: bool) -> Alike:
    from desktop_app.exchange.pages_alike import fonts_of, page_texts, same_pictures

    try:
        if page_texts(kept) != page_texts(again):
            return Alike.DIFFER
        if same_pictures(kept, again):
            return Alike.SAME
        return Alike.DIFFER if same_program and fonts_of(kept) == fonts_of(again) else Alike.SAY
    except Exception:  # noqa: BLE001 - pages that this program would not have made, or whatever their reader raises
        return Alike.DIFFER


def _workbooks(kept: bytes, again: bytes) -> Alike:
    try:
        with zipfile.ZipFile(io.BytesIO(kept)) as old, zipfile.ZipFile(io.BytesIO(again)) as new:
            if _members(old) == _members(new) and all(
                old.read(name) == new.read(name) for name in new.namelist() if name != _STAMPED
            ):
                return Alike.SAME
            if sum(item.file_size for item in old.infolist()) > _MUCH + sum(item.file_size for item in new.infolist()):
                return Alike.DIFFER
        return Alike.SAY if list(_cells(kept, again)) == [] else Alike.DIFFER
    except Exception:  # noqa: BLE001 - whatever a workbook that was tampered with makes its reader raise
        return Alike.DIFFER


def _members(book: zipfile.ZipFile) -> list[tuple[str, int]]:
    return sorted((item.filename, item.file_size) for item in book.infolist() if item.filename != _STAMPED)


def _cells(kept: bytes, again: bytes) -> Iterator[str]:
    """The cells that differ, by what they reckon and by what they show."""
    from openpyxl import load_workbook

    for shown in (False, True):
        old, new = (load_workbook(io.BytesIO(data), data_only=shown) for data in (kept, again))
        if [each.title for each in old.worksheets] != [each.title for each in new.worksheets]:
            yield "sheets"
            return
        for was, now in zip(old.worksheets, new.worksheets, strict=True):
            if (was.max_row, was.max_column) != (now.max_row, now.max_column) or was.sheet_state != now.sheet_state:
                yield was.title
                return
            yield from (f"{was.title}!{cell}" for cell, value in _values(now) if was[cell].value != value)


def _values(sheet: Any) -> Iterator[tuple[str, object]]:
    for row in sheet.iter_rows():
        for cell in row:
            yield cell.coordinate, cell.value


class _Told(HTMLParser):
    """The words of a page's table cells and headings, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell begins, or a link in it."""
        if tag in ("td", "h1"):
            self._within += 1
            self.cells.append("")
        self.cells += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag in ("td", "h1"):
            self._within -= 1

    def handle_data(self, data: str) -> None:
        """Words within it."""
        if self._within and self.cells:
            self.cells[-1] += data


def _told(page: bytes) -> list[str]:
    reader = _Told()
    reader.feed(page.decode("utf-8", "replace"))
    return reader.cells
