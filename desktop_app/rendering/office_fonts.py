"""Faces that an office has: its own folder and the system's. Only what can be embedded whole is taken."""

import logging
import os
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.rendering.faces import FANG, HEI, KAI, SONG
from desktop_app.rendering.sfnt import Face

log = logging.getLogger("yuebao")

# What a face's family is called, by role; the first that fits counts, so 小标宋 stands before 宋.
_FAMILIES = (
    (SONG, ("小标宋", "xiaobiaosong", "fzxbs")),
    (FANG, ("仿宋", "fangsong")),
    (KAI, ("楷体", "kaiti")),
    (HEI, ("黑体", "simhei", "heiti")),
)
# How the files of such faces are called on Windows, UOS and Kylin; other files of a system are not opened at all.
_FILES = ("simfang", "simkai", "simhei", "fangsong", "kaiti", "heiti", "fzxbs", "fzfs", "fzkt", "fzht", "xiaobiaosong",
          "stfangso", "stkaiti", "仿宋", "楷体", "黑体", "小标宋")  # fmt: skip
_KINDS = (".ttf", ".ttc", ".otf", ".otc", ".woff", ".woff2")
_LARGEST = 64 * 1024 * 1024
_NO_EMBEDDING = 0x0002  # OS/2 fsType: restricted licence
_PROBE = "中国月报，。（）0123456789"
_BROKEN = (struct.error, IndexError, KeyError, ValueError, OverflowError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True)
class Found:
    """A face that may be used for a role, and the file it came from."""

    role: str
    face: Face
    file: Path


def system_folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return (windows, Path(local) / "Microsoft" / "Windows" / "Fonts") if local else (windows,)
    return (
        home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"),
    )  # fmt: skip


def find(office: Path | None, system: Sequence[Path]) -> dict[str, Found]:
    """The first usable face of each role: the office's folder in full, then the system's files by their names."""
    chosen: dict[str, Found] = {}
    files = [*_files([office] if office else [], every=True), *_files(system, every=False)]
    for file in files:
        try:
            for role, face in _usable(file):
                chosen.setdefault(role, Found(role, face, file))
        except ClerkError as reason:
            log.warning("%s", reason)
    return chosen


def _files(folders: Iterable[Path], *, every: bool) -> Iterator[Path]:
    """Font files below the folders, in an order that does not depend on the disk."""
    for folder in folders:
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _KINDS) if folder.is_dir() else ()
        yield from (path for path in paths if every or path.name.lower().startswith(_FILES))


def _usable(file: Path) -> Iterator[tuple[str, Face]]:
    """Roles and faces of one file; ClerkError says why it cannot be used."""
    if file.suffix.lower().startswith(".woff"):
        raise _refused(file, _("网页字体不能嵌入"))
    try:
        if file.stat().st_size > _LARGEST:
            raise _refused(file, _("文件过大"))
        data = file.read_bytes()
    except OSError as reason:
        raise _refused(file, _("读不出来")) from reason
    try:
        for offset in _offsets(data):
            face = Face(file.name, data, offset)
            role = _role(face)
            if role:
                _require_embeddable(file, face)
                yield role, face
    except _BROKEN as reason:
        raise _refused(file, _("文件已损坏")) from reason


def _offsets(data: bytes) -> tuple[int, ...]:
    """Where the faces of a file begin: several in a collection."""
    if data[:4] != b"ttcf":
        return (0,)
    count = min(64, struct.unpack_from(">I", data, 8)[0])
    return struct.unpack_from(f">{count}I", data, 12)


def _role(face: Face) -> str | None:
    names = " ".join(face.family_names).lower()
    return next((role for role, words in _FAMILIES if any(word in names for word in words)), None)


def _require_embeddable(file: Path, face: Face) -> None:
    """ClerkError where the pages could not carry the face as it is."""
    if "glyf" not in face.tags:
        raise _refused(file, _("是 CFF 轮廓的字体，月报只能嵌入 TrueType 轮廓的字体"))
    if "fvar" in face.tags:
        raise _refused(file, _("是可变字体，嵌入后笔画粗细不对"))
    if "OS/2" in face.tags and struct.unpack_from(">H", face.table("OS/2"), 8)[0] & 0x000F == _NO_EMBEDDING:
        raise _refused(file, _("字体的许可不准嵌入文件"))
    for character in _PROBE:
        if character not in face.glyphs:
            raise _refused(file, _("缺少常用字"))
        face.advance(face.glyphs[character])
        face.outline(face.glyphs[character])
    if not face.units or not face.outline(face.glyphs[_PROBE[0]]):
        raise _refused(file, _("文件已损坏"))


def _refused(file: Path, why: str) -> ClerkError:
    return ClerkError(_("字体 {name} 没有采用：{why}。").format(name=file.name, why=why), _("月报改用自带的字体。"))
