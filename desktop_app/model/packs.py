"""What an office sends out to those who report to it: a task table, or a year's working days."""

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.model.plan import Indicator
from desktop_app.model.report_body import ReportTask


@dataclass(frozen=True, slots=True)
class PackFile:
    """The table as it was published, known by its sha256."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackAnswer:
    """How a question about the table was settled by the office that sends it."""

    id: str
    choice: str


@dataclass(frozen=True, slots=True)
class PlanPack:
    """A task table as an office hands it out, with how it reads it.

    `to_code` is "" for everybody.
    """

    issuer_code: str
    issuer_name: str
    issued_at: datetime
    to_code: str
    to_name: str
    title: str
    document_number: str
    year: int
    sample: bool
    file: PackFile
    answers: tuple[PackAnswer, ...]
    tasks: tuple[ReportTask, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class CalendarPack:
    """The holidays and make-up working days of one year, by its notice."""

    issuer_code: str
    issuer_name: str
    issued_at: datetime
    year: int
    notice: str
    title: str
    holidays: tuple[date, ...]
    makeup_workdays: tuple[date, ...]
