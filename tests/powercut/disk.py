"""What can be on a disk after the power went at one moment.

Promised by the disk: what was synced, and a sector of 512 bytes whole or not at all. Not promised: any sector written
since the last sync of its file, a new length, or a name that came, went or moved since the last sync of its folder.
Names change in the order in which they were changed, as on every file system with a journal of its own.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath

from tests.powercut.recording import (
    Acknowledged,
    Cut,
    Event,
    Name,
    Rename,
    Sync,
    SyncFolder,
    Write,
    apply_cut,
    apply_write,
)

SECTOR = 512
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class State:
    """One disk that could be found: its files, what had been acknowledged, and after which event the power went."""

    files: Files
    acknowledged: tuple[str, ...]
    moment: int
    how: str


@dataclass
class _Inode:
    synced: bytearray = field(default_factory=bytearray)
    pending: list[Write | Cut] = field(default_factory=list)

    def sync(self) -> None:
        self.synced = self.cached()
        self.pending.clear()

    def cached(self) -> bytearray:
        content = bytearray(self.synced)
        for change in self.pending:
            _apply(content, change)
        return content

    def torn(self, dice: random.Random, share: float) -> bytes:
        """Some of the pending sectors, each whole or not at all; a lengthened file may hold rubbish in between."""
        content = bytearray(self.synced)
        for change in self.pending:
            if isinstance(change, Cut):
                if dice.random() < share:
                    apply_cut(content, change.length)
                continue
            for offset, data in _sectors(change):
                if dice.random() < share:
                    if offset > len(content):
                        content.extend(dice.randbytes(offset - len(content)))
                    apply_write(content, offset, data)
        return bytes(content)


@dataclass
class Disk:
    """Follows the events; at any time `states` draws disks that a power cut could leave."""

    inodes: dict[int, _Inode] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)  # as synced
    pending: list[Name | Rename] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def follow(self, event: Event) -> None:
        if isinstance(event, Write | Cut):
            self.inodes.setdefault(event.inode, _Inode()).pending.append(event)
        elif isinstance(event, Sync):
            self.inodes.setdefault(event.inode, _Inode()).sync()
        elif isinstance(event, Name | Rename):
            self.pending.append(event)
        elif isinstance(event, SyncFolder):
            self._sync_folder(event.folder)
        else:
            self.acknowledged.append(event.word)

    def _sync_folder(self, folder: str) -> None:
        """A journal of names is kept in order: what changed in other folders before that goes to disk with it."""
        last = max((at for at, change in enumerate(self.pending) if folder in _folders(change)), default=-1)
        for change in self.pending[: last + 1]:
            _rename(self.names, change)
        del self.pending[: last + 1]

    def states(self, dice: random.Random, moment: int, torn: int) -> Iterator[State]:
        """Nothing of what was not synced, all of it, and `torn` draws between."""
        yield self._state(moment, "none", 0, lambda inode: bytes(inode.synced))
        yield self._state(moment, "all", len(self.pending), lambda inode: bytes(inode.cached()))
        for _draw in range(torn):
            share = dice.choice((0.1, 0.5, 0.9))
            names = dice.randint(0, len(self.pending))
            yield self._state(moment, f"torn {share}", names, lambda inode, share=share: inode.torn(dice, share))

    def _state(self, moment: int, how: str, pending_names: int, content) -> State:
        names = dict(self.names)
        for change in self.pending[:pending_names]:
            _rename(names, change)
        files = {path: content(self.inodes.setdefault(inode, _Inode())) for path, inode in names.items()}
        return State(files, tuple(self.acknowledged), moment, f"{how}, {pending_names}/{len(self.pending)} names")


def power_cuts(events: Iterable[Event], *, torn: int, seed: int, after: str = "") -> Iterator[State]:
    """Every disk to look at: one bundle for each event, each disk once; from the acknowledgement `after` on."""
    disk, dice, seen = Disk(), random.Random(seed), set()
    begun = not after
    for moment, event in enumerate(events):
        disk.follow(event)
        begun = begun or after in disk.acknowledged
        if not begun:
            continue
        for state in disk.states(dice, moment, torn):
            known = _digest(state)
            if known not in seen:
                seen.add(known)
                yield state


def _digest(state: State) -> bytes:
    found = sha256(repr(state.acknowledged[-1:]).encode())
    for path in sorted(state.files):
        found.update(path.encode())
        found.update(sha256(state.files[path]).digest())
    return found.digest()


def _sectors(change: Write) -> Iterator[tuple[int, bytes]]:
    """A write cut at the borders of the disk's sectors."""
    at, end = change.offset, change.offset + len(change.data)
    while at < end:
        border = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, change.data[at - change.offset : border - change.offset]
        at = border


def _apply(content: bytearray, change: Write | Cut) -> None:
    if isinstance(change, Cut):
        apply_cut(content, change.length)
    else:
        apply_write(content, change.offset, change.data)


def _rename(names: dict[str, int], change: Name | Rename) -> None:
    if isinstance(change, Rename):
        if change.old in names:
            names[change.new] = names.pop(change.old)
    elif change.inode is None:
        names.pop(change.path, None)
    else:
        names[change.path] = change.inode


def _folders(change: Name | Rename) -> set[str]:
    paths = (change.old, change.new) if isinstance(change, Rename) else (change.path,)
    return {str(PurePath(path).parent) for path in paths}


__all__ = ["Acknowledged", "Disk", "State", "power_cuts"]
