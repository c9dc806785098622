"""Encrypted books: the same promises as a plain one's, and a conversion that leaves a whole book wherever it stops."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import ClerkError, WorldError
from desktop_app.model.unit import Unit
from desktop_app.store import (
    Book,
    LockedBookError,
    Month,
    backups,
    cipher,
    converting,
    create_book,
    entries,
    evidence,
    journal,
    months,
    open_book,
    plans,
)  # fmt: skip
from desktop_app.store.cipher import Secret
from desktop_app.store.converting import convert

TOP = Path(__file__).resolve().parents[2]
WORDS = "只有钥匙的人才读得到的话"


@pytest.fixture
def filled(book: Book, month: Month, now: datetime) -> Path:
    entries.save(book, month, "3-1", {"narrative": WORDS, "cumulative": Decimal("1.50")}, now, "王")
    evidence.add(book, month, "3-1", "照片.jpg", "image/jpeg", b"\x00\xff" * 5000, now, "王")
    book.close()
    return book.path


@pytest.fixture
def secret() -> Secret:
    return Secret.new()


@pytest.fixture
def encrypted(filled: Path, secret: Secret) -> Path:
    convert(filled, None, secret)
    return filled


def held(path: Path, key: bytes | None) -> tuple[object, ...]:
    """Everything that a book says, whatever it is kept in."""
    with open_book(path, key) as book:
        tables = [row[0] for row in book.read("select name from sqlite_schema where type = 'table' order by name")]
        said = {name: book.read(f'select * from "{name}"') for name in tables}
        schema = book.read("select type, name, sql from sqlite_schema order by type, name")
        versions = [book.read(f"pragma {name}") for name in ("application_id", "user_version")]
        assert journal.verify(book).intact
        return said, schema, versions


def test_nothing_is_lost_on_the_way_there_and_back(filled: Path, secret: Secret) -> None:
    before = held(filled, None)
    convert(filled, None, secret)
    assert held(filled, secret.key) == before
    convert(filled, secret, None)
    assert held(filled, None) == before
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


def test_nobody_reads_it_without_the_key(encrypted: Path) -> None:
    data = encrypted.read_bytes()
    assert WORDS.encode() not in data
    assert b"journal" not in data
    assert data.startswith(cipher.MAGIC)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(encrypted).execute("select * from entry")


def test_without_a_key_and_with_a_wrong_one_it_says_which_book_it_is(encrypted: Path, secret: Secret) -> None:
    data = encrypted.read_bytes()
    with pytest.raises(LockedBookError, match="恢复密钥") as none:
        open_book(encrypted)
    with pytest.raises(LockedBookError, match="打不开") as wrong:
        open_book(encrypted, Secret.new().key)
    assert none.value.book_id == wrong.value.book_id == secret.book_id
    assert (none.value.wrong_key, wrong.value.wrong_key) == (False, True)
    assert encrypted.read_bytes() == data
    with pytest.raises(WorldError):
        convert(encrypted, Secret(Secret.new().key, secret.mark), None)
    assert encrypted.read_bytes() == data


def test_it_keeps_every_promise_of_a_plain_book(encrypted: Path, secret: Secret, now: datetime) -> None:
    with open_book(encrypted, secret.key) as book:
        (month,) = months.months(book)
        entries.save(book, month, "3-2", {"narrative": "又一句"}, now, "王")
        assert entries.entries(book, month.id)["3-1"].cumulative == Decimal("1.5")
        assert book.query("select count(*) as n from journal")[0]["n"] > 3
        with pytest.raises(Exception, match="cannot change like this"):
            book.connection.execute("update journal set actor = 'x'")
        assert book.read("pragma synchronous") == [(3,)]
        assert book.read("pragma foreign_keys") == [(1,)]
        with pytest.raises(WorldError, match="正被另一个程序使用"):
            open_book(encrypted, secret.key)
        with pytest.raises(WorldError, match="正被另一个程序使用"):
            open_book(encrypted)
    with open_book(encrypted, secret.key) as book:
        assert {"3-1", "3-2"} == set(entries.entries(book, month.id))


def test_another_process_is_locked_out(encrypted: Path, secret: Secret) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop_app.store import open_book\n"
        "try: open_book(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))\n"
        "except Exception as problem: print(type(problem).__name__, problem)"
    )
    with open_book(encrypted, secret.key):
        with pytest.raises(WorldError):  # a look from this process must not open the lock to others
            open_book(encrypted)
        said = subprocess.run(
            [sys.executable, "-c", script, str(encrypted), secret.key.hex()], cwd=TOP, capture_output=True, check=True
        ).stdout.decode()
    assert said.startswith("WorldError")
    assert "正被另一个程序使用" in said


def test_its_backups_are_encrypted_and_verified(encrypted: Path, secret: Secret, tmp_path: Path) -> None:
    with open_book(encrypted, secret.key) as book:
        backups.backup(book, tmp_path / "backup.yuebao")
    assert held(tmp_path / "backup.yuebao", secret.key) == held(encrypted, secret.key)
    with pytest.raises(LockedBookError):
        open_book(tmp_path / "backup.yuebao")


def test_the_gates_stand(encrypted: Path, secret: Secret, tmp_path: Path) -> None:
    """Strange and newer files are refused under a key as they are without one."""
    newer = cipher.connect(encrypted, secret, 0)
    newer.execute("pragma user_version=99")
    newer.close()
    with pytest.raises(WorldError, match="更新版本"):
        open_book(encrypted, secret.key)
    other = tmp_path / "other.db"
    other.touch()
    made = cipher.connect(other, secret, 0)
    made.execute("create table t (a)")
    made.close()
    with pytest.raises(ClerkError, match="不是月报填报簿"):
        open_book(other, secret.key)
    with pytest.raises(WorldError, match="不是这个版本"):
        convert(encrypted, secret, None)


def test_a_flipped_bit_is_noticed(encrypted: Path, secret: Secret) -> None:
    """Every page carries its own mark: what a plain book's quick_check cannot see, this one refuses."""
    data = bytearray(encrypted.read_bytes())
    data[len(data) // 2] ^= 1
    encrypted.write_bytes(bytes(data))
    with pytest.raises(WorldError):
        held(encrypted, secret.key)


def test_without_sqlcipher_it_is_one_sentence(encrypted: Path, secret: Secret, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "find_spec", lambda _name: None)
    with pytest.raises(WorldError, match="加密组件"):
        open_book(encrypted, secret.key)
    with pytest.raises(LockedBookError):
        open_book(encrypted)


def test_a_conversion_that_does_not_compare_is_not_taken(
    filled: Path, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.read_bytes()
    write = converting._write

    def loses_a_row(source: sqlite3.Connection, part: Path, then: Secret | None) -> None:
        write(source, part, then)
        made = cipher.connect(part, then, 0)
        made.execute("delete from evidence")
        made.close()

    monkeypatch.setattr(converting, "_write", loses_a_row)
    with pytest.raises(WorldError, match="核对不上"):
        convert(filled, None, secret)
    assert filled.read_bytes() == before
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


def test_a_book_in_use_is_not_converted(filled: Path, secret: Secret) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop_app.store import open_book\n"
        "book = open_book(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(filled)], cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(WorldError, match="正被另一个程序使用"):
            convert(filled, None, secret)
    finally:
        other.kill()
        other.communicate()


STEPS = ("_recognise", "_clear", "_write", "_compare", "_make_durable", "sync_folder")


def dies_before(step: str, nth: int, path: Path, now: Secret | None, then: Secret | None) -> None:
    """Convert, but be killed when this step is about to be taken for the nth time."""
    real, taken = getattr(converting, step), 0

    def last(*given: object) -> object:
        nonlocal taken
        taken += 1
        if taken == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)

    setattr(converting, step, last)
    convert(path, now, then)


@pytest.mark.parametrize("way", ["there", "back"])
def test_killed_at_any_step_it_leaves_a_whole_book(filled: Path, secret: Secret, way: str) -> None:
    before = held(filled, None)
    now, then = (None, secret) if way == "there" else (secret, None)
    if now is not None:
        convert(filled, None, now)
    original = filled.read_bytes()
    context = multiprocessing.get_context("fork")
    outcomes = []
    for step in STEPS:
        for nth in (1, 2):
            filled.write_bytes(original)
            child = context.Process(target=dies_before, args=(step, nth, filled, now, then))
            child.start()
            child.join(60)
            if child.exitcode != -signal.SIGKILL:
                continue
            converted = cipher.mark_of(filled) == (then.mark if then else None)
            key = (then if converted else now) or secret._replace(key=b"")
            assert held(filled, key.key or None) == before, step
            outcomes.append((step, converted))
    assert len(outcomes) == len(STEPS) + 1  # _clear is taken twice
    assert {converted for _step, converted in outcomes} == {True, False}
    convert(filled, *((secret, None) if cipher.mark_of(filled) else (None, secret)))  # a leftover is in nobody's way


def test_a_plain_book_never_loads_it(tmp_path: Path, unit: Unit, plan: object, now: datetime) -> None:
    path = tmp_path / "plain.yuebao"
    create_book(path, "unit", unit, now).close()
    script = (
        "import sys; from pathlib import Path; from desktop_app.store import open_book\n"
        "open_book(Path(sys.argv[1])).close(); print('sqlcipher3' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script, str(path)], cwd=TOP, capture_output=True, check=True)
    assert said.stdout == b"False\n"


def test_every_table_is_written_under_a_key_as_without(encrypted: Path, secret: Secret, plan, now: datetime) -> None:
    with open_book(encrypted, secret.key) as book:
        plans.save_plan(book, replace(plan, revision=2), now, "王")
        assert plans.plan_by_id(book, plan.id).revision == 2
