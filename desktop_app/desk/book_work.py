"""What needs the book closed, as work that gives a sentence when it is done; may run in any thread."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from desktop_app.desk import backups, encryption
from desktop_app.desk.rebuild import Rebuilt
from desktop_app.desk.rebuild import rebuild as from_reports
from desktop_app.language import _

Work = Callable[[], str]


def restore(book: Path, backup: Path, here: Callable[[], None]) -> Work:
    """Put a copy in the book's place; `here` can end it by raising, until the book's name goes over."""

    def work() -> str:
        backups.restore(book, backup, here=here)
        return _("已从备份恢复。以前的填报簿留着，可以在设置里撤回。")

    return work


def undo_restore(book: Path) -> Work:
    """Bring back what the last restore replaced."""

    def work() -> str:
        backups.undo_restore(book)
        return _("已撤回恢复，填报簿和恢复前一样。")

    return work


def encrypt(book: Path, paper: Path) -> Work:
    """Encrypt the book; the recovery key goes to `paper`."""

    def work() -> str:
        done = encryption.encrypt(book, paper)
        said = _("已加密。恢复密钥在 {path}：请打印后锁好，再删除这个文件。").format(path=paper)
        if done.plain_copies:
            said += _("以前的 {count} 份备份没有加密，谁都能读，请自行删除。").format(count=len(done.plain_copies))
        return said

    return work


def decrypt(book: Path) -> Work:
    """Make the book plain again."""

    def work() -> str:
        encryption.decrypt(book)
        return _("已改为不加密。密钥仍留在系统密码库里：以前的加密备份还要用它。")

    return work


def rebuild(book: Path, files: Sequence[Path], today: date | None) -> Callable[[], Rebuilt]:
    """Make a book from signed reports and receipts."""
    return lambda: from_reports(book, files, today=today)
