"""The signed months of a year as ledgers read them: of each the newest revision that everyone has signed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from desktop_app.desk import history
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import due
from desktop_app.desk.plan_in_force import renamed
from desktop_app.errors import ClerkError, WorldError
from desktop_app.exchange import check_code, digest, kept_report, open_envelope, to_receipt
from desktop_app.language import _
from desktop_app.model.entry import Entry
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, MonthState
from desktop_app.model.report_body import Report, ReportTask
from desktop_app.store import Month, months, plans, sealed, transfers

_SIGNED = (MonthState.SIGNED, MonthState.HANDED_IN, MonthState.RECEIVED, MonthState.RETURNED)


@dataclass(frozen=True)
class SignedMonth:
    """What a month's signed report says, and how it can be found again: revision, check code, digests.

    `names` gives the id that each of its tasks has in the year's newest signed month. `first_handed_in` is when any
    revision was first handed in, or where that was not noted first received, None where neither is known; `revisions`
    are all that were signed.
    """

    period: Period
    revision: int
    state: MonthState
    report: Report
    check_code: str
    data_sha256: str
    pdf_sha256: str
    sealed_at: datetime
    first_handed_in: datetime | None
    due: DueDate
    names: Mapping[str, str]
    revisions: tuple[Month, ...]

    @cached_property
    def tasks(self) -> Mapping[str, ReportTask]:
        """Its tasks by the ids that they have now."""
        return {self.name(item.task.id): item for item in self.report.tasks}

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.task_id: entry for entry in self.report.entries}

    def entry(self, task: ReportTask) -> Entry:
        """What it says of one of its tasks; an empty entry where nothing."""
        return self._entries.get(task.task.id) or Entry(task.task.id)

    def name(self, task_id: str) -> str:
        """The id that one of its tasks has now; its old one, marked, where the plan has it no longer."""
        return self.names.get(task_id) or _("{task}（旧）").format(task=task_id)

    def late(self, today: date) -> bool | None:
        """Whether it was first handed in after its last day; None where it was not handed in and still may be."""
        if self.first_handed_in is None:
            return True if today > self.due.last_day else None
        return self.first_handed_in.date() > self.due.last_day


def years(desk: Desk) -> tuple[int, ...]:
    """The years with a signed month, the newest first."""
    return tuple(sorted({month.period.year for month in months.months(desk.book) if month.state in _SIGNED})[::-1])


def signed_months(desk: Desk, year: int) -> tuple[SignedMonth, ...]:
    """The year's signed months in order; ClerkError where there is none, WorldError where one is damaged."""
    found: dict[Period, list[Month]] = {}
    for month in months.months(desk.book):
        if month.period.year == year and month.state in _SIGNED:
            found.setdefault(month.period, []).append(month)
    if not found:
        raise ClerkError(
            _("{year}年还没有签署完毕的月报。").format(year=year),
            _("台账、预测和总结只取自签署过的月报；签署第一个月之后就有内容。"),
        )
    newest = plans.plan_by_id(desk.book, found[max(found)][-1].plan_id)
    if newest is None:
        raise LookupError(f"{max(found)} refers to a plan that is not in the book")
    return tuple(_read(desk, revisions, newest) for _period, revisions in sorted(found.items()))


def _read(desk: Desk, revisions: list[Month], newest: Plan) -> SignedMonth:
    month = revisions[-1]
    held = sealed.sealed(desk.book, month.id)
    if held is None:
        raise LookupError(f"{month.period} is {month.state} and holds no signed report")
    if digest(held.data) != held.data_sha256 or check_code(held.data_sha256) != held.check_code:
        raise WorldError(
            _("{period} 第{revision}版另存的数据与校验码 {code} 对不上，没有采用。").format(
                period=month.period.spoken, revision=month.revision, code=held.check_code
            ),
            _("请用 journal --verify 查看，并以报送出去的文件或备份为准。"),
        )
    return SignedMonth(
        month.period,
        month.revision,
        month.state,
        kept_report(json.loads(held.data)),
        held.check_code,
        held.data_sha256,
        held.pdf_sha256,
        held.sealed_at,
        history.first_handed_in(desk, revisions),
        due(month.period, desk),
        renamed(desk, month.plan_id, newest),
        tuple(revisions),
    )


def receipts(desk: Desk, year: int, period: Period | None = None) -> Iterator[Receipt]:
    """The receipts of a year's revisions, or of one period's, in order."""
    for row in history.months_of(desk, year):
        if row.receipt is not None and period in (None, row.period):
            yield to_receipt(open_envelope(transfers.content(desk.book, row.receipt.sha256)).data)
