"""The one place where SQLite's errors become sentences; what is not the world's fault stays as it is: our bug."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import WorldError
from desktop_app.language import N_, _
from desktop_app.model.system_words import reason_of
from desktop_app.store import cipher

_RETRY = N_("刚填的内容还在窗口里；排除故障后再存一次。")
_NO_TEXT = "Could not decode to UTF-8"  # Python's words for a text column whose bytes are none; it gives no code
_RESTORE = N_("请先复制保留这个文件，再从最近的备份恢复。")

# Keyed by SQLite's primary result code: what happened, and what to do.
_SENTENCES = {
    sqlite3.SQLITE_FULL: (
        N_("磁盘已满，没有保存到 {name}；先前保存的内容不受影响。"),
        N_("请腾出磁盘空间后再存一次。"),
    ),
    sqlite3.SQLITE_IOERR: (N_("读写 {name} 时磁盘出错，没有保存；先前保存的内容不受影响。"), _RETRY),
    sqlite3.SQLITE_CANTOPEN: (
        N_("打不开 {name}，或者不能在它所在的文件夹里写文件。"),
        N_("请检查文件夹权限，或换一个可以写入的位置。"),
    ),
    sqlite3.SQLITE_READONLY: (
        N_("{name} 或它所在的文件夹是只读的，不能保存。"),
        N_("请检查权限和存储设备的写保护。"),
    ),
    sqlite3.SQLITE_PERM: (N_("没有权限读写 {name}。"), N_("请检查文件权限。")),
    sqlite3.SQLITE_AUTH: (N_("没有权限读写 {name}。"), N_("请检查文件权限。")),
    sqlite3.SQLITE_BUSY: (
        N_("{name} 正被另一个程序使用。"),
        N_("请先关闭另一个月报窗口或命令，再试一次。"),
    ),
    sqlite3.SQLITE_CORRUPT: (N_("{name} 已损坏，不能使用。"), _RESTORE),
    sqlite3.SQLITE_NOTADB: (N_("{name} 已损坏，不能使用。"), _RESTORE),
}
_SENTENCES[sqlite3.SQLITE_LOCKED] = _SENTENCES[sqlite3.SQLITE_BUSY]
_SENTENCES[sqlite3.SQLITE_PROTOCOL] = _SENTENCES[sqlite3.SQLITE_BUSY]


def database_errors() -> tuple[type[Exception], ...]:
    """What a plain book's connection raises, and an encrypted one's where there is one."""
    return (sqlite3.Error, *cipher.errors())


def sentence(error: Exception, path: Path) -> WorldError | None:
    """What to tell the clerk about this error; None where it is not the world's fault."""
    code = getattr(error, "sqlite_errorcode", None)
    found = _SENTENCES.get(code & 0xFF) if isinstance(code, int) else None
    if found is None:
        return None
    title, advice = found
    return WorldError(_(title).format(name=path.name), _(advice))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise WorldError for what SQLite or the system could not do with this file."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite names the broken part of a damaged schema, in whatever bytes it found
        raise damaged(path) from error
    except database_errors() as error:
        told_error = damaged(path) if str(error).startswith(_NO_TEXT) else sentence(error, path)
        if told_error is None:
            raise
        raise told_error from error
    except OSError as error:
        raise _system(error, path) from error


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """What was kept is made into values again; a date or a list that is none any more is damage: WorldError."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(path) from error


def gone(path: Path) -> WorldError:
    """The book's file is no longer where it was opened: what is written now would be lost."""
    return WorldError(
        _("{name} 已不在原来的位置，没有保存。").format(name=path.name),
        _("请把文件或存储设备放回原处，再重新打开；刚填的内容还在窗口里。"),
    )


def in_use(path: Path) -> WorldError:
    """The book is open already."""
    title, advice = _SENTENCES[sqlite3.SQLITE_BUSY]
    return WorldError(_(title).format(name=path.name), _(advice))


def damaged(path: Path) -> WorldError:
    """The book cannot be trusted."""
    return WorldError(_("{name} 已损坏，不能使用。").format(name=path.name), _(_RESTORE))


def _system(error: OSError, path: Path) -> WorldError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        title, advice = _SENTENCES[sqlite3.SQLITE_FULL]
        return WorldError(_(title).format(name=path.name), _(advice))
    return WorldError(
        _("不能读写 {path}：{reason}。").format(path=path, reason=reason_of(error)),
        _("请检查权限和存储设备。"),
    )
