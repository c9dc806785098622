"""A workbook of Excel 2007 and later, of WPS and LibreOffice: its sheets' texts, and nothing else of it.

Parsed here rather than by openpyxl: one pass with the bounds held while it runs, and no refusal over a style, a
picture or a name that no task table needs.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from .archive import Archive, local, new_parser, on
from .bounds import ALL_CHARACTERS, COLUMNS, Refused
from .grid import Grid, answer, column_number, place
from .shown import as_shown, day, pattern_of

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def read_xlsx(archive: Archive, main: str) -> dict[str, Any]:
    """The workbook whose main part is `main`."""
    relations = archive.relations(main)
    elements = archive.elements(main)
    since_1904 = any(tag == "workbookPr" and on(attributes, "date1904") for tag, attributes in elements)
    parts = dict(relations.values())
    strings = _shared_strings(archive, parts.get("sharedStrings"))
    patterns = _patterns(archive, parts.get("styles"))
    grids = []
    for tag, attributes in elements:
        if tag != "sheet":
            continue
        relation = next((value for name, value in attributes.items() if local(name) == "id" and ":" in name), "")
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet":
            grid = Grid(attributes.get("name", ""), hidden=attributes.get("state", "visible") != "visible")
            _Sheet(grid, strings, patterns, since_1904=since_1904).read(archive, part)
            grids.append(grid)
    if not grids:
        raise Refused("damaged")
    return answer("xlsx", grids, **archive.properties())


def _shared_strings(archive: Archive, part: str | None) -> list[str]:
    if part is None or part not in archive:
        return []
    strings: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": False, "length": 0}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["phonetic"] = True
        state["text"] = tag == "t" and not state["phonetic"]

    def end(tag: str) -> None:
        tag = local(tag)
        state["text"] = False
        if tag == "si":
            strings.append(_unescaped("".join(pieces)))
            state["length"] += len(strings[-1])
            if state["length"] > 2 * ALL_CHARACTERS:
                raise Refused("large")
        elif tag == "rPh":
            state["phonetic"] = False

    def words(text: str) -> None:
        if state["text"]:
            pieces.append(text)

    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    archive.feed(part, parser)
    return strings


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _patterns(archive: Archive, part: str | None) -> list[str]:
    """The number format of each cell style, by the style's place."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    inside = False
    for tag, attributes in archive.elements(part) if part else ():
        if tag == "numFmt":
            own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "dxfs", "cellStyleXfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            numbers.append(_whole(attributes.get("numFmtId")))
    return [pattern_of(number, own) for number in numbers]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class _Sheet:
    """One worksheet being read, element by element."""

    def __init__(self, grid: Grid, strings: list[str], patterns: list[str], *, since_1904: bool) -> None:
        self.grid = grid
        self.strings = strings
        self.patterns = patterns
        self.since_1904 = since_1904
        self.row = self.column = 0
        self.line = ""
        self.kind = self.style = ""
        self.formula = self.phonetic = self.listening = False
        self.pieces: list[str] = []
        self.steps: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._cell,
            "f": self._formula,
            "v": self._listen,
            "t": self._listen,
            "rPh": self._phonetic,
            "mergeCell": self._merge,
            "col": self._columns,
        }
        self.known: dict[str, Callable[[dict[str, str]], None] | None] = {}
        self.names: dict[str, str] = {}

    def read(self, archive: Archive, part: str) -> None:
        parser = new_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        archive.feed(part, parser)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in self.known:
            self.names[tag] = local(tag)
            self.known[tag] = self.steps.get(local(tag))
        step = self.known[tag]
        if step:
            step(attributes)

    def _end(self, tag: str) -> None:
        name = self.names[tag]
        if name in ("v", "t"):
            self.listening = False
        elif name == "c":
            self._take()
        elif name == "rPh":
            self.phonetic = False

    def _words(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = _whole(attributes.get("r")) or self.row + 1
        self.line = str(self.row)
        self.column = 0
        if on(attributes, "hidden"):
            self.grid.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r", "")
        column = column_number(name.removesuffix(self.line)) if name else self.column + 1
        if not column:
            row, column = place(name)
            self.row = row or self.row
        self.column = column or self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.formula = False
        self.pieces.clear()

    def _formula(self, _attributes: dict[str, str]) -> None:
        self.formula = True

    def _listen(self, _attributes: dict[str, str]) -> None:
        self.listening = not self.phonetic

    def _phonetic(self, _attributes: dict[str, str]) -> None:
        self.phonetic = True

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _colon, last = attributes.get("ref", "").replace("$", "").partition(":")
        (top, left), (bottom, right) = place(first), place(last or first)
        self.grid.merge((top, left, bottom, right))

    def _columns(self, attributes: dict[str, str]) -> None:
        if on(attributes, "hidden") and len(self.grid.hidden_columns) < COLUMNS:
            first, last = _whole(attributes.get("min")), min(_whole(attributes.get("max")), COLUMNS)
            self.grid.hidden_columns.update(range(max(first, 1), last + 1))

    def _take(self) -> None:
        raw = "".join(self.pieces)
        if not raw:
            if self.formula and self.kind != "str":
                self.grid.note(self.row, self.column, self.grid.bare_formulas)
        elif self.kind == "e":
            self.grid.note(self.row, self.column, self.grid.faulty)
        else:
            self.grid.put(self.row, self.column, self._text(raw))

    def _text(self, raw: str) -> str:
        if self.kind == "s":
            return self.strings[int(raw)]
        if self.kind in ("str", "inlineStr"):
            return _unescaped(raw)
        if self.kind == "b":
            return "是" if raw.strip() in ("1", "true") else "否"
        if self.kind == "d":
            return day(datetime.fromisoformat(raw.strip()), whole=True)
        style = _whole(self.style)
        pattern = self.patterns[style] if style < len(self.patterns) else "General"
        if pattern == "General" and raw.isascii() and raw.isdigit() and raw[0] != "0" and len(raw) < 16:
            return raw
        return as_shown(float(raw), pattern, since_1904=self.since_1904)
