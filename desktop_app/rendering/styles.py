"""Type styles of GB/T 9704-2012 and the widths that go with them."""

import re
import struct
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import groupby

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.rendering.faces import FANG, HEI, KAI, SONG, face, forget_on_change, printable

MM = 72 / 25.4
BODY_WIDTH, BODY_HEIGHT = 156 * MM, 225 * MM
BODY_LINES, BODY_CHARACTERS = 22, 28
BODY_LEADING = BODY_HEIGHT / BODY_LINES  # 28.99 pt
BODY_PITCH = BODY_WIDTH / BODY_CHARACTERS  # 15.79 pt: 28 characters of 三号 (16 pt) are wider than 156 mm
ERHAO, SANHAO, SIHAO, XIAOSI, WUHAO, XIAOWU = 22.0, 16.0, 14.0, 12.0, 10.5, 9.0


class Align(Enum):
    """How lines stand in their width."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """Face, size and leading in points; `indent` in characters, `tracking` in points after every character."""

    face: str
    size: float
    leading: float
    align: Align = Align.JUSTIFY
    indent: int = 0
    tracking: float = 0.0


BODY = Style(FANG, SANHAO, BODY_LEADING, indent=2, tracking=BODY_PITCH - SANHAO)
BODY_FLUSH = Style(FANG, SANHAO, BODY_LEADING, tracking=BODY_PITCH - SANHAO)
LEVEL_ONE = Style(HEI, SANHAO, BODY_LEADING, Align.LEFT, indent=2, tracking=BODY_PITCH - SANHAO)
LEVEL_TWO = Style(KAI, SANHAO, BODY_LEADING, Align.LEFT, indent=2, tracking=BODY_PITCH - SANHAO)
TITLE = Style(SONG, ERHAO, 34.0, Align.CENTRE)
SECTION = Style(SONG, SANHAO + 2, 28.0, Align.CENTRE)
HEAD = Style(HEI, WUHAO, 14.5, Align.CENTRE)
LABEL = Style(HEI, XIAOSI, 17.0, Align.LEFT)
CELL = Style(FANG, WUHAO, 15.0, Align.LEFT)
CELL_CENTRE = Style(FANG, WUHAO, 15.0, Align.CENTRE)
CELL_FULL = Style(FANG, WUHAO, 14.5)
TEXT = Style(FANG, XIAOSI, 17.0)
NOTE = Style(KAI, XIAOSI, 17.0)
SMALL = Style(FANG, XIAOWU, 12.5, Align.LEFT)
FURNITURE = Style(HEI, XIAOWU, 12.0, Align.LEFT)
PAGE_NUMBER = Style(SONG, SIHAO, 18.0, Align.LEFT)


_CLOSING, _OPENING = "，。、；：！？）〕】》」』〉］\uff5d”’", "（〔【《「『〈［\uff5b“‘"
_PAIR = re.compile(f"[{_CLOSING}](?=[{_CLOSING}{_OPENING}])|[{_OPENING}](?=[{_OPENING}])")
KERN = 0.5  # ems taken between two marks whose blank halves meet


@cache
def _has_blank_half(name: str, character: str) -> bool:
    """Whether this face leaves the half of the mark's square blank that typesetters take: look, do not trust."""
    found = printable(name, character)
    if found is None or found.advance < 0.9:
        return False
    used = face(found.face)
    outline = used.outline(used.glyphs[character])
    if not outline:
        return False
    left, right = struct.unpack_from(">h", outline, 2)[0], struct.unpack_from(">h", outline, 6)[0]
    return bool(right <= KERN * used.units if character in _CLOSING else left >= KERN * used.units)


def kerns(name: str, text: str) -> list[int]:
    """Places of marks after which half an em is taken, because another mark follows: 》， and ））.

    For two opening marks it is the second one's blank half.
    """
    places = (found.start() for found in _PAIR.finditer(text))
    return [
        place for place in places
        if _has_blank_half(name, text[place] if text[place] in _CLOSING else text[place + 1])
    ]  # fmt: skip


class Widths(dict[str, float]):
    """Character -> width in points, for one style."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, character: str) -> float:
        found = printable(self._style.face, character)
        if found is None:
            raise ClerkError(
                _("「{character}」（U+{code:04X}）没有可用的字形，无法打印。").format(
                    character=character, code=ord(character)
                ),
                _("请换一种写法后再导出。"),
            )
        self[character] = width = found.advance * self._style.size + self._style.tracking
        return width

    def along(self, text: str) -> list[float]:
        """The width of every character where it stands."""
        found = list(map(self.__getitem__, text))
        for place in kerns(self._style.face, text):
            found[place] -= KERN * self._style.size
        return found


@cache
def widths(style: Style) -> Widths:
    """The widths of a style, remembered between documents."""
    return Widths(style)


def runs(name: str, text: str) -> list[tuple[str, str]]:
    """A line as (face, text) pieces: `name` where it has the character, else the first face that has."""
    if face(name).glyphs.keys() >= set(text):
        return [(name, text)]
    return [(other, "".join(group)) for other, group in groupby(text, lambda character: _face_of(name, character))]


@cache
def _face_of(name: str, character: str) -> str:
    found = printable(name, character)
    return found.face if found else name


def text_width(style: Style, text: str) -> float:
    """Width in points of a text on one line."""
    return sum(widths(style).along(text))


forget_on_change(widths.cache_clear)
forget_on_change(_face_of.cache_clear)
forget_on_change(_has_blank_half.cache_clear)
