"""Copies of the book: made by themselves, made on demand, looked into, and put in the book's place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.desk.desk import Desk, local_now
from desktop_app.desk.unlocking import key_of, read_aside, secret_of
from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.model.unit import Unit
from desktop_app.store import Book, entries, journal, kept_copies, months, plans, restoring, soundness
from desktop_app.store import backups as copies
from desktop_app.store.book import held_here
from desktop_app.store.converting import convert
from desktop_app.store.differences import (
    FieldDifference,
    MonthDifference,
    common_history,
    fields_that_differ,
    months_that_differ,
)
from desktop_app.store.kept_copies import Kept

__all__ = ["FieldDifference", "Held", "Holds", "Kept", "Made", "MonthDifference", "Restored"]


@dataclass(frozen=True)
class Made:
    """A copy that was written, read back and found the same. `flaws`: what was already wrong in the book."""

    path: Path
    size: int
    head: str
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """A month as a book holds it; `tasks` are the unit's own, `filled` those with an answer."""

    period: Period
    revision: int
    state: MonthState
    tasks: int
    filled: int


@dataclass(frozen=True)
class Holds:
    """What a copy holds, and what would change if it took the present book's place.

    `present` says why the present book could not be read beside it, "" where it could; `lost` are changes made since
    the copy, `parted` is true where the copy's history is not the beginning of the present one.
    """

    path: Path
    unit: Unit
    kind: str
    months: tuple[Held, ...]
    changes: int
    head: str
    last_change: datetime | None
    flaws: tuple[str, ...]
    present: str
    lost: int
    parted: bool
    month_differences: tuple[MonthDifference, ...]
    field_differences: tuple[FieldDifference, ...]

    @property
    def signatures_lost(self) -> tuple[MonthDifference, ...]:
        """Signed months that would be drafts again, or gone."""
        return tuple(each for each in self.month_differences if each.loses_a_signature)


@dataclass(frozen=True)
class Restored:
    """The book as it is now, and where the one of before is kept (None where there was none)."""

    book: Path
    undo: Path | None
    last_change: datetime | None
    head: str


@dataclass(frozen=True)
class Making:
    """A copy whose bytes are written; `finish` reads them back and touches no book, so it may run in any thread."""

    keeping: kept_copies.Keeping
    head: str

    def finish(self) -> Made:
        """Only now it is a copy. WorldError where it is not what was written."""
        kept, flaws = self.keeping.finish()
        return Made(kept.path, kept.size, self.head, flaws)


def automatic(desk: Desk, *, even_today: bool = False) -> Made | None:
    """The copy of the day, from beginning to end; see `begin`."""
    making = begin(desk, even_today=even_today)
    return making.finish() if making else None


def begin(desk: Desk, *, even_today: bool = False) -> Making | None:
    """The copy of the day: made where the book has changed since the last one and there is none from today.

    `even_today` brings today's up to date: when the window closes, which costs nobody a moment. Copies are dated by the
    clock on the wall, also on a rehearsed day. WorldError where it could not be made; nothing happens to the book.
    """
    if desk.read_only:
        return None
    now = desk.clock()
    every = [kept for kept in listed(desk.book_path) if kept.reason != kept_copies.UNDO]
    if not even_today and any(kept.at.date() == now.date() for kept in every):
        return None
    head = journal.head(desk.book)
    if kept_copies.newest_head(desk.book_path, desk.book.secret) == head:
        return None
    book = desk.book
    keeping = kept_copies.begin_keeping(book.connection, desk.book_path, kept_copies.DAILY, now, book.secret)
    return Making(keeping, head)


def before_year(desk: Desk) -> Made:
    """A copy from before the next year is opened; no copy of that day takes its place. WorldError."""
    book, head = desk.book, journal.head(desk.book)
    keeping = kept_copies.begin_keeping(book.connection, desk.book_path, kept_copies.YEAR, desk.clock(), book.secret)
    return Making(keeping, head).finish()


def make(desk: Desk, target: Path) -> Made:
    """A copy to a place of one's own choice; ClerkError where a file of that name is there."""
    return begin_at(desk, target)()


def begin_at(desk: Desk, target: Path) -> Callable[[], Made]:
    """The same, its bytes written beside; what reads them back and names the file may run in any thread."""
    copying = copies.begin(desk.book.connection, target, desk.book.secret)

    def finish() -> Made:
        flaws = copying.finish()
        return Made(target, target.stat().st_size, copying.head, flaws)

    return finish


def listed(book_path: Path) -> tuple[Kept, ...]:
    """The automatic copies of a book, the newest first, and what restores have put aside."""
    return kept_copies.listed(book_path)


def newest(book_path: Path) -> Kept | None:
    """The newest copy that can be read and holds a sound book; None where there is none."""
    for kept in listed(book_path):
        if kept.reason != kept_copies.UNDO:
            try:
                read_aside(kept.path).close()
            except ClerkError:
                continue
            return kept
    return None


def look(backup: Path, present: Desk | Path | None = None) -> Holds:
    """What a copy holds, beside the present book where one is given; nothing is changed.

    ClerkError or WorldError where the file is no sound book that this program can read.
    """
    with read_aside(backup) as book:
        if isinstance(present, Desk):
            return _holds(book, backup, present.book, "")
        if present is None:
            return _holds(book, backup, None, "")
        try:
            other = read_aside(present)
        except ClerkError as problem:
            return _holds(book, backup, None, str(problem))
        with other:
            return _holds(book, backup, other, "")


def restore(
    book_path: Path, backup: Path, *, flawed: bool = False, here: Callable[[], None] = lambda: None
) -> Restored:
    """Put a copy in the book's place; the book of before is kept and `undo_restore` brings it back.

    `here` is called where it can still end by raising, with nothing changed.

    Refused: a copy of another unit's book, and one with damage inside unless `flawed` takes that upon oneself.
    """
    holds = look(backup, None if held_here(book_path) else book_path)
    if holds.flaws and not flawed:
        raise WorldError(
            _("备份 {name} 里有损坏：{what}。没有恢复。").format(name=backup.name, what="；".join(holds.flaws[:3])),
            _("请另选一份备份；确实只有这一份时，可用 restore --damaged 照样恢复。"),
        )
    _refuse_other_unit(book_path, holds)
    secret = secret_of(book_path)
    aside = restoring.replace(book_path, backup, local_now(), key_of(backup), here)
    if secret is not None and key_of(book_path) is None:
        convert(book_path, None, secret)  # a copy from before it was encrypted must not lay it open again
    return Restored(book_path, aside, holds.last_change, holds.head)


def undo_restore(book_path: Path) -> Restored:
    """Bring back, byte for byte, the file that the last restore replaced; the present one is kept in its turn."""
    aside = restoring.undo(book_path, local_now())
    try:
        with read_aside(book_path) as book:
            return Restored(book_path, aside, journal.last_at(book), journal.head(book))
    except ClerkError:  # what was there before the restore may be the damaged file
        return Restored(book_path, aside, None, "")


def can_undo(book_path: Path) -> bool:
    """Whether a restore can be undone."""
    return restoring.last_undo(book_path) is not None


def _holds(book: Book, path: Path, present: Book | None, why: str) -> Holds:
    own = journal.count(book)
    common = common_history(present, book) if present else 0
    return Holds(
        path=path,
        unit=book.unit,
        kind=book.kind,
        months=tuple(_held(book, month) for month in months.months(book)),
        changes=own,
        head=journal.head(book),
        last_change=journal.last_at(book),
        flaws=soundness.flaws(book.connection),
        present=why,
        lost=journal.count(present) - common if present else 0,
        parted=present is not None and common < own,
        month_differences=months_that_differ(present, book) if present else (),
        field_differences=fields_that_differ(present, book) if present else (),
    )


def _held(book: Book, month: months.Month) -> Held:
    plan = plans.plan_by_id(book, month.plan_id)
    owned = {task.id for task in plan.owned_by(book.unit.code)} if plan else set()
    rows = entries.entries(book, month.id)
    filled = sum(task in owned and entry.answered for task, entry in rows.items())
    return Held(month.period, month.revision, month.state, len(owned), filled)


def _refuse_other_unit(book_path: Path, holds: Holds) -> None:
    if holds.present or not book_path.exists() or held_here(book_path):
        return
    with read_aside(book_path) as present:
        if (present.unit.code, present.kind) != (holds.unit.code, holds.kind):
            raise ClerkError(
                _("这份备份属于{other}，现在的填报簿属于{unit}，没有恢复。").format(
                    other=holds.unit.name, unit=present.unit.name
                ),
                _("要看那一份，请用 --book 另指定一个文件名再恢复。"),
            )
