"""Reads a workbook in a process of its own, with little memory: bytes on stdin, JSON on stdout.

Run as `python -m desktop_app.plans.reader`. A hostile file can only take this process down. Nothing in this house
imports this module; desktop_app.plans.workbook starts it and says what its refusals mean.
"""

import contextlib
import io
import json
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MEMORY = 256 * 1024 * 1024
MEMBERS = 2_000
XML_BYTES = 24 * 1024 * 1024
ALL_BYTES = 64 * 1024 * 1024
ROWS = 5_000
FURTHEST_COLUMN = 200
FURTHEST_ROW = 20_000
SHEETS = 60
CELL_CHARACTERS = 4_000
ALL_CHARACTERS = 1_000_000


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Why the file is not read: a word that desktop_app.plans.workbook has a sentence for."""


def main() -> None:
    """Answer on stdout: the sheets, or one word of refusal."""
    _limit_memory()
    try:
        answer = read(sys.stdin.buffer.read())
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "large"}
    except Exception:  # noqa: BLE001 - whatever openpyxl trips over, the file is not a workbook we can read
        answer = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def read(data: bytes) -> dict[str, Any]:
    """The workbook's visible texts; raises Refused, or whatever a damaged file makes openpyxl raise."""
    formulas = check_archive(data)
    from openpyxl import load_workbook  # noqa: PLC0415 - only once the archive is known to be harmless

    warnings.simplefilter("ignore")
    book = load_workbook(io.BytesIO(data), data_only=True)
    origin = load_workbook(io.BytesIO(data)) if formulas else None
    if len(book.worksheets) > SHEETS:
        raise Refused("large")
    sheets = [_sheet(sheet, origin) for sheet in book.worksheets]
    lengths = [len(text) for sheet in sheets for _row, _column, text in sheet["cells"]]
    if sum(lengths) > ALL_CHARACTERS or max(lengths, default=0) > CELL_CHARACTERS:
        raise Refused("large")
    return {"sheets": sheets, **_properties(book)}


def check_archive(data: bytes) -> bool:
    """Refuse what is no harmless workbook before anything is unpacked whole; say whether it holds formulas."""
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused("old")
    if data[:4] != b"PK\x03\x04":
        raise Refused("foreign")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if "xl/workbook.xml" not in archive.namelist():
            raise Refused("foreign")
        _check_sizes(members)
        formulas = [_check_member(archive, member) for member in members if _is_xml(member.filename)]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error) as bad:
        raise Refused("damaged") from bad
    return any(formulas)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    xml = sum(member.file_size for member in members if _is_xml(member.filename))
    if len(members) > MEMBERS or xml > XML_BYTES or sum(member.file_size for member in members) > ALL_BYTES:
        raise Refused("large")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Read one XML part without building it; refuse entities, cells far out and too many rows. True: has formulas."""
    text = archive.read(member)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("entities")
    if not member.filename.startswith("xl/worksheets/"):
        return False
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    try:
        parser.Parse(text, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as bad:
        raise Refused("damaged") from bad
    return scan.formulas


class _Scan:
    """Looks over a sheet's elements for the size of what it holds."""

    def __init__(self) -> None:
        self.formulas = False
        self.rows: set[int] = set()
        self._cell = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell = attributes.get("r", "")
        elif name == "f":
            self.formulas = True
        elif name in ("v", "t") and self._cell:
            self._hold(self._cell)
        elif name == "mergeCell":
            _check_merge(attributes.get("ref", ""))

    def _hold(self, place: str) -> None:
        letters = place.rstrip("0123456789")
        row = int(place[len(letters) :] or 0)
        if row > FURTHEST_ROW or _column(letters) > FURTHEST_COLUMN:
            raise Refused("far")
        self.rows.add(row)
        if len(self.rows) > ROWS:
            raise Refused("rows")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_merge(reference: str) -> None:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - see read()

    left, top, right, bottom = (bound or 0 for bound in range_boundaries(reference))
    if (right - left + 1) * (bottom - top + 1) > ROWS * 50:
        raise Refused("far")


def _sheet(sheet: "Worksheet", origin: "Workbook | None") -> dict[str, Any]:
    held = [cell for cell in _cells(sheet) if cell.value is not None]
    formulas = {cell.coordinate for cell in _cells(origin[sheet.title]) if cell.data_type == "f"} if origin else set()
    faulty = [cell.coordinate for cell in held if cell.data_type == "e"]
    return {
        "title": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "cells": [[cell.row, cell.column, _text(cell)] for cell in held if cell.data_type != "e"],
        "merges": [[area.min_row, area.min_col, area.max_row, area.max_col] for area in sheet.merged_cells.ranges],
        "hidden_rows": sorted(row for row, kept in sheet.row_dimensions.items() if kept.hidden),
        "hidden_columns": sorted(_hidden_columns(sheet)),
        "bare_formulas": sorted(formulas - {cell.coordinate for cell in held}),
        "faulty": faulty,
    }


def _cells(sheet: Any) -> list["Cell"]:
    # iter_rows() would walk the whole rectangle up to the last cell; the cells that exist are what counts.
    return [cell for _place, cell in sorted(sheet._cells.items())]  # noqa: SLF001


def _hidden_columns(sheet: "Worksheet") -> Iterator[int]:
    for kept in sheet.column_dimensions.values():
        if kept.hidden:
            yield from range(kept.min or 1, min(kept.max or 1, FURTHEST_COLUMN) + 1)


def _text(cell: "Cell") -> str:
    value: Any = cell.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    if isinstance(value, datetime | date):
        whole = "d" in (cell.number_format or "").lower()
        return f"{value.year}年{value.month}月" + (f"{value.day}日" if whole else "")
    return str(value)


def _number(value: float, pattern: str) -> str:
    """A number as the sheet shows it: 1.0 as 1, 0.95 under a percent format as 95%, and a unit quoted in the format."""
    amount = Decimal(repr(value)) * (100 if "%" in pattern else 1)
    text = format(amount.normalize(), "f") + ("%" if "%" in pattern else "")
    shown = pattern.split(";")[0]
    if '"' not in shown:
        return text
    parts = shown.split('"')
    digits = next((index for index, part in enumerate(parts) if index % 2 == 0 and set(part) & set("0#?")), 0)
    quoted = [(index, part) for index, part in enumerate(parts) if index % 2]
    before = "".join(part for index, part in quoted if index < digits)
    return before + text + "".join(part for index, part in quoted if index > digits)


def _properties(book: "Workbook") -> dict[str, Any]:
    with contextlib.suppress(AttributeError):
        changed = book.properties.modified or book.properties.created
        return {"title": book.properties.title or "", "year": changed.year if changed else None}
    return {"title": "", "year": None}


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
