"""归档: a year in a folder that needs no program, as its list of contents says it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from desktop_app.model.activity import Activity, Publicised
from desktop_app.model.later import LATER
from desktop_app.model.listed import Closing, ListedItem
from desktop_app.model.period import Period
from desktop_app.model.report import DueDate, MonthState
from desktop_app.model.unit import Unit

FORMAT, VERSION = "yuebao-archive", 1
INDEX, LISTING, CONTENTS = "index.html", "SHA256SUMS", "archive.json"


@dataclass(frozen=True, slots=True)
class ArchivedSignature:
    """Who signed a file, and by which certificate."""

    signer: str
    role: str
    organisation: str
    at: datetime | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ArchivedLetter:
    """A receipt or a return. `said` is what it says in a line; `answers` the sha256 of the report it is about."""

    kind: str
    path: str
    at: datetime
    bureau: str
    check_code: str
    answers: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedEvidence:
    """A file of evidence under the name it has here, and the one it had."""

    task: str
    name: str
    size: int
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class ArchivedReport:
    """One signed revision of one month, with what was answered to it. `pdf` and `data` are its files."""

    period: Period
    revision: int
    state: MonthState
    reason: str
    check_code: str
    data_sha256: str
    pdf_sha256: str
    pdf: str
    data: str
    last_day: date
    handed_in_at: datetime | None
    places: tuple[str, ...]
    signatures: tuple[ArchivedSignature, ...]
    letters: tuple[ArchivedLetter, ...] = ()
    evidence: tuple[ArchivedEvidence, ...] = ()

    @property
    def name(self) -> str:
        """2023-03-r2, as its files are called."""
        return f"{self.period}-r{self.revision}"

    @property
    def on_time(self) -> bool | None:
        """Whether it was handed in on a day that counts as in time; None where it was not handed in."""
        return None if self.handed_in_at is None else self.handed_in_at.date() <= self.last_day


@dataclass(frozen=True, slots=True)
class ArchivedTable:
    """A further thing to read, in one or more forms: (what it is called, its paths)."""

    title: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What only the book knew and the ledgers say: kept so that anyone can make them again from the signed reports.

    Nobody signed it. `weights` are in the order in which a score is made of them, `deadlines` those of the twelve
    months, `sealed_at` in the order of the reports; `marks` strike off the year's own items, `carried` are those of
    earlier years; `units` are the book's own.
    """

    weights: tuple[Decimal, ...]
    deadlines: tuple[DueDate, ...]
    sealed_at: tuple[datetime, ...]
    marks: tuple[Closing, ...]
    carried: tuple[ListedItem, ...]
    activities: tuple[Activity, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Archive:
    """What a year's folder holds. `left_out` says in sentences what of the year is not in it."""

    unit: Unit
    year: int
    made_at: datetime
    program: str
    sample: bool
    reports: tuple[ArchivedReport, ...]
    plans: tuple[ArchivedTable, ...]
    ledgers: tuple[ArchivedTable, ...]
    tables: tuple[ArchivedTable, ...]
    certificates: tuple[ArchivedTable, ...]
    left_out: tuple[str, ...] = ()
    more: tuple[ArchivedTable, ...] = field(default=(), metadata=LATER)
    basis: Basis | None = field(default=None, metadata=LATER)

    @property
    def activities(self) -> tuple[Publicised, ...]:
        """What was done in public in that year; nothing where an older program did not write it down."""
        return tuple(each.told for each in self.basis.activities) if self.basis else ()

    @property
    def title(self) -> str:
        """What the folder is called, in the language of paper."""
        return f"{self.unit.name}{self.year}年污染防治攻坚战月报归档"

    def newest(self) -> tuple[ArchivedReport, ...]:
        """Of each month the revision that counts."""
        return tuple({each.period: each for each in self.reports}.values())
