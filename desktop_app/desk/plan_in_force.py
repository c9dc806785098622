"""Which plan rules which month, and how a measure is called in one plan or another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.in_force import Term, in_force, term
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan, Task
from desktop_app.plans import FIELDS
from desktop_app.store import months as kept_months
from desktop_app.store import plans as kept

if TYPE_CHECKING:
    from desktop_app.model.report_body import PlanReference

SETTLED = tuple(FIELDS)  # what a person can settle of a task
FIELD_LABELS = {
    **FIELDS,
    "measure": N_("工作措施"),
    "title": N_("任务名称"),
    "section": N_("所属章节"),
    "number": N_("序号"),
    "annex": N_("附件"),
    "name": N_("指标名称"),
    "unit": N_("计量单位"),
}


class PlanTerm(NamedTuple):
    """A plan of the book with what is known of its force; `months` are the periods opened under it."""

    plan: Plan
    months: tuple[Period, ...]
    superseded: bool
    open_questions: int


def current_plan(desk: Desk, period: Period | None = None) -> Plan:
    """The plan in force for a period, else the newest; ClerkError where none was imported."""
    plan = kept.plan_in_force(desk.book, period) if period else newest(desk)
    if plan is None:
        when = _("{year} 年的").format(year=period.year) if period else ""
        raise ClerkError(_("填报簿里还没有{when}任务表。").format(when=when), _("请先导入任务表：plan import 文件。"))
    return plan


def newest(desk: Desk) -> Plan | None:
    """The plan that began last; of its revisions the one taken last. None in an empty book."""
    terms = kept.terms(desk.book)
    if not terms:
        return None
    last = max(enumerate(terms), key=lambda each: (each[1].year, each[1].starts, each[0]))[1]
    return kept.plan_by_id(desk.book, last.id)


def find_plan(desk: Desk, wanted: str | None) -> Plan:
    """The plan of this id (or its beginning) or document number, the newest where none is named; ClerkError."""
    if wanted is None:
        return current_plan(desk)
    found = [plan for plan in kept.plans(desk.book) if plan.id.startswith(wanted) or plan.document_number == wanted]
    if not found or (len({plan.document_number for plan in found}) > 1 and len(found) > 1):
        raise ClerkError(_("填报簿里没有（或不止一份）「{plan}」。").format(plan=wanted), _("用 plan list 查看编号。"))
    return found[-1]


def all_plans(desk: Desk) -> tuple[PlanTerm, ...]:
    """Every plan of the book, in the order in which they were taken."""
    opened = kept_months.months(desk.book)
    plans = kept.plans(desk.book)
    gone = superseded([term(plan) for plan in plans])
    return tuple(
        PlanTerm(
            plan,
            tuple(sorted({month.period for month in opened if month.plan_id == plan.id})),
            plan.id in gone,
            len(plan.open_questions),
        )
        for plan in plans
    )


def superseded(terms: Sequence[Term]) -> set[str]:
    """The ids of plans that a revision taken later rules from the same day on."""
    starts = {each.id: each.starts for each in terms}
    gone: set[str] = set()
    for place, each in enumerate(terms):
        earlier = {other.id for other in terms[:place]}
        if each.previous in earlier and each.starts <= starts[each.previous or ""]:
            gone.add(each.previous or "")
    return gone


def ruled(desk: Desk, plan: Plan, periods: Iterable[Period]) -> dict[Period, str]:
    """The plan that would rule each period, were this one taken now (or its dates set anew)."""
    terms = [each for each in kept.terms(desk.book) if each.id != plan.id]
    terms.append(term(plan))
    found = ((period, in_force(terms, period)) for period in periods)
    return {period: rules.id for period, rules in found if rules}


def renamed(desk: Desk, plan_id: str, plan: Plan) -> Mapping[str, str]:
    """Under what id each measure of another plan of the book stands in this one; what is not in it is absent."""
    other = plan if plan_id == plan.id else kept.plan_by_id(desk.book, plan_id)
    return names_in(other, plan) if other else {}


def names_in(other: Plan, plan: Plan) -> Mapping[str, str]:
    """The same of two plans at hand."""
    if other.id == plan.id:
        return {task.id: task.id for task in plan.tasks}
    return going_on(other, (*other.tasks, *other.dropped), plan, plan.tasks)


def going_on(
    old: "Plan | PlanReference", before: Sequence[Task], new: "Plan | PlanReference", now: Sequence[Task]
) -> dict[str, str]:
    """Which measures of one plan go on in another, by their ids: what was done on them this year counts there too.

    A new year begins at nothing. Another notice of the same year says nothing by its numbers: there a measure goes on
    only in the same words, figures aside.
    """
    from desktop_app.plans import same_measures, same_words

    if old.year != new.year:
        return {}
    pairs = same_measures(before, now)
    if one_notice(old, new):
        return dict(pairs)
    old_tasks, new_tasks = ({task.id: task for task in tasks} for tasks in (before, now))
    return {was: at for was, at in pairs if same_words(old_tasks[was], new_tasks[at])}


def one_notice(one: "Plan | PlanReference", other: "Plan | PlanReference") -> bool:
    """Whether two tables are revisions of one notice: of one year, and no two document numbers between them."""
    return one.year == other.year and len({one.document_number, other.document_number} - {""}) < 2


def field_label(field: str) -> str:
    """What a field of a comparison is called."""
    name, _dot, code = field.partition(".")
    return _(FIELD_LABELS.get(name, N_("目标"))) + (f" {code}" if code else "")
