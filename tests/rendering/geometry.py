"""Where the text of a finished PDF lies, read from the file itself: its operators, its fonts' own widths."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf

from desktop_app.rendering.styles import MM

_ASCENT, _DESCENT = 0.80, 0.12  # of the size: ink of a line, whatever it says
_TOUCH = 0.6  # points by which two lines may come near without overprinting
_HALF_BLANK = tuple("，。、；：！）〕】》」』〉］”’")
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Piece:
    """Text shown by one operator; corners in points on the unturned sheet, y upwards."""

    page: int
    text: str
    left: float
    low: float
    right: float
    high: float
    size: float
    face: str
    mark: int | None  # the number under which the structure tree knows it; None for what is not read out


def pieces(pdf: bytes) -> list[Piece]:
    """Every piece of text in the order of drawing."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts: dict[Any, tuple[dict[int, float], dict[int, str]]] = {}
        return [one for index, page in enumerate(document.pages) for one in _of_page(index, page, fonts)]


def _of_page(index: int, page: Any, fonts: dict[Any, tuple[dict[int, float], dict[int, str]]]) -> list[Piece]:
    found, now, kept = [], _IDENTITY, []
    line, width, font, size, gap, mark = _IDENTITY, 0.0, None, 0.0, 0.0, None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            kept.append(now)
        elif name == "Q":
            now = kept.pop()
        elif name == "cm":
            now = _times(tuple(map(float, operands)), now)
        elif name == "BDC":
            mark = int(operands[1].MCID)
        elif name == "EMC":
            mark = None
        elif name == "Tm":
            line, width = tuple(map(float, operands)), 0.0
        elif name == "Tc":
            gap = float(operands[0])
        elif name == "Tf":
            size = float(operands[1])
            font = page.obj.Resources.Font[str(operands[0])]
        elif name == "TJ":
            taken = sum(map(float, operands[0])) * size / 1000
            width -= taken
            found[-1].wide -= taken  # the blank half of a mark, into which the next one moves
        elif name == "Tj":
            if font.objgen not in fonts:
                fonts[font.objgen] = _font(font)
            widths, characters = fonts[font.objgen]
            raw = bytes(operands[0])
            codes = [high * 256 + low for high, low in zip(raw[::2], raw[1::2], strict=True)]
            wide = sum(widths[code] * size / 1000 + gap for code in codes)
            text = "".join(characters[code] for code in codes)
            found.append(_Drawn(now, line, width, wide - gap, size, text, str(font.BaseFont)[8:], mark))
            width += wide
    return [one.piece(index) for one in found]


@dataclass
class _Drawn:
    """Text as one operator drew it: where the page and the line began, and how far along the line it is."""

    page: Any
    line: Any
    start: float
    wide: float
    size: float
    text: str
    face: str
    mark: int | None

    def piece(self, index: int) -> Piece:
        x, y = self.line[4] + self.start, self.line[5]
        corners = [_at(self.page, x, y - _DESCENT * self.size), _at(self.page, x + self.wide, y + _ASCENT * self.size)]
        xs, ys = sorted(point[0] for point in corners), sorted(point[1] for point in corners)
        return Piece(index, self.text, xs[0], ys[0], xs[1], ys[1], self.size, self.face, self.mark)


def _font(font: Any) -> tuple[dict[int, float], dict[int, str]]:
    """Widths and characters by code, as the file says them."""
    first, widths = font.DescendantFonts[0].W
    said = font.ToUnicode.read_bytes().decode("ascii")
    pairs = [line.split() for line in said.splitlines() if line.startswith("<") and line.count("<") == 2]
    names = {
        int(code[1:-1], 16): bytes.fromhex(text[1:-1]).decode("utf-16-be") for code, text in pairs if code != "<0000>"
    }
    return {int(first) + place: float(width) for place, width in enumerate(widths)}, names


def _times(a: Any, b: Any) -> Any:
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def _at(m: Any, x: float, y: float) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def overprinted(pdf: bytes) -> list[tuple[Piece, Piece]]:
    """Pairs of pieces on one page that lie upon each other."""
    by_page: dict[int, list[Piece]] = {}
    for piece in pieces(pdf):
        if piece.text.strip():
            by_page.setdefault(piece.page, []).append(piece)
    return [pair for page in by_page.values() for pair in _upon_each_other(page)]


def _upon_each_other(page: list[Piece]) -> list[tuple[Piece, Piece]]:
    page = sorted(page, key=lambda piece: piece.left)
    pairs = []
    for place, one in enumerate(page):
        for other in page[place + 1 :]:
            if other.left >= one.right - _TOUCH:
                break
            if min(one.high, other.high) - max(one.low, other.low) > _TOUCH:
                pairs.append((one, other))
    return pairs


def outside(pdf: bytes) -> list[Piece]:
    """Pieces beyond the type area and the margins kept for furniture and page number.

    The blank half of a mark at the end may hang out (on a turned page, up): its ink does not.
    """
    return [
        piece for piece in pieces(pdf)
        if piece.left < 13 * MM or piece.right - _blank(piece) > (210 - 26) * MM + 0.6 or piece.low < 20 * MM
        or piece.high - _blank(piece) > (297 - 12) * MM
    ]  # fmt: skip


def _blank(piece: Piece) -> float:
    return piece.size / 2 if piece.text[-1:] in _HALF_BLANK else 0.0


def read_aloud(pdf: bytes) -> list[tuple[str, str]]:
    """(type, text) of every element that has text, in the order of the structure tree; pages come in by its marks."""
    said: dict[tuple[int, int], str] = {}
    for piece in pieces(pdf):
        if piece.mark is not None:
            said[piece.page, piece.mark] = said.get((piece.page, piece.mark), "") + piece.text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        places = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        found: list[tuple[str, str]] = []
        waiting = [document.Root.StructTreeRoot.K]
        while waiting:
            element = waiting.pop()
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            text, below = "", []
            for kid in kids:
                if isinstance(kid, int):
                    text += said.pop((places[element.Pg.objgen], kid), "")
                elif "/MCID" in kid:
                    text += said.pop((places[kid.Pg.objgen], int(kid.MCID)), "")
                else:
                    below.append(kid)
            if text:
                found.append((str(element.S)[1:], text))
            waiting.extend(reversed(below))
    if said:
        raise AssertionError(f"text that no element owns: {list(said.values())[:3]}")
    return found
