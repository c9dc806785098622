"""A page before it is drawn: where words, rules, tints, bookmarks and signature places lie. Points, y upwards."""

from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.model.report import Role
from desktop_app.rendering.breaking import Line
from desktop_app.rendering.structure import Node
from desktop_app.rendering.styles import MM, Align, Style

A4 = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet as it is read: its size and its type area, `top` measured upwards from the foot of the sheet."""

    width: float
    height: float
    left: float
    top: float
    body_width: float
    body_height: float
    landscape: bool = False


PORTRAIT = Frame(A4[0], A4[1], 28 * MM, A4[1] - 37 * MM, 156 * MM, 225 * MM)
# The same type area of the same portrait sheet, turned so that its head lies at the sheet's left edge (GB/T 9704).
LANDSCAPE = Frame(A4[1], A4[0], 35 * MM, A4[0] - 28 * MM, 225 * MM, 156 * MM, landscape=True)


class Words(NamedTuple):
    """A line of text at a baseline; `spacing` is added after every character. Without a node it is furniture."""

    x: float
    y: float
    text: str
    face: str
    size: float
    spacing: float
    node: Node | None = None
    ink: float = 0.0  # grey: 0 is black and 1 white


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Tint(NamedTuple):
    """A filled rectangle; `grey` 0 is black and 1 white."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Framed(NamedTuple):
    """A rectangle of four rules `line` points wide."""

    x: float
    y: float
    width: float
    height: float
    line: float


class Shape(NamedTuple):
    """A filled polygon; `grey` 0 is black and 1 white."""

    points: tuple[tuple[float, float], ...]
    grey: float


class Curve(NamedTuple):
    """A line through points; `dash` are the lengths of its pieces and gaps, () for an unbroken one."""

    points: tuple[tuple[float, float], ...]
    width: float
    dash: tuple[float, ...] = ()
    grey: float = 0.0


class SignatureBox(NamedTuple):
    """Where a visible signature goes: page number from 0, corners in points on the unturned sheet."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass
class Page:
    """One page being filled."""

    frame: Frame
    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    frames: list[Framed] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    bookmarks: list[tuple[int, str, float]] = field(default_factory=list)
    boxes: dict[Role, tuple[float, float, float, float]] = field(default_factory=dict)
    quiet: bool = False  # what is set now is a repetition, not to be read out again

    def set_line(self, line: Line, style: Style, x: float, top: float, width: float, node: Node | None = None) -> None:
        """Put one broken line into a slot `style.leading` high whose upper left corner is (x, top)."""
        if not line.text:
            return
        spacing = line.spacing if style.align is Align.JUSTIFY else min(0.0, line.spacing)
        free = max(0.0, width - line.indent - line.width)
        shift = free / 2 if style.align is Align.CENTRE else free if style.align is Align.RIGHT else 0.0
        baseline = top - style.leading / 2 - 0.38 * style.size
        left, node = x + line.indent + shift, None if self.quiet else node
        self.words.append(Words(left, baseline, line.text, style.face, style.size, style.tracking + spacing, node))

    def frame_box(self, x: float, top: float, width: float, height: float, line: float = 0.5) -> None:
        """An empty rectangle, its upper left corner at (x, top)."""
        self.frames.append(Framed(x, top - height, width, height, line))
