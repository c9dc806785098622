"""The folder of automatic copies beside a book: what lies in it, what is put in, what goes when it is full.

It lies beside the book, so that a book carried on a stick leaves nothing on other people's machines. Copies carry a
running number: a clock that was set back does not make an older copy the newest.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.errors import WorldError
from desktop_app.language import _
from desktop_app.store import cipher
from desktop_app.store.backups import Copying, begin
from desktop_app.store.cipher import Secret
from desktop_app.store.faults import database_errors, told
from desktop_app.store.migrations import APPLICATION_ID

DAILY, UNDO, YEAR = "daily", "undo", "year"
DAYS, WEEKS, MONTHS = 7, 4, 12
SHARE = 0.2  # of the disk, at most, for all copies together
FLOOR = (512 * 1024 * 1024, 0.05)  # bytes that stay free after a copy; on a small disk this share of it
_NAME = re.compile(r"(\d{4,})-(\d{8}-\d{6})-(daily|undo|year|v\d+)\.yuebao")
_PART = re.compile(rf"\.{_NAME.pattern}\.part(-journal|-wal|-shm)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy in the folder. `reason`: daily, undo (replaced by a restore), year (before the next year was opened), or
    v1, v2… (before that schema was left).
    """

    path: Path
    number: int
    at: datetime
    reason: str
    size: int


def folder_of(book: Path) -> Path:
    """Where the copies of this book lie: beside the file itself, not beside a link to it."""
    book = book.resolve()
    return book.with_name(f"{book.name}.backups")


def listed(book: Path) -> tuple[Kept, ...]:
    """Every copy, the newest first; other files of the folder are none. WorldError where it cannot be read."""
    folder = folder_of(book)
    with told(folder):
        if not folder.is_dir():
            return ()
        found = [kept for path in folder.iterdir() if (kept := _read(path)) is not None]
    return tuple(sorted(found, key=lambda kept: kept.number, reverse=True))


def free_name(book: Path, reason: str, now: datetime) -> Path:
    """A name for the next copy, in the folder (made where it is missing)."""
    folder = folder_of(book)
    with told(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        taken = [int(found[1]) for path in folder.iterdir() if (found := _NAME.fullmatch(path.name))]
    return folder / f"{max(taken, default=0) + 1:04d}-{now:%Y%m%d-%H%M%S}-{reason}.yuebao"


@dataclass(frozen=True, slots=True)
class Keeping:
    """A copy on its way into the folder; `finish` needs no book and may run in any thread."""

    book: Path
    copying: Copying

    def finish(self) -> tuple[Kept, tuple[str, ...]]:
        """Check it, name it, and thin the older ones; the copy, and what was already wrong in the book."""
        flaws = self.copying.finish()
        made = _read(self.copying.target)
        if made is None:
            raise LookupError(f"{self.copying.target.name} was written and is not there")
        thin(self.book, made)
        return made, flaws


def keep(connection: sqlite3.Connection, book: Path, reason: str, now: datetime, secret: Secret | None = None) -> Kept:
    """Put a verified copy of the open book into its folder and thin the older ones; WorldError where it cannot be."""
    return begin_keeping(connection, book, reason, now, secret).finish()[0]


def begin_keeping(
    connection: sqlite3.Connection, book: Path, reason: str, now: datetime, secret: Secret | None = None
) -> Keeping:
    """Write the copy's bytes; it counts when it is finished."""
    target = free_name(book, reason, now)
    _sweep(book)
    (pages,) = connection.execute("pragma page_count").fetchone()
    page_size = int(connection.execute("pragma page_size").fetchone()[0])  # SQLCipher says it as text
    make_room(book, pages * page_size)
    return Keeping(book, begin(connection, target, secret))


def newest_head(book: Path, secret: Secret | None = None) -> str | None:
    """The hex head of the journal in the newest copy that can be read; None where there is none."""
    for kept in listed(book):
        if kept.reason != UNDO and (head := _head(kept.path, secret)) is not None:
            return head
    return None


def thin(book: Path, made: Kept | None = None) -> tuple[Path, ...]:
    """Remove what the ladder of days, weeks and months does not hold; `made` and the newest undo copy stay."""
    every = listed(book)
    staying = {kept.path for kept in _staying(every)} | ({made.path} if made else set())
    gone = tuple(kept.path for kept in every if kept.path not in staying)
    _remove(book, gone)
    return gone


def make_room(book: Path, need: int) -> None:
    """Remove the oldest copies until `need` bytes fit the budget, never the newest; WorldError where they cannot."""
    every = list(listed(book))
    firm = {kept.path for kept in (_first(every, UNDO), _first(every, None)) if kept}
    with told(folder_of(book)):
        disk = shutil.disk_usage(folder_of(book))
    floor = min(FLOOR[0], int(disk.total * FLOOR[1]))
    total, free = sum(kept.size for kept in every), disk.free
    for kept in reversed(every):
        if total + need <= disk.total * SHARE and free - need >= floor:
            return
        if kept.path not in firm:
            _remove(book, (kept.path,))
            total, free = total - kept.size, free + kept.size
    if free - need < floor:
        raise WorldError(
            _("磁盘剩余空间不够，没有备份 {name}；填报簿本身不受影响。").format(name=book.name),
            _("请腾出 {size} MB 以上的空间。").format(size=(need + floor - free) // 1048576 + 1),
        )


def _sweep(book: Path) -> None:
    """What a crash left of a copy that was being written; a book is copied by one at a time, who has it locked."""
    with told(folder_of(book)):
        for path in folder_of(book).iterdir():
            if _PART.fullmatch(path.name):
                path.unlink(missing_ok=True)


def _read(path: Path) -> Kept | None:
    """A copy of ours; None for whatever else bears such a name."""
    found = _NAME.fullmatch(path.name)
    if not found or path.is_symlink() or not path.is_file():
        return None
    try:
        at = datetime.strptime(found[2], "%Y%m%d-%H%M%S").astimezone()
    except ValueError:
        return None
    # What was put aside by a restore may be damaged, so anything at all; the others are books by their title page.
    if found[3] != UNDO and not _is_book(path):
        return None
    return Kept(path, int(found[1]), at, found[3], path.stat().st_size)


def _is_book(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(72)
    return head[68:] == APPLICATION_ID.to_bytes(4, "big") or head.startswith(cipher.MAGIC)


def _head(path: Path, secret: Secret | None) -> str | None:
    encrypted = cipher.mark_of(path) is not None
    if encrypted != (secret is not None):
        return None  # made before the book was encrypted, or decrypted
    try:
        if secret is not None:
            opened = cipher.connect(path, secret, 0)
        else:
            opened = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = opened.execute("select hash from journal order by seq desc limit 1").fetchone()
        finally:
            opened.close()
    except database_errors():
        return None
    return found[0].hex() if found else ""


def _staying(every: Iterable[Kept]) -> Iterator[Kept]:
    """What the ladder holds: the newest of each of the last days, weeks and months that have one.

    Beside it the newest copy of each schema version, and the last three books that a restore put aside.
    """
    every = list(every)
    ladder = [kept for kept in every if kept.reason != UNDO]
    for count, slot in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        newest: dict[object, Kept] = {}
        for kept in ladder:
            newest.setdefault(slot(kept.at.date()), kept)
        yield from list(newest.values())[:count]
    yield from (kept for kept in every if kept is _first(every, kept.reason))
    yield from [kept for kept in every if kept.reason == UNDO][:3]


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month


def _first(every: Iterable[Kept], reason: str | None) -> Kept | None:
    """The newest of this reason; with None the newest that can be restored without asking."""
    return next((kept for kept in every if (kept.reason == reason if reason else kept.reason != UNDO)), None)


def _remove(book: Path, paths: Iterable[Path]) -> None:
    with told(folder_of(book)):
        for path in paths:
            path.unlink(missing_ok=True)
            for companion in ("journal", "wal"):
                path.with_name(f"{path.name}-{companion}").unlink(missing_ok=True)
