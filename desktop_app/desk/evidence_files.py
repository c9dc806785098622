"""A file on its way to becoming evidence: what it is, how much fits, under what name it is kept."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.entry import Evidence
from desktop_app.model.system_words import reason_of

LARGEST = 20 * 1024 * 1024  # bytes, one file
LARGEST_TOGETHER = 80 * 1024 * 1024  # bytes in one report: with its pages it must stay within what a receiver reads
LONGEST_NAME = 120  # characters
_CHUNK = 1024 * 1024
_RUN = re.compile(
    r"\.(exe|com|scr|pif|bat|cmd|ps1|vb[se]|jse?|ws[fh]|hta|ms[ip]|cpl|dll|jar|lnk|url|reg|sh|desktop|deb|rpm)[ .]*$",
    re.IGNORECASE,
)
_RUN_HEADS = (b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0")
_PAGES = 1024 * 1024  # bytes that a report without evidence takes, fonts and signatures included


def read(file: Path) -> bytes:
    """The bytes of a plain file (behind a link too), never more than LARGEST; ClerkError or WorldError else."""
    try:
        # Without waiting: opening a pipe that nobody writes to would stop the window for ever.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            before = os.fstat(handle)
            _refuse_what_is_no_file(file, before.st_mode)
            _refuse_large(file, before.st_size)
        except ClerkError:
            os.close(handle)
            raise
        with os.fdopen(handle, "rb") as opened:
            data = b"".join(_chunks(opened))
            after = os.fstat(handle)
    except FileNotFoundError as missing:
        raise ClerkError(
            _("找不到文件 {path}。").format(path=_short(file)), _("请检查文件名和所在文件夹。")
        ) from missing
    except (OSError, ValueError) as problem:
        raise WorldError(
            _("读不了文件 {path}：{reason}。").format(path=_short(file), reason=reason_of(problem)),
            _("请检查权限或存储设备。"),
        ) from problem
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise WorldError(
            _("读 {name} 的时候它还在变，没有附上。").format(name=_short(file)),
            _("请等它写完（或关闭正在编辑它的程序）再附。"),
        )
    if not data:
        raise ClerkError(_("{name} 是空文件，没有附上。").format(name=_short(file)))
    if is_program(file.name, data):
        raise ClerkError(
            _("{name} 是程序、脚本或快捷方式，没有附上。").format(name=_short(file)),
            _("佐证材料请用 PDF、照片、文档或表格。"),
        )
    return data


def is_program(name: str, data: bytes) -> bool:
    """Whether a desktop would run this file rather than show it: by what it is called or by its first bytes."""
    if _RUN.search(unicodedata.normalize("NFKC", name)):
        return True
    return data.startswith(_RUN_HEADS) or (data.startswith(b"MZ") and b"\0" in data[:64])


def kept_name(file: Path) -> str:
    """The file's name as it is kept and printed: what cannot be seen is replaced, what is too long is shortened."""
    text = unicodedata.normalize("NFC", file.name)
    seen = "".join("_" if unicodedata.category(character).startswith("C") else character for character in text)
    name = " ".join(seen.split()) or "_"
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    ending = dot + ending if dot and len(ending) <= 10 else ""
    return (stem if ending else name)[: LONGEST_NAME - len(ending) - 1] + "…" + ending


def refuse_too_much(there: Iterable[Evidence], size: int, sha256: str) -> None:
    """Raise ClerkError where a month would hold more than LARGEST_TOGETHER; the same bytes count once."""
    sizes = {item.sha256: item.size for item in there}
    total = sum(sizes.values()) + (0 if sha256 in sizes else size)
    if total > LARGEST_TOGETHER:
        raise ClerkError(
            _("本月佐证材料一共会有 {size}，超过 {limit} 的上限，没有附上。").format(
                size=in_words(total), limit=in_words(LARGEST_TOGETHER)
            ),
            _("请压缩照片、只附关键材料，或取下不需要的材料。"),
        )


def report_size(there: Iterable[Evidence]) -> int:
    """About how many bytes the report will take with this evidence in it."""
    return _PAGES + sum({item.sha256: item.size for item in there}.values())


def in_words(size: int) -> str:
    """A size for people: 1.5 MB, 12 KB."""
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"


def _chunks(opened: BinaryIO) -> Iterator[bytes]:
    """What there is to read, stopped behind LARGEST: a file may grow while it is read."""
    left = LARGEST + 1
    while left > 0 and (chunk := opened.read(min(_CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _refuse_what_is_no_file(file: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ClerkError(_("{path} 是文件夹，不是文件。").format(path=_short(file)), _("请指定其中的一个文件。"))
    if not stat.S_ISREG(mode):
        raise ClerkError(_("{path} 不是普通文件（设备或管道），没有附上。").format(path=_short(file)))


def _refuse_large(file: Path, size: int) -> None:
    if size > LARGEST:
        raise ClerkError(
            _("{name} 有 {size}，超过单个佐证文件 {limit} 的上限，没有附上。").format(
                name=_short(file), size=in_words(size), limit=in_words(LARGEST)
            ),
            _("请压缩图片或只留关键几页后重新附上。"),
        )


def _short(file: Path) -> str:
    """The file's name for a sentence: a name of ten thousand characters would bury it."""
    return kept_name(file)
