"""What the signed files of an archive make of it again: its months, its ledgers, its lists, to be held against it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.desk import fonts
from desktop_app.desk.archive_letters import KeptLetter
from desktop_app.desk.archive_papers import (
    by_fingerprint,
    certificates_of,
    ledgers,
    plans_of,
    register_of,
    signatures_of,
    tables_of,
)
from desktop_app.desk.ledger_facts import first_of
from desktop_app.desk.listed_items import Listed, listed_of
from desktop_app.desk.plan_in_force import names_in
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.desk.units import directory_with
from desktop_app.desk.verify_file import Verified
from desktop_app.desk.weights import Weights
from desktop_app.exchange import to_receipt, to_return
from desktop_app.language import speaking
from desktop_app.model.archive import Archive, ArchivedReport, Basis
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate
from desktop_app.model.report_body import Report
from desktop_app.model.unit import Unit
from desktop_app.store import Month

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(frozen=True)
class ReadReport:
    """A report of an archive that holds: as it is listed, what it says, and the answers to it in their order."""

    listed: ArchivedReport
    report: Report
    found: Verified
    letters: tuple[KeptLetter, ...]

    @property
    def data_sha256(self) -> str:
        """By which its data are known."""
        return str(self.found.data_sha256)

    @property
    def receipt(self) -> Receipt | None:
        """The receipt that closed it: the first, where nothing came back before."""
        first = next((each for each in self.letters), None)
        return to_receipt(first.data) if first is not None and first.kind == "receipt" else None

    @property
    def as_found(self) -> ArchivedReport:
        """How it ought to be listed, by what the files themselves say."""
        listed, paths = self.listed, {item.sha256: item.path for item in self.listed.evidence}
        return replace(
            listed,
            reason=self.report.reason,
            data_sha256=self.data_sha256,
            pdf_sha256=hashlib.sha256(self.found.pdf).hexdigest(),
            signatures=signatures_of(self.found),
            letters=tuple(each.listed(kept.path) for each, kept in zip(self.letters, listed.letters, strict=True)),
            evidence=tuple(
                replace(kept, task=item.task_id, name=item.name, size=item.size, path=paths[item.sha256])
                for kept, item in zip(listed.evidence, self.report.evidence, strict=True)
            ),
        )


@dataclass(frozen=True)
class FolderFacts:
    """What the ledgers rest on, as an archive kept it."""

    unit: Unit
    day: date
    weights: Weights
    listed: Listed
    first_receipts: Mapping[Period, Receipt]
    deadlines: Mapping[Period, DueDate]
    remarks: Sequence[tuple[Period, int, str]]

    def due(self, period: Period) -> DueDate:
        """As it was reckoned when the year was put away."""
        return self.deadlines[period]

    def remarked(self, period: Period, revision: int) -> Sequence[str]:
        """As the returns in the folder say."""
        return [task for month, number, task in self.remarks if month == period and number <= revision]


def months_again(reports: Sequence[ReadReport], plans: Mapping[str, Plan], basis: Basis) -> tuple[SignedMonth, ...]:
    """The year's months as the ledgers read them; LookupError where a plan or a deadline is not there."""
    deadlines = {each.period: each for each in basis.deadlines}
    sealed = dict(zip((each.listed.name for each in reports), basis.sealed_at, strict=True))
    newest = plans[reports[-1].report.plan.sha256]
    by_period: dict[Period, list[ReadReport]] = {}
    for each in reports:
        by_period.setdefault(each.report.period, []).append(each)
    return tuple(
        _month(revisions, newest, plans, deadlines[period], sealed[revisions[-1].listed.name])
        for period, revisions in by_period.items()
    )


def _month(
    revisions: Sequence[ReadReport], newest: Plan, plans: Mapping[str, Plan], due: DueDate, sealed_at: datetime
) -> SignedMonth:
    last = revisions[-1]
    listed, plan = last.listed, plans[last.report.plan.sha256]
    return SignedMonth(
        listed.period,
        listed.revision,
        listed.state,
        last.report,
        listed.check_code,
        last.data_sha256,
        listed.pdf_sha256,
        sealed_at,
        _first_handed_in(revisions),
        due,
        names_in(plan, newest),
        tuple(_revision(each, sealed_at) for each in revisions),
    )


def _first_handed_in(revisions: Sequence[ReadReport]) -> datetime | None:
    """As signed_months has it: what was noted, else what the answers say."""
    days = [each.listed.handed_in_at for each in revisions if each.listed.handed_in_at is not None]
    if not days:
        days = [each.receipt.received_at for each in revisions if each.receipt is not None]
        days += [to_return(one.data).returned_at for each in revisions for one in each.letters if one.kind == "return"]
    return min(days, default=None)


def _revision(each: ReadReport, at: datetime) -> Month:
    listed = each.listed
    return Month(
        0, listed.period, listed.revision, each.report.plan.sha256, listed.state, listed.reason, at,
        listed.handed_in_at, None,
    )  # fmt: skip


def facts_again(
    made: Archive, basis: Basis, reports: Sequence[ReadReport], months: Sequence[SignedMonth]
) -> FolderFacts:
    """What is known beside the months; ValueError for weights that are none."""
    remarks = [
        (each.report.period, each.report.revision, remark.task)
        for each in reports
        for one in each.letters
        if one.kind == "return"
        for remark in to_return(one.data).remarks
    ]
    return FolderFacts(
        made.unit,
        made.made_at.date(),
        Weights(*basis.weights),
        listed_of(made.year, months, basis.marks, basis.carried),
        first_of(each.receipt for each in reports if each.receipt is not None),
        {each.period: each for each in basis.deadlines},
        remarks,
    )


def everything_again(
    made: Archive, basis: Basis, reports: Sequence[ReadReport], plans: Sequence[Plan], months: tuple[SignedMonth, ...]
) -> tuple[Archive, dict[str, bytes]]:
    """The list of contents as it ought to read, and every file that is made of the signed ones, by name."""
    files: dict[str, bytes] = {}

    def put(name: str, data: bytes) -> str:
        files[name] = data
        return name

    fonts.make_ready()
    used: dict[str, Certificate] = {}
    for each in reports:
        used |= by_fingerprint(each.found)
        for letter in each.letters:
            used |= by_fingerprint(letter.found)
    with speaking("zh"):
        facts = facts_again(made, basis, reports, months)
        again = replace(
            made,
            sample=any(each.report.plan.sample for each in reports),
            reports=tuple(each.as_found for each in reports),
            tables=tables_of([(each.report, each.data_sha256) for each in reports], put),
            plans=plans_of(plans, made.unit, directory_with(made.unit, basis.units), facts.day, put),
            ledgers=ledgers(facts, made.year, months, put),
            certificates=certificates_of(used, put),
            more=register_of(made.unit, made.year, basis.activities, facts.day, put),
        )
    return again, files
