"""A month's report from outside: where it stands, when it is due, who answers for it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.later import LATER
from desktop_app.model.period import Period


class MonthState(StrEnum):
    """Where a month stands. SEALED: the preparer has signed and the approver has not yet."""

    DRAFT = "draft"
    SEALED = "sealed"
    SIGNED = "signed"
    HANDED_IN = "handed_in"
    RECEIVED = "received"
    RETURNED = "returned"


class Role(StrEnum):
    """Who signs: 填报人 certifies, 审核人 may, 单位负责人 locks."""

    PREPARER = "preparer"
    REVIEWER = "reviewer"
    APPROVER = "approver"


ROLE_LABELS = {Role.PREPARER: N_("填报人"), Role.REVIEWER: N_("审核人"), Role.APPROVER: N_("单位负责人")}


@dataclass(frozen=True, slots=True)
class People:
    """The foot of the form: 填报人, 审核人, 单位负责人, 联系电话."""

    preparer: str = ""
    reviewer: str = ""
    approver: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DueDate:
    """The third working day after the period, and the working day before it.

    `certain` is false where the year's notice is missing; `source` names the notice. `inclusive`: the third working day
    itself is still in time (「前」 taken as including it).
    """

    period: Period
    due: date
    safe: date
    certain: bool
    source: str
    inclusive: bool = field(default=True, metadata=LATER)

    @property
    def last_workday(self) -> date:
        """The last working day that is in time."""
        return self.due if self.inclusive else self.safe

    @property
    def last_day(self) -> date:
        """The last day that is in time: a holiday between `safe` and `due` is still before `due`."""
        return self.due if self.inclusive else self.due - timedelta(days=1)
