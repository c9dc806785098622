"""Which face prints a character: the office's own for a role where there is one, ours otherwise and as a fallback."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from desktop_app import assets
from desktop_app.rendering.sfnt import Face

FANG, SONG, HEI, KAI = "fangsong", "biaosong", "heiti", "kaiti"
FACES = (FANG, KAI, HEI, SONG)  # 楷体 comes early: it covers the most
_OWN = "own-"  # before the name of a shipped face that stepped back behind another one
# Controls, zero-width and direction marks, surrogates, private use, line separators: on paper they are nothing, or
# something else than was meant, whatever a face has for them.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
LAYOUT = "\n\t"  # breaks a line, leaves a gap: layout, not characters
_others: dict[str, Face] = {}
_fine: set[str] = set()  # characters that were looked at and can be printed; there are only so many
_forget: list[Callable[[], None]] = [_fine.clear]


class Printable(NamedTuple):
    """A character as it is drawn: which face has it, and its advance in ems."""

    face: str
    advance: float


def face(name: str) -> Face:
    """The face of a role, or a shipped one that stepped back."""
    return _others.get(name) or own(name.removeprefix(_OWN))


@cache
def own(name: str) -> Face:
    """One shipped face by name."""
    return Face(name, assets.mapped("fonts", f"{name}.ttf"))


def names() -> tuple[str, ...]:
    """Every face that may print something, in the order in which they are asked."""
    return (*FACES, *(_OWN + name for name in FACES if name in _others))


def use(others: Mapping[str, Face]) -> None:
    """From now on these faces, by role, come before the shipped ones; what was measured with others is forgotten."""
    if others != _others:
        _others.clear()
        _others.update(others)
        printable.cache_clear()
        for forget in _forget:
            forget()


def forget_on_change(forget: Callable[[], None]) -> None:
    """Call this whenever other faces are to be used: widths and embedded fonts were those of the old ones."""
    _forget.append(forget)


@cache
def printable(name: str, character: str) -> Printable | None:
    """Who prints this character where `name` is asked for: that face, else the first that has it; None: nobody."""
    if unicodedata.category(character) in _INVISIBLE:
        return None
    for candidate in dict.fromkeys((name, *names())):
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
