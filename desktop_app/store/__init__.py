"""The only room that speaks SQL: one unit's book in one SQLite file.

What only a receiving desk needs is looked up when first used: a unit's window is up without it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop_app.store.book import Also, Book
from desktop_app.store.cipher import LockedBookError
from desktop_app.store.months import Month
from desktop_app.store.opening import create_book, open_book

if TYPE_CHECKING:
    from desktop_app.store.bureau import Enrolled, KeptReport
    from desktop_app.store.report_digests import ReportDigest, ReportHead

__all__ = [
    "Also",
    "Book",
    "Enrolled",
    "KeptReport",
    "LockedBookError",
    "Month",
    "ReportDigest",
    "ReportHead",
    "create_book",
    "open_book",
]

_WHERE = {
    "Enrolled": "bureau",
    "KeptReport": "bureau",
    "ReportDigest": "report_digests",
    "ReportHead": "report_digests",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
