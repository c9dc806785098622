"""Encrypt a book, decrypt it, print its recovery key. A plain book is the default (desktop_app.store.cipher says why).

The order keeps every word: the recovery key is on disk and the key in the keyring, read back, before the book changes.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.desk import local_now
from desktop_app.desk.unlocking import account, key_in_vault, unlocked
from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model import recovery_key
from desktop_app.signing import vault
from desktop_app.signing.private_files import write_private
from desktop_app.store import Book, LockedBookError, cipher, open_book
from desktop_app.store.cipher import Secret
from desktop_app.store.converting import convert
from desktop_app.store.kept_copies import folder_of

_PLAIN = b"SQLite format 3\x00"


@dataclass(frozen=True)
class EncryptionStatus:
    """`available`: SQLCipher is installed; `keyring`: in words, whether the system can keep a key."""

    encrypted: bool
    book_id: str | None
    available: bool
    keyring_safe: bool
    keyring: str
    key_at_hand: bool


@dataclass(frozen=True)
class Converted:
    """A book that was converted. `plain_copies` are copies of it that anybody can still read."""

    book: Path
    encrypted: bool
    book_id: str | None
    recovery_file: Path | None
    plain_copies: tuple[Path, ...]
    removed: tuple[Path, ...]


def status(path: Path) -> EncryptionStatus:
    """Whether a book is encrypted, and whether this computer has its key. For a book that is closed."""
    mark = cipher.mark_of(path) if path.is_file() else None
    keyring = vault.status()
    book_id = cipher.shown(mark) if mark else None
    reason = _("密钥可以存放在{name}。").format(name=keyring.name) if keyring.safe else keyring.reason
    at_hand = book_id is not None and key_in_vault(book_id) is not None
    return EncryptionStatus(mark is not None, book_id, cipher.available(), keyring.safe, reason, at_hand)


def encrypt(path: Path, recovery_file: Path, *, remove_plain_copies: bool = False) -> Converted:
    """Encrypt a closed book under a new key. ClerkError or WorldError leaves it plain and as it was."""
    cipher.require()
    with _only_plain(path) as book:
        unit = book.unit.name
    if not vault.status().safe:
        raise WorldError(
            _("这台电脑没有可靠的系统密码库，加密后每次打开都要输入恢复密钥，容易再也打不开；没有加密。"),
            _("请改用整盘加密，或先启用系统密码库。"),
        )
    secret = Secret.new()
    write_recovery(recovery_file, unit, secret)
    if not vault.remember(account(secret.book_id), secret.key.hex()) or key_in_vault(secret.book_id) != secret.key:
        raise WorldError(_("系统密码库没有存下密钥，没有加密。"), _("请解锁系统密码库后再试。"))
    convert(path, None, secret)
    copies = plain_copies(path)
    removed = _removed(copies) if remove_plain_copies else ()
    left = tuple(copy for copy in copies if copy not in removed)
    return Converted(path, encrypted=True, book_id=secret.book_id, recovery_file=recovery_file, plain_copies=left,
                     removed=removed)  # fmt: skip


def decrypt(path: Path, recovery: str | None = None) -> Converted:
    """Make a book plain again. Its key stays in the keyring: encrypted backups still need it."""
    cipher.require()
    with unlocked(path, recovery) as book:
        secret = book.secret
    if secret is None:
        raise ClerkError(_("{name} 没有加密。").format(name=path.name))
    convert(path, secret, None)
    return Converted(path, encrypted=False, book_id=secret.book_id, recovery_file=None, plain_copies=(), removed=())


def print_recovery_key(path: Path, out: Path, recovery: str | None = None) -> str:
    """Write the recovery key of an encrypted book to a new file; gives the book's number."""
    with unlocked(path, recovery) as book:
        if book.secret is None:
            raise ClerkError(_("{name} 没有加密，没有恢复密钥。").format(name=path.name))
        write_recovery(out, book.unit.name, book.secret)
        return book.secret.book_id


def write_recovery(out: Path, unit: str, secret: Secret) -> None:
    """One page to print (.pdf), or a text file that --recovery-key-file takes; a file that is there is left alone."""
    if out.exists() or out.is_symlink():
        raise ClerkError(_("{name} 已经存在，没有改动它。").format(name=out.name), _("请换一个文件名。"))
    groups = recovery_key.written(secret.key)
    if out.suffix.lower() == ".pdf":
        from desktop_app.rendering.recovery_page import RecoveryPage, render_recovery

        data = render_recovery(RecoveryPage(unit, secret.book_id, groups, local_now().date())).pdf
    else:
        rows = [" ".join(groups[start : start + 5]) for start in range(0, len(groups), 5)]
        head = _("# 填报簿恢复密钥。单位：{unit}。编号：{id}。请打印后锁好，删除这个文件。").format(
            unit=unit, id=secret.book_id
        )
        data = "\n".join([head, *rows, ""]).encode()
    write_private(out, data)


def plain_copies(path: Path) -> tuple[Path, ...]:
    """Copies that the program made of a book before it was encrypted, and that anybody can read."""
    beside = path.parent.glob(f"{path.stem}.v*{path.suffix}")  # as earlier versions named them
    kept = folder_of(path).glob("*.yuebao")
    return tuple(sorted(copy for copy in (*beside, *kept) if copy != path and _plain(copy)))


def _plain(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def _removed(copies: tuple[Path, ...]) -> tuple[Path, ...]:
    gone = []
    for copy in copies:
        with suppress(OSError):
            copy.unlink()
            gone.append(copy)
    return tuple(gone)


def _only_plain(path: Path) -> Book:
    try:
        return open_book(path)
    except LockedBookError as locked:
        raise ClerkError(
            _("{name} 已经加密（编号 {id}）。").format(name=path.name, id=locked.book_id),
            _("恢复密钥可用 book recovery-key 再打印。"),
        ) from locked
