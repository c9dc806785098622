"""TrueType faces, read only as far as typesetting needs: tables, cmap, advances, outlines by glyph number."""

import re
import struct
from array import array
from functools import cached_property
from itertools import count
from mmap import mmap

_BIG_ENDIAN_CODES = {2: "H", 4: "I"}


def big_endian(data: bytes, size: int) -> "array[int]":
    """Unsigned big-endian integers of 2 or 4 bytes."""
    numbers = array(_BIG_ENDIAN_CODES[size], data)
    if struct.pack("=H", 1) != b"\0\1":
        numbers.byteswap()
    return numbers


class Face:
    """One face. Each table is parsed when it is first asked for."""

    builtIn = False  # noqa: N815 - reportlab asks whether the reader brings the face

    def __init__(self, name: str, data: bytes | mmap, offset: int = 0) -> None:
        self.name = name
        self._data = data
        count = struct.unpack_from(">H", data, offset + 4)[0]
        directory = data[offset + 12 : offset + 12 + 16 * count]
        records = struct.iter_unpack(">4sIII", directory)
        self._tables = {tag.decode("ascii"): (offset, length) for tag, _sum, offset, length in records}

    @property
    def tags(self) -> frozenset[str]:
        """Which tables the face has."""
        return frozenset(self._tables)

    def table(self, tag: str) -> bytes:
        """The bytes of one table."""
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    @cached_property
    def _names(self) -> dict[int, list[str]]:
        """The name table's Unicode texts by their number: 1 family, 4 full name, 6 PostScript name."""
        table = self.table("name")
        number, start = struct.unpack_from(">HH", table, 2)
        found: dict[int, list[str]] = {}
        for platform, _encoding, _language, kind, length, at in struct.iter_unpack(">6H", table[6 : 6 + 12 * number]):
            raw = table[start + at : start + at + length]
            text = raw.decode("utf-16-be", "replace") if platform in (0, 3) else raw.decode("latin-1")
            found.setdefault(kind, []).append(text)
        return found

    @property
    def family_names(self) -> tuple[str, ...]:
        """What the face's family is called, in every language it says."""
        return tuple(dict.fromkeys([*self._names.get(1, ()), *self._names.get(16, ()), *self._names.get(4, ())]))

    @property
    def postscript_name(self) -> str:
        """The face's own name in ASCII; "" where it has none."""
        names = (re.sub(r"[^A-Za-z0-9_-]", "", name) for name in self._names.get(6, ()))
        return next(filter(None, names), "")

    @cached_property
    def units(self) -> int:
        """Units per em."""
        return int(struct.unpack_from(">H", self.table("head"), 18)[0])

    @cached_property
    def box(self) -> tuple[int, ...]:
        """xMin, yMin, xMax, yMax in thousandths of an em."""
        return tuple(value * 1000 // self.units for value in struct.unpack_from(">4h", self.table("head"), 36))

    @cached_property
    def ascent_descent(self) -> tuple[int, int]:
        """hhea's ascent and descent in thousandths of an em."""
        ascent, descent = struct.unpack_from(">2h", self.table("hhea"), 4)
        return ascent * 1000 // self.units, descent * 1000 // self.units

    @cached_property
    def glyphs(self) -> dict[str, int]:
        """Character -> glyph number; glyph 0 (.notdef) never appears."""
        table = self.table("cmap")
        best = {12: b"", 4: b""}
        for index in range(struct.unpack_from(">H", table, 2)[0]):
            offset = struct.unpack_from(">I", table, 8 + 8 * index)[0]
            best[struct.unpack_from(">H", table, offset)[0]] = table[offset:]
        return _format_12(best[12]) if best[12] else _format_4(best[4])

    @cached_property
    def _metrics(self) -> "tuple[array[int], int]":
        number = struct.unpack_from(">H", self.table("hhea"), 34)[0]
        return big_endian(self.table("hmtx")[: 4 * number], 2), number

    def advance(self, glyph: int) -> int:
        """Advance width in font units."""
        metrics, number = self._metrics
        return metrics[2 * min(glyph, number - 1)]

    @cached_property
    def _places(self) -> "array[int]":
        long = struct.unpack_from(">h", self.table("head"), 50)[0]
        places = big_endian(self.table("loca"), 4 if long else 2)
        return places if long else array("I", (2 * place for place in places))

    def outline(self, glyph: int) -> bytes:
        """The glyf record; empty for a blank."""
        start = self._tables["glyf"][0]
        return self._data[start + self._places[glyph] : start + self._places[glyph + 1]]


def _format_12(table: bytes) -> dict[str, int]:
    found: dict[str, int] = {}
    for first, last, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * struct.unpack_from(">I", table, 12)[0]]):
        found.update(zip(map(chr, range(first, last + 1)), count(glyph), strict=False))
    return found


def _format_4(table: bytes) -> dict[str, int]:
    length, _language, twice = struct.unpack_from(">3H", table, 2)
    words, segments, found = big_endian(table[: length & ~1], 2), twice // 2, dict[str, int]()
    for segment in range(segments):
        last, first, delta, shift = (
            words[at + segment] for at in (7, 8 + segments, 8 + 2 * segments, 8 + 3 * segments)
        )
        codes = range(first, min(last, 0xFFFE) + 1)
        if shift:
            start = 8 + 3 * segments + segment + shift // 2
            raw = words[start : start + len(codes)]
            found.update((chr(code), (glyph + delta) & 0xFFFF) for code, glyph in zip(codes, raw, strict=True) if glyph)
        else:
            found.update((chr(code), (code + delta) & 0xFFFF) for code in codes)
    return found
