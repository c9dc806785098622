"""Files that come in by an argument: read whole, bounded, with a sentence for everything that can be wrong."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.system_words import reason_of

LARGEST = 100 * 1024 * 1024
_LONGEST_FIGURE = 1000  # digits, or powers of ten


def read_file(path: Path, *, largest: int = LARGEST) -> bytes:
    """The bytes of a file; ClerkError where it is missing or too large, WorldError where it cannot be read."""
    try:
        if path.is_dir():
            raise ClerkError(_("{path} 是文件夹，不是文件。").format(path=path), _("请指定其中的一个文件。"))
        size = path.stat().st_size
        with path.open("rb") as file:
            # a device or a pipe has no size and may have no end
            data = b"" if size > largest else file.read(largest + 1)
        if max(size, len(data)) > largest:
            raise ClerkError(
                _("{name} 超过 {limit} 的上限，没有读入。").format(name=path.name, limit=_spoken(largest)),
                _("请检查是不是选错了文件。"),
            )
        return data
    except FileNotFoundError as missing:
        raise ClerkError(_("找不到文件 {path}。").format(path=path), _("请检查文件名和所在文件夹。")) from missing
    except (OSError, ValueError) as problem:
        raise WorldError(
            _("读不了文件 {path}：{reason}。").format(path=path, reason=reason_of(problem)), _("请检查权限或存储设备。")
        ) from problem


def _spoken(size: int) -> str:
    return f"{size // 1048576} MB" if size >= 1048576 else f"{size // 1024} KB"


def files_in(places: Sequence[Path]) -> tuple[Path, ...]:
    """The files named, and of a folder the PDF files that lie in it; WorldError where it cannot be looked into."""
    found: list[Path] = []
    for place in places:
        try:
            found += sorted(_pdf_files(place)) if place.is_dir() else [place]
        except (OSError, ValueError) as problem:
            raise WorldError(
                _("读不了 {path}：{reason}。").format(path=place, reason=reason_of(problem)),
                _("请检查权限或存储设备。"),
            ) from problem
    return tuple(found)


def _pdf_files(folder: Path) -> Iterator[Path]:
    """What hidden files and links there are is nobody's report."""
    for path in folder.iterdir():
        if path.suffix.lower() == ".pdf" and not path.name.startswith(".") and path.is_file() and not path.is_symlink():
            yield path


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, over an older one of that name; WorldError where it cannot be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except (OSError, ValueError) as problem:
        with suppress(OSError):  # where even the part cannot be removed, the first reason is the one to tell
            beside.unlink()
        raise WorldError(
            _("写不了文件 {path}：{reason}。").format(path=path, reason=reason_of(problem)),
            _("请换一个可以写入、空间足够的位置。"),
        ) from problem


def read_json(path: Path, *, largest: int = 20 * 1024 * 1024) -> Any:
    """A JSON document in UTF-8 (with or without a mark at its start), fractions as Decimal; else ClerkError.

    Refused as well: a name twice in one object, numbers beyond any figure, halves of characters.
    """
    return json_of(read_file(path, largest=largest), path.name)


def json_of(data: bytes, name: str) -> Any:
    """The same of bytes that were read already; `name` is the file's."""
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_constant=_no_figure,
            parse_float=_figure,
            parse_int=lambda text: int(_figure(text)),
            object_pairs_hook=_each_once,
        )
    except UnicodeDecodeError as problem:
        raise ClerkError(
            _("{name} 不是 UTF-8 编码的文本。").format(name=name), _("请另存为 UTF-8 编码后再试。")
        ) from problem
    except _Twice as twice:
        raise ClerkError(
            _("{name} 里同一条记录把「{key}」写了两次，分不清以哪个为准。").format(name=name, key=twice),
            _("请只留一个；没有读入任何内容。"),
        ) from twice
    except _NoFigure as word:
        raise ClerkError(
            _("{name} 里的「{word}」不是能用的数。").format(name=name, word=word),
            _("请改成普通的数，例如 1.5；没有读入任何内容。"),
        ) from word
    except json.JSONDecodeError as problem:
        raise ClerkError(
            _("{name} 不是有效的 JSON 文件（第 {line} 行附近）。").format(name=name, line=problem.lineno),
            _("请检查文件是否完整。"),
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise ClerkError(
            _("{name} 不是有效的 JSON 文件：里面有残缺的字符，或层次太深。").format(name=name),
            _("请检查文件是否完整。"),
        ) from problem


class _Twice(Exception):  # noqa: N818 - a finding about a file, said in read_json
    """The name that an object gives twice."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key[:40])
        found[key] = value
        for text in (key, value):
            if isinstance(text, str):
                text.encode()  # raises ValueError for half a surrogate pair, which no book can hold
    return found


class _NoFigure(Exception):  # noqa: N818 - a finding about a file, said in read_json
    """What stands for a number and is none that anything here could be counted in."""


def _figure(text: str) -> Decimal:
    """A number as written; the power of ten is looked at before anybody reckons with it."""
    try:
        found = Decimal(text)
    except ArithmeticError:
        return _no_figure(text)
    if len(text) > _LONGEST_FIGURE or abs(found.adjusted()) > _LONGEST_FIGURE:
        return _no_figure(text)
    return found


def _no_figure(word: str) -> NoReturn:
    raise _NoFigure(word[:40])
