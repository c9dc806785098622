"""Characters that cannot be seen or cannot be printed, named by code point."""

import re
import unicodedata
from collections.abc import Callable

from desktop_app.language import N_, _

_ALLOWED = frozenset("\t\n\r")
_HIDDEN_KINDS = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
# Signs of other categories that show nothing: fillers, the joiner, variation selectors' cousins.
_BLANKS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
_PLAIN_BLANKS = str.maketrans("", "", "\t\n\r\u3000\u00a0\u2002\u2003\u2009")

_NAMES = {
    "\u00ad": N_("软连字符"),
    "\u200b": N_("零宽空格"),
    "\u200c": N_("零宽不连字"),
    "\u200d": N_("零宽连字"),
    "\u200e": N_("从左到右标记"),
    "\u200f": N_("从右到左标记"),
    "\u202a": N_("文字方向控制符"),
    "\u202b": N_("文字方向控制符"),
    "\u202d": N_("文字方向控制符"),
    "\u202e": N_("文字方向反转符"),
    "\u2060": N_("零宽连接符"),
    "\ufeff": N_("字节序标记"),
}
_SHOWN = 8


def hidden_characters(text: str) -> str:
    """Control, zero-width, direction and private characters of a text, in order of appearance, without repeats."""
    plain = text.isprintable() or text.translate(_PLAIN_BLANKS).isprintable()
    if plain and not _BLANKS.search(text):
        return ""
    return "".join(character for character in dict.fromkeys(text) if _is_hidden(character))


def _is_hidden(character: str) -> bool:
    if character in _ALLOWED:
        return False
    return unicodedata.category(character) in _HIDDEN_KINDS or bool(_BLANKS.match(character))


def code_point(character: str) -> str:
    """U+200B."""
    return f"U+{ord(character):04X}"


def named(characters: str) -> str:
    """Characters by code point (with a word for the common hidden ones), the first few and how many there are.

    The characters themselves are never repeated: a finding is printed too, and they cannot be.
    """
    words = []
    for character in characters[:_SHOWN]:
        name = _NAMES.get(character)
        words.append(f"{code_point(character)}（{_(name)}）" if name else code_point(character))
    listed = "、".join(words)
    if len(characters) > _SHOWN:
        return _("{listed} 等 {count} 个").format(listed=listed, count=len(characters))
    return listed


def safely(text: str, unprintable: Callable[[str], str], *, most: int = 30) -> str:
    """A text to quote in a message: one line, bounded, what cannot be printed replaced by its code point."""
    line = " ".join(text.split())
    line = line if len(line) <= most else line[:most] + "…"
    for character in dict.fromkeys(hidden_characters(line) + unprintable(line)):
        line = line.replace(character, code_point(character))
    return line
