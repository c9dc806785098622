"""What a file is that somebody opened from a folder: looked at, checked, and nothing taken in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from desktop_app.desk import open_book, verification_result, verify_file
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.verify_file import Verified
from desktop_app.errors import ClerkError
from desktop_app.language import _

_PDF_WITHIN = 1024  # bytes: readers look for %PDF this far in


@dataclass(frozen=True)
class Seen:
    """The verdict in one line, how it stands, and the whole result as text. `found` is None where it is not ours."""

    file: Path
    standing: Literal["good", "note", "bad"]
    verdict: str
    text: str
    found: Verified | None


def is_document(file: Path) -> bool:
    """Whether this is a PDF, and so a paper to check and not a book to open; ClerkError where it cannot be read."""
    if not file.is_file():
        raise ClerkError(_("没有找到 {path}。").format(path=file), _("请核对文件名和位置。"))
    return b"%PDF-" in read_file(file)[:_PDF_WITHIN]


def look(file: Path, book: Path, today: date | None = None) -> Seen:
    """Check a PDF against the certificates enrolled in the book, where there is one; ClerkError where unreadable."""
    desk = _reading(book, today)
    try:
        found = verify_file.verify(file, (), desk)
        if found.kind is None:
            return Seen(file, "note", _("不是月报程序的文件，或者已经损坏"), "\n".join(found.problems), None)
        text = verification_result.text(verification_result.sheet(found, file, desk))
        standing: Literal["good", "note", "bad"] = "bad" if not found.valid else "good" if found.trusted else "note"
        return Seen(file, standing, verification_result.verdict(found), text, found)
    finally:
        if desk is not None:
            desk.close()


def write(seen: Seen, out: Path) -> None:
    """The result as a page (.pdf) or as text (.txt)."""
    if seen.found is not None:
        verification_result.write(seen.found, seen.file, out, None)


def _reading(book: Path, today: date | None) -> Desk | None:
    """The book as it stands, also while a window has it open; None where there is none that can be read."""
    if not book.exists():
        return None
    try:
        return open_book.look_only(book, today=today)
    except ClerkError:
        return None
