"""The only room that speaks SQL: one unit's book in one SQLite file."""

from desktop_app.store.book import Also, Book
from desktop_app.store.bureau import Enrolled, KeptReport
from desktop_app.store.cipher import LockedBookError
from desktop_app.store.months import Month
from desktop_app.store.opening import create_book, open_book
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
