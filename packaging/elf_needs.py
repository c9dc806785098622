"""What a compiled file asks of the system it runs on: the libraries it names and the glibc it needs."""

import re
import struct
from pathlib import Path

_LOAD, _DYNAMIC = 1, 2  # kinds of segment
_NEEDED, _STRTAB = 1, 5  # tags of a dynamic section


def is_elf(path: Path) -> bool:
    """Whether this is a 64-bit compiled file of this kind of system."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(5) == b"\x7fELF\x02"


def needed(path: Path) -> list[str]:
    """Names of the libraries it is linked with, as libGL.so.1; [] for a file without a dynamic section."""
    data = path.read_bytes()
    headers = _program_headers(data)
    dynamic = next(((offset, size) for kind, offset, _address, size in headers if kind == _DYNAMIC), None)
    if dynamic is None:
        return []
    entries = list(struct.iter_unpack("<qQ", data[dynamic[0] : dynamic[0] + dynamic[1] // 16 * 16]))
    strings = _in_file(next(value for tag, value in entries if tag == _STRTAB), headers)
    return [_text(data, strings + value) for tag, value in entries if tag == _NEEDED]


def glibc(path: Path) -> tuple[int, int]:
    """The newest version of glibc whose symbols it uses, (0, 0) where none."""
    found = re.findall(rb"GLIBC_(\d+)\.(\d+)(?:\.\d+)?\0", path.read_bytes())
    return max(((int(major), int(minor)) for major, minor in found), default=(0, 0))


def _program_headers(data: bytes) -> list[tuple[int, int, int, int]]:
    """(kind, offset, address, size in the file) of each segment."""
    (start,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    rows = (struct.unpack_from("<IIQQQQ", data, start + number * size) for number in range(count))
    return [(kind, offset, address, length) for kind, _flags, offset, address, _physical, length in rows]


def _in_file(address: int, headers: list[tuple[int, int, int, int]]) -> int:
    load = next(row for row in headers if row[0] == _LOAD and row[2] <= address < row[2] + row[3])
    return address - load[2] + load[1]


def _text(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode("ascii")
