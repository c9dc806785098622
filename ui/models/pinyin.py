"""Search by the first letters of the pinyin: glzl finds 锅炉治理, whatever reading a character has there."""

import re
from functools import cache

from desktop_app import assets

SHORTEST = 2  # one letter would find nearly every text
_LETTERS = re.compile(r"[a-z]+")
_BETWEEN = r"[^\w]*"  # marks between two characters have no letter


def may_be(word: str) -> bool:
    """Whether a word searched for can be initials."""
    return len(word) >= SHORTEST and _LETTERS.fullmatch(word.lower()) is not None


@cache
def pattern(word: str) -> re.Pattern[str]:
    """What the initials match: characters one after the other, and Latin letters themselves."""
    return re.compile(_BETWEEN.join(f"[{letter}{_characters().get(letter, '')}]" for letter in word.lower()))


def found(word: str, text: str) -> bool:
    """Whether a text, in small letters, has these initials somewhere."""
    return pattern(word).search(text) is not None


@cache
def _characters() -> dict[str, str]:
    lines = assets.read_text("pinyin", "initials.txt").splitlines()
    return {line[0]: line[2:] for line in lines}
