"""Which plan a month is reported under."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from desktop_app.model.period import Period
from desktop_app.model.plan import Plan

CARRIED_MONTHS = 3


class Term(NamedTuple):
    """When a plan is in force, as far as the plan itself says; `previous` is the plan that it revises."""

    id: str
    year: int
    document_number: str
    starts: date
    repealed: date | None
    repeals: tuple[str, ...]
    previous: str | None


def term(plan: Plan) -> Term:
    """The term of a plan."""
    return Term(plan.id, plan.year, plan.document_number, plan.starts, plan.repealed, plan.repeals, plan.previous)


def in_force(plans: Sequence[Term], period: Period) -> Term | None:
    """The plan in force at the month's end; of two in force the one that began later, then the one taken later.

    `plans` are in the order in which they were taken. A plan goes on until another one of the book begins: the notice
    of 2023 was issued on 23 February, so January 2023 is still reported under the plan of 2022. It is not carried
    further than into the first quarter of the next year. A month before the first plan of its year began belongs to
    that plan where no earlier one is at hand. None where no plan fits.
    """
    begun = [plan for plan in plans if plan.starts <= period.last_day and _reaches(plan, period)]
    standing = [plan for plan in begun if not _ended(plan, plans, period.last_day)]
    # A plan repealed within the month still rules it where nothing follows.
    ruling = standing or [plan for plan in begun if not _ended(plan, plans, period.first_day)]
    if ruling:
        return max(enumerate(ruling), key=lambda each: (each[1].starts, each[0]))[1]
    of_the_year = [plan for plan in plans if plan.year == period.year and plan.starts > period.last_day]
    return min(reversed(of_the_year), key=lambda plan: plan.starts, default=None)


def _reaches(plan: Term, period: Period) -> bool:
    limit = Period(plan.year + 1, CARRIED_MONTHS)
    return period <= limit


def _ended(plan: Term, plans: Sequence[Term], day: date) -> bool:
    """Whether the plan was out of force on this day: by its own date, or by one that names it among those repealed."""
    if plan.repealed is not None and plan.repealed <= day:
        return True
    number = plan.document_number
    return bool(number) and any(number in other.repeals and other.starts <= day for other in plans)
