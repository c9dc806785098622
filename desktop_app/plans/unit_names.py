"""The names of a directory as they stand in running text: found at a place, the longest first."""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from desktop_app.model.unit import Directory, Unit, UnitKind

_GOVERNMENT = re.compile(
    r"(?:区?委[、和]?(?=区?(?:人民)?政府)|党?工委[、和]?(?=管委会))?(?:区?(?:人民)?政府(?:办公室)?|区?管委会)"
)
_WHOLE = ("区", "县", "政府", "局", "委", "部", "集团", "中心", "公司", "办", "会", "办公室", "队", "院", "海关", "站")
_OWN_SHI = ("市政市容", "市政路桥", "市政管委", "市场")  # here 市 does not mean the city
_KEPT = 4


@dataclass(frozen=True)
class Named:
    """A unit's name found in a text: the word as the directory has it, and the place after it."""

    unit: Unit
    word: str
    end: int

    @property
    def short(self) -> bool:
        """Whether it is a short form such as 朝阳, which only counts where a word ends after it."""
        return is_short(self.word)


@dataclass(frozen=True)
class Names:
    """Every name of one directory, squeezed, with the forms that follow from it (北京市环保局 from 市环保局)."""

    directory: Directory
    words: dict[str, Unit] = field(init=False, default_factory=dict)
    districts: set[str] = field(init=False, default_factory=set)
    _lengths: dict[str, list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for word, unit in self.directory.words().items():
            self.words.setdefault(_squeezed(word), unit)
        for word, unit in tuple(self.words.items()):
            for form in _forms(word):
                self.words.setdefault(form, unit)
        self.districts.update(unit.code for unit in self.directory.units if unit.kind is UnitKind.DISTRICT)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.words:
            lengths[word[:2]].add(len(word))
        self._lengths.update((start, sorted(found, reverse=True)) for start, found in lengths.items())

    @cached_property
    def holding(self) -> dict[str, list[tuple[str, int]]]:
        """The words that are no codes by each of their characters, with how often they have it."""
        holding: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in self.words:
            for char, count in Counter(word).items() if not word.isascii() else ():
                holding[char].append((word, count))
        return holding

    def shares_committee(self, word: str) -> bool:
        """Whether a name stands for its 管委会, which only the last of a list may write out."""
        return word not in self.words and f"{word}管委会" in self.words

    def at(self, text: str, place: int) -> Named | None:
        """The longest name at this place; a district's with the word for its government."""
        for length in self._lengths.get(text[place : place + 2], ()):
            word = text[place : place + length]
            unit = self.words.get(word)
            if unit:
                return Named(unit, word, _after_government(text, place + length, unit))
        city = next((word for word in ("北京市", "北京") if text.startswith(word, place)), "")
        return self.at(text, place + len(city)) if city else None


def is_short(name: str) -> bool:
    """Whether a name is a short form such as 朝阳 or 开发区, which only counts where a word ends after it."""
    return name == "开发区" or (not name.isascii() and not name.endswith(_WHOLE))


def _after_government(text: str, end: int, unit: Unit) -> int:
    if unit.kind is not UnitKind.DISTRICT:
        return end
    government = _GOVERNMENT.match(text, end)
    return government.end() if government else end


_made: list[Names] = []


def names_of(directory: Directory) -> Names:
    """The names of this very directory, made once; looked up by identity, since hashing a directory is slow."""
    for names in _made:
        if names.directory is directory:
            return names
    names = Names(directory)
    _made.insert(0, names)
    del _made[_KEPT:]
    return names


_LONGEST_GUESSED = 40
_NEAR = 0.5


@lru_cache(maxsize=5_000)
def near_units(phrase: str, directory: Directory, *, most: int = 3) -> tuple[Unit, ...]:
    """The units whose names are nearest to an unknown one, the district of a district's own office first."""
    names = names_of(directory)
    text = _squeezed(phrase)[:_LONGEST_GUESSED]
    found = dict.fromkeys([inside.unit] if (inside := names.at(text, 0)) else ())
    likely = ((likeness, word) for word, likeness in _likenesses(text, names).items() if likeness >= _NEAR)
    for _likeness, word in sorted(likely, reverse=True):
        found.setdefault(names.words[word])
    return tuple(found)[:most]


def _likenesses(text: str, names: Names) -> dict[str, float]:
    """What the text has in common with each name that shares a character: the share of characters both have, 0 to 1."""
    both: dict[str, int] = defaultdict(int)
    for char, count in Counter(text).items():
        for word, held in names.holding.get(char, ()):
            both[word] += min(count, held)
    return {word: 2 * shared / (len(text) + len(word)) for word, shared in both.items()}


def _squeezed(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split())


def _forms(word: str) -> list[str]:
    """Other ways to write a municipal name: with 北京市 or 市 before it, 委员会 and 管理局 cut short, without 和."""
    bare = word.removeprefix("北京市")
    if bare == word:
        bare = word[1:] if word.startswith("市") and not word.startswith(_OWN_SHI) else ""
    if len(bare) < 3 or not re.fullmatch(r"[\u4e00-\u9fff、()]+", bare):
        return []
    if bare.endswith(("区", "县", "政府")):
        return []
    ends = {
        bare,
        bare.removesuffix("员会") if bare.endswith("委员会") else bare,
        bare.replace("和", ""),
        bare.replace("和", "与"),
    }
    return [start + end for end in sorted(ends) for start in ("北京市", "市")]
