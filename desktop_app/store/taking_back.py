"""Undo from the journal, across restarts: the last change of a draft is taken back by new rows, and so is that.

A row `undo` or `redo` names the rows that are taken back or made again; the rows that do it follow in the same step.
Nothing of the journal is ever removed, so its head and its chain go on.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import ENTRY_FIELDS
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.store import entries, evidence, explanations
from desktop_app.store.book import Book
from desktop_app.store.journal import Change, JournalRow, append, rows
from desktop_app.store.months import Month, months, refuse_unless_draft, require_draft

UNDO, REDO = "undo", "redo"
EVIDENCE = "evidence"
_MOVED = ("plan", "task", "copied")  # before these the words stood under other numbers, or in the signed revision


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: everywhere in the drafts, or in one period, task and field."""

    period: Period | None = None
    task_id: str | None = None
    field: str | None = None

    def holds(self, row: JournalRow) -> bool:
        """Whether a row lies in it."""
        return (
            self.period in (None, row.period)
            and self.task_id in (None, row.task_id)
            and (self.field in (None, row.field) or row.field == _values_of(self.field))
        )


def last_step(book: Book, scope: Scope) -> tuple[JournalRow, ...]:
    """What `undo` would take back: the rows of the last step in scope that are not taken back already."""
    drafts = [row for month in _drafts(book, scope) for row in _changes(book, month)[0]]
    open_rows = [row for row in drafts if scope.holds(row)]
    last = max(open_rows, key=lambda row: row.seq, default=None)
    return tuple(row for row in open_rows if last is not None and row.step == last.step)


def last_undone(book: Book, scope: Scope) -> tuple[JournalRow, ...]:
    """What `redo` would make again: the rows that the last undo in scope took back."""
    found: tuple[int, tuple[JournalRow, ...]] = (0, ())
    for month in _drafts(book, scope):
        for number, taken in _changes(book, month)[1].items():
            inside = tuple(row for row in taken if scope.holds(row))
            if inside and number > found[0]:
                found = number, inside
    return found[1]


def turn(book: Book, taken: tuple[JournalRow, ...], at: datetime, actor: str, *, again: bool) -> None:
    """Take these rows back, or make them again; all or none. ClerkError where the draft has moved on since."""
    month = next(each for each in months(book) if (each.period, each.revision) == (taken[0].period, taken[0].revision))
    with book.write() as connection:
        require_draft(connection, month)
        named = ",".join(str(row.seq) for row in taken)
        changes = [Change(REDO if again else UNDO, None, named, month.period, month.revision, taken[0].task_id)]
        for row in sorted(taken, key=lambda row: row.seq, reverse=not again):
            before, after = (row.old, row.new) if again else (row.new, row.old)
            _turn(connection, month, row, before, after)
            changes.append(Change(row.field, before, after, month.period, month.revision, row.task_id))
        append(connection, changes, at, actor)


def turn_span(book: Book, after: int, until: int, at: datetime, actor: str) -> None:
    """Take back what was changed in drafts from row `after` (not it) to row `until`; each month is a step of its own.

    ClerkError, for the caller's transaction, where a month was sealed since or its words stand under other numbers.
    """
    for month in months(book):
        since = [row for row in rows(book, month.period, after=after) if row.revision == month.revision]
        written = {row.seq for row in since if row.seq <= until and _can_be_turned(row)}
        if not written:
            continue
        refuse_unless_draft(book, month)
        if moved := next((row for row in since if row.seq > until and row.field in _MOVED), None):
            raise _moved_on(moved)
        standing = tuple(row for row in _changes(book, month)[0] if row.seq in written)
        if standing:
            turn(book, standing, at, actor, again=False)


def _turn(connection: sqlite3.Connection, month: Month, row: JournalRow, before: str | None, after: str | None) -> None:
    task = row.task_id or ""
    if row.field in ENTRY_FIELDS:
        if entries.as_told(connection, month, task, row.field) != before:
            raise _moved_on(row)
        entries.put_back(connection, month, task, row.field, after)
    elif row.field == EVIDENCE:
        if after is None and before is not None:
            evidence.take_off(connection, month, task, before)
        elif after is not None and not evidence.put_back(connection, month, task, after):
            raise ClerkError(_("「{name}」的内容已不在填报簿里，不能放回。").format(name=after.partition(" ")[2]))
    else:
        _turn_explanation(connection, month, row, before, after)


def _turn_explanation(
    connection: sqlite3.Connection, month: Month, row: JournalRow, before: str | None, after: str | None
) -> None:
    """Text and values come in rows of their own, the text first; a text without known values must be written anew."""
    task, code = row.task_id or "", row.field.partition(":")[2]
    text, values = explanations.as_kept(connection, month, task, code)
    if row.field.startswith(explanations.TEXT):
        if text != before:
            raise _moved_on(row)
        explanations.put_back(connection, month, task, code, after, None if after is None else values)
    elif text is not None:
        explanations.put_back(connection, month, task, code, text, after)


def _moved_on(row: JournalRow) -> ClerkError:
    return ClerkError(
        _("{period} {task} 后来又改过，没有撤回或重做。").format(period=row.period, task=row.task_id),
        _("先撤回后来的改动，或直接改成要的内容。"),
    )


def _drafts(book: Book, scope: Scope) -> Iterable[Month]:
    return (month for month in months(book) if month.state is MonthState.DRAFT and scope.period in (None, month.period))


def _changes(book: Book, month: Month) -> tuple[list[JournalRow], dict[int, list[JournalRow]]]:
    """A draft's changes that stand, and by the number of each undo those it took back and that are still taken back."""
    standing: dict[int, JournalRow] = {}
    undone: dict[int, list[JournalRow]] = {}
    by_undo: set[int] = set()  # steps that are an undo's or a redo's own rows
    for row in rows(book, month.period):
        if row.revision != month.revision or row.step in by_undo:
            continue
        if row.field in _MOVED:
            standing, undone = {}, {}
        elif row.field in (UNDO, REDO):
            by_undo.add(row.step)
            _count(row, standing, undone)
        elif _can_be_turned(row):
            standing[row.seq] = row
    return list(standing.values()), undone


def _count(row: JournalRow, standing: dict[int, JournalRow], undone: dict[int, list[JournalRow]]) -> None:
    named = [int(word) for word in (row.new or "").split(",") if word]
    if row.field == UNDO:
        undone[row.seq] = [standing.pop(seq) for seq in named if seq in standing]
        return
    for number, taken in list(undone.items()):
        for again in [each for each in taken if each.seq in named]:
            standing[again.seq] = again
            taken.remove(again)
        if not taken:
            del undone[number]


def _can_be_turned(row: JournalRow) -> bool:
    kinds = (explanations.TEXT, explanations.VALUES)
    return row.task_id is not None and (
        row.field in ENTRY_FIELDS or row.field == EVIDENCE or row.field.startswith(kinds)
    )


def _values_of(field: str) -> str:
    return field.replace(explanations.TEXT, explanations.VALUES, 1)
