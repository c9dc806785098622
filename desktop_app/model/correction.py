"""A report that is put right: what the bureau asked, what was answered, and what the new revision says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.standing_remark import StandingRemark


@dataclass(frozen=True, slots=True)
class Remark:
    """退回意见 at one place of a report: `task` an id or REPORT, `field` a field's name or "" for the whole task."""

    task: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnNote:
    """退回: which exact bytes go back, and what is to be put right in them."""

    unit_code: str
    unit_name: str
    period: Period
    revision: int
    report_sha256: str
    data_sha256: str
    check_code: str
    returned_at: datetime
    due: date
    bureau: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class RemarkAnswer:
    """答复: a remark, and the unit's words on it; they travel in the next revision."""

    task: str
    field: str
    remark: str
    text: str


@dataclass(frozen=True, slots=True)
class Follows:
    """The signed revision that a report corrects: every report names the one before it, back to the first."""

    revision: int
    data_sha256: str
    check_code: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one task that says something else now; "" is nothing there."""

    task_id: str
    field: str
    before: str
    after: str


def matched(answers: Sequence[RemarkAnswer], asked: Sequence[Remark | StandingRemark]) -> tuple[int | None, ...]:
    """Which of these remarks each answer is to, by its place, each remark once; None for an answer to none of them.

    A report names REPORT as the place of a remark on a task that it does not list.
    """
    left = dict(enumerate(asked))
    found: list[int | None] = []
    for said in answers:
        same = [place for place, each in left.items() if (each.field, each.text) == (said.field, said.remark)]
        there = [place for place in same if left[place].task == said.task]
        place = next(iter(there or (same if said.task == REPORT else ())), None)
        found.append(place)
        left.pop(-1 if place is None else place, None)
    return tuple(found)
