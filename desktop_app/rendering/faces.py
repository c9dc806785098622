"""The four faces that are shipped, loaded when first needed, and which of them prints a character."""

import unicodedata
from functools import cache
from typing import NamedTuple

from desktop_app import assets
from desktop_app.rendering.sfnt import Face

FANG, SONG, HEI, KAI = "fangsong", "biaosong", "heiti", "kaiti"
FACES = (FANG, KAI, HEI, SONG)  # 楷体 comes early: it covers the most
# Controls, zero-width and direction marks, surrogates, private use, line separators: on paper they are nothing, or
# something else than was meant, whatever a face has for them.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
LAYOUT = "\n\t"  # breaks a line, leaves a gap: layout, not characters
_fine: set[str] = set()  # characters that were looked at and can be printed; there are only so many


class Printable(NamedTuple):
    """A character as it is drawn: which face has it, and its advance in ems."""

    face: str
    advance: float


@cache
def face(name: str) -> Face:
    """One shipped face by name."""
    return Face(name, assets.read_bytes("fonts", f"{name}.ttf"))


@cache
def printable(name: str, character: str) -> Printable | None:
    """Who prints this character where `name` is asked for: that face, else the first that has it; None: nobody."""
    if unicodedata.category(character) in _INVISIBLE:
        return None
    for candidate in dict.fromkeys((name, *FACES)):
        found = face(candidate)
        glyph = found.glyphs.get(character)
        if glyph is not None:
            return Printable(candidate, found.advance(glyph) / found.units)
    return None


def unprintable(text: str) -> str:
    """The characters of `text` that no face has, each once, in order of appearance; "" when all can be printed."""
    if _fine.issuperset(text):
        return ""
    seen = dict.fromkeys(text)
    _fine.update(character for character in seen if character in LAYOUT or printable(FANG, character) is not None)
    return "".join(character for character in seen if character not in LAYOUT and printable(FANG, character) is None)
