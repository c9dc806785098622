"""公开、内部: what the public edition prints of a task, field by field, and what somebody allowed to leave."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.period import Period

NARRATIVE, NEXT_STEPS, FIGURES = "narrative", "next_steps", "figures"
MARKED = (NARRATIVE, NEXT_STEPS, FIGURES)
MARK_LABELS = {NARRATIVE: N_("本月进展"), NEXT_STEPS: N_("下一步工作安排"), FIGURES: N_("数量和完成率")}
# What a mark covers: the reason of a nil report is what the month has to tell, and amounts follow from each other.
COVERED = {
    NARRATIVE: ("narrative", "nil_reason"),
    NEXT_STEPS: ("next_steps",),
    FIGURES: ("this_month", "cumulative", "percent", "under_way"),
}


class Say(StrEnum):
    """What was said of a field in one month. AS_BEFORE: nothing of its own, as in the month before."""

    INSIDE = "inside"
    PUBLIC = "public"
    AS_BEFORE = "as_before"


SAY_WORDS = {Say.INSIDE: N_("内部"), Say.PUBLIC: N_("可以公开"), Say.AS_BEFORE: N_("同上月")}


@dataclass(frozen=True, slots=True)
class Said:
    """One word on a field of a task, under the id that the task has in `plan_id`."""

    period: Period
    plan_id: str
    task: str
    field: str
    say: Say


@dataclass(frozen=True, slots=True)
class Withheld:
    """A field that the public edition of a month does not print; `since` is the month in which that was said."""

    task: str
    field: str
    since: Period


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that the public edition would print: where (a task, REPORT or an activity), the field, and what."""

    task: str
    field: str
    found: str


@dataclass(frozen=True, slots=True)
class Consent:
    """That something may leave in an edition (YYYY-MM, or YYYY) all the same, and why."""

    edition: str
    leak: Leak
    reason: str
    at: datetime
    actor: str
