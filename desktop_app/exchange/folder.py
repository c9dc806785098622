"""Put a file into a folder so that it is there whole or not at all: a stick, a share, a disk."""

import contextlib
import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.names import safe_name
from desktop_app.language import _
from desktop_app.model.period import Period

MOST_NUMBERS = 99

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
    name, sha256 = safe_name(name), hashlib.sha256(data).hexdigest()
    try:
        if not folder.is_dir():
            raise ClerkError(
                _("文件夹「{folder}」不存在。").format(folder=folder), _("请插好优盘或接通共享文件夹，再报送一次。")
            )
        target = _free(folder / name, data)
        if not target.exists():
            _write(data, target)
        _sync_folder(folder)
        if hashlib.sha256(target.read_bytes()).hexdigest() != sha256:
            raise WorldError(
                _("写到「{folder}」的文件读回来不一样。").format(folder=folder), _("这个盘可能已损坏，请换一个再报送。")
            )
    except OSError as reason:
        raise _said(reason, folder) from reason
    return Delivered(target, sha256)


def _free(target: Path, data: bytes) -> Path:
    """The target, or its first numbered neighbour, that is free or already holds exactly this data."""
    for number in range(1, MOST_NUMBERS + 1):
        candidate = target if number == 1 else target.with_name(f"{target.stem}({number}){target.suffix}")
        if not os.path.lexists(candidate) or _holds(candidate, data):
            return candidate
    raise ClerkError(
        _("「{folder}」里已有太多名为「{name}」的不同文件。").format(folder=target.parent, name=target.name),
        _("请先清理这个文件夹。"),
    )


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _write(data: bytes, target: Path) -> None:
    """Beside the target, synced, then moved in one step; what fails leaves nothing behind."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)  # of a delivery that was cut off
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name last; Windows has no such call, some file systems refuse it."""
    if _IS_WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as reason:
        if reason.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


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
