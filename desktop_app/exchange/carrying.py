"""How a file is carried to any place: beside its name, read back, then moved under it; cut off, it goes on later."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.names import safe_name
from desktop_app.language import _

MOST_NUMBERS = 99
BLOCK = 256 * 1024
NO_FILE = -1  # the size of what bears a name and is no plain file

WRITING, CHECKING = "write", "check"


class BrokenError(WorldError):
    """The way there broke or did not answer: what has arrived stays there, and another try may succeed."""


class TakenError(Exception):
    """The name was given to something else in the meantime."""


class CancelledError(ClerkError):
    """The clerk stopped it."""


class Watch:
    """How far it is, and whether to stop: shared by the thread that works and the one that looks on."""

    def __init__(self, told: Callable[[str, int, int], None] | None = None) -> None:
        self._told = told
        self._stop = threading.Event()
        self.arrived = 0

    def cancel(self) -> None:
        """Stop at the next block; harmless when everything is done."""
        self._stop.set()

    def at(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` bytes are written or checked; raises CancelledError."""
        self.arrived = done if stage == WRITING else total
        if self._told:
            self._told(stage, done, total)
        self.ask()

    def ask(self) -> None:
        """Raises CancelledError where the clerk has stopped it."""
        if self._stop.is_set():
            raise CancelledError(_("已取消，文件没有送到。"), _("可以接着上次的地方继续。"))

    def rest(self, seconds: float) -> None:
        """Wait before another try; raises CancelledError at once where it is stopped."""
        self._stop.wait(seconds)
        self.ask()


class Carrier(Protocol):
    """One folder at a place. Names are plain file names; raises BrokenError or another WorldError."""

    said: str
    goes_on: bool  # whether `write` can go on behind what is there
    near: bool  # whether reading back costs nothing

    def size(self, name: str) -> int | None:
        """Bytes of a file, None where nothing bears the name, NO_FILE where it is no file."""

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes in blocks."""

    def write(self, name: str, start: int, blocks: Iterator[bytes], size: int) -> None:
        """Make the file of `size` bytes, or go on behind its first `start`; written through when it returns."""

    def move(self, name: str, target: str) -> None:
        """Give it its final name in one step; raises TakenError where something has that name."""

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens where there is none."""

    def settle(self) -> bool | None:
        """Make the names last. True where the medium has everything, False where nobody knows, None for a server."""

    def names(self) -> list[tuple[str, int]]:
        """The plain files there and their sizes."""

    def close(self) -> None:
        """Let go."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Under which name it lies there, and the digest of what was read back. `settled`: see Carrier.settle.

    `resumed`: so many bytes had arrived earlier.
    """

    name: str
    sha256: str
    settled: bool | None
    resumed: int = 0


def part_of(name: str) -> str:
    """What a file is called until it is whole."""
    return f".{name}.part"


def carry(carrier: Carrier, data: bytes, name: str, watch: Watch) -> Carried:
    """Put `data` there under its name, or a numbered one where another file has it; the same file twice is harmless."""
    digest = hashlib.sha256(data).hexdigest()
    resumed, target = 0, ""
    for _again in range(3):
        target, there = _free(carrier, safe_name(name), data)
        part = part_of(target)
        if there:
            carrier.remove(part)  # of a delivery that was cut off between its two last steps
            break
        try:
            resumed = _bring(carrier, data, part, watch)
            carrier.move(part, target)
            break
        except TakenError:
            carrier.remove(part)
        except (CancelledError, WorldError) as problem:
            useful = isinstance(problem, BrokenError) or (isinstance(problem, CancelledError) and carrier.goes_on)
            if not useful:
                with suppress(ClerkError):  # where even that fails, the first reason is the one to tell
                    carrier.remove(part)
            raise
    settled = carrier.settle()
    # Far away its content was read before it got its name: that it is all there is enough now.
    if (_digest(carrier, target) != digest) if carrier.near else (carrier.size(target) != len(data)):
        raise _other(carrier)
    return Carried(target, digest, settled, resumed)


def _free(carrier: Carrier, name: str, data: bytes) -> tuple[str, bool]:
    """The name, or its first numbered neighbour, that is free or already holds exactly this data."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (name, "")
    for number in range(1, MOST_NUMBERS + 1):
        candidate = name if number == 1 else f"{stem}({number}){ending}"
        size = carrier.size(candidate)
        if size is None:
            return candidate, False
        if size == len(data) and _digest(carrier, candidate) == hashlib.sha256(data).hexdigest():
            return candidate, True
    raise ClerkError(
        _("「{folder}」里已有太多名为「{name}」的不同文件。").format(folder=carrier.said, name=name),
        _("请先清理这个文件夹。"),
    )


def _bring(carrier: Carrier, data: bytes, part: str, watch: Watch) -> int:
    """Write the part, going on behind what arrived before, and read it back; gives how much had arrived."""
    start = _arrived_before(carrier, data, part)
    watch.at(WRITING, start, len(data))
    if start < len(data) or not data or carrier.goes_on:  # also where all has arrived: it may not be written through
        carrier.write(part, start, _blocks(data, start, watch), len(data))
    if not carrier.near or start:
        read = hashlib.sha256()
        done = 0
        for block in carrier.read(part):
            read.update(block)
            done += len(block)
            watch.at(CHECKING, min(done, len(data)), len(data))
        if done != len(data) or read.digest() != hashlib.sha256(data).digest():
            carrier.remove(part)
            raise _other(carrier)
    watch.ask()
    return start


def _arrived_before(carrier: Carrier, data: bytes, part: str) -> int:
    """How many bytes of this very file lie there from a delivery that was cut off; anything else is removed."""
    size = carrier.size(part)
    if size is None:
        return 0
    usable = size > 0 and (size == len(data) or (carrier.goes_on and size < len(data)))
    if usable and _digest(carrier, part, size) == hashlib.sha256(data[:size]).hexdigest():
        return size
    carrier.remove(part)
    return 0


def _blocks(data: bytes, start: int, watch: Watch) -> Iterator[bytes]:
    for position in range(start, len(data), BLOCK):
        block = data[position : position + BLOCK]
        yield block
        watch.at(WRITING, position + len(block), len(data))


def _digest(carrier: Carrier, name: str, first: int | None = None) -> str:
    """Of the whole file, or of its first bytes."""
    found, left = hashlib.sha256(), first
    for block in carrier.read(name):
        found.update(block[:left])
        if left is not None:
            left -= min(left, len(block))
    return found.hexdigest()


def _other(carrier: Carrier) -> WorldError:
    return WorldError(
        _("写到「{folder}」的文件读回来不一样。").format(folder=carrier.said),
        _("这个盘可能已损坏，请换一个再报送。") if carrier.near else _("请再报送一次；仍不行请联系对方的管理员。"),
    )
