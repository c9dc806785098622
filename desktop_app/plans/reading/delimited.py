"""Text with a separator between cells: CSV as Excel and WPS save it, in the encodings that are met here."""

import csv
import io
from collections import Counter
from typing import Any

from .bounds import CELL_CHARACTERS, Refused
from .grid import Grid, answer

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = (",", "\t", ";", "|", "，", "；")
_SHOWN = 60
_LONGEST = CELL_CHARACTERS * 8


def read_delimited(data: bytes) -> dict[str, Any]:
    """One sheet of the rows of a text file."""
    text = decode(data)
    if "\0" in text:
        raise Refused("binary")
    first, _break, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    else:
        separator = _separator(text)
    grid = Grid("")
    widths = []
    for number, row in enumerate(_rows(text, separator), start=1):
        widths.append(len(row))
        for column, cell in enumerate(row, start=1):
            grid.put(number, column, cell)
    if not grid.texts:
        raise Refused("empty")
    cut = not text.endswith(("\n", "\r")) and len(widths) > 1 and widths[-1] < Counter(widths).most_common(1)[0][0]
    return answer("csv", [grid], warnings=["cut"] if cut else [])


def decode(data: bytes) -> str:
    """The text, by its mark, else UTF-8, else GB18030; nothing is replaced and nothing guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, "damaged")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        if wrong.start > len(data) - 4 and not data[: wrong.start].isascii():
            raise Refused("damaged") from wrong
    return _strict(data, "gb18030", "binary" if b"\0" in data else "encoding")


def _strict(data: bytes, encoding: str, otherwise: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Refused(otherwise) from wrong


def _rows(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as wrong:
        raise Refused("long" if "field limit" in str(wrong) else "quotes") from wrong


def _separator(text: str) -> str:
    """The character that cuts the first rows into the most even columns."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> int:
    csv.field_size_limit(_LONGEST)
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text[: _LONGEST * 4], newline=""), delimiter=separator):
            widths[len(row)] += 1
            if widths.total() >= _SHOWN:
                break
    except csv.Error:
        return 0
    return max(((width - 1) * rows for width, rows in widths.items()), default=0)
