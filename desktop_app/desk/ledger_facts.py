"""What a year's ledgers rest on beside its signed months: told by the book, or by what an archive kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from desktop_app.desk.desk import Desk
from desktop_app.desk.listed_items import Listed, listed_items
from desktop_app.desk.month import due
from desktop_app.desk.signed_months import SignedMonth, receipts
from desktop_app.desk.weights import Weights, weights
from desktop_app.model.period import Period
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate
from desktop_app.model.unit import Unit
from desktop_app.store import remarks


class Facts(Protocol):
    """`first_receipts` has, of each month, the receipt of the first revision that has one."""

    @property
    def unit(self) -> Unit:
        """Whose year it is."""

    @property
    def day(self) -> date:
        """The day on which the ledger is made."""

    @property
    def weights(self) -> Weights:
        """How much each part of a score weighs."""

    @property
    def listed(self) -> Listed:
        """The problems and requests of the year."""

    @property
    def first_receipts(self) -> Mapping[Period, Receipt]:
        """What the bureau first said of each month."""

    def due(self, period: Period) -> DueDate:
        """When a month's report was to be there."""

    def remarked(self, period: Period, revision: int) -> Sequence[str]:
        """The task of every remark on a period up to a revision, REPORT where it is on the whole."""


@dataclass
class BookFacts:
    """As the open book has them; what nobody asks for is not read."""

    desk: Desk
    year: int
    months: Sequence[SignedMonth]

    @property
    def unit(self) -> Unit:
        """Whose book it is."""
        return self.desk.unit

    @property
    def day(self) -> date:
        """Today."""
        return self.desk.today()

    @cached_property
    def weights(self) -> Weights:
        """As they are settled here."""
        return weights(self.desk)

    @cached_property
    def listed(self) -> Listed:
        """With what is carried over from the years before."""
        return listed_items(self.desk, self.year, self.months)

    @cached_property
    def first_receipts(self) -> Mapping[Period, Receipt]:
        """As they came in."""
        return first_of(receipts(self.desk, self.year))

    def due(self, period: Period) -> DueDate:
        """By this book's calendars and settings."""
        return due(period, self.desk)

    def remarked(self, period: Period, revision: int) -> Sequence[str]:
        """As the returns said."""
        return [each.task for each in remarks.standing(self.desk.book, period, revision)]


def first_of(found: Iterable[Receipt]) -> dict[Period, Receipt]:
    """By month, of receipts in the order of their revisions."""
    first: dict[Period, Receipt] = {}
    for receipt in found:
        first.setdefault(receipt.period, receipt)
    return first
