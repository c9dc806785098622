"""The few characters of a signature's mark as a Type 3 font: outlines from the shipped faces, no font file inside.

A Type 3 font costs a few kilobytes, takes every character from whichever face has it, and keeps the text readable to
a machine (ToUnicode), also beyond the BMP.
"""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.language import _

_FACES = ("fangsong", "kaiti", "heiti", "biaosong")  # 仿宋 as the pages are set; 楷体 has nearly every character
_EM = 1000


@dataclass(frozen=True)
class Glyph:
    """One character: its advance and outline (PDF path operators), both in thousandths of an em."""

    character: str
    advance: int
    path: bytes


@cache
def glyph(character: str) -> Glyph:
    """The character from the first face that has it; ClerkError where none has."""
    for name in _FACES:
        font, characters, outlines = _face(name)
        if ord(character) in characters:
            outline = outlines[characters[ord(character)]]
            pen = _PathPen(outlines, _EM / font["head"].unitsPerEm)
            outline.draw(pen)
            return Glyph(character, round(outline.width * pen.scale), b"\n".join(pen.operators))
    raise ClerkError(
        _("签名处印不出字符「{character}」（U+{code}）。").format(character=character, code=f"{ord(character):04X}"),
        _("请改用字库里有的字，或在 resources/fonts 里补充字体。"),
    )


def width(text: str) -> float:
    """How wide the text is, in ems."""
    return sum(glyph(character).advance for character in text) / _EM


def to_unicode(characters: str) -> bytes:
    """The CMap that gives each code (1, 2, 3… in this order) its character."""
    pairs = "\n".join(
        f"<{code:02X}> <{character.encode('utf-16-be').hex().upper()}>" for code, character in enumerate(characters, 1)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


@cache
def _face(name: str) -> tuple[TTFont, dict[int, str], Any]:
    font = TTFont(io.BytesIO(assets.read_bytes("fonts", f"{name}.ttf")), lazy=True)
    return font, font.getBestCmap(), font.getGlyphSet()


class _PathPen(BasePen):  # type: ignore[misc]
    """Writes an outline as PDF path operators."""

    def __init__(self, outlines: Any, scale: float) -> None:
        super().__init__(outlines)
        self.scale = scale
        self.operators: list[bytes] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' names
        self._write("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", pt)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append(b"h")

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        numbers = " ".join(str(round(value * self.scale)) for point in points for value in point)
        self.operators.append(f"{numbers} {operator}".encode("ascii"))
