"""Where the sentences of a summary come from: 〔3月〕 names the month of what stands before it in its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.checks.words import squeezed
from desktop_app.language import N_

_MARK = re.compile(r"〔(\d{1,2}月(?:、\d{1,2}月)*)〕")
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”」』）]*|[^。！？]+$")
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）)")
_TASK = re.compile(r"（([^（）]+)）\s*$")


class Origin(StrEnum):
    """A month's own words; a figure of the signed data; marked, but worded otherwise; written by whoever edited it."""

    VERBATIM = "verbatim"
    FIGURES = "figures"
    CHANGED = "changed"
    OWN = "own"


ORIGIN_WORDS = {
    Origin.VERBATIM: N_("月报原文"),
    Origin.FIGURES: N_("数字取自签署数据"),
    Origin.CHANGED: N_("标有来源、与月报原文不同"),
    Origin.OWN: N_("没有来源、自行撰写"),
}


@dataclass(frozen=True, slots=True)
class Sourced:
    """One sentence, the task under whose heading it stands, and the months that its mark names."""

    text: str
    task: str
    months: tuple[int, ...]
    origin: Origin


def sentences(text: str) -> Iterator[str]:
    """A text's sentences, each with its closing mark."""
    for line in text.splitlines():
        yield from (part for found in _SENTENCE.findall(line) if (part := found.strip()))


def is_heading(line: str) -> bool:
    """Whether a line is numbered like a heading and names no month: a clerk's own words may begin with 一、 too."""
    return bool(_HEADING.match(line)) and not _MARK.search(line)


def mark(months: Sequence[int]) -> str:
    """〔3月、5月〕."""
    return f"〔{'、'.join(f'{month}月' for month in months)}〕"


def sourced(text: str, said: Mapping[tuple[str, int], str], figures: Sequence[str]) -> tuple[Sourced, ...]:
    """Every sentence but the headings and the first line, held against what the months say.

    `said` has all texts of a task's entry by task and month; `figures` are sentences made of signed data alone.
    """
    known = {squeezed(each) for each in figures}
    found: list[Sourced] = []
    task = ""
    for place, line in enumerate(text.splitlines()):
        if is_heading(line):
            named = _TASK.search(line)
            task = named.group(1) if named else ""
        elif place:
            found += _of_line(line, task, said, known)
    return tuple(found)


def _of_line(line: str, task: str, said: Mapping[tuple[str, int], str], known: set[str]) -> Iterator[Sourced]:
    pieces = _MARK.split(line)
    for words, named in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        months = tuple(int(month.removesuffix("月")) for month in named.split("、") if month)
        for sentence in sentences(words):
            if plain := squeezed(sentence):
                yield Sourced(sentence, task, months, _origin(plain, task, months, said, known))


def _origin(
    plain: str, task: str, months: Sequence[int], said: Mapping[tuple[str, int], str], known: set[str]
) -> Origin:
    """A sentence is a month's own only if every month that it names says it."""
    if not months:
        return Origin.OWN
    if plain in known:
        return Origin.FIGURES
    texts = [
        [squeezed(words) for (name, at), words in said.items() if at == month and (not task or name == task)]
        for month in months
    ]
    return Origin.VERBATIM if all(any(plain in each for each in found) for found in texts) else Origin.CHANGED
