"""Glyph outlines as curves, for words that are drawn and not meant to be read out as text."""

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from desktop_app.rendering.sfnt import Face

_ON, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32


class Path(Protocol):
    """What is drawn on: a reportlab path object."""

    def moveTo(self, x: float, y: float) -> None: ...  # noqa: D102, N802 - reportlab's names
    def curveTo(self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None: ...  # noqa: D102, N802
    def close(self) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a quadratic contour, in font units."""

    x: float
    y: float
    on: bool

    def middle(self, other: "Point") -> "Point":
        """The on-curve point halfway, which TrueType leaves out."""
        return Point((self.x + other.x) / 2, (self.y + other.y) / 2, on=True)


def contours(face: Face, character: str) -> list[list[Point]]:
    """The closed contours of a simple glyph; empty for a blank."""
    data = face.outline(face.glyphs[character])
    count = struct.unpack_from(">h", data)[0] if data else 0
    if count <= 0:
        return []
    ends = struct.unpack_from(f">{count}H", data, 10)
    at = 10 + 2 * count
    at += 2 + int(struct.unpack_from(">H", data, at)[0])
    flags, at = _flags(data, at, ends[-1] + 1)
    xs, at = _coordinates(data, at, flags, _X_SHORT, _X_SAME)
    ys, _at = _coordinates(data, at, flags, _Y_SHORT, _Y_SAME)
    points = [Point(x, y, bool(flag & _ON)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    return [points[first + 1 : last + 1] for first, last in pairwise((-1, *ends))]


def _flags(data: bytes, at: int, count: int) -> tuple[list[int], int]:
    flags: list[int] = []
    while len(flags) < count:
        flag, at = data[at], at + 1
        repeats = 1
        if flag & _REPEAT:
            repeats, at = 1 + data[at], at + 1
        flags += [flag] * repeats
    return flags, at


def _coordinates(data: bytes, at: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    value, values = 0, []
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        values.append(value)
    return values, at


def trace(path: Path, face: Face, text: str, size: float) -> None:
    """Put the outlines of `text` on a path from the origin, `size` points high, as cubic curves."""
    scale, origin = size / face.units, 0.0
    for character in text:
        for contour in contours(face, character):
            _trace_contour(path, contour, scale, origin)
        origin += face.advance(face.glyphs[character]) * scale


def _trace_contour(path: Path, contour: list[Point], scale: float, origin: float) -> None:
    start = next((index for index, point in enumerate(contour) if point.on), None)
    if start is None:
        contour, start = [contour[0].middle(contour[-1]), *contour], 0
    ring = contour[start:] + contour[: start + 1]
    here = ring[0]
    path.moveTo(origin + here.x * scale, here.y * scale)
    control: Point | None = None
    for point in ring[1:]:
        stops = [point] if point.on else []
        if control and not point.on:
            stops = [control.middle(point)]
        for stop in stops:
            bend = control or here.middle(stop)
            path.curveTo(
                origin + (here.x + 2 * bend.x) / 3 * scale, (here.y + 2 * bend.y) / 3 * scale,
                origin + (stop.x + 2 * bend.x) / 3 * scale, (stop.y + 2 * bend.y) / 3 * scale,
                origin + stop.x * scale, stop.y * scale,
            )  # fmt: skip
            here = stop
        control = None if point.on else point
    path.close()
