"""The log beside the book: there while somebody writes, brought home at rest, missed when it is taken away."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import WorldError
from desktop_app.model.period import Period
from desktop_app.store import Book, Month, backups, entries, journal, months, open_book, restoring, snapshot

MARCH = Period(2023, 3)


def log_of(book: Book) -> Path:
    return book.path.with_name(f"{book.path.name}-wal")


def beside(book: Book) -> list[str]:
    """What the book needs beside itself; a journal with a blank head is nothing to it (a locked book keeps one)."""
    others = (path for path in book.path.parent.iterdir() if path != book.path)
    return sorted(path.name for path in others if not path.name.endswith("-journal") or any(path.read_bytes()[:28]))


def save(book: Book, month: Month, number: int, now: datetime) -> None:
    entries.save(book, month, "3-1", {"cumulative": Decimal(number)}, now, "王")


def figure(path: Path) -> Decimal | None:
    """What a stranger's reader finds, without our program and without writing."""
    reader = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return Decimal(reader.execute("select cumulative from entry where task_id = '3-1'").fetchone()[0])
    finally:
        reader.close()


def test_saves_go_to_a_log_and_home_at_rest(book: Book, month: Month, now: datetime) -> None:
    save(book, month, 1, now)
    assert beside(book) == [log_of(book).name]
    assert book.read("pragma journal_mode") == [("wal",)]
    book.rest()
    assert beside(book) == []
    assert book.read("pragma journal_mode") == [("delete",)]
    book.rest()
    save(book, month, 2, now)
    assert beside(book) == [log_of(book).name]
    book.rest()
    assert beside(book) == []
    assert book.read("pragma journal_mode") == [("delete",)]


@pytest.mark.parametrize("leave", [Book.rest, Book.close])
def test_a_book_at_rest_is_one_file_that_anybody_can_read(
    book: Book, month: Month, now: datetime, tmp_path_factory: pytest.TempPathFactory, leave: Callable[[Book], None]
) -> None:
    save(book, month, 7, now)
    leave(book)
    folder = tmp_path_factory.mktemp("copied")
    copy = Path(shutil.copy(book.path, folder / "copy.yuebao"))
    assert copy.read_bytes()[18:20] == b"\1\1", "the mark of rollback mode: it opens on a medium that cannot be written"
    folder.chmod(0o500)
    assert figure(copy) == 7
    assert [path.name for path in folder.iterdir()] == ["copy.yuebao"]
    folder.chmod(0o700)


def test_a_book_that_is_only_read_is_not_touched(book: Book, month: Month) -> None:
    book.close()
    before = book.path.read_bytes()
    with open_book(book.path) as again:
        assert entries.entries(again, month.id) == {}
        assert journal.verify(again).intact
        assert beside(again) == []
        again.rest()
    assert book.path.read_bytes() == before


def test_a_copy_made_while_writing_is_at_rest(book: Book, month: Month, now: datetime, tmp_path: Path) -> None:
    save(book, month, 3, now)
    target = tmp_path / "copy.yuebao"
    backups.backup(book, target)
    assert target.read_bytes()[18:20] == b"\1\1"
    assert figure(target) == 3
    save(book, month, 4, now)
    assert figure(target) == 3


def test_what_a_dead_process_left_in_the_log_is_brought_home_by_opening(
    book: Book, month: Month, now: datetime, tmp_path: Path
) -> None:
    book.rest()
    without = book.path.read_bytes()
    save(book, month, 5, now)
    folder = tmp_path / "as it was left"
    folder.mkdir()
    left = Path(shutil.copy(book.path, folder / "book.yuebao"))
    shutil.copy(log_of(book), folder / "book.yuebao-wal")
    with open_book(left) as again:
        assert entries.entries(again, months.month(again, MARCH).id)["3-1"].cumulative == 5
        assert beside(again) == []
    assert left.read_bytes() != without
    assert figure(left) == 5


def test_a_log_taken_away_between_saves_loses_nothing(book: Book, month: Month, now: datetime, tmp_path: Path) -> None:
    save(book, month, 1, now)
    log_of(book).unlink()
    save(book, month, 2, now)
    as_found(book, tmp_path, 2)
    assert log_of(book).exists()


def test_a_log_taken_away_while_saving_is_brought_home_before_it_is_called_saved(
    book: Book, month: Month, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(book, month, 1, now)
    append = entries.append

    def append_and_lose(*arguments: object) -> None:
        append(*arguments)
        log_of(book).rename(book.path.with_name("away"))

    monkeypatch.setattr(entries, "append", append_and_lose)
    save(book, month, 2, now)
    as_found(book, tmp_path, 2)


def as_found(book: Book, tmp_path: Path, number: int) -> None:
    """What a power cut would leave: the files under their names, and nothing that only the process still holds."""
    folder = tmp_path / "found"
    folder.mkdir()
    found = Path(shutil.copy(book.path, folder / "book.yuebao"))
    if log_of(book).exists():
        shutil.copy(log_of(book), folder / "book.yuebao-wal")
    with open_book(found) as again:
        assert entries.entries(again, months.month(again, MARCH).id)["3-1"].cumulative == number
        assert journal.verify(again).intact


def test_where_there_can_be_no_log_nothing_is_called_saved(book: Book, month: Month, now: datetime) -> None:
    """A folder of the log's name stands in the way."""
    book.rest()
    head = journal.head(book)
    log_of(book).mkdir()
    for _ in range(2):
        with pytest.raises(WorldError, match="不能在它所在的文件夹里写文件"):
            save(book, month, 9, now)
    log_of(book).rmdir()
    assert journal.head(book) == head
    save(book, month, 9, now)
    book.close()
    assert figure(book.path) == 9


SAVE_AND_WAIT = """
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from desktop_app.model.period import Period
from desktop_app.store import entries, months, open_book
book = open_book(Path(sys.argv[1]))
month = months.month(book, Period(2023, 3))
for number in range(1, 6):
    entries.save(book, month, "3-1", {"cumulative": Decimal(number)}, datetime.now().astimezone(), "王")
    print(number, flush=True)
    sys.stdin.readline()
"""


def test_a_look_from_beside_sees_every_save_in_the_log(book: Book, month: Month) -> None:
    """Another window has the book and is typing; what its mark calls saved is there for a reader."""
    book.close()
    top = Path(__file__).resolve().parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", SAVE_AND_WAIT, str(book.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=top, env=os.environ | {"PYTHONPATH": str(top)},
    )  # fmt: skip
    try:
        for number in range(1, 6):
            assert writer.stdout.readline() == f"{number}\n"
            assert log_of(book).exists()
            with snapshot.read_book(book.path) as seen:
                assert seen.read_only
                assert entries.entries(seen, month.id)["3-1"].cumulative == number
                assert journal.verify(seen).intact
            writer.stdin.write("\n")
            writer.stdin.flush()
        assert writer.wait(timeout=20) == 0
    finally:
        writer.kill()
        writer.communicate()


def test_half_a_save_in_the_log_is_not_seen(book: Book, month: Month, now: datetime, tmp_path: Path) -> None:
    save(book, month, 1, now)
    before = log_of(book).read_bytes()
    save(book, month, 2, now)
    after = log_of(book).read_bytes()
    for length in (len(before), len(before) + 1000, len(after) - 4096, len(after) - 1, len(after)):
        found = tmp_path / f"{length}.yuebao"
        shutil.copy(book.path, found)
        found.with_name(f"{found.name}-wal").write_bytes(after[:length])
        with snapshot.read_book(found) as seen:
            assert entries.entries(seen, month.id)["3-1"].cumulative == (2 if length == len(after) else 1)


def test_a_log_of_a_damaged_book_goes_aside_with_it(book: Book, month: Month, now: datetime, tmp_path: Path) -> None:
    """Beside the restored copy it would be played into that."""
    backups.backup(book, tmp_path / "copy.yuebao")
    save(book, month, 1, now)
    log = log_of(book).read_bytes()
    book.close()
    book.path.write_bytes(b"no database at all " * 400)
    log_of(book).write_bytes(log)
    aside = restoring.replace(book.path, tmp_path / "copy.yuebao", now)
    assert not log_of(book).exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == log
    with open_book(book.path) as again:
        assert entries.entries(again, month.id) == {}
        assert journal.verify(again).intact
    restoring.undo(book.path, now)
    assert book.path.read_bytes().startswith(b"no database")
    assert log_of(book).read_bytes() == log
