"""Encrypted books (SQLCipher). Nothing here is loaded for a plain book, and a plain book is the default.

Plain, because the computers this runs on have whole-disk encryption or none at all, a clerk's key is lost more often
than a clerk's computer is stolen, and a plain book can be read with any SQLite for as long as there is one.

SQLCipher's salt is the file's first sixteen bytes. With a random 256 bit key it need not be secret or new, so it is
ours: eight bytes that say what the file is and eight that say which book, by which the keyring finds the key.
"""

import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, cast

from desktop_app.errors import WorldError
from desktop_app.language import _

MAGIC = b"YBOKENC1"
KEY_BYTES = 32


class LockedBookError(WorldError):
    """An encrypted book and no key, or the wrong one. `book_id` is how the keyring knows it."""

    def __init__(self, title: str, advice: str, book_id: str, *, wrong_key: bool = False) -> None:
        super().__init__(title, advice)
        self.book_id = book_id
        self.wrong_key = wrong_key


class Secret(NamedTuple):
    """A key and the mark of the book it belongs to (16 bytes)."""

    key: bytes
    mark: bytes

    @classmethod
    def new(cls) -> "Secret":
        """A key that nobody has seen, for a book that is not yet."""
        from secrets import token_bytes

        return cls(token_bytes(KEY_BYTES), MAGIC + token_bytes(8))

    @property
    def book_id(self) -> str:
        """The mark as the keyring and the paper show it."""
        return shown(self.mark)

    @property
    def spec(self) -> str:
        """As SQLCipher takes it: raw key and salt, no derivation."""
        return f"x'{self.key.hex()}{self.mark.hex()}'"


def available() -> bool:
    """Whether this installation can open encrypted books at all."""
    return find_spec("sqlcipher3") is not None


def mark_of(path: Path) -> bytes | None:
    """The mark of an encrypted book; None for any other file. Only for a file that is not open here."""
    with path.open("rb") as file:
        head = file.read(16)
    return head if len(head) == 16 and head.startswith(MAGIC) else None


def shown(mark: bytes) -> str:
    """A mark in hex, without what all marks have in common."""
    return mark[len(MAGIC) :].hex()


def connect(path: Path, secret: Secret | None, patience: float) -> sqlite3.Connection:
    """A connection through SQLCipher, locked as a plain one is; `secret` None opens a plain file with it.

    It behaves as sqlite3's own, errors included but for their class (desktop_app.store.faults.database_errors).
    """
    require()
    from sqlcipher3 import dbapi2

    uri = f"{path.absolute().as_uri()}?mode=rw"
    made = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=patience)
    if secret is not None:
        made.execute("pragma cipher_log_level=none")
        made.execute(f'pragma key="{secret.spec}"')
    made.execute("pragma locking_mode=exclusive")
    return cast("sqlite3.Connection", made)


def in_memory(secret: Secret) -> sqlite3.Connection:
    """An empty database in memory under the same key: SQLCipher copies pages between equals only."""
    require()
    from sqlcipher3 import dbapi2

    made = dbapi2.connect(":memory:", isolation_level=None)
    made.execute(f'pragma key="{secret.spec}"')
    return cast("sqlite3.Connection", made)


def require() -> None:
    """Raise WorldError where SQLCipher is not installed."""
    if not available():
        raise WorldError(
            _("这台电脑上的程序没有装加密组件（sqlcipher3），不能打开或建立加密的填报簿。"),
            _("请安装带 encryption 组件的程序；文件没有改动。"),
        )


def no_key(path: Path, mark: bytes) -> LockedBookError:
    """What to say where the keyring does not have the key."""
    return LockedBookError(
        _("{name} 加了密（编号 {id}），系统密码库里没有它的密钥，或密码库没有解锁。").format(
            name=path.name, id=shown(mark)
        ),
        _("请解锁系统密码库再试，或用打印保存的恢复密钥打开（--recovery-key-file 文件）。"),
        shown(mark),
    )


def wrong_key(path: Path, mark: bytes) -> LockedBookError:
    """What to say where the key does not fit."""
    return LockedBookError(
        _("密钥打不开 {name}（编号 {id}）：它是另一本填报簿的，或者文件已损坏。").format(
            name=path.name, id=shown(mark)
        ),
        _("请核对恢复密钥上的编号；文件没有改动。"),
        shown(mark),
        wrong_key=True,
    )


def errors() -> tuple[type[Exception], ...]:
    """SQLCipher's error class, where it was ever loaded."""
    import sys

    loaded: Any = sys.modules.get("sqlcipher3.dbapi2")
    return (loaded.Error,) if loaded is not None else ()
