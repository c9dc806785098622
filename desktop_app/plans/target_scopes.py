"""Which unit a figure is for: 其中朝阳区36万平方米, 朝阳区、海淀区各10个, 分别为10家、8家."""

import re
from dataclasses import dataclass

from desktop_app.model.unit import Directory
from desktop_app.plans.unit_names import Names, names_of

_START = re.compile(r"(?:完成|实现)?(?:其中)?[:(,]?")
_EACH = re.compile(r"各(?!区|类|项|级|种)|分别|(?<![年日月人平户])均|都(?!市)")
_COMPARISON = re.compile(
    r"(?:[:(]|各|分别|均|为|完成|不(?:高于|超过|多于|大于|低于|少于|小于)|至少|力争|达到?|控制在|高于|低于|超过|约|近|[≥≤<>=])*"
)
_MARKS = "、和及与,"
_MOST = 20


@dataclass(frozen=True)
class Scope:
    """The units that the words before a figure begin with, in their order, and the words after them."""

    codes: tuple[str, ...]
    rest: str
    split: bool = False

    def at(self, place: int, *, listed: bool) -> tuple[str, ...]:
        """The units of the figure at this place of a list: the one of its turn in 分别为10家、8家, else all."""
        if self.split and listed:
            return self.codes[place : place + 1]
        return self.codes


def scope_of(before: str, directory: Directory) -> Scope:
    """The scope of a figure; no units where its words begin with none, or name several for one common figure."""
    start = _START.match(before)
    place = start.end() if start else 0
    codes, end, short = _run(before, place, names_of(directory))
    rest = before[end:]
    if not codes or (short and not _COMPARISON.fullmatch(rest)):
        return Scope((), before)
    if len(codes) > 1 and not _EACH.search(rest):
        return Scope((), before)
    return Scope(codes, rest, split="分别" in rest)


def _run(text: str, place: int, names: Names) -> tuple[tuple[str, ...], int, bool]:
    """The names standing one after the other from this place, where they end, and whether one is a short form."""
    codes: list[str] = []
    short = False
    end = place
    while len(codes) < _MOST and (named := names.at(text, place)):
        codes.append(named.unit.code)
        short = short or (named.short and named.end - place <= len(named.word))
        end = place = named.end
        if text[place : place + 1] in _MARKS:
            place += 1
    return tuple(codes), end, short
