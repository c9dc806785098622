"""A backup is a book, or it is not there."""

import sqlite3
import stat
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.store import Book, Month, backups, entries, journal, open_book


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "备份" / "book.yuebao"


def test_a_backup_opens_as_the_same_book(book: Book, month: Month, now: datetime, target: Path) -> None:
    target.parent.mkdir()
    stored = entries.save(book, month, "3-1", {"percent": Decimal(5)}, now, "王")
    backups.backup(book, target)
    assert entries.save(book, month, "3-1", {"percent": Decimal(6)}, now, "王").percent == 6
    with open_book(target) as copy:
        assert entries.entries(copy, month.id) == {"3-1": stored}
        assert copy.unit == book.unit
        assert journal.verify(copy).intact
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_there_is_not_overwritten(book: Book, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"something dear")
    with pytest.raises(ClerkError, match="已经存在"):
        backups.backup(book, target)
    with pytest.raises(ClerkError, match="已经存在"):
        backups.backup(book, book.path)
    assert target.read_bytes() == b"something dear"


def test_a_folder_that_is_not_there(book: Book, target: Path) -> None:
    with pytest.raises(WorldError, match="不能读写"):
        backups.backup(book, target)


def _loses_the_last_row(part: Path) -> None:
    raw = sqlite3.connect(part)
    raw.execute("drop trigger journal_delete")
    raw.execute("delete from journal where seq = (select max(seq) from journal)")
    raw.commit()
    raw.close()


def _loses_a_page(part: Path) -> None:
    whole = bytearray(part.read_bytes())
    whole[8192:12288] = bytes(4096)
    part.write_bytes(whole)


@pytest.mark.parametrize("happens", [_loses_the_last_row, _loses_a_page])
def test_a_copy_that_does_not_match_is_deleted(
    book: Book, month: Month, target: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], None]
) -> None:
    target.parent.mkdir()
    fill = backups._fill

    def fill_and_harm(connection: sqlite3.Connection, part: Path, secret: object) -> None:
        fill(connection, part, secret)
        happens(part)

    monkeypatch.setattr(backups, "_fill", fill_and_harm)
    with pytest.raises(WorldError):
        backups.backup(book, target)
    assert list(target.parent.iterdir()) == []


def test_a_break_in_the_journal_is_copied_and_told(book: Book, month: Month, target: Path) -> None:
    """Without a copy the clerk would be worse off: a damaged book that nobody can save."""
    target.parent.mkdir()
    assert backups.backup(book, target.with_name("sound.yuebao")) == ()
    with book.write() as connection:
        connection.execute("drop trigger journal_update")
        connection.execute("update journal set new = 'forged' where seq = 1")
    assert backups.backup(book, target) == ("日志从第 1 条起对不上",)
    assert target.exists()


def test_the_book_goes_on_after_a_backup(book: Book, month: Month, now: datetime, target: Path) -> None:
    target.parent.mkdir()
    backups.backup(book, target)
    with pytest.raises(WorldError, match="正被另一个程序使用"):
        open_book(book.path)
    assert entries.save(book, month, "3-1", {"narrative": "继续"}, now, "王").narrative == "继续"
