"""When the world fails: a sentence, nothing half kept, and the book goes on."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import WorldError
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.unit import Unit
from desktop_app.store import Book, Month, backups, create_book, entries, evidence, journal, months, plans
from desktop_app.store.faults import sentence, told
from tests.small_disk import SmallDisk, files_limited_to


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KB where the system lets us have one, else a folder (the page limit then stands in for it)."""
    folder = tmp_path / "stick"
    folder.mkdir()
    disk = SmallDisk(folder, "600k")
    yield folder
    disk.close()


def test_a_full_disk_keeps_what_was_saved(small_disk: Path, unit: Unit, plan: Plan, now: datetime) -> None:
    with create_book(small_disk / "book.yuebao", "unit", unit, now) as book:
        book.read("pragma max_page_count=140")
        plans.save_plan(book, plan, now, "王")
        month = months.open_month(book, Period(2023, 3), plan.id, now, "王")
        stored = entries.save(book, month, "3-1", {"narrative": "已保存"}, now, "王")
        head = journal.head(book)
        for _ in range(2):
            with pytest.raises(WorldError, match="磁盘已满"):
                evidence.add(book, month, "3-1", "大.bin", "application/octet-stream", bytes(700_000), now, "王")
        assert evidence.evidence(book, month.id) == ()
        assert journal.head(book) == head
        changed = entries.save(book, month, "3-1", {"percent": Decimal(7)}, now, "王")
        assert changed.narrative == stored.narrative
        assert journal.verify(book).intact


def test_a_backup_that_did_not_fit_is_not_left_behind(
    book: Book, month: Month, now: datetime, small_disk: Path
) -> None:
    evidence.add(book, month, "3-1", "大.bin", "application/octet-stream", bytes(900_000), now, "王")
    with files_limited_to(500_000), pytest.raises(WorldError):
        backups.backup(book, small_disk / "copy.yuebao")
    assert list(small_disk.iterdir()) == []
    backups.backup(book, book.path.with_name("copy.yuebao"))


def test_a_disk_that_refuses_to_write(book: Book, month: Month, now: datetime) -> None:
    entries.save(book, month, "3-1", {"narrative": "已保存"}, now, "王")
    size = book.path.stat().st_size
    with files_limited_to(size), pytest.raises(WorldError, match="磁盘出错") as caught:
        evidence.add(book, month, "3-1", "大.bin", "application/octet-stream", bytes(size + 1), now, "王")
    assert "再存一次" in caught.value.advice
    assert evidence.evidence(book, month.id) == ()
    assert evidence.add(book, month, "3-1", "小.bin", "application/octet-stream", b"1", now, "王").size == 1
    assert journal.verify(book).intact


def _removed(path: Path) -> None:
    path.rename(path.with_name("away"))


def _replaced(path: Path) -> None:
    _removed(path)
    path.write_bytes(b"another file")


@pytest.mark.parametrize("happens", [_removed, _replaced])
def test_a_book_that_vanished_is_not_saved_into(book: Book, month: Month, now: datetime, happens: object) -> None:
    """SQLite itself would go on writing into the file that nobody will find again."""
    happens(book.path)
    with pytest.raises(WorldError, match="不在原来的位置"):
        entries.save(book, month, "3-1", {"narrative": "写到哪里去了"}, now, "王")
    book.path.with_name("away").replace(book.path)
    assert entries.entries(book, month.id) == {}
    assert entries.save(book, month, "3-1", {"narrative": "回来了"}, now, "王").narrative == "回来了"


def test_a_book_that_vanished_while_saving_is_not_called_saved(
    book: Book, month: Month, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = entries.append

    def append_and_lose(*arguments: object) -> None:
        append(*arguments)
        _removed(book.path)

    monkeypatch.setattr(entries, "append", append_and_lose)
    with pytest.raises(WorldError, match="不在原来的位置"):
        entries.save(book, month, "3-1", {"narrative": "写到哪里去了"}, now, "王")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, MemoryError])
def test_whatever_interrupts_a_save_leaves_nothing_of_it(
    book: Book, month: Month, now: datetime, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException]
) -> None:
    head = journal.head(book)
    with monkeypatch.context() as patched:
        patched.setattr(entries, "append", lambda *_: (_ for _ in ()).throw(interruption()))
        with pytest.raises(interruption):
            entries.save(book, month, "3-1", {"narrative": "半句"}, now, "王")
    assert entries.entries(book, month.id) == {}
    assert journal.head(book) == head
    assert entries.save(book, month, "3-1", {"narrative": "整句"}, now, "王").narrative == "整句"


def test_a_transaction_within_another_is_our_bug(book: Book) -> None:
    with book.write(), pytest.raises(RuntimeError, match="within"), book.write():
        pass
    with book.write() as connection:
        assert connection.in_transaction


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR | 4 << 8, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
    ],
)  # fmt: skip
def test_every_fault_of_the_world_has_a_sentence_and_an_advice(code: int) -> None:
    error = sqlite3.OperationalError("words for programmers")
    error.sqlite_errorcode = code
    said = sentence(error, Path("三月.yuebao"))
    assert said is not None
    assert "三月.yuebao" in said.title
    assert "programmers" not in str(said)
    assert said.title.endswith("。")
    assert said.advice.endswith("。")


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE, None])
def test_our_own_mistakes_stay_mistakes(code: int | None) -> None:
    error = sqlite3.OperationalError("no such table: entri")
    if code is not None:
        error.sqlite_errorcode = code
    assert sentence(error, Path("x")) is None
    with pytest.raises(sqlite3.OperationalError), told(Path("x")):
        raise error


@pytest.mark.parametrize(("table", "column"), [("journal", "at"), ("plan_term", "term")])
def test_a_value_that_is_none_any_more_is_told_as_damage(book: Book, month: Month, table: str, column: str) -> None:
    """A flipped byte that every page check passes: the date or the list it stands in says nothing any more."""
    for (name,) in book.read("select name from sqlite_schema where type = 'trigger' and tbl_name = ?", (table,)):
        book.connection.execute(f'drop trigger "{name}"')
    book.connection.execute(f"update {table} set {column} = 'x' || substr({column}, 2)")
    with pytest.raises(WorldError, match="已损坏"):
        journal.rows(book) if table == "journal" else plans.terms(book)
