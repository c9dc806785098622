"""What a desk puts together from the reports of one month: how the units stand, and every row they reported."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.entry import Entry
from desktop_app.model.period import Period


class Standing(StrEnum):
    """Where a unit's newest report of a month stands."""

    MISSING = "missing"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


STANDING_WORDS = {
    Standing.MISSING: N_("未报"),
    Standing.RECEIVED: N_("已收到"),
    Standing.RETURNED: N_("已退回"),
    Standing.ACCEPTED: N_("已接收"),
}


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit in one month. `on_time` is of its first report, `late` counts from the last day in time.

    The counts are of the newest revision, None where nothing came or an old program received it.
    """

    code: str
    name: str
    standing: Standing
    revision: int
    on_time: bool | None
    late: bool
    received_at: datetime | None
    check_code: str
    sha256: str
    errors: int | None
    warnings: int | None
    unexplained: int | None
    hints: int | None


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """A month by unit, in official order."""

    period: Period
    last_day: date
    units: tuple[UnitStanding, ...]

    def count(self, standing: Standing) -> int:
        """How many units stand like this."""
        return sum(unit.standing is standing for unit in self.units)

    @property
    def on_time(self) -> int:
        """How many first reports were in time."""
        return sum(unit.on_time is True for unit in self.units)

    @property
    def late(self) -> int:
        """How many were late, or are missing after the last day."""
        return sum(unit.late for unit in self.units)


@dataclass(frozen=True, slots=True)
class CollatedRow:
    """One task of one unit; `measure_word` is the unit of its amounts, `annex` the plan's title of it."""

    unit_code: str
    unit_name: str
    revision: int
    standing: Standing
    annex: int
    annex_title: str
    task_id: str
    title: str
    required: bool
    target: Decimal | None
    measure_word: str
    entry: Entry
