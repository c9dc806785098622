"""报送时效: each month of a year: when it was due, when it was handed in, what came back and what was put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.desk.ledger_facts import Facts
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import DueDate, MonthState


@dataclass(frozen=True)
class MonthRecord:
    """One month. `month` is None where it should have been handed in by now and nobody has signed it.

    `days_late` counts days, 0 in time, None while it may still come. `said_on_time` is what the receipt of the first
    revision that has one says; `returned` is how often it came back, `remarked` the remarks of all returns.
    """

    period: Period
    due: DueDate
    month: SignedMonth | None
    days_late: int | None
    returned: int
    remarked: int
    receipt: Receipt | None
    reasons: tuple[str, ...]
    explanation: str


def record(facts: Facts, year: int, months: Sequence[SignedMonth]) -> tuple[MonthRecord, ...]:
    """The months from the first signed one on, as far as they are due or signed."""
    signed = {month.period: month for month in months}
    found = []
    for period in (Period(year, number) for number in range(months[0].period.month, 13)):
        month, deadline = signed.get(period), facts.due(period)
        if month is not None or facts.day > deadline.last_day:
            found.append(_record(facts, period, deadline, month, facts.first_receipts.get(period)))
    return tuple(found)


def _record(
    facts: Facts, period: Period, deadline: DueDate, month: SignedMonth | None, receipt: Receipt | None
) -> MonthRecord:
    if month is None:
        return MonthRecord(period, deadline, None, _days(deadline, facts.day), 0, 0, None, (), "")
    came = month.first_handed_in
    late = month.late(facts.day)
    asked = facts.remarked(period, month.revision)
    reasons = tuple(each.reason for each in month.revisions if each.reason)
    said = [each.explanation for each in month.report.findings if each.task == REPORT and each.explanation]
    return MonthRecord(
        period,
        deadline,
        month,
        None if late is None else _days(deadline, came.date() if came else facts.day),
        sum(each.state is MonthState.RETURNED for each in month.revisions),
        len(asked),
        receipt,
        reasons,
        "；".join(dict.fromkeys(said)),
    )


def _days(deadline: DueDate, day: date) -> int:
    return max(0, (day - deadline.last_day).days)
