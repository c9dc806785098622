"""Make resources/icc/srgb.icc from the public numbers of sRGB: an ICC v2 matrix/TRC display profile of our own.

Primaries, white point and transfer curve are those of IEC 61966-2-1; the adaptation to the profile connection space's
D50 is the linear Bradford method that ICC.1 describes. No profile of anyone else is read. Run it again: same bytes.
"""

import struct
import sys
from pathlib import Path

PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
D65 = (0.3127, 0.3290)
D50 = (0.9642, 1.0, 0.8249)
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
CURVE_POINTS = 1024
MADE = (2026, 1, 1, 0, 0, 0)  # fixed, so that the bytes are
OUT = Path(__file__).resolve().parent.parent / "resources" / "icc" / "srgb.icc"

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]


def times(matrix: Matrix, vector: Vector) -> Vector:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def product(left: Matrix, right: Matrix) -> Matrix:
    columns = [times(left, column) for column in zip(*right, strict=True)]
    return tuple(zip(*columns, strict=True))


def inverse(matrix: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    size = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    adjugate = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return tuple(tuple(value / size for value in row) for row in adjugate)


def xyz(x: float, y: float) -> Vector:
    return (x / y, 1.0, (1 - x - y) / y)


def colorants() -> list[Vector]:
    """The XYZ of full red, green and blue, adapted to D50."""
    columns = tuple(zip(*(xyz(*point) for point in PRIMARIES), strict=True))
    scale = times(inverse(columns), xyz(*D65))
    to_xyz = product(columns, ((scale[0], 0, 0), (0, scale[1], 0), (0, 0, scale[2])))
    source, target = times(BRADFORD, xyz(*D65)), times(BRADFORD, D50)
    gain = tuple(t / s for t, s in zip(target, source, strict=True))
    adapt = product(inverse(BRADFORD), product(((gain[0], 0, 0), (0, gain[1], 0), (0, 0, gain[2])), BRADFORD))
    return list(zip(*product(adapt, to_xyz), strict=True))


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def xyz_tag(value: Vector) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(fixed, value))


def curve_tag() -> bytes:
    points = [round(linear(index / (CURVE_POINTS - 1)) * 65535) for index in range(CURVE_POINTS)]
    return b"curv" + bytes(4) + struct.pack(f">I{CURVE_POINTS}H", CURVE_POINTS, *points)


def description_tag(text: str) -> bytes:
    ascii_text = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(ascii_text)) + ascii_text + bytes(4 + 4 + 2 + 1 + 67)


def text_tag(text: str) -> bytes:
    return b"text" + bytes(4) + text.encode("ascii") + b"\0"


def profile() -> bytes:
    red, green, blue = colorants()
    curve = curve_tag()
    tags = [
        (b"desc", description_tag("sRGB (Yuebao)")),
        (b"cprt", text_tag("CC0-1.0: no rights reserved")),
        (b"wtpt", xyz_tag(D50)),
        (b"rXYZ", xyz_tag(red)),
        (b"gXYZ", xyz_tag(green)),
        (b"bXYZ", xyz_tag(blue)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    start = 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    body = b""
    table = struct.pack(">I", len(tags))
    for name, data in tags:
        if data not in placed:  # the three curves are one
            placed[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", placed[data], len(data))
    return header(start + len(body)) + table + body


def header(size: int) -> bytes:
    head = struct.pack(">I4sI4s4s4s6H4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ", *MADE, b"acsp")
    head += struct.pack(">4sIIIQI", bytes(4), 0, 0, 0, 0, 0) + b"".join(map(fixed, D50))
    return head + bytes(128 - len(head))


if __name__ == "__main__":
    OUT.write_bytes(profile())
    sys.stdout.write(f"{OUT.name}: {OUT.stat().st_size} bytes\n")
