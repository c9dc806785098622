"""What pages are filled with: texts and table rows that know their height and can be split between lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from desktop_app.rendering.breaking import Line, lines
from desktop_app.rendering.faces import HEI
from desktop_app.rendering.page import Page, Rule, Tint
from desktop_app.rendering.structure import Kind, Node
from desktop_app.rendering.styles import Style, widths

_SIDE, _ABOVE = 4.0, 2.5  # padding of a cell in points
_WIDOW = 2  # lines of a text that stay together on either side of a break


class Block(Protocol):
    """Something with a height that draws itself below a point."""

    @property
    def height(self) -> float:
        """Height in points."""
        ...

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top)."""
        ...

    def split(self, room: float) -> "tuple[Block, Block] | None":
        """A part that fits `room` and the rest; None where it must not or cannot be split there."""
        ...


@dataclass(frozen=True)
class Text:
    """Broken lines in one style, `width` wide; its parts on several pages are one `node`."""

    lines: Sequence[Line]
    style: Style
    width: float
    node: Node | None = None

    @classmethod
    def of(cls, text: str, style: Style, width: float, kind: Kind = Kind.PARAGRAPH) -> "Text":
        """Break a text."""
        broken = lines(text, width, widths(style).along, indent=style.indent * (style.size + style.tracking))
        return cls(broken, style, width, Node(kind))

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.style.leading

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draw all lines, one after the other."""
        for index, line in enumerate(self.lines):
            page.set_line(line, self.style, x, top - index * self.style.leading, self.width, self.node)

    def split(self, room: float) -> "tuple[Text, Text] | None":
        """Split between lines, leaving at least two on both sides."""
        fit = min(int(room / self.style.leading + 1e-6), len(self.lines) - _WIDOW)
        if fit < _WIDOW:
            return None
        return replace(self, lines=self.lines[:fit]), replace(self, lines=self.lines[fit:])


@dataclass(frozen=True)
class Row:
    """A table row with borders. Rows up to `whole` points high are not split; `with_next` stays with the row below."""

    cells: Sequence[Text]
    columns: Sequence[float]
    grey: float = 1.0
    middle: bool = False
    whole: float = 0.0
    with_next: bool = False
    node: Node | None = None

    @cached_property
    def height(self) -> float:
        """Height of the tallest cell, with padding."""
        return max(cell.height for cell in self.cells) + 2 * _ABOVE

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draw tint, borders and then cell after cell, so that a cell's lines stay together in the file."""
        height, width = self.height, sum(self.columns)
        if self.grey < 1.0:
            page.tints.append(Tint(x, top - height, width, height, self.grey))
        page.frame_box(x, top, width, height)
        for index, (cell, column) in enumerate(zip(self.cells, self.columns, strict=True)):
            if index:
                page.rules.append(Rule(x, top - height, x, top, 0.5))
            shift = (height - cell.height) / 2 if self.middle else _ABOVE
            cell.draw(page, x + _SIDE, top - shift)
            x += column

    def split(self, room: float) -> "tuple[Row, Row] | None":
        """Split every cell that does not fit; None where one of them cannot be split."""
        if self.height <= self.whole:
            return None
        heads, tails = [], []
        for cell in self.cells:
            empty = replace(cell, lines=())
            parts = (cell, empty) if cell.height <= room - 2 * _ABOVE else cell.split(room - 2 * _ABOVE)
            if parts is None:
                return None
            heads.append(parts[0])
            tails.append(parts[1])
        return replace(self, cells=heads), replace(self, cells=tails, whole=0.0)


@dataclass(frozen=True)
class Space:
    """Blank height."""

    height: float

    def draw(self, page: Page, x: float, top: float) -> None:
        """Nothing to draw."""

    def split(self, room: float) -> "tuple[Space, Space] | None":
        """A blank at the foot of a page is not carried over."""
        return Space(room), Space(0.0)


@dataclass(frozen=True)
class Drawn:
    """A block of fixed height that is drawn by a function, and never split."""

    height: float
    drawing: Callable[[Page, float, float], None] = field(repr=False)

    def draw(self, page: Page, x: float, top: float) -> None:
        """Call the function."""
        self.drawing(page, x, top)

    def split(self, room: float) -> None:  # noqa: ARG002
        """Never."""
        return


def row(texts: Sequence[str], columns: Sequence[float], styles: Style | Sequence[Style], **options: object) -> Row:
    """A row of texts: `columns` are the full widths in points, one style for all cells or one each."""
    each = [styles] * len(texts) if isinstance(styles, Style) else styles
    cells = [
        Text.of(text, style, column - 2 * _SIDE, Kind.HEAD_CELL if style.face == HEI else Kind.CELL)
        for text, style, column in zip(texts, each, columns, strict=True)
    ]
    node = Node(Kind.ROW, [cell.node for cell in cells if cell.node])
    return Row(cells, columns, node=node, **options)  # type: ignore[arg-type]
