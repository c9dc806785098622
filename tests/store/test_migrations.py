"""Old books come along whole, or stay as they were."""

import hashlib
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from desktop_app.errors import WorldError
from desktop_app.model.unit import Unit
from desktop_app.store import Book, Month, create_book, entries, journal, kept_copies, migrations, open_book, tables

# One digest per version ever released: a released schema does not change, a change is a new step.
RELEASED = {
    1: "77a062069fbbac0713e82354cbc674bcb8ea2602d2cf64273874925fe236a61d",
    2: "e0dace45d6e9718e60005427b8911a719e5f34035f4451acf4ce3f34aa1d8399",
}


def schema(path: Path) -> list[tuple[str, str, str]]:
    raw = sqlite3.connect(path)
    try:
        return sorted(raw.execute("select type, name, sql from sqlite_schema where sql is not null").fetchall())
    finally:
        raw.close()


def new_column(db: Database) -> None:
    """A step as a later issue may write it: it rebuilds a table, which loses its triggers."""
    db.table("entry").transform(rename={"coordination": "coordination"}, types={"nil": int})
    db.execute("alter table month add column note text not null default ''")


def failing(db: Database) -> None:
    """A step that changes something and then fails."""
    db.execute("drop table setting")
    raise RuntimeError("no")


def test_the_schema_is_the_one_released(book: Book) -> None:
    book.close()
    digest = hashlib.sha256(repr(schema(book.path)).encode()).hexdigest()
    assert RELEASED[len(migrations.STEPS)] == digest


def test_every_table_is_strict(book: Book) -> None:
    kinds = {name: strict for _, name, _, _, _, strict in book.read("pragma table_list") if "sqlite_" not in name}
    assert set(kinds.values()) == {1}


def test_first_book_makes_every_table_and_index() -> None:
    db = Database(memory=True)
    migrations.first_book(db)
    made = {name for (name,) in db.execute("select name from sqlite_schema where sql is not null")}
    assert len(made) == len(tables.ALL) + len(tables.INDEXES)
    assert {"book", "journal", "entry", "month", "sealed_pdf", "one_draft", "journal_by_field"} <= made


@pytest.mark.parametrize("taken", range(1, len(migrations.STEPS) + 1))
def test_a_migrated_book_equals_a_fresh_one(
    book_path: Path, unit: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    steps = (*migrations.STEPS, new_column)
    monkeypatch.setattr(migrations, "STEPS", steps[:taken])
    create_book(book_path, "unit", unit, now).close()
    monkeypatch.setattr(migrations, "STEPS", steps)
    open_book(book_path).close()
    fresh = book_path.with_name("fresh.yuebao")
    create_book(fresh, "unit", unit, now).close()
    assert schema(book_path) == schema(fresh)
    assert any(name == "entry_update" for _, name, _ in schema(fresh)), "the rebuilt table has lost its guards"


def test_a_migration_keeps_the_words_and_a_copy_of_the_old_book(
    book: Book, month: Month, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = entries.save(book, month, "3-1", {"narrative": "原话"}, now, "王")
    book.close()
    before = schema(book.path)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, new_column))
    with open_book(book.path) as migrated:
        assert entries.entries(migrated, month.id) == {"3-1": stored}
        assert journal.verify(migrated).intact
        assert migrated.read("pragma foreign_keys") == [(1,)]
        assert entries.save(migrated, month, "3-1", {"narrative": "新话"}, now, "王").narrative == "新话"
    (kept,) = kept_copies.listed(book.path)
    assert kept.reason == f"v{len(migrations.STEPS) - 1}"
    assert schema(kept.path) == before
    monkeypatch.undo()
    with open_book(kept.path) as old:
        assert entries.entries(old, month.id) == {"3-1": stored}


def test_a_migration_that_fails_changes_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.close()
    before = schema(book.path)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "STEPS", (*migrations.STEPS, new_column, failing))
        for _ in range(2):
            with pytest.raises(RuntimeError, match="no"):
                open_book(book.path)
    assert schema(book.path) == before
    open_book(book.path).close()
    assert len(kept_copies.listed(book.path)) == 1, "of one version the newest copy is enough"


def test_without_a_copy_there_is_no_migration(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.close()
    before = book.path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, new_column))
    monkeypatch.setattr("desktop_app.store.backups._sound", lambda written, head: False)
    with pytest.raises(WorldError, match="核对不上"):
        open_book(book.path)
    assert book.path.read_bytes() == before
    assert kept_copies.listed(book.path) == ()
    assert list(kept_copies.folder_of(book.path).iterdir()) == []
