"""Files that only their owner may read: written whole or not at all."""

import os
from pathlib import Path

from desktop_app.errors import WorldError
from desktop_app.language import _
from desktop_app.model.system_words import reason_of

_OWNER_ONLY = 0o600


def write_private(path: Path, data: bytes) -> None:
    """Put `data` at `path` with mode 0600, durable before the name shows; WorldError where that cannot be done."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _make_name_durable(path.parent)
    except OSError as problem:
        _remove(beside)
        raise WorldError(
            _("写不了密钥文件 {path}：{reason}。").format(path=path, reason=reason_of(problem)),
            _("请检查磁盘空间和文件夹权限；原有的密钥没有改变。"),
        ) from problem


def read_private(path: Path) -> bytes | None:
    """The bytes at `path`, None where there is no such file; WorldError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise WorldError(
            _("读不了密钥文件 {path}：{reason}。").format(path=path, reason=reason_of(problem)),
            _("请检查文件权限后再试。"),
        ) from problem


def _make_name_durable(folder: Path) -> None:
    """A new name survives a power cut only when its folder is synced too; Windows does not open folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the first fault is the one worth telling
