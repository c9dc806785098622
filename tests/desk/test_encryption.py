"""Encrypting a book, and the drill: the keyring is gone, and the paper opens the book again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest

from desktop_app.desk import encryption, settings, settled
from desktop_app.desk.aside import look as aside_look
from desktop_app.desk.backups import automatic, listed, look, restore
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.unlocking import account, learn, recovery_text
from desktop_app.errors import ClerkError, WorldError
from desktop_app.model import recovery_key
from desktop_app.store import LockedBookError, backups
from desktop_app.store.book import held_here

TOP = Path(__file__).resolve().parents[2]


class Drawer:
    """A keyring in memory that passes for the Secret Service."""

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, user: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.words.get((service, user))

    def set_password(self, service: str, user: str, word: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        self.words[service, user] = word


Drawer.__module__, Drawer.__qualname__ = "keyring.backends.SecretService", "Keyring"


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    made = Drawer()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


@pytest.fixture
def book(tmp_path: Path) -> Path:
    create(tmp_path / "朝阳.yuebao", "朝阳区政府").close()
    return tmp_path / "朝阳.yuebao"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "恢复密钥.txt"


@pytest.fixture
def encrypted(book: Path, paper: Path, drawer: Drawer) -> Iterator[Path]:
    done = encryption.encrypt(book, paper)
    assert done.encrypted
    yield book
    assert not held_here(book)  # every book was closed


def test_it_opens_by_itself_while_the_keyring_is_there(encrypted: Path, drawer: Drawer) -> None:
    desk = open_desk(encrypted)
    assert desk.unit.short_name == "朝阳区"
    desk.close()
    assert encryption.status(encrypted).key_at_hand
    (kept,) = drawer.words
    assert kept == ("yuebao", account(encryption.status(encrypted).book_id or ""))


def test_the_drill(encrypted: Path, paper: Path, drawer: Drawer) -> None:
    drawer.words.clear()
    with pytest.raises(LockedBookError, match="恢复密钥") as told:
        open_desk(encrypted)
    assert told.value.exit_code == 3
    assert not encryption.status(encrypted).key_at_hand
    open_desk(encrypted, recovery=recovery_text(paper)).close()
    assert drawer.words  # put back
    open_desk(encrypted).close()


def test_a_slip_in_the_recovery_key_names_its_group_and_changes_nothing(
    encrypted: Path, paper: Path, drawer: Drawer
) -> None:
    drawer.words.clear()
    words = paper.read_text("utf-8").splitlines()
    groups = " ".join(words[1:]).split()
    groups[4] = groups[4][:2] + ("7" if groups[4][2] != "7" else "8") + groups[4][3:]
    with pytest.raises(ClerkError, match="第 5 组"):
        open_desk(encrypted, recovery=" ".join(groups))
    another = " ".join(recovery_key.written(b"\x01" * 32))
    with pytest.raises(LockedBookError, match="打不开"):
        open_desk(encrypted, recovery=another)
    assert not drawer.words


def test_a_locked_keyring_is_a_sentence(encrypted: Path, drawer: Drawer) -> None:
    drawer.locked = True
    with pytest.raises(LockedBookError, match="没有解锁"):
        open_desk(encrypted)
    status = encryption.status(encrypted)
    assert not status.keyring_safe
    assert status.encrypted


def test_without_a_safe_keyring_nothing_is_encrypted(book: Path, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", object)
    before = book.read_bytes()
    with pytest.raises(WorldError, match="没有加密"):
        encryption.encrypt(book, paper)
    assert book.read_bytes() == before
    assert not paper.exists()


def test_a_keyring_that_does_not_keep_stops_it(
    book: Path, paper: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Drawer, "set_password", lambda *_given: None)
    before = book.read_bytes()
    with pytest.raises(WorldError, match="没有存下"):
        encryption.encrypt(book, paper)
    assert book.read_bytes() == before


def test_a_paper_that_is_there_is_not_written_over(book: Path, paper: Path, drawer: Drawer) -> None:
    paper.write_text("别的东西", "utf-8")
    with pytest.raises(ClerkError, match="已经存在"):
        encryption.encrypt(book, paper)
    assert paper.read_text("utf-8") == "别的东西"
    assert not encryption.status(book).encrypted
    assert not drawer.words


def test_twice_is_refused_and_back_is_plain(encrypted: Path, paper: Path, drawer: Drawer) -> None:
    with pytest.raises(ClerkError, match="已经加密"):
        encryption.encrypt(encrypted, paper.with_name("二.txt"))
    encryption.decrypt(encrypted)
    assert not encryption.status(encrypted).encrypted
    assert drawer.words  # older encrypted backups still need it
    open_desk(encrypted).close()
    with pytest.raises(ClerkError, match="没有加密"):
        encryption.decrypt(encrypted)


def test_plain_copies_are_named_or_removed(book: Path, paper: Path, drawer: Drawer) -> None:
    desk = open_desk(book)
    copy = book.with_name("朝阳.v1.yuebao")
    backups.backup(desk.book, copy)
    desk.close()
    done = encryption.encrypt(book, paper)
    assert done.plain_copies == (copy,)
    assert copy.exists()
    encryption.decrypt(book)
    done = encryption.encrypt(book, paper.with_name("二.txt"), remove_plain_copies=True)
    assert done.removed == (copy,)
    assert not copy.exists()


def test_the_paper_prints_and_is_for_its_owner_only(encrypted: Path, paper: Path, tmp_path: Path) -> None:
    out = tmp_path / "恢复密钥.pdf"
    encryption.print_recovery_key(encrypted, out)
    assert out.stat().st_mode & 0o777 == 0o600
    text = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, check=True).stdout.decode()
    for group in " ".join(paper.read_text("utf-8").splitlines()[1:]).split():
        assert group in text
    assert (encryption.status(encrypted).book_id or "x") in text
    with pytest.raises(ClerkError, match="PDF"):
        recovery_text(out)


def test_copies_of_an_encrypted_book_are_made_looked_at_and_restored(encrypted: Path) -> None:
    desk = open_desk(encrypted)
    settings.set_internal_cutoff(desk, 25)
    copy = automatic(desk)
    assert copy is not None
    settings.set_internal_cutoff(desk, 20)
    assert look(copy.path, desk).lost == 1
    assert aside_look(desk, copy.path)().lost == 1
    desk.close()
    assert listed(encrypted)[0].path == copy.path
    restored = restore(encrypted, copy.path)
    assert restored.undo is not None
    assert encryption.status(encrypted).encrypted
    desk = open_desk(encrypted)
    assert settled.internal_cutoff(desk) == 25
    desk.close()


def test_a_plain_copy_does_not_lay_an_encrypted_book_open(book: Path, paper: Path, drawer: Drawer) -> None:
    desk = open_desk(book)
    copy = automatic(desk)
    assert copy is not None
    settings.set_internal_cutoff(desk, 20)
    desk.close()
    encryption.encrypt(book, paper)
    number = encryption.status(book).book_id
    restore(book, copy.path)
    assert encryption.status(book).book_id == number
    desk = open_desk(book)
    assert settled.internal_cutoff(desk) is None
    desk.close()


def test_an_encrypted_copy_is_restored_with_the_paper(encrypted: Path, paper: Path, drawer: Drawer) -> None:
    desk = open_desk(encrypted)
    copy = automatic(desk)
    assert copy is not None
    desk.close()
    drawer.words.clear()
    encrypted.write_bytes(b"")
    with pytest.raises(LockedBookError):
        restore(encrypted, copy.path)
    with pytest.raises(ClerkError, match="组"):
        learn(copy.path, "ABCDE")
    learn(copy.path, recovery_text(paper))
    restore(encrypted, copy.path)
    open_desk(encrypted).close()


# In a session of its own: the real Secret Service keeps the key, forgets it, and is given it again.
DRILL = """
import json, os, signal, sys
from pathlib import Path
sys.path.insert(0, str(Path("tests/signing").resolve()))
import vault_session
from desktop_app.desk import encryption
from desktop_app.desk.open_book import create, open_desk
from desktop_app.desk.unlocking import account, recovery_text
from desktop_app.signing import vault
from desktop_app.store import LockedBookError
daemon = vault_session.start("unlocked")
try:
    book, paper = Path(sys.argv[1]) / "书.yuebao", Path(sys.argv[1]) / "纸.txt"
    create(book, "朝阳区政府").close()
    done = encryption.encrypt(book, paper)
    open_desk(book).close()
    vault.forget(account(done.book_id))
    try:
        open_desk(book)
        refused = ""
    except LockedBookError as problem:
        refused = str(problem)
    open_desk(book, recovery=recovery_text(paper)).close()
    open_desk(book).close()
    print(json.dumps({"refused": refused, "again": encryption.status(book).key_at_hand}))
finally:
    os.kill(daemon.pid, signal.SIGTERM)
    daemon.wait(5)
"""


def test_the_drill_with_the_real_keyring(tmp_path: Path) -> None:
    environment = {name: word for name, word in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))}
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        (tmp_path / name).mkdir(mode=0o700)
        environment[name] = str(tmp_path / name)
    environment["PYTHONPATH"] = str(TOP)
    command = ["dbus-run-session", "--", sys.executable, "-c", DRILL, str(tmp_path)]
    done = subprocess.run(command, env=environment, cwd=TOP, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert "恢复密钥" in said["refused"]
    assert said["again"] is True
