"""Sticks and other media that are plugged in now, as the system tells it."""

import ctypes
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_BLOCKS = Path("/sys/class/block")
_USUAL = ("/media/", "/run/media/", "/mnt/usb")
_REMOVABLE_DRIVE = 2  # Windows' DRIVE_REMOVABLE


@dataclass(frozen=True, slots=True)
class Stick:
    """Where it is mounted, what people see as its name, free bytes, and whether it takes writes."""

    folder: Path
    label: str
    free: int
    writable: bool


def sticks() -> tuple[Stick, ...]:
    """Everything plugged in, by its folder; nothing on a system that does not tell."""
    if os.name == "nt":
        return _drives()
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ()
    found = []
    for line in lines:
        device, folder, _system, options, *_rest = line.split(" ")
        path = _plain(folder)
        if _is_removable(device, path):
            found.append(_stick(Path(path), Path(path).name, writable="ro" not in options.split(",")))
    return tuple(sorted((stick for stick in found if stick), key=lambda stick: stick.folder))


def pulled_out(folder: Path) -> bool:
    """Whether this folder lies on something that is pulled out of the machine."""
    try:
        real = folder.resolve()
    except OSError:
        return False
    return any(real == stick.folder or stick.folder in real.parents for stick in sticks())


def _is_removable(device: str, folder: str) -> bool:
    """By what the kernel says of the disk, else by where desktops mount sticks; never a network share."""
    if not device.startswith("/dev/"):
        return False
    block = _BLOCKS / Path(device).name
    try:
        disk = block.resolve()
        disk = disk.parent if (disk / "partition").exists() else disk
        if (disk / "removable").read_text("ascii").strip() == "1" or "/usb" in str(disk):
            return True
    except OSError:
        pass
    return folder.startswith(_USUAL)


def _stick(folder: Path, label: str, *, writable: bool) -> Stick | None:
    """None where it has gone in this moment."""
    try:
        return Stick(folder, label, shutil.disk_usage(folder).free, writable)
    except OSError:
        return None


def _plain(text: str) -> str:
    r"""Blanks and the like stand as \040 in the list of mounts."""
    raw = re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8)]), text.encode("utf-8", "surrogateescape"))
    return raw.decode("utf-8", "surrogateescape")


def _drives() -> tuple[Stick, ...]:
    """Windows' removable drives."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the attribute exists on Windows only
    there = kernel.GetLogicalDrives()
    roots = [Path(f"{chr(65 + place)}:\\") for place in range(26) if there >> place & 1]
    removable = [root for root in roots if kernel.GetDriveTypeW(str(root)) == _REMOVABLE_DRIVE]
    found = [_stick(root, str(root), writable=True) for root in removable]
    return tuple(stick for stick in found if stick)
