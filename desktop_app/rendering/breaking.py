"""Where lines of Chinese text may end. Pure: text and widths in, lines out; nothing is lost but spaces at a break."""

import re
from collections.abc import Iterator, Mapping
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
_ATOM = re.compile(rf"\s+|{_OPEN}*(?:{_DATE}|{_NUMBER}|{_WORD}|—+|…+|[^\s])?{_CLOSE}*(?:(?<=\.)[A-Za-z0-9]+)?")
_SQUEEZE = 0.5  # of the last mark's width: how much a line may be tightened to keep the mark on it
_SQUEEZABLE = 12  # characters: shorter lines would show it
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
    return (found.group() for found in _ATOM.finditer(text) if found.group())


def lines(text: str, width: float, widths: Mapping[str, float], *, indent: float = 0.0) -> list[Line]:
    """Break a text into lines at most `width` wide; newlines begin paragraphs, whose first line is `indent` shorter."""
    broken: list[Line] = []
    for paragraph in text.replace("\t", "\u3000").split("\n"):
        broken += _Paragraph(width, widths, indent).broken(paragraph)
    return broken


class _Paragraph:
    """The breaker at work on one paragraph: first fit, with a tightened line where that saves a closing mark."""

    def __init__(self, width: float, widths: Mapping[str, float], indent: float) -> None:
        self._full, self._widths, self._indent = width, widths, indent
        self._done: list[Line] = []
        self._text, self._used = "", 0.0

    @property
    def _room(self) -> float:
        return self._full - self._indent

    def broken(self, text: str) -> list[Line]:
        """The lines of one paragraph."""
        measure = self._widths.__getitem__
        for atom in atoms(text):
            wide = sum(map(measure, atom))
            if self._used + wide <= self._room + 1e-6:
                self._text += atom
                self._used += wide
            elif not self._squeezed(atom, wide):
                self._next(atom, wide)
        self._finish(end=True)
        return self._done

    def _squeezed(self, atom: str, wide: float) -> bool:
        """Take the atom by tightening the line, where only half a closing mark sticks out."""
        over, length = self._used + wide - self._room, len(self._text) + len(atom)
        if atom[-1] not in NO_START or length < _SQUEEZABLE or over > _SQUEEZE * self._widths[atom[-1]]:
            return False
        self._text += atom
        self._used += wide
        return True

    def _next(self, atom: str, wide: float) -> None:
        """Begin a new line with the atom; cut it where it is wider than a whole line."""
        if self._text.strip():
            self._finish(end=False)
        if atom.isspace():
            self._text, self._used = "", 0.0
            return
        while wide > self._room:
            piece = self._piece(atom)
            self._text, self._used = piece, sum(map(self._widths.__getitem__, piece))
            atom = atom[len(piece) :]
            wide -= self._used
            self._finish(end=False)
        self._text, self._used = atom, wide

    def _piece(self, atom: str) -> str:
        """As much of an overlong atom as fits a line, rather not cut before a closing mark."""
        used, fits = 0.0, 0
        for character in atom:
            used += self._widths[character]
            if used > self._room:
                break
            fits += 1
        cut = max(1, fits)
        while cut > max(1, fits - 4) and atom[cut] in NO_START:
            cut -= 1
        return atom[: cut if atom[cut] not in NO_START else max(1, fits)]

    def _finish(self, *, end: bool) -> None:
        text = self._text.rstrip() if not end else self._text
        used = self._used - sum(map(self._widths.__getitem__, self._text[len(text) :]))
        gaps = len(text) - 1
        spacing = (self._room - used) / gaps if gaps > 0 and (not end or used > self._room) else 0.0
        if spacing > _STRETCH * used / max(1, gaps):
            spacing = 0.0
        self._done.append(Line(text, self._indent, used, spacing, end))
        self._text, self._used, self._indent = "", 0.0, 0.0
