"""What a child process asked of the disk, in order: strace's lines read into events on one folder.

Descriptors are followed by their numbers, contents by inode and not by name: a journal that is deleted and made again
is another file. `record` compares its own picture of the folder with the folder itself at the end.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
CALLS = (
    "open", "openat", "creat", "close", "dup", "dup2", "dup3", "fcntl", "lseek", "write", "pwrite64", "writev",
    "pwritev", "pwritev2", "truncate", "ftruncate", "fallocate", "copy_file_range", "sendfile", "fsync", "fdatasync",
    "sync_file_range", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat",
)  # fmt: skip
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Write:
    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file's length was set."""

    inode: int
    length: int


@dataclass(frozen=True, slots=True)
class Sync:
    inode: int


@dataclass(frozen=True, slots=True)
class SyncFolder:
    folder: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the folder came to mean this inode; None: it is gone."""

    path: str
    inode: int | None


@dataclass(frozen=True, slots=True)
class Rename:
    """One name took another's place, in one step."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The child said that this is kept."""

    word: str


Event = Write | Cut | Sync | SyncFolder | Name | Rename | Acknowledged


@dataclass
class _Open:
    inode: int | None
    folder: str | None = None
    position: int = 0
    appends: bool = False


@dataclass
class _Reader:
    """Follows one process. `sizes` are needed for files opened for appending."""

    top: str
    events: list[Event] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    open: dict[int, _Open] = field(default_factory=dict)
    inodes: int = 0

    def line(self, text: str) -> None:
        found = _LINE.match(text)
        if not found or found[3] == "?" or int(found[3]) < 0:
            return
        call, result = found[1], int(found[3])
        texts = [bytes.fromhex(one.replace("\\x", "")) for one in _TEXT.findall(found[2])]
        plain = [part.strip() for part in _TEXT.sub('""', found[2]).split(",")]
        reader = _READERS.get(call)
        if reader is None:
            touches = plain[0].isdigit() and int(plain[0]) in self.open
            assert not touches, f"the recorder does not know {call}"
            return
        reader(self, plain, texts, result)

    def opened(self, plain: list[str], texts: list[bytes], result: int) -> None:
        path = os.path.normpath(os.fsdecode(texts[0]))
        self.open.pop(result, None)
        if path == self.top or (path.startswith(self.top + "/") and "O_DIRECTORY" in plain[2]):
            self.open[result] = _Open(None, folder=path)
        elif path.startswith(self.top + "/"):
            if path not in self.names and "O_CREAT" not in plain[2]:
                self.open[result] = _Open(None, folder=path)  # a folder below, opened to be synced
                return
            if path not in self.names:
                self.inodes += 1
                self.names[path] = self.inodes
                self.sizes[self.inodes] = 0
                self.events.append(Name(path, self.inodes))
            inode = self.names[path]
            self.open[result] = _Open(inode, appends="O_APPEND" in plain[2])
            if "O_TRUNC" in plain[2] and self.sizes[inode]:
                self.cut(inode, 0)

    def closed(self, plain: list[str], texts: list[bytes], result: int) -> None:
        self.open.pop(int(plain[0]), None)

    def moved(self, plain: list[str], texts: list[bytes], result: int) -> None:
        if int(plain[0]) in self.open:
            self.open[int(plain[0])].position = result

    def written(self, plain: list[str], texts: list[bytes], result: int) -> None:
        number = int(plain[0])
        if number == 1:
            self.events += [Acknowledged(word) for word in texts[0].decode().split("\n") if word]
        there = self.open.get(number)
        if there is None or there.inode is None:
            return
        at = int(plain[-1]) if len(plain) == 4 else self.sizes[there.inode] if there.appends else there.position
        self.events.append(Write(there.inode, at, texts[0][:result]))
        self.sizes[there.inode] = max(self.sizes[there.inode], at + result)
        if len(plain) == 3:
            there.position = at + result

    def resized(self, plain: list[str], texts: list[bytes], result: int) -> None:
        there = self.open.get(int(plain[0]))
        if there is not None and there.inode is not None:
            self.cut(there.inode, int(plain[1]))

    def cut(self, inode: int, length: int) -> None:
        self.sizes[inode] = length
        self.events.append(Cut(inode, length))

    def synced(self, plain: list[str], texts: list[bytes], result: int) -> None:
        there = self.open.get(int(plain[0]))
        if there is not None:
            self.events.append(Sync(there.inode) if there.inode is not None else SyncFolder(str(there.folder)))

    def unlinked(self, plain: list[str], texts: list[bytes], result: int) -> None:
        path = os.path.normpath(os.fsdecode(texts[0]))
        if self.names.pop(path, None) is not None:
            self.events.append(Name(path, None))

    def renamed(self, plain: list[str], texts: list[bytes], result: int) -> None:
        old, new = (os.path.normpath(os.fsdecode(text)) for text in texts)
        if old in self.names:
            self.names[new] = self.names.pop(old)
            self.events.append(Rename(old, new))

    def linked(self, plain: list[str], texts: list[bytes], result: int) -> None:
        old, new = (os.path.normpath(os.fsdecode(text)) for text in texts)
        if old in self.names:
            self.names[new] = self.names[old]
            self.events.append(Name(new, self.names[old]))


def _openat(reader: _Reader, plain: list[str], texts: list[bytes], result: int) -> None:
    reader.opened(plain, texts, result)


def _open_old(reader: _Reader, plain: list[str], texts: list[bytes], result: int) -> None:
    reader.opened(["", *plain], texts, result)


_READERS: dict[str, Callable[[_Reader, list[str], list[bytes], int], None]] = {
    "openat": _openat,
    "open": _open_old,
    "close": _Reader.closed,
    "lseek": _Reader.moved,
    "write": _Reader.written,
    "pwrite64": _Reader.written,
    "ftruncate": _Reader.resized,
    "fsync": _Reader.synced,
    "fdatasync": _Reader.synced,
    "unlink": _Reader.unlinked,
    "unlinkat": lambda reader, plain, texts, result: reader.unlinked(plain, texts, result),
    "rename": _Reader.renamed,
    "renameat": _Reader.renamed,
    "renameat2": _Reader.renamed,
    "link": _Reader.linked,
    "linkat": _Reader.linked,
    "fcntl": lambda reader, plain, texts, result: None,  # locks
    "mkdir": lambda reader, plain, texts, result: None,  # folders are there from the start, see disk.py
    "mkdirat": lambda reader, plain, texts, result: None,
}


def record(scene: str, folder: Path, *arguments: str) -> list[Event]:
    """Run a scene of scenes.py on an empty folder in a child of its own and return what it did there."""
    assert not any(folder.iterdir())
    log = folder.with_name(f"{folder.name}.strace")
    program = "import sys; from tests.powercut import scenes; scenes.play(*sys.argv[1:])"
    trace = ["strace", "-f", "--seccomp-bpf", "-xx", "-s", "200000000", "-e", f"trace={','.join(CALLS)}"]
    ran = subprocess.run(
        [*trace, "-o", str(log), sys.executable, "-c", program, scene, str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=TOP,
        env=os.environ | {"PYTHONPATH": str(TOP), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.returncode == 0, f"{ran.stderr}\nstrace is needed and must be allowed to trace its own child"
    reader = _Reader(str(folder))
    for line in _lines(log):
        reader.line(line)
    log.unlink()
    _compare(reader, folder)
    return reader.events


def _lines(log: Path) -> Iterator[str]:
    with log.open(encoding="ascii") as file:
        for line in file:
            assert "unfinished" not in line, "two threads wrote at once: the order is not known"
            yield line


def _compare(reader: _Reader, folder: Path) -> None:
    """The recorder's picture is the folder as the child left it, byte for byte; else it has missed something."""
    contents: dict[int, bytearray] = {}
    for event in reader.events:
        if isinstance(event, Write):
            apply_write(contents.setdefault(event.inode, bytearray()), event.offset, event.data)
        elif isinstance(event, Cut):
            apply_cut(contents.setdefault(event.inode, bytearray()), event.length)
    pictured = {path: bytes(contents.get(inode, b"")) for path, inode in reader.names.items()}
    there = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert pictured.keys() == there.keys()
    assert all(pictured[path] == there[path] for path in there)


def apply_write(content: bytearray, offset: int, data: bytes) -> None:
    """Put data at its place; a hole before it is zeros."""
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def apply_cut(content: bytearray, length: int) -> None:
    """Shorten or lengthen with zeros."""
    if length < len(content):
        del content[length:]
    else:
        content.extend(bytes(length - len(content)))
