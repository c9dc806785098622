"""The lint's rules on what parsers tidy away: hexadecimal strings as they are spelled, and what signatures cover."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.rendering.pdfa_lint import File, rule

_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<<|>>|<([^<>]*)>", re.DOTALL)


def _drawn(file: File) -> Iterator[bytes]:
    """The unfolded content of every page and form."""
    for page in file.document.pages:
        contents = page.obj.get("/Contents", [])
        yield from (part.read_bytes() for part in (contents if isinstance(contents, pikepdf.Array) else [contents]))
    yield from (stream.read_bytes() for stream in file.streams() if stream.get("/Subtype") == "/Form")


def _hexadecimal(file: File) -> Iterator[bytes]:
    for content in _drawn(file):
        yield from (found[1] for found in _STRING.finditer(content) if found[1] is not None)


@rule("6.1.6-1", "hexadecimal strings have an even number of digits")
def _(file):
    yield from (text[:20] for text in _hexadecimal(file) if len(b"".join(text.split())) % 2)


@rule("6.1.6-2", "hexadecimal strings have digits only")
def _(file):
    yield from (text[:20] for text in _hexadecimal(file) if not re.fullmatch(rb"[0-9A-Fa-f\s]*", text))


def _numbers(file: File) -> Iterator[Any]:
    """Every number with a point that is drawn with."""
    for content in _drawn(file):
        yield from re.findall(rb"(?<![\w.])-?\d*\.\d+(?![\w.])", _STRING.sub(b" ", content))


@rule("6.1.13-2", "real numbers stay within the range of a reader")
def _(file):
    yield from (number for number in _numbers(file) if abs(float(number)) > 3.403e38)


@rule("6.1.13-10", "codes of composite fonts are two bytes, at most 65535")
def _(file):
    for one in file.dictionaries():
        if one.get("/Subtype") == "/CIDFontType2" and len(one.get("/W", [])) > 1:
            first, widths = int(one.W[0]), one.W[1]
            if first + (len(widths) if isinstance(widths, pikepdf.Array) else 0) > 65536:
                yield one.objgen


def _signatures(file: File) -> list[Any]:
    return [one for one in file.dictionaries() if one.get("/Type") == "/Sig" and "/ByteRange" in one]


@rule("6.4.3-1", "the last signature covers the whole file but its own container")
def _(file):
    ranges = [tuple(map(int, one.ByteRange)) for one in _signatures(file)]
    if ranges and max(start + length for _zero, _first, start, length in ranges) != len(file.raw):
        yield max(ranges)


@rule("6.4.3-2", "a signature's container holds a PKCS#7 object (weaker than the rule)")
def _(file):
    yield from (one.objgen for one in _signatures(file) if bytes(one.get("/Contents", b"\x30"))[:1] != b"\x30")
