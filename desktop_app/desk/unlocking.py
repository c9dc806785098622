"""The key of an encrypted book: from the system's keyring, else from the paper that was locked away."""

from pathlib import Path

from desktop_app.desk.desk import local_now
from desktop_app.desk.files import read_file
from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.store import Book, LockedBookError, cipher
from desktop_app.store import open_book as open_file
from desktop_app.store.cipher import Secret


def unlocked(path: Path, recovery: str | None = None) -> Book:
    """Open a book whether it is encrypted or not; LockedBookError where its key is not to be had.

    `recovery` is the typed recovery key: once it has opened the book it is put back into the keyring.
    """
    try:
        return open_file(path, now=local_now())
    except LockedBookError as locked:
        if recovery is None:
            kept = key_in_vault(locked.book_id)
            if kept is None:
                raise
            return open_file(path, kept, now=local_now())
        from desktop_app.model import recovery_key
        from desktop_app.signing import vault

        key = recovery_key.read(recovery)
        book = open_file(path, key, now=local_now())
        vault.remember(account(locked.book_id), key.hex())
        return book


def read_aside(path: Path) -> Book:
    """A look at a book or a copy of one, encrypted or not, without touching it (desktop_app.store.snapshot)."""
    from desktop_app.store.snapshot import read_book

    try:
        return read_book(path)
    except LockedBookError as locked:
        kept = key_in_vault(locked.book_id)
        if kept is None:
            raise
        return read_book(path, kept)


def key_of(path: Path) -> bytes | None:
    """The key of a copy that is not open, as the keyring has it; None where it needs none or there is none."""
    mark = cipher.mark_of(path)
    return key_in_vault(cipher.shown(mark)) if mark else None


def secret_of(path: Path) -> Secret | None:
    """The same with the mark of the book, to encrypt what takes its place."""
    mark = cipher.mark_of(path) if path.is_file() else None
    key = key_in_vault(cipher.shown(mark)) if mark else None
    return Secret(key, mark) if key is not None and mark is not None else None


def learn(path: Path, recovery: str) -> None:
    """Put a typed recovery key into the keyring where it fits this copy; ClerkError where it does not."""
    mark = cipher.mark_of(path) if path.is_file() else None
    if mark is None:
        return
    from desktop_app.model import recovery_key
    from desktop_app.signing import vault
    from desktop_app.store.snapshot import read_book

    key = recovery_key.read(recovery)
    read_book(path, key).close()
    if not vault.remember(account(cipher.shown(mark)), key.hex()):
        raise WorldError(
            _("系统密码库没有存下密钥，加密的备份不能恢复。"),
            _("可以直接打开备份：--book 备份文件 --recovery-key-file 文件。"),
        )


def account(book_id: str) -> str:
    """Under which name the keyring keeps the key of a book."""
    return f"book/{book_id}"


def key_in_vault(book_id: str) -> bytes | None:
    """The key as the keyring has it; None where it has none, is locked, or is not a safe one."""
    from desktop_app.signing import vault

    kept = vault.recall(account(book_id))
    try:
        return bytes.fromhex(kept) if kept else None
    except ValueError:
        return None


def recovery_text(file: Path) -> str:
    """The recovery key in a text file; ClerkError where it is no text."""
    data = read_file(file, largest=64 * 1024 * 1024)
    if data.startswith(b"%PDF"):
        raise ClerkError(
            _("{name} 是打印用的 PDF。").format(name=file.name),
            _("请把纸上的恢复密钥照抄进一个文本文件，再用 --recovery-key-file 指定它。"),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ClerkError(_("{name} 不是 UTF-8 编码的文本。").format(name=file.name)) from problem
