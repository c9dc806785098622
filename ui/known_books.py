"""The books this clerk has worked in lately, the newest first, so that another one is a click away."""

from pathlib import Path

from ui.remembered import Remembered

MOST = 5
_BOOKS = "books"


def note(remembered: Remembered, book: Path) -> None:
    """A book was opened."""
    others = [known for known in _kept(remembered) if known != _whole(book)]
    remembered.keep(**{_BOOKS: "\n".join(map(str, [_whole(book), *others][:MOST]))})


def others(remembered: Remembered, book: Path) -> tuple[Path, ...]:
    """Those that are still there, without this one."""
    return tuple(known for known in _kept(remembered) if known != _whole(book) and _there(known))


def _kept(remembered: Remembered) -> list[Path]:
    return [Path(line) for line in remembered.text(_BOOKS).splitlines() if line]


def _whole(book: Path) -> Path:
    return book.absolute()


def _there(book: Path) -> bool:
    try:
        return book.is_file()
    except (OSError, ValueError):  # a stick that is gone, or a line that somebody wrote into the file
        return False
