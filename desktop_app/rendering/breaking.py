"""Where lines of Chinese text may end. Pure: text and widths in, lines out; nothing is lost but spaces at a break."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

NO_START = "，。、；：？！）〕】》」』〉］\uff5d”’…—～·％‰℃°,.;:?!)]}%〗〞\u2010–"  # fmt: skip
NO_END = "（〔【《「『〈［\uff5b“‘([{￥$〖〝№"
_OPEN, _CLOSE = (f"[{re.escape(marks)}]" for marks in (NO_END, NO_START))
_SCALE = "[十百千万亿]*"
_MEASURE = (
    "平方公里|平方米|立方米|微克/立方米|公里|蒸吨|千瓦时|千瓦|公顷|个百分点|"
    "[吨家户台辆个处亩米天项次年月日号座条人名件元批份期场家倍度克升套株只幅宗起支]"
)
_LATIN = r"A-Za-z0-9\u00c0-\u024f\u0370-\u04ff₀-₉ₓ⁰¹²³⁴-⁹"
_NUMBER = (
    rf"[-+±≥≤<>≈~]?\d[\d.,:/\-~～－]*(?:{_SCALE}(?:{_MEASURE})|{_SCALE}[A-Za-zμ][A-Za-z0-9²³/·%]*|[%‰℃㎡㎥㎞㎎㎏°²³])?"
)
_DATE = r"\d{1,2}月\d{1,2}日"
_WORD = rf"[{_LATIN}][{_LATIN}./:@#&+\-_%']*"
_PLAIN = r"[\u3400-\u4dbf\u4e00-\u9fff]"  # may be parted from its neighbours on both sides
_ATOM = re.compile(
    rf"(?P<plain>{_PLAIN}+(?!{_CLOSE}))"
    rf"|\s+|{_OPEN}*(?:{_DATE}|{_NUMBER}|{_WORD}|—+|…+|[^\s])?{_CLOSE}*(?:(?<=\.)[A-Za-z0-9]+)?"
)
_SQUEEZE = 0.5  # of the last mark's width: how much a line may be tightened to keep the mark on it
_SQUEEZABLE = 12  # characters: shorter lines would show it
_HAIR = 1e-6  # points by which sums of widths may be off
_STRETCH = 0.35  # of an average character: a looser line is left ragged


class Line(NamedTuple):
    """One line: its text without spaces at a break, where it starts, its natural width, and what to add per character.

    `end` is true for the last line of a paragraph.
    """

    text: str
    indent: float
    width: float
    spacing: float
    end: bool


def atoms(text: str) -> Iterator[str]:
    """The pieces between which a line may end; joined they are the text."""
    return (text[start:end] for start, end in pairwise([0, *_ends(text)]))


def _ends(text: str) -> list[int]:
    """Where a line may end, the end of the text among them."""
    ends: list[int] = []
    for found in _ATOM.finditer(text):
        start, end = found.span()
        if found.lastgroup:
            ends.extend(range(start + 1, end + 1))
        elif end > start:
            ends.append(end)
    return ends


def lines(text: str, width: float, widths: Callable[[str], Iterable[float]], *, indent: float = 0.0) -> list[Line]:
    """Break a text into lines at most `width` wide; newlines begin paragraphs, whose first line is `indent` shorter.

    `widths` gives the width of every character of a paragraph where it stands.
    """
    broken: list[Line] = []
    for paragraph in text.replace("\t", "\u3000").split("\n"):
        broken += _Paragraph(paragraph, width, widths, indent).lines()
    return broken


class _Paragraph:
    """The breaker at work on one paragraph: first fit, with a tightened line where that saves a closing mark."""

    def __init__(self, text: str, width: float, widths: Callable[[str], Iterable[float]], indent: float) -> None:
        self._text, self._full, self._indent, self._widths = text, width, indent, widths
        self._sums = [0.0, *accumulate(widths(text))]  # width of everything before a place

    def lines(self) -> list[Line]:
        """The lines of the paragraph; at least one."""
        text, sums = self._text, self._sums
        if sums[-1] <= self._full - self._indent + _HAIR:
            return [self._line(0, len(text), end=True)]
        ends = _ends(text)
        reach = [sums[end] for end in ends]
        done: list[Line] = []
        start = place = 0
        while start < len(text):
            room = self._full - self._indent
            place = bisect_right(reach, sums[start] + room + _HAIR, place)
            cut = ends[place - 1] if place else 0
            if cut <= start:
                cut = self._cut(start, ends[place], room)
            elif place < len(ends) and self._squeezes(start, ends[place], room):
                cut = ends[place]
            if text[start:cut].strip() or cut == len(text):
                done.append(self._line(start, cut, end=cut == len(text)))
                self._indent = 0.0
            start = self._past_spaces(cut)
        if not done:  # nothing but spaces
            return [self._line(0, 0, end=True)]
        if not done[-1].end:  # spaces at the end went with the last break
            done[-1] = done[-1]._replace(end=True, spacing=min(0.0, done[-1].spacing))
        return done

    def _past_spaces(self, cut: int) -> int:
        while cut < len(self._text) and self._text[cut].isspace():
            cut += 1
        return cut

    def _squeezes(self, start: int, end: int, room: float) -> bool:
        """Whether the line may be tightened to end there: only half a closing mark sticks out."""
        over = self._sums[end] - self._sums[start] - room
        last = self._sums[end] - self._sums[end - 1]
        return self._text[end - 1] in NO_START and end - start >= _SQUEEZABLE and over <= _SQUEEZE * last

    def _cut(self, start: int, end: int, room: float) -> int:
        """Where to cut what is wider than a whole line, rather not before a closing mark."""
        text = self._text
        fits = bisect_right(self._sums, self._sums[start] + room + _HAIR, start, end) - 1
        cut = lowest = max(start + 1, fits)
        while cut > max(start + 1, lowest - 4) and text[cut] in NO_START:
            cut -= 1
        cut = cut if text[cut] not in NO_START else lowest
        return cut - 1 if text[cut - 1] in NO_END and cut > start + 1 else cut

    def _line(self, start: int, cut: int, *, end: bool) -> Line:
        text = self._text[start:cut]
        if not end:
            text = text.rstrip()
        last = start + len(text)
        used = self._sums[last] - self._sums[start]
        if text and text[-1] in NO_END:  # cut from a mark that would have moved into it: it has its whole width
            used += sum(self._widths(text[-1])) - (self._sums[last] - self._sums[last - 1])
        room, gaps = self._full - self._indent, len(text) - 1
        spacing = (room - used) / gaps if gaps > 0 and (not end or used > room + _HAIR) else 0.0
        if spacing > _STRETCH * used / max(1, gaps):
            spacing = 0.0
        return Line(text, self._indent, used, spacing, end)
