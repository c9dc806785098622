"""A Word table's rows put into columns: cells are told by their place, whatever the page's ruler says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from .bounds import COLUMNS, Refused
from .docx_numbering import Numbering, attribute, number
from .docx_text import cell_text, children, is_on, local_name
from .grid import Area, Grid

_WRAPPERS = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")


@dataclass(frozen=True)
class Cell:
    """One w:tc: grid columns [start, end), and whether it is merged downwards ("restart", "continue" or "")."""

    start: int
    end: int
    merged: str
    text: str


@dataclass(frozen=True)
class Line:
    """One w:tr."""

    cells: tuple[Cell, ...]
    hidden: bool = False


def read_row(row: Any, numbering: Numbering) -> Line:
    """The cells of a row; a row or a cell that is crossed out has none."""
    shape = children(row.find("{*}trPr"))
    hidden = "hidden" in shape and is_on(shape["hidden"])
    if "del" in shape:
        return Line((), hidden)
    at = _count(shape, "gridBefore", 0)
    cells: list[Cell] = []
    for cell in _cells(row):
        own = children(cell[0]) if len(cell) and local_name(cell[0]) == "tcPr" else {}
        if "cellDel" in own:
            continue
        end = min(at + max(_count(own, "gridSpan", 1), 1), COLUMNS * 4)
        text = cell_text(cell, numbering)
        if cells and _merge(own, "hMerge") == "continue":
            cells[-1] = Cell(cells[-1].start, end, cells[-1].merged, cells[-1].text)
        else:
            cells.append(Cell(at, end, _merge(own, "vMerge"), text))
        if len(cells) > COLUMNS:
            raise Refused("far")
        at = end
    return Line(tuple(cells), hidden)


def _count(shape: dict[str, Any], name: str, otherwise: int) -> int:
    return number(attribute(shape[name], "val"), otherwise) if name in shape else otherwise


def _cells(element: Any) -> Iterator[Any]:
    for child in element:
        name = local_name(child)
        if name == "tc":
            yield child
        elif name in _WRAPPERS:
            yield from _cells(child)


def _merge(shape: dict[str, Any], name: str) -> str:
    if name not in shape:
        return ""
    return "restart" if attribute(shape[name], "val") == "restart" else "continue"


def place_rows(grid: Grid, lines: list[str], widths: list[int], rows: list[Line]) -> int:
    """Fill a sheet with the lines above a table and the table under them; the number of columns."""
    columns = _Columns(rows, widths)
    for row, text in enumerate(lines, start=1):
        grid.put(row, 1, text)
        grid.merge((row, 1, row, columns.count))
    open_areas: dict[int, Area] = {}
    for row, line in enumerate(rows, start=len(lines) + 1):
        if line.hidden:
            grid.hidden_rows.add(row)
        for cell, (left, right) in zip(line.cells, columns.of(line), strict=True):
            above = open_areas.get(left)
            if cell.merged == "continue" and above and above[2] == row - 1:
                open_areas[left] = (above[0], above[1], row, above[3])
                continue
            if above:
                grid.merge(above)
            open_areas[left] = (row, left, row, right)
            grid.put(row, left, cell.text)
    for area in open_areas.values():
        grid.merge(area)
    return columns.count


class _Columns:
    """The columns of a table by its usual row; other rows' cells are laid over them by their width."""

    def __init__(self, rows: list[Line], widths: list[int]) -> None:
        sizes = Counter(len(line.cells) for line in rows if line.cells)
        self.count = max(sizes, key=lambda size: (sizes[size] * size, size), default=1)
        furthest = max((cell.end for line in rows for cell in line.cells), default=1)
        widths = widths + [1] * (furthest - len(widths)) if len(widths) < furthest else widths
        self._edges = [0, *accumulate(widths)]
        usual = next((line for line in rows if len(line.cells) == self.count), Line(()))
        self._usual = [self._span(cell) for cell in usual.cells]
        self._placed: dict[tuple[tuple[int, int], ...], list[tuple[int, int]]] = {}

    def _span(self, cell: Cell) -> tuple[int, int]:
        return self._edges[cell.start], self._edges[cell.end]

    def of(self, line: Line) -> list[tuple[int, int]]:
        """First and last column of each cell of a row."""
        spans = tuple((cell.start, cell.end) for cell in line.cells)
        if spans not in self._placed:
            self._placed[spans] = self._place(line) if spans else []
        return self._placed[spans]

    def _place(self, line: Line) -> list[tuple[int, int]]:
        covered = [self._covered(cell) for cell in line.cells]
        if len(line.cells) == self.count and [len(columns) for columns in covered] != [1] * self.count:
            return [(at, at) for at in range(1, self.count + 1)]
        placed: list[tuple[int, int]] = []
        for columns in covered:
            free = placed[-1][1] + 1 if placed else 1
            left = max(columns[0], free)
            placed.append((left, max(columns[-1], left)))
        return placed

    def _covered(self, cell: Cell) -> list[int]:
        """The columns of which the cell covers at least half, else the one it covers most of."""
        start, end = self._span(cell)
        shares = [(min(end, right) - max(start, left)) / max(right - left, 1) for left, right in self._usual]
        found = [at for at, share in enumerate(shares, start=1) if share >= 0.5]
        return found or [max(range(len(shares)), key=shares.__getitem__) + 1]
