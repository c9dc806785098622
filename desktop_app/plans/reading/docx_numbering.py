"""Automatic numbers of a Word document: the marks that a reader sees before a paragraph and no text holds."""

from typing import Any

_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital")
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LEVELS = 9


class Numbering:
    """Counts the numbered paragraphs of one document, in its order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, tuple[int, str, str]]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)
        for style in styles.iterfind("{*}style") if styles is not None else ():
            found = _numbered(style.find("{*}pPr"))
            if found:
                self._of_style[attribute(style, "styleId")] = found

    def _read(self, numbering: Any) -> None:
        for shape in numbering.iterfind("{*}abstractNum"):
            levels = {}
            for level in shape.iterfind("{*}lvl"):
                start = number(value(level, "start"), 1)
                levels[number(attribute(level, "ilvl"))] = (start, value(level, "numFmt"), value(level, "lvlText"))
            self._levels[attribute(shape, "abstractNumId")] = levels
        for each in numbering.iterfind("{*}num"):
            starts = {
                number(attribute(change, "ilvl")): number(value(change, "startOverride"), 1)
                for change in each.iterfind("{*}lvlOverride")
                if change.find("{*}startOverride") is not None
            }
            self._lists[attribute(each, "numId")] = (value(each, "abstractNumId"), starts)

    def mark(self, properties: Any) -> str:
        """The mark before the paragraph with these properties, "" where it has none; counts it."""
        if properties is None:
            return ""
        found = _numbered(properties) or self._of_style.get(value(properties, "pStyle"))
        if not found or found[0] not in self._lists:
            return ""
        name, level = found
        shape, starts = self._lists[name]
        levels = self._levels.get(shape, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(shape, [None] * _LEVELS)
        if name not in self._begun:
            self._begun.add(name)
            for at, start in starts.items():
                if at < _LEVELS:
                    counts[at] = start - 1
        before = counts[level]
        counts[level] = levels[level][0] if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return self._written(levels, level, counts)

    @staticmethod
    def _written(levels: dict[int, tuple[int, str, str]], level: int, counts: list[int | None]) -> str:
        text = levels[level][2]
        if levels[level][1] in ("bullet", "none"):
            return ""
        for at in range(level + 1):
            start, shape, _text = levels.get(at, (1, "decimal", ""))
            text = text.replace(f"%{at + 1}", numeral(counts[at] or start, shape))
        return text


def _numbered(properties: Any) -> tuple[str, int] | None:
    chosen = properties.find("{*}numPr") if properties is not None else None
    if chosen is None:
        return None
    return value(chosen, "numId"), min(number(value(chosen, "ilvl")), _LEVELS - 1)


def numeral(count: int, shape: str) -> str:
    """A count as its list writes it."""
    if shape in _CHINESE and 0 < count < 100:
        tens, ones = divmod(count, 10)
        return (
            ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")
        )
    if shape == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(0x245F + count)
    if shape in ("upperLetter", "lowerLetter") and 0 < count <= 26:
        return chr((64 if shape == "upperLetter" else 96) + count)
    if shape in ("upperRoman", "lowerRoman") and 0 < count < 400:
        written = ""
        for amount, sign in _ROMAN:
            written += sign * (count // amount)
            count %= amount
        return written if shape == "upperRoman" else written.lower()
    return str(count)


def attribute(element: Any, name: str) -> str:
    """An attribute by its local name, whichever edition's namespace it has."""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def value(element: Any, name: str) -> str:
    """The w:val of a child."""
    child = element.find(f"{{*}}{name}")
    return "" if child is None else attribute(child, "val")


def number(text: str, otherwise: int = 0) -> int:
    """A count that a file states, `otherwise` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
