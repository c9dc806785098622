"""A Word document: each of its tables is a sheet, with the lines before the table above it."""

import io
import re
from typing import Any

from lxml import etree

from .archive import Archive, check_tree
from .bounds import ROWS, SHEETS, Refused
from .docx_numbering import Numbering
from .docx_table import Line, place_rows, read_row
from .docx_text import local_name, paragraph_text
from .grid import Grid, answer

_TAGS = ("{*}p", "{*}tr", "{*}tbl", "{*}txbxContent")
_ANNEX = re.compile(r"^[(（《]?\s*附\s*[件表]")
_LINES_ABOVE = 8
_LINES = 5_000


def read_docx(archive: Archive, main: str) -> dict[str, Any]:
    """The tables of the document whose main part is `main`; what is no line above a table comes last, as 正文."""
    parts = dict(archive.relations(main).values())
    shapes = [_tree(archive, parts.get(kind)) for kind in ("numbering", "styles")]
    body = _Body(Numbering(*shapes))
    body.read(check_tree(archive, main))
    grids, heads = [], []
    text: list[str] = []
    for number, (lines, widths, rows) in enumerate(body.tables, start=1):
        kept = _above(lines)
        text.extend(lines[: len(lines) - len(kept)])
        mark = next((line for line in kept if _ANNEX.match(line) and len(line) < 10), "")
        grid = Grid(mark or f"表{number}")
        columns = place_rows(grid, kept, widths, rows)
        grids.append(grid)
        heads.append([len(kept), columns])
    text.extend(body.lines)
    if text:
        rest = Grid("正文")
        for row, line in enumerate(text, start=1):
            rest.put(row, 1, line)
        grids.append(rest)
    if not grids:
        raise Refused("empty")
    return answer("docx", grids, heads=heads, **archive.properties())


def _tree(archive: Archive, part: str | None) -> Any:
    if part is None or part not in archive:
        return None
    return etree.fromstring(check_tree(archive, part), etree.XMLParser(**_SAFE))


_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}


def _above(lines: list[str]) -> list[str]:
    """The lines that belong to the table under them: from the last annex mark on, else the last few."""
    marks = [at for at, line in enumerate(lines) if _ANNEX.match(line) and len(line) < 40]
    return lines[marks[-1] :] if marks else lines[-_LINES_ABOVE:]


class _Body:
    """Walks the document once and forgets each row as soon as it is read."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.tables: list[tuple[list[str], list[int], list[Line]]] = []
        self.lines: list[str] = []
        self._inside = 0
        self._boxes = 0

    def read(self, data: bytes) -> None:
        try:
            for event, element in etree.iterparse(io.BytesIO(data), events=("start", "end"), tag=_TAGS, **_SAFE):
                self._take(event, element, local_name(element))
        except etree.XMLSyntaxError as bad:
            raise Refused("damaged") from bad

    def _take(self, event: str, element: Any, name: str) -> None:
        if name == "txbxContent":
            self._boxes += 1 if event == "start" else -1
        elif self._boxes:
            return
        elif name == "tbl":
            self._table(event, element)
        elif event == "end" and name == "tr" and self._inside == 1:
            if len(self.tables[-1][2]) >= ROWS:
                raise Refused("rows")
            self.tables[-1][1][:] = self.tables[-1][1] or _widths(element)
            self.tables[-1][2].append(read_row(element, self.numbering))
            _forget(element)
        elif event == "end" and name == "p" and not self._inside:
            self._line(paragraph_text(element, self.numbering))
            _forget(element)

    def _table(self, event: str, element: Any) -> None:
        self._inside += 1 if event == "start" else -1
        if event == "start" and self._inside == 1:
            if len(self.tables) >= SHEETS:
                raise Refused("large")
            self.tables.append((self.lines, [], []))
            self.lines = []
        elif event == "end" and not self._inside:
            _forget(element)

    def _line(self, text: str) -> None:
        self.lines.extend(line.strip() for line in text.splitlines() if line.strip())
        if len(self.lines) > _LINES:
            raise Refused("large")


def _widths(row: Any) -> list[int]:
    """The widths of the table's grid, in twentieths of a point."""
    table = next(row.iterancestors("{*}tbl"))
    found = []
    for column in table.iterfind("{*}tblGrid/{*}gridCol"):
        said = next((text for key, text in column.attrib.items() if key.rpartition("}")[2] == "w"), "")
        found.append(max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 7 else 1)
    return found


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
