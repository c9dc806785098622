"""Put a file into a folder so that it is there whole or not at all: a stick, a share, a disk."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.carrying import BLOCK, NO_FILE, TakenError, Watch, carry
from desktop_app.exchange.names import safe_name
from desktop_app.language import _
from desktop_app.model.period import Period

_IS_WINDOWS = os.name == "nt"


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where the bytes are, read back after they were synced. `sha256` is of what was read back."""

    path: Path
    sha256: str


def report_name(unit_short: str, period: Period, revision: int, check_code: str) -> str:
    """朝阳区_2023-03_第1版_3F2A-9C01-77AB-0D4E.pdf."""
    return f"{safe_name(unit_short)[:40]}_{period}_第{revision}版_{check_code}.pdf"


def deliver(data: bytes, name: str, folder: Path) -> Delivered:
    """Write `data` under `name`, or under a numbered name where another file has it; the same file twice is harmless.

    Raises ClerkError for a folder that is not there, WorldError where the disk does not take or keep the file.
    """
    carried = carry(FolderCarrier(folder), data, name, Watch())
    return Delivered(folder / carried.name, carried.sha256)


class FolderCarrier:
    """A folder that the system shows us, whatever lies behind it. See Carrier."""

    goes_on = True
    near = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = str(folder)
        with _in_words(folder):
            if folder.exists() and not folder.is_dir():
                raise ClerkError(
                    _("「{folder}」不是文件夹。").format(folder=folder), _("请写文件夹，文件名由程序来起。")
                )
            if not folder.is_dir():
                raise ClerkError(
                    _("文件夹「{folder}」不存在。").format(folder=folder), _("请插好优盘或接通共享文件夹，再报送一次。")
                )

    def size(self, name: str) -> int | None:
        """Links count as something else: what they point at is not in this folder."""
        path = self.folder / name
        with _in_words(self.folder):
            if path.is_symlink() or (path.exists() and not path.is_file()):
                return NO_FILE
            return path.stat().st_size if path.exists() else None

    def read(self, name: str) -> Iterator[bytes]:
        """From the medium where the system can be asked to forget its own copy, else from the system's copy."""
        with _in_words(self.folder), (self.folder / name).open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while block := file.read(BLOCK):
                yield block

    def write(self, name: str, start: int, blocks: Iterator[bytes], size: int) -> None:  # noqa: ARG002 - Carrier's
        """Flushed and synced."""
        with _in_words(self.folder), (self.folder / name).open("ab" if start else "xb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())

    def move(self, name: str, target: str) -> None:
        """In one step; what has the name already keeps it."""
        with _in_words(self.folder):
            if os.path.lexists(self.folder / target):
                raise TakenError
            (self.folder / name).replace(self.folder / target)

    def remove(self, name: str) -> None:
        """See Carrier."""
        with _in_words(self.folder):
            (self.folder / name).unlink(missing_ok=True)

    def settle(self) -> bool:
        """Whether the system says that the folder's names are on the medium."""
        with _in_words(self.folder):
            return sync_folder(self.folder)

    def names(self) -> list[tuple[str, int]]:
        """Not those of deeper folders."""
        with _in_words(self.folder):
            found = [path for path in self.folder.iterdir() if path.is_file() and not path.is_symlink()]
            return sorted((path.name, path.stat().st_size) for path in found)

    def close(self) -> None:
        """Nothing is held."""


def sync_folder(folder: Path) -> bool:
    """Make the new name last; Windows has no such call and some file systems refuse it, then nobody knows."""
    if _IS_WINDOWS:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as reason:
        if reason.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
        return False
    finally:
        os.close(handle)
    return True


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as reason:
        raise _said(reason, folder) from reason


def _said(reason: OSError, folder: Path) -> WorldError:
    """The system's error in plain words."""
    if reason.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return WorldError(
            _("「{folder}」空间不够，文件没有写入。").format(folder=folder), _("请清理空间或换一个盘，再报送一次。")
        )
    if reason.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WorldError(
            _("「{folder}」不让写入，文件没有写入。").format(folder=folder), _("请检查优盘的写保护和文件夹的权限。")
        )
    if reason.errno in (errno.ENOENT, errno.ENODEV, errno.ENOTDIR, errno.ESTALE):
        return WorldError(
            _("「{folder}」中途不见了，文件没有写完。").format(folder=folder), _("请重新插好优盘，再报送一次。")
        )
    return WorldError(
        _("写入「{folder}」时出错：{reason}。").format(folder=folder, reason=reason.strerror or reason),
        _("请换一个盘，再报送一次。"),
    )
