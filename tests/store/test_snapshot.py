"""A book is read as of one moment, whoever holds it; what is read is never written, and no lock is touched."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.store import (
    Book,
    Month,
    create_book,
    entries,
    migrations,
    months,
    open_book,
    plans,
    snapshot,
    soundness,
)
from desktop_app.store.snapshot import read_book

HOLDING = """
import sys
from pathlib import Path
from desktop_app.model.period import Period
from desktop_app.store import entries, months, open_book
with open_book(Path(sys.argv[1])) as book:
    month = months.month(book, Period(2023, 3))
    for line in sys.stdin:
        entries.save(book, month, "3-1", {"narrative": line.strip()}, month.opened_at, "王")
        print("saved", flush=True)
"""


@pytest.fixture
def closed(book: Book, month: Month, now: datetime) -> Path:
    entries.save(book, month, "3-1", {"narrative": "写好的"}, now, "王")
    book.close()
    return book.path


def narrative(book: Book) -> str:
    return str(book.read("select narrative from entry")[0][0])


def test_a_book_that_another_window_holds_can_be_read_and_stays_held(closed: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(closed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment, encoding="utf-8",
    )  # fmt: skip
    try:
        assert holder.stdin
        assert holder.stdout
        for words in ("别的窗口写的", "又写"):
            holder.stdin.write(f"{words}\n")
            holder.stdin.flush()
            assert holder.stdout.readline() == "saved\n"
            with pytest.raises(WorldError, match="正被另一个程序使用"):
                open_book(closed)
            with read_book(closed) as book:
                assert narrative(book) == words
    finally:
        holder.communicate(timeout=30)
    assert holder.returncode == 0


def test_nothing_can_be_written_into_what_is_only_read(closed: Path, now: datetime) -> None:
    before = closed.read_bytes()
    with read_book(closed) as book:
        month = months.months(book)[0]
        with pytest.raises(WorldError, match="只读"):
            entries.save(book, month, "3-1", {"narrative": "x"}, now, "王")
        assert narrative(book) == "写好的"
    assert closed.read_bytes() == before
    assert [path.name for path in closed.parent.iterdir()] == [closed.name]


def test_a_book_of_an_older_schema_is_read_in_todays(
    book_path: Path, plan: object, unit: object, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "STEPS", migrations.STEPS[:1])
        create_book(book_path, "unit", unit, now).close()
    before = book_path.read_bytes()
    with read_book(book_path) as book:
        assert book.read("pragma user_version") == [(len(migrations.STEPS),)]
        assert plans.plans(book) == ()
    assert book_path.read_bytes() == before


def test_what_this_process_holds_is_not_read_aside(book: Book) -> None:
    """Closing a second descriptor of the file would silently give SQLite's lock away."""
    with pytest.raises(RuntimeError, match="lock"):
        read_book(book.path)
    book.close()
    read_book(book.path).close()


def test_while_a_transaction_is_under_way_there_is_no_moment_to_read(closed: Path) -> None:
    journal = closed.with_name(f"{closed.name}-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(504))
    with pytest.raises(WorldError, match="正在写入"):
        read_book(closed)
    journal.write_bytes(bytes(512))  # how a window that holds the book leaves it between two saves
    read_book(closed).close()


def test_two_readings_that_differ_are_no_moment(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = closed.read_bytes()
    readings = iter([whole, whole + b"1", whole, whole])
    monkeypatch.setattr(snapshot, "_bytes", lambda _path: next(readings))
    read_book(closed).close()
    assert list(readings) == []


@pytest.mark.parametrize("content", [b"", b"x", "文字".encode() * 2000])
def test_what_is_no_book(closed: Path, content: bytes) -> None:
    closed.write_bytes(content)
    with pytest.raises(ClerkError):
        read_book(closed)


def test_pages_that_are_not_whole(closed: Path) -> None:
    whole = bytearray(closed.read_bytes())
    whole[4096:8192] = bytes(4096)
    closed.write_bytes(whole)
    with pytest.raises(WorldError, match="已损坏"):
        read_book(closed)


def flaws(path: Path) -> tuple[str, ...]:
    with read_book(path) as book:
        return soundness.flaws(book.connection)


def test_a_flipped_byte_in_a_word_is_seen_by_the_journal(closed: Path) -> None:
    """SQLite's own check says ok; the entry no longer reads as the journal says it was written."""
    assert flaws(closed) == ()
    whole = closed.read_bytes()
    at = whole.index("写好的".encode())  # the entry or the journal row: either way they no longer agree
    closed.write_bytes(whole[:at] + "写坏的".encode() + whole[at + 9 :])
    assert flaws(closed)[-1] == "2023-03 3-1 本月进展 与日志记载不符"
