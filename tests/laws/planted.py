"""Bugs that the state machine has to catch, each planted by itself: what a tired programmer might write."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.report import MonthState
from desktop_app.store import (
    Book,
    backups,
    entries,
    evidence,
    explanations,
    journal,
    months,
    restoring,
    sealed,
    taking_back,
    transfers,
)

Plant = Callable[[pytest.MonkeyPatch], None]


def said_saved_without_saving(patch: pytest.MonkeyPatch) -> None:
    """The row is journalled, the form is not written."""
    patch.setattr(entries, "_put", lambda connection, writes: None)


def nil_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    columns = entries._columns
    place = 1 + list(entries.ENTRY_FIELDS).index("nil")
    patch.setattr(
        entries, "_columns", lambda entry: tuple(0 if n == place else v for n, v in enumerate(columns(entry)))
    )


def zero_is_taken_for_nothing(patch: pytest.MonkeyPatch) -> None:
    """`if value` where `if value is not None` was meant."""
    valued = entries._valued
    patch.setattr(
        entries, "_valued", lambda name, value: valued(name, None if value == 0 and value is not False else value)
    )


def texts_are_stripped(patch: pytest.MonkeyPatch) -> None:
    valued = entries._valued

    def strip(name: str, value: object) -> object:
        return valued(name, value.strip() if isinstance(value, str) and name != "status" else value)

    patch.setattr(entries, "_valued", strip)


def the_other_fields_of_a_row_are_lost(patch: pytest.MonkeyPatch) -> None:
    """The row is written from what was typed just now alone."""
    patch.setattr(entries, "_current", lambda book, month, task_id: entries.Entry(task_id))


def the_journal_forgets_what_was_there(patch: pytest.MonkeyPatch) -> None:
    append = journal.append
    patch.setattr(
        entries,
        "append",
        lambda connection, changes, *rest: append(connection, [c._replace(old=None) for c in changes], *rest),
    )


def half_a_transaction_is_kept(patch: pytest.MonkeyPatch) -> None:
    """Whatever interrupts, what was written so far is committed."""

    @contextmanager
    def write(book: Book) -> Iterator[Any]:
        book._begin(book.connection)
        try:
            yield book.connection
        finally:
            book.connection.execute("commit")

    patch.setattr(Book, "write", write)


def closing_throws_the_log_away(patch: pytest.MonkeyPatch) -> None:
    close = Book.close

    def careless(book: Book) -> None:
        kept = book.path.with_name("kept")
        if book._connection is not None:
            shutil.copy(book.path, kept)
        close(book)
        if kept.exists():
            kept.replace(book.path)

    patch.setattr(Book, "close", careless)


def sealing_leaves_a_draft(patch: pytest.MonkeyPatch) -> None:
    move = months.move

    def stay(connection: Any, month: Any, state: MonthState, at: Any, actor: str) -> None:
        if state is not MonthState.SEALED:
            move(connection, month, state, at, actor)

    patch.setattr(sealed, "move", stay)


def a_sealed_month_can_be_written(patch: pytest.MonkeyPatch) -> None:
    """Only the guard in the file is left, and that speaks no Chinese."""
    patch.setattr(entries, "refuse_unless_draft", lambda book, month: None)


def a_second_signature_replaces_the_first(patch: pytest.MonkeyPatch) -> None:
    keep = sealed._keep

    def one(connection: Any, month: Any, pdf: bytes, signatures: int, *rest: Any, **others: Any) -> None:
        keep(connection, month, pdf, 1, *rest, **others)

    patch.setattr(sealed, "_keep", one)


def an_explanation_keeps_its_old_values(patch: pytest.MonkeyPatch) -> None:
    put, known = explanations.put, {}

    def stale(book: Any, month: Any, note: Any, at: Any, actor: str) -> None:
        first = known.setdefault((book.path.parent, month.id, note.task), note)
        put(book, month, replace(note, values=first.values), at, actor)

    patch.setattr(explanations, "put", stale)


def shared_evidence_goes_with_its_first_task(patch: pytest.MonkeyPatch) -> None:
    """The bytes are deleted though another task still shows them."""
    remove = evidence.remove

    def greedy(book: Any, month: Any, task_id: str, digest: str, at: Any, actor: str) -> None:
        remove(book, month, task_id, digest, at, actor)
        with book.write() as connection:
            connection.execute("pragma defer_foreign_keys=on")
            connection.execute("delete from evidence where sha256 = ?", (digest,))
            connection.execute("delete from blob where sha256 = ?", (digest,))

    patch.setattr(evidence, "remove", greedy)


def a_receipt_counts_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transfers, "arrived", lambda book, digest: False)


def a_receipt_closes_nothing(patch: pytest.MonkeyPatch) -> None:
    record = transfers.record_in
    patch.setattr(
        transfers, "record_in", lambda *values, close_month, **others: record(*values, close_month=None, **others)
    )


def unsigned_goes_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transfers, "move", lambda *_: None)


def a_backup_is_a_copy_of_the_file(patch: pytest.MonkeyPatch) -> None:
    """What stands in the log is not in it."""
    patch.setattr(backups, "backup", lambda book, target: shutil.copy(book.path, target))


def a_backup_is_made_once(patch: pytest.MonkeyPatch) -> None:
    """The first copy is handed out again and again."""
    backup, first = backups.backup, {}

    def again(book: Book, target: Path) -> None:
        made = first.setdefault(target.parent, target)
        backup(book, target) if made == target else shutil.copy(made, target)

    patch.setattr(backups, "backup", again)


def the_lock_is_let_go_at_rest(patch: pytest.MonkeyPatch) -> None:
    rest = Book.rest

    def open_door(book: Book) -> None:
        rest(book)
        book.connection.execute("pragma locking_mode=normal").fetchone()
        book.read("select 1 from book")

    patch.setattr(Book, "rest", open_door)


def a_dead_log_is_swept_away(patch: pytest.MonkeyPatch) -> None:
    """Opening removes what lies beside the book, as if it were rubbish."""
    from tests.laws import book_machine

    opened = book_machine.open_book

    def sweep(path: Path) -> Book:
        for name in ("-wal", "-journal"):
            with suppress(OSError):
                if path.parent.name.startswith("sitting"):
                    Path(f"{path}{name}").unlink()
        return opened(path)

    patch.setattr(book_machine, "open_book", sweep)


def undo_takes_back_one_field_of_a_step(patch: pytest.MonkeyPatch) -> None:
    last = taking_back.last_step
    patch.setattr(taking_back, "last_step", lambda book, scope: last(book, scope)[-1:])


def undo_leaves_no_trace_in_the_journal(patch: pytest.MonkeyPatch) -> None:
    append = taking_back.append
    patch.setattr(taking_back, "append", lambda connection, changes, *rest: append(connection, changes[:1], *rest))


def redo_makes_the_first_undone_again(patch: pytest.MonkeyPatch) -> None:
    """Where several steps were taken back, the order is lost."""

    def first(book: Any, scope: Any) -> Any:
        found = {}
        for month in taking_back._drafts(book, scope):
            found |= taking_back._changes(book, month)[1]
        return tuple(found[min(found)])

    patch.setattr(taking_back, "last_undone", first)


def a_restore_forgets_what_it_replaced(patch: pytest.MonkeyPatch) -> None:
    put_aside = restoring._put_aside

    def emptied(book: Path, now: Any) -> Path | None:
        aside = put_aside(book, now)
        if aside:
            restoring.last_undo(book)
            aside.unlink()
        return aside

    patch.setattr(restoring, "_put_aside", emptied)


BUGS: dict[str, Plant] = {
    plant.__name__: plant
    for plant in (
        said_saved_without_saving, nil_is_forgotten, zero_is_taken_for_nothing, texts_are_stripped,
        the_other_fields_of_a_row_are_lost, the_journal_forgets_what_was_there,
        half_a_transaction_is_kept, closing_throws_the_log_away, sealing_leaves_a_draft, a_sealed_month_can_be_written,
        a_second_signature_replaces_the_first, an_explanation_keeps_its_old_values,
        shared_evidence_goes_with_its_first_task, a_receipt_counts_twice, a_receipt_closes_nothing, unsigned_goes_out,
        a_backup_is_a_copy_of_the_file, a_backup_is_made_once, the_lock_is_let_go_at_rest, a_dead_log_is_swept_away,
        undo_takes_back_one_field_of_a_step, undo_leaves_no_trace_in_the_journal, redo_makes_the_first_undone_again,
        a_restore_forgets_what_it_replaced,
    )
}  # fmt: skip
QUICK = ("zero_is_taken_for_nothing", "a_dead_log_is_swept_away", "a_sealed_month_can_be_written")
