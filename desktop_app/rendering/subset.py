"""A small TrueType font program holding just the glyphs a document uses, in the order given."""

import struct
from collections.abc import Sequence

from desktop_app.rendering.sfnt import Face, big_endian

_WORDS, _SCALE, _MORE, _XY_SCALE, _MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_FONT_MAGIC = 0xB1B0AFBA


def subset(face: Face, glyphs: Sequence[int]) -> bytes:
    """A font program whose glyph n is `face`'s glyph `glyphs[n]`; parts of composites are added at the end."""
    order = list(glyphs)
    # `order` grows while it is walked: composites name parts that are not there yet
    outlines = [_renumbered(face.outline(glyph), order) for glyph in order]
    places, body = [0], bytearray()
    for outline in outlines:
        body += outline + b"\0" * (-len(outline) % 4)
        places.append(len(body))
    tables = {
        "glyf": bytes(body),
        "head": _patched(_patched(face.table("head"), 8, b"\0\0\0\0"), 50, b"\0\1"),
        "hhea": _patched(face.table("hhea"), 34, struct.pack(">H", len(order))),
        "hmtx": b"".join(struct.pack(">Hh", face.advance(g), _left(o)) for g, o in zip(order, outlines, strict=True)),
        "loca": struct.pack(f">{len(places)}I", *places),
        "maxp": _patched(face.table("maxp"), 4, struct.pack(">H", len(order))),
    }
    tables |= {tag: face.table(tag) for tag in ("cvt ", "fpgm", "prep") if tag in face.tags}
    return _assembled(tables)


def _left(outline: bytes) -> int:
    return int(struct.unpack_from(">h", outline, 2)[0]) if outline else 0


def _renumbered(outline: bytes, order: list[int]) -> bytes:
    """The outline with a composite's parts renumbered to their places in `order`, which is extended as needed."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return outline
    changed, at, flags = bytearray(outline), 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", outline, at)
        if part not in order:
            order.append(part)
        struct.pack_into(">H", changed, at + 2, order.index(part))
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _MATRIX else 0
    return bytes(changed)


def _patched(table: bytes, at: int, new: bytes) -> bytes:
    return table[:at] + new + table[at + len(new) :]


def _checksum(data: bytes) -> int:
    return sum(big_endian(data + b"\0" * (-len(data) % 4), 4)) & 0xFFFFFFFF


def _assembled(tables: dict[str, bytes]) -> bytes:
    """A whole sfnt file with directory and checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, (count - (1 << power)) * 16)
    offset, body, head = 12 + 16 * count, bytearray(), 0
    for tag, table in sorted(tables.items()):
        if tag == "head":
            head = offset + len(body)
        directory += struct.pack(">4sIII", tag.encode("ascii"), _checksum(table), offset + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    whole = bytearray(directory + body)
    struct.pack_into(">I", whole, head + 8, (_FONT_MAGIC - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)
