"""The one door to resources/."""

from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

import resources

_ROOT = Path(next(iter(resources.__path__)))


def path(*parts: str) -> Path:
    """Where a resource lies; it need not exist."""
    return _ROOT.joinpath(*parts)


def exists(*parts: str) -> bool:
    """Whether a resource is shipped."""
    return path(*parts).is_file()


@cache
def read_bytes(*parts: str) -> bytes:
    """The bytes of one resource, read once."""
    return path(*parts).read_bytes()


@cache
def mapped(*parts: str) -> mmap:
    """A large resource of which only some places are read: no more of it comes into memory."""
    with path(*parts).open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def read_text(*parts: str) -> str:
    """One resource as UTF-8 text."""
    return read_bytes(*parts).decode("utf-8")


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """File names in one folder of resources/ that end in `suffix`, sorted."""
    return tuple(sorted(entry.name for entry in path(folder).iterdir() if entry.name.endswith(suffix)))
