"""Which annex each table belongs to: by its caption, else by the sheet's name, else by its place."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from desktop_app.plans.caption import Caption, annex_mark, read_caption
from desktop_app.plans.cells import squeeze
from desktop_app.plans.headings import Header
from desktop_app.plans.parts import Part
from desktop_app.plans.task_table import Row

_FURTHEST = 99
_MOST_BRANCHES = 20
_TELLS_ANNEX = re.compile("附件|专项|板块|要素|行动|领域")


@dataclass(frozen=True)
class Located:
    """A table with its caption, its annex and which of that annex's tables it is, from 1."""

    part: Part
    caption: Caption
    annex: int
    ordinal: int


def locate(parts: Sequence[tuple[Part, int]]) -> list[Located]:
    """Every table (with the first row of its header) in its annex. The numbers that captions give come first."""
    captions = [read_caption(part.sheet, top) for part, top in parts]
    given = [caption.annex if _usable(caption.annex) else None for caption in captions]
    certain = {number for number, caption in zip(given, captions, strict=True) if number and caption.sure}
    unsure = Counter(number for number, caption in zip(given, captions, strict=True) if number and not caption.sure)
    single = {number for number, times in unsure.items() if times == 1}
    used = set(certain)
    times: Counter[int] = Counter()
    found: list[Located] = []
    for (part, _top), caption, stated in zip(parts, captions, given, strict=True):
        number = stated
        if stated and not caption.sure and (stated in certain or unsure[stated] > 1):
            number = None
        if number is None and found and found[-1].part.sheet.title == part.sheet.title and not caption.lines:
            number = found[-1].annex
        if number is None:
            start = min(len(found) + 1, _FURTHEST)
            number = next(each for each in count(start) if each not in used and each not in single)
        used.add(number)
        times[number] += 1
        found.append(Located(part, caption, number, times[number]))
    return found


def _usable(number: int | None) -> bool:
    return number is not None and 0 < number <= _FURTHEST


def split_by_branch(
    rows: list[Row], header: Header, caption: Caption, used: set[int], *, asked: bool
) -> tuple[list[Row], dict[int, str]]:
    """The rows in the annexes that a column of theirs names (附件、专项), with the annexes' titles.

    Where the caption already says which annex this is, where columns are asked about (under one annex's number), or
    where the column says little, it is only the rows' section.
    """
    values = list(dict.fromkeys(row.branch for row in rows))
    if not any(values):
        return rows, {}
    heading = squeeze(header.headings.get(header.extra.get("part", -1), ""))
    apart = all(values) and len(values) <= min(_MOST_BRANCHES, len(rows)) and _TELLS_ANNEX.search(heading)
    if asked or not apart or (caption.annex is not None and caption.sure):
        return [replace(row, section=row.section or row.branch) for row in rows], {}
    free = (number for number in count(1) if number not in used)
    numbers: dict[str, int] = {}
    for value in values:
        stated = _stated(value)
        numbers[value] = (
            stated
            if stated and stated not in numbers.values()
            else next(number for number in free if number not in numbers.values())
        )
    return [replace(row, annex=numbers[row.branch]) for row in rows], {
        number: value for value, number in numbers.items()
    }


def _stated(value: str) -> int | None:
    """The number that a cell of such a column gives: 附件2, 2, 2.大气."""
    if mark := annex_mark(value):
        return mark[0]
    found = re.match(r"(\d{1,2})(?:[.、]|$)", squeeze(value))
    return int(found[1]) if found else None
