"""A folder written beside its name and named when all of it is there; what breaks off is gone on with next time."""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange.folder import sync_folder
from desktop_app.language import _
from desktop_app.model.archive import LISTING
from desktop_app.model.system_words import reason_of

MARK = "UNFINISHED.txt"
_SAYS = "这份归档没有做完，请重新归档到同一个文件夹；不再需要时可以删除。\n"
_BLOCK = 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]*)")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Unfinished:
    """The folder while it is being written: `put` each file, then `finish`.

    It is `stuck` where the disk would not take or keep something: left alone, it is gone on with another time.
    """

    def __init__(self, out: Path) -> None:
        _refuse_taken(out)
        self.out = Path(os.path.abspath(out))  # noqa: PTH100 - a link in its path stays one
        self.folder = self.out.with_name(f"{self.out.name}.part")
        self.sums: dict[str, str] = {}
        self.stuck = False
        with self._in_words():
            if os.path.lexists(self.folder) and not (self.folder / MARK).is_file() and not _empty(self.folder):
                raise ClerkError(
                    _("「{folder}」已经有别的内容，没有归档。").format(folder=self.folder), _("请换一个文件夹名。")
                )
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / MARK).write_text(_SAYS, encoding="utf-8")

    def put(self, name: str, data: bytes) -> None:
        """Write a file that is not there yet in these very bytes; its name is relative, in ASCII, and used once."""
        digest = hashlib.sha256(data).hexdigest()
        if not _LINE.fullmatch(f"{digest}  {name}") or not _stays_inside(name) or name in self.sums:
            raise ValueError(f"no name for a file of an archive: {name}")
        path = self.folder / name
        with self._in_words():
            if not (path.is_file() and not path.is_symlink() and _digest(path) == digest):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                with path.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
        self.sums[name] = digest

    def finish(self) -> str:
        """List the sums, read everything back, give the folder its name; the sum of the list. WorldError otherwise."""
        listing = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))
        self.put(LISTING, listing.encode())
        with self._in_words():
            for stray in [path for path in files_of(self.folder) if path not in self.sums and path != MARK]:
                (self.folder / stray).unlink()
            for name, digest in self.sums.items():
                if _digest(self.folder / name) != digest:
                    raise WorldError(
                        _("写到「{folder}」的 {name} 读回来不一样，没有归档。").format(folder=self.folder, name=name),
                        _("这个盘不可靠，请换一个盘再归档。"),
                    )
            (self.folder / MARK).unlink()
            for folder in sorted({(self.folder / name).parent for name in self.sums}):
                sync_folder(folder)
            _refuse_taken(self.out)
            with suppress(FileNotFoundError):
                self.out.rmdir()  # an empty one may have been made for it; Windows renames onto nothing
            self.folder.rename(self.out)
            sync_folder(self.out.parent)
        return self.sums[LISTING]

    def drop(self) -> None:
        """Take away what was written by now: nobody wants to go on with it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            with _in_words(self.out):
                yield
        except WorldError:
            self.stuck = True
            raise


def files_of(folder: Path) -> list[str]:
    """Every file below, and every link, as relative names with slashes; OSError where it cannot be looked into."""
    below = sorted(folder.rglob("*"))
    return [path.relative_to(folder).as_posix() for path in below if path.is_symlink() or not path.is_dir()]


def read_sums(text: str) -> dict[str, str]:
    """Name to SHA-256 as `sha256sum` lists them; ClerkError for a line that is none, or leads out of the folder."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        parts = _LINE.fullmatch(line)
        if not parts or not _stays_inside(parts[2]) or parts[2] in found:
            raise ClerkError(_("{name} 第 {line} 行读不懂。").format(name=LISTING, line=number))
        found[parts[2]] = parts[1]
    return found


def sum_of(path: Path) -> str:
    """The SHA-256 of what lies on the medium."""
    return _digest(path)


def _stays_inside(name: str) -> bool:
    return all(part not in ("", ".", "..") for part in name.split("/"))


def _digest(path: Path) -> str:
    """From the medium where the system can be asked to forget its own copy."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _empty(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())


def _refuse_taken(out: Path) -> None:
    with _in_words(out):
        if os.path.lexists(out) and not _empty(out):
            raise ClerkError(
                _("「{folder}」已经有内容，没有归档。").format(folder=out),
                _("请指定一个新的或空的文件夹；已有的归档可以用 archive --verify 核对。"),
            )


@contextmanager
def _in_words(out: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as reason:
        if isinstance(reason, OSError) and reason.errno in _FULL:
            raise WorldError(
                _("「{folder}」空间不够，归档没有做完。").format(folder=out),
                _("清理空间后再归档一次，会接着已写好的部分做；不要了就删除 {part}。").format(part=f"{out.name}.part"),
            ) from reason
        raise WorldError(
            _("写不了「{folder}」：{reason}，归档没有做完。").format(folder=out, reason=reason_of(reason)),
            _("请换一个可以写入的位置，或检查存储设备后再归档一次。"),
        ) from reason
