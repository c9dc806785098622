"""The desk: one open book with its clock and its clerk, passed in and never global."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from desktop_app.deadlines.workdays import Workdays
from desktop_app.model.unit import Directory, Unit
from desktop_app.store import Book, settings

NOBODY_KNOWN = "?"  # where neither the book nor the system has a name: the journal takes no empty one


def local_now() -> datetime:
    """The clock on the wall, with its offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def login() -> str:
    """The system's name for who sits at this machine, "" where it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no passwd entry, or a system without that database
        return ""


@dataclass
class Desk:
    """What every verb needs. `rehearsal` is a day to pretend (--today); only the thread that opened it may use it.

    `actor` is who works on the book, as the journal tells it: 填报人 where one is entered, and the system's user.
    `seen_at` is the moment that a read-only look shows.
    """

    book: Book
    rehearsal: date | None = None
    seen_at: datetime | None = None
    clock: Callable[[], datetime] = field(default=local_now, repr=False)

    @property
    def book_path(self) -> Path:
        """The file."""
        return self.book.path

    @property
    def unit(self) -> Unit:
        """Whose book it is."""
        return self.book.unit

    @property
    def kind(self) -> str:
        """`unit`, or `bureau` for a receiving desk."""
        return self.book.kind

    @property
    def key_folder(self) -> Path:
        """Where the signing keys of this book lie: beside it, as files that can be carried and backed up."""
        return self.book.path.with_name(self.book.path.stem + ".keys")

    @cached_property
    def actor(self) -> str:
        """The name under which changes are kept."""
        people = settings.get(self.book, "people") or {}
        names = (str(people.get("preparer", "")).strip(), login())
        return "@".join(filter(None, names)) or NOBODY_KNOWN

    @cached_property
    def directory(self) -> Directory:
        """All units known: the shipped ones and this book's own."""
        from desktop_app.desk.units import directory

        return directory(self)

    @cached_property
    def workdays(self) -> Workdays:
        """The working days of the years whose notices are at hand, shipped or imported into this book."""
        from desktop_app.desk.settled import workdays

        return workdays(self)

    def reread(self) -> None:
        """People, calendars or units of this book have changed: read them afresh when they are next asked for."""
        for name in ("actor", "directory", "workdays"):
            self.__dict__.pop(name, None)

    def today(self) -> date:
        """Today, or the day rehearsed."""
        return self.rehearsal or self.clock().date()

    def now(self) -> datetime:
        """This moment; on a rehearsed day, this time of that day."""
        moment = self.clock()
        if self.rehearsal:
            moment = moment.replace(year=self.rehearsal.year, month=self.rehearsal.month, day=self.rehearsal.day)
        return moment

    def rest(self) -> None:
        """Nobody is typing: the book becomes one complete file again; WorldError where the disk does not take it."""
        self.book.rest()

    @property
    def read_only(self) -> bool:
        """Whether this is only a look at the book."""
        return self.book.read_only

    @property
    def book_damaged(self) -> bool:
        """Whether the book was found damaged after it was opened: it can be read as far as it goes, not written."""
        return self.book.damaged

    @property
    def encryption_id(self) -> str | None:
        """The number of an encrypted book, as its recovery key shows it; None for a plain one."""
        return self.book.secret.book_id if self.book.secret else None

    def close(self) -> None:
        """Let go of the book."""
        self.book.close()
