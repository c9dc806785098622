"""What may be opened, and the sentence for everything else."""

import os
import sqlite3
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.unit import Unit
from desktop_app.store import Book, create_book, open_book
from desktop_app.store.migrations import STEPS

IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from desktop_app.errors import ClerkError
from desktop_app.store import open_book
try:
    open_book(Path(sys.argv[1])).close()
    print("opened")
except ClerkError as refused:
    print(type(refused).__name__, refused)
"""


def opened_elsewhere(path: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
    )
    return ran.stdout


def refused(path: Path, kind: type[ClerkError]) -> ClerkError:
    with pytest.raises(ClerkError) as caught:
        open_book(path)
    assert type(caught.value) is kind
    assert caught.value.title.endswith("。")
    assert caught.value.advice.endswith("。")
    return caught.value


def test_a_new_book_is_what_is_opened_later(book: Book, unit: Unit) -> None:
    book.close()
    with open_book(book.path) as again:
        assert (again.kind, again.unit, again.path) == ("unit", unit, book.path)


def test_a_new_book_is_private(book: Book) -> None:
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


def test_every_setting_the_promises_rest_on(book: Book) -> None:
    book.close()
    with open_book(book.path) as again:
        names = ("journal_mode", "synchronous", "locking_mode", "foreign_keys", "recursive_triggers", "trusted_schema")
        found = [again.read(f"pragma {name}")[0][0] for name in names]
    assert found == ["delete", 3, "exclusive", 1, 1, 0]


def test_a_file_that_is_there_is_never_made_anew(book_path: Path, unit: Unit, now: datetime) -> None:
    book_path.write_bytes(b"somebody's")
    with pytest.raises(ClerkError, match="已经存在"):
        create_book(book_path, "unit", unit, now)
    assert book_path.read_bytes() == b"somebody's"


def test_a_link_into_nowhere_is_not_followed(book_path: Path, tmp_path: Path, unit: Unit, now: datetime) -> None:
    book_path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ClerkError, match="已经存在"):
        create_book(book_path, "unit", unit, now)
    assert not (tmp_path / "elsewhere").exists()


def test_a_book_cannot_be_made_where_there_is_no_folder(tmp_path: Path, unit: Unit, now: datetime) -> None:
    with pytest.raises(WorldError, match="不能建立"):
        create_book(tmp_path / "none" / "book.yuebao", "unit", unit, now)


def test_a_book_that_could_not_be_made_leaves_nothing(book_path: Path, unit: Unit) -> None:
    with pytest.raises(ValueError, match="offset"):
        create_book(book_path, "unit", unit, datetime(2023, 4, 1))  # noqa: DTZ001 - that is the mistake
    assert list(book_path.parent.iterdir()) == []


def test_a_missing_file(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "none.yuebao", ClerkError).title
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(ClerkError):
        open_book(tmp_path / name)


def test_a_folder(tmp_path: Path) -> None:
    assert "不是文件" in refused(tmp_path, ClerkError).title


def test_an_empty_file(book_path: Path) -> None:
    book_path.touch()
    assert "空文件" in refused(book_path, ClerkError).title


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04" + bytes(5000), "文字".encode() * 900])
def test_a_file_of_another_kind(book_path: Path, content: bytes) -> None:
    book_path.write_bytes(content)
    assert "不是月报填报簿" in refused(book_path, ClerkError).title
    assert book_path.read_bytes() == content


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_left_as_it_was(book_path: Path, mode: str) -> None:
    other = sqlite3.connect(book_path)
    other.execute(f"pragma journal_mode={mode}")
    other.execute("create table t (a)")
    other.close()
    before = book_path.read_bytes()
    assert "不是月报填报簿" in refused(book_path, ClerkError).title
    assert book_path.read_bytes() == before


def test_a_newer_book(book: Book) -> None:
    book.close()
    raw = sqlite3.connect(book.path)
    raw.execute(f"pragma user_version={len(STEPS) + 1}")
    raw.close()
    before = book.path.read_bytes()
    assert "更新版本" in refused(book.path, WorldError).title
    assert book.path.read_bytes() == before


def test_a_book_cut_short(book: Book) -> None:
    book.close()
    whole = book.path.read_bytes()
    book.path.write_bytes(whole[: len(whole) // 2])
    assert "已损坏" in refused(book.path, WorldError).title


def test_a_book_with_a_page_overwritten(book: Book) -> None:
    book.close()
    whole = bytearray(book.path.read_bytes())
    whole[4096:8192] = os.urandom(4096)
    book.path.write_bytes(whole)
    assert "已损坏" in refused(book.path, WorldError).title


def test_a_book_open_in_another_window(book: Book) -> None:
    assert opened_elsewhere(book.path).startswith("WorldError")
    book.close()
    with open_book(book.path):  # only read so far, and locked all the same
        assert "正被另一个程序使用" in opened_elsewhere(book.path)
    assert opened_elsewhere(book.path).strip() == "opened"


def test_trying_to_open_it_twice_here_does_not_let_others_in(book: Book) -> None:
    assert "正被另一个程序使用" in refused(book.path, WorldError).title
    assert "正被另一个程序使用" in opened_elsewhere(book.path)


def as_nobody_in_particular(path: Path) -> str:
    """What opening says to a process without root's powers; this one is left as it is."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            open_book(path).close()
            said = "opened"
        except BaseException as problem:  # noqa: BLE001 - whatever it is, the parent wants to see it
            said = f"{type(problem).__name__} {problem}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        said = told.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def shared_book(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed book in a folder that everybody can reach."""
    book.close()
    folder = Path(f"/tmp/yuebao-test-{os.getpid()}-{id(book):x}")  # pytest's own folders are closed to others
    folder.mkdir(mode=0o755)
    path = folder / "book.yuebao"
    book.path.rename(path)
    path.chmod(0o666)
    folder.chmod(0o777)
    yield path
    folder.chmod(0o700)
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


def test_a_book_without_any_obstacle(shared_book: Path) -> None:
    assert as_nobody_in_particular(shared_book) == "opened"


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555)])
def test_a_read_only_file_or_folder(shared_book: Path, file_mode: int, folder_mode: int) -> None:
    shared_book.chmod(file_mode)
    shared_book.parent.chmod(folder_mode)
    said = as_nobody_in_particular(shared_book)
    assert said.startswith("WorldError")
    assert "只读" in said


def test_a_file_that_may_not_be_read(shared_book: Path) -> None:
    shared_book.chmod(0o000)
    said = as_nobody_in_particular(shared_book)
    assert said.startswith("WorldError")
    assert "没有权限" in said


def test_after_close_and_from_other_threads_it_is_our_bug(book: Book) -> None:
    import threading

    caught: list[BaseException] = []

    def trespass() -> None:
        for action in (lambda: book.read("select 1"), book.close, book.write().__enter__):
            try:
                action()
            except RuntimeError as problem:
                caught.append(problem)

    thread = threading.Thread(target=trespass)
    thread.start()
    thread.join()
    assert len(caught) == 3
    assert "another thread" in str(caught[0])
    book.close()
    book.close()
    with pytest.raises(RuntimeError, match="closed"):
        book.read("select 1")
