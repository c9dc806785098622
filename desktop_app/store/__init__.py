"""The only room that speaks SQL: one unit's book in one SQLite file."""

from desktop_app.store.book import Book
from desktop_app.store.bureau import Enrolled, KeptReport
from desktop_app.store.cipher import LockedBookError
from desktop_app.store.months import Month
from desktop_app.store.opening import create_book, open_book

__all__ = ["Book", "Enrolled", "KeptReport", "LockedBookError", "Month", "create_book", "open_book"]
