"""A book replaced by its copy, and that undone: the one or the other, whatever happens in between."""

import itertools
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.store import Book, Month, backups, entries, kept_copies, open_book, restoring
from desktop_app.store.migrations import APPLICATION_ID
from desktop_app.store.snapshot import read_book

IN_ANOTHER_PROCESS = """
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from desktop_app.store import restoring
restoring.replace(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2023, 4, 3, 10, tzinfo=timezone.utc))
"""
STEPS = ((os, "link"), (os, "fsync"), (os, "open"), (Path, "rename"), (Path, "replace"), (Path, "unlink"))


def killed(step: int, work: Callable[[], object]) -> bool:
    """Do this in a child that ends, without a word, before or after the so many-th step; whether it came to its end."""
    child = os.fork()
    if child == 0:
        steps = itertools.count(1)

        def wrapped(real: Callable[..., object]) -> Callable[..., object]:
            def taken(*arguments: object, **named: object) -> object:
                for do in (None, real, None):
                    if do is not None:
                        done = do(*arguments, **named)
                    elif next(steps) == step:
                        os._exit(9)
                return done

            return taken

        try:
            for owner, name in STEPS:
                setattr(owner, name, wrapped(getattr(owner, name)))
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 0


@pytest.fixture
def backup(book: Book, month: Month, now: datetime, tmp_path: Path) -> Path:
    """A copy with the words 早; the book itself, closed, says 晚."""
    entries.save(book, month, "3-1", {"narrative": "早"}, now, "王")
    target = tmp_path / "copy.yuebao"
    backups.backup(book, target)
    entries.save(book, month, "3-1", {"narrative": "晚"}, now, "王")
    book.close()
    return target


def words(path: Path) -> str:
    with read_book(path) as book:
        return book.read("select narrative from entry")[0][0]


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment
    )


def test_the_copy_takes_the_place_and_the_other_is_kept(book_path: Path, backup: Path, now: datetime) -> None:
    before = book_path.read_bytes()
    aside = restoring.replace(book_path, backup, now)
    assert words(book_path) == "早"
    assert aside.read_bytes() == before
    with open_book(book_path) as restored:
        assert restored.read("pragma quick_check") == [("ok",)]
    assert words(backup) == "早"


def test_undo_brings_the_bytes_back_and_undo_again_the_copy(book_path: Path, backup: Path, now: datetime) -> None:
    before = book_path.read_bytes()
    restoring.replace(book_path, backup, now)
    restored = book_path.read_bytes()
    restoring.undo(book_path, now)
    assert book_path.read_bytes() == before
    restoring.undo(book_path, now)
    assert book_path.read_bytes() == restored


def test_what_is_written_after_a_restore_does_not_reach_what_was_put_aside(
    book_path: Path, backup: Path, month: Month, now: datetime
) -> None:
    before = book_path.read_bytes()
    aside = restoring.replace(book_path, backup, now)
    with open_book(book_path) as restored:
        entries.save(restored, month, "3-1", {"narrative": "后来"}, now, "王")
    assert aside.read_bytes() == before


def test_nothing_to_undo(book_path: Path, backup: Path, now: datetime) -> None:
    before = book_path.read_bytes()
    with pytest.raises(ClerkError, match="没有可以撤回"):
        restoring.undo(book_path, now)
    assert book_path.read_bytes() == before


@pytest.mark.parametrize("state", ["damaged", "cut", "empty", "missing", "foreign"])
def test_it_works_whatever_the_present_file_is(book_path: Path, backup: Path, now: datetime, state: str) -> None:
    whole = book_path.read_bytes()
    contents = {"damaged": b"x" * len(whole), "cut": whole[: len(whole) // 2], "empty": b"", "foreign": b"a letter"}
    if state == "missing":
        book_path.unlink()
    else:
        book_path.write_bytes(contents[state])
    aside = restoring.replace(book_path, backup, now)
    assert words(book_path) == "早"
    if state == "missing":
        assert aside is None
    else:
        assert aside.read_bytes() == contents[state]
        restoring.undo(book_path, now)
        assert book_path.read_bytes() == contents[state]


@pytest.mark.parametrize("there", [True, False])
def test_a_journal_that_a_crash_left_is_not_played_into_the_copy(
    book_path: Path, backup: Path, now: datetime, there: bool
) -> None:
    """SQLite would take it for the restored book's own and roll pages of the old one into it."""
    script = (
        "import sqlite3, sys, os\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('pragma cache_size=1')\n"
        "c.execute('begin')\n"
        "c.execute('create table filler (a)')\n"
        "c.executemany('insert into filler values (?)', [(b'x' * 5000,)] * 200)\n"
        'c.execute("update book set kind = kind where 0")\n'
        "os._exit(9)\n"
    )
    run(script, book_path)
    journal = book_path.with_name(f"{book_path.name}-journal")
    assert journal.exists()
    assert journal.read_bytes()[:8] == bytes.fromhex("d9d505f920a163d7")
    if there:
        book_path.write_bytes(b"damaged beyond reading")  # so that nobody can roll it back first
    else:
        book_path.unlink()
    restoring.replace(book_path, backup, now)
    assert not journal.exists()
    assert words(book_path) == "早"
    with open_book(book_path) as restored:
        assert restored.read("pragma integrity_check") == [("ok",)]


def test_a_book_that_is_open_elsewhere_is_refused(book_path: Path, backup: Path, now: datetime) -> None:
    with open_book(book_path):
        done = run(IN_ANOTHER_PROCESS, book_path, backup)
        assert "正被另一个程序使用" in done.stderr
        with pytest.raises(RuntimeError):
            restoring.replace(book_path, backup, now)
    assert words(book_path) == "晚"
    assert kept_copies.listed(book_path) == ()


def _flip(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[8192:12288] = bytes(4096)
    path.write_bytes(whole)


def _newer(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("pragma user_version=99")
    raw.commit()
    raw.close()


BAD = {
    "a page gone": _flip,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "a letter": lambda path: path.write_bytes("信".encode() * 3000),
    "empty": lambda path: path.write_bytes(b""),
    "missing": Path.unlink,
    "newer": _newer,
    "title page only": lambda path: path.write_bytes(bytes(68) + APPLICATION_ID.to_bytes(4, "big")),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_copy_that_is_none_is_refused_and_nothing_changes(
    book_path: Path, backup: Path, now: datetime, kind: str
) -> None:
    before = book_path.read_bytes()
    BAD[kind](backup)
    with pytest.raises(ClerkError) as caught:
        restoring.replace(book_path, backup, now)
    assert caught.value.title.endswith("。")
    assert book_path.read_bytes() == before
    assert restoring.last_undo(book_path) is None
    assert not [path for path in book_path.parent.iterdir() if "restoring" in path.name]


@pytest.mark.parametrize("verb", ["restore", "undo"])
def test_killed_at_every_step_it_is_the_one_or_the_other(
    book_path: Path, backup: Path, now: datetime, verb: str
) -> None:
    """The process ends before and after every name that changes and every sync."""
    if verb == "undo":
        restoring.replace(book_path, backup, now)
    before, reached = book_path.read_bytes(), set()
    work = {
        "restore": lambda: restoring.replace(book_path, backup, now),
        "undo": lambda: restoring.undo(book_path, now),
    }
    for step in range(1, 100):
        ended = killed(step, work[verb])
        reached.add(words(book_path))
        open_book(book_path).close()
        if book_path.read_bytes() != before:  # the way back, so that the next step is tried from the same start
            restoring.undo(book_path, now)
            assert book_path.read_bytes() == before
        if ended:
            break
    assert step > 12
    assert reached == {"早", "晚"}


def test_without_second_names_the_bytes_are_copied(
    book_path: Path, backup: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("a stick knows no links")

    monkeypatch.setattr(os, "link", refuse)
    before = book_path.read_bytes()
    aside = restoring.replace(book_path, backup, now)
    assert aside.read_bytes() == before
    assert words(book_path) == "早"
    restoring.undo(book_path, now)
    assert book_path.read_bytes() == before


def test_behind_a_link_the_file_itself_is_replaced(
    book_path: Path, backup: Path, now: datetime, tmp_path: Path
) -> None:
    link = tmp_path / "link.yuebao"
    link.symlink_to(book_path)
    restoring.replace(link, backup, now)
    assert link.is_symlink()
    assert words(book_path) == "早"


def test_a_folder_and_a_folder_that_is_gone(backup: Path, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ClerkError, match="不是普通文件"):
        restoring.replace(tmp_path / "folder", backup, now)
    with pytest.raises(WorldError, match="不存在"):
        restoring.replace(tmp_path / "none" / "book.yuebao", backup, now)
