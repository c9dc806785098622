"""Take the last change of a draft back, also after a restart, and make it again."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.desk import Desk
from desktop_app.desk.month import kept_month
from desktop_app.desk.save_entry import refuse_sealed
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.store import months, taking_back
from desktop_app.store.journal import JournalRow
from desktop_app.store.taking_back import Scope


@dataclass(frozen=True)
class Turned:
    """A field that reads as it did before, or as it did after: `was` is what stood there until now."""

    task: str
    field: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Undone:
    """What one step took back, or made again, all in one month."""

    period: Period
    revision: int
    fields: tuple[Turned, ...]
    at: datetime


def undo(desk: Desk, period: Period | None = None, task: str | None = None, field: str | None = None) -> Undone:
    """Take back the last change of a draft, or of one period, task or field. Repeated, it goes further back.

    ClerkError where the month is sealed or there is nothing (more) to take back.
    """
    return _turn(desk, Scope(period, task, field), again=False)


def redo(desk: Desk, period: Period | None = None, task: str | None = None, field: str | None = None) -> Undone:
    """Make again what the last undo took back; ClerkError where there is none, or the field was changed since."""
    return _turn(desk, Scope(period, task, field), again=True)


def next_undo(desk: Desk, period: Period | None = None, task: str | None = None) -> tuple[JournalRow, ...]:
    """The changes that `undo` would take back; empty where there is nothing."""
    return taking_back.last_step(desk.book, Scope(period, task))


def next_redo(desk: Desk, period: Period | None = None, task: str | None = None) -> tuple[JournalRow, ...]:
    """The changes that `redo` would make again; empty where there is nothing."""
    return taking_back.last_undone(desk.book, Scope(period, task))


def _turn(desk: Desk, scope: Scope, *, again: bool) -> Undone:
    if scope.period is not None and months.month(desk.book, scope.period) is not None:
        refuse_sealed(kept_month(desk, scope.period))
    taken = (taking_back.last_undone if again else taking_back.last_step)(desk.book, scope)
    if not taken or taken[0].period is None or taken[0].revision is None:
        raise ClerkError(
            _("没有可以重做的改动。") if again else _("没有可以撤回的改动。"),
            _("只有草稿里的填报、说明和佐证可以撤回。"),
        )
    at = desk.now()
    taking_back.turn(desk.book, taken, at, desk.actor, again=again)
    return Undone(taken[0].period, taken[0].revision, _turned(taken, again=again), at)


def _turned(taken: tuple[JournalRow, ...], *, again: bool) -> tuple[Turned, ...]:
    """The fields as they read before and after, each once."""
    found: dict[tuple[str, str], Turned] = {}
    for row in sorted(taken, key=lambda row: row.seq, reverse=not again):
        before, after = (row.old, row.new) if again else (row.new, row.old)
        key = (row.task_id or "", row.field)
        first = found.get(key)
        found[key] = Turned(*key, first.was if first else before, after)
    return tuple(turned for turned in found.values() if not turned.field.startswith("explanation_values:"))
