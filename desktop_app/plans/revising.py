"""A table that follows one already taken: what was settled goes along where the words are the same.

A revision of the same notice keeps what persons settled, with who and when. Another year's plan is only offered the
earlier answers (相关区政府 -> 门头沟区、怀柔区): the words are the same, the year is not.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.model.plan import Comparison, Decision, Plan, Question, Task
from desktop_app.plans.cells import squeeze
from desktop_app.plans.comparing import compare, same_indicators, same_measures
from desktop_app.plans.deciding import ALL, FIELDS, figure, is_decision
from desktop_app.plans.importing import PlanImport, Source, understand_all
from desktop_app.plans.some_annexes import not_in_file, with_the_rest

_RAW = {"owners": "owners_raw", "lead": "lead_raw", "supporters": "supporters_raw"}
_NEVER_OFFERED = ("duplicate", "target")  # they turn on one table's rows and one year's amounts


@dataclass(frozen=True)
class Following:
    """An import beside the plan that it revises, and what differs; both None for a plan that stands alone.

    `absent` are annexes that the file says nothing of: they stand in the plan as they were.
    """

    taken: PlanImport
    before: Plan | None = None
    comparison: Comparison | None = None
    absent: tuple[int, ...] = ()


def revised_by(plan: Plan, known: Sequence[Plan]) -> Plan | None:
    """The plan that this one revises: the latest of its year, unless their document numbers say they are two."""
    for earlier in reversed(known):
        numbers = {earlier.document_number, plan.document_number} - {""}
        if earlier.year == plan.year and earlier.id != plan.id and len(numbers) < 2 and earlier.sample == plan.sample:
            return earlier
    return None


def take_after(source: Source, answers: Mapping[str, str], known: Sequence[Plan]) -> Following:
    """A plan from a table, beside the plans already in the book (`known`, the latest last)."""
    taken = understand_all(source, answers)
    again = next((plan for plan in known if plan.id == taken.plan.id), None)
    if again is not None:
        same = _with(source, answers, list(_held(again)), taken)
        own = {field: getattr(again, field) for field in _ITS_OWN}
        plan, absent = _whole(same.plan, again, source)
        return Following(replace(same, plan=replace(plan, **own)), absent=absent)
    before = revised_by(taken.plan, known)
    if before is None:
        return Following(replace(taken, plan=with_offers(taken.plan, known)))
    headers = [each for each in _held(before) if "-header-" in each.id]
    placed = _with(source, answers, headers, taken).plan
    partner = dict(same_measures(before.tasks, placed.tasks))
    taken = _with(source, answers, [*headers, *_carried(before, placed, partner)], taken)
    whole, absent = _whole(taken.plan, before, source)
    comparison = compare(before, whole)
    plan = replace(
        with_offers(whole, known),
        revision=before.revision + 1,
        previous=before.id,
        comparison=comparison,
        document_number=taken.plan.document_number or before.document_number,
        issued=taken.plan.issued or before.issued,
        effective=taken.plan.effective or before.effective,
        repeals=taken.plan.repeals or before.repeals,
        dropped=dropped_tasks(before, comparison),
    )
    return Following(replace(taken, plan=plan), before, comparison, absent)


def _whole(plan: Plan, before: Plan, source: Source) -> tuple[Plan, tuple[int, ...]]:
    """The plan with the annexes that its file says nothing of, and which those are."""
    absent = not_in_file(before, plan)
    return (with_the_rest(plan, before, absent, source.directory) if absent else plan), absent


def dropped_id(task_id: str, plan: Plan) -> str:
    """The id under which a dropped measure goes on, so that its number is free for another one."""
    return task_id if "~" in task_id else f"{task_id}~{plan.revision}"


def dropped_tasks(before: Plan, comparison: Comparison) -> tuple[Task, ...]:
    """The measures of a plan and of those before it that the next revision no longer holds, under ids of their own."""
    gone = set(comparison.dropped)
    now = (replace(task, id=dropped_id(task.id, before)) for task in before.tasks if task.id in gone)
    return (*before.dropped, *now)


def with_offers(plan: Plan, known: Sequence[Plan]) -> Plan:
    """The plan with what was answered about the same words before, the latest answer first."""
    said: dict[tuple[str, str, str], str] = {}
    for earlier in known:
        for question in earlier.questions:
            if question.answer is not None and question.subject and question.kind not in _NEVER_OFFERED:
                said[_about(question)] = question.answer
    return replace(plan, questions=tuple(replace(each, offered=said.get(_about(each))) for each in plan.questions))


def _about(question: Question) -> tuple[str, str, str]:
    """What a question turns on, whichever row asks it: its kind, the role or field, and the words."""
    ending = re.sub(r"-c?\d+$", "", re.sub(r"^.*?-(owners|deadline|unknown_unit|header)", r"\1", question.id))
    return question.kind, ending, squeeze(question.subject)


def _held(plan: Plan) -> Iterable[Decision]:
    """All that was settled about a plan; answers of the first books carry no name and time."""
    known = {each.id for each in plan.decisions}
    for question in plan.questions:
        if question.answer is not None and question.id not in known:
            yield Decision(question.id, question.answer)
    yield from plan.decisions


def _with(source: Source, answers: Mapping[str, str], held: list[Decision], taken: PlanImport) -> PlanImport:
    """The import with earlier decisions too, each under its own name and time; `answers` go before them."""
    earlier = {each.id: each for each in held if each.id not in answers}
    if not earlier:
        return taken
    found = understand_all(source, {**{key: each.choice for key, each in earlier.items()}, **answers})
    decisions = tuple(
        replace(each, by=kept.by, at=kept.at) if (kept := earlier.get(each.id)) else each
        for each in found.plan.decisions
    )
    return replace(found, plan=replace(found.plan, decisions=decisions))


_ITS_OWN = (
    "document_number", "revision", "issued", "effective", "repealed", "repeals", "previous", "comparison", "dropped",
)  # fmt: skip


def _carried(before: Plan, plan: Plan, partner: Mapping[str, str]) -> Iterable[Decision]:
    """What was settled of a measure that is still there in the same words, under the id that it has now."""
    asked = {question.id: question for question in before.questions}
    asks = {question.id: question for question in plan.questions}
    rows = {row.id: row for row in plan.indicators}
    figures = {was: rows[now] for was, now in same_indicators(before.indicators, plan.indicators).items()}
    for each in _held(before):
        thing, _dot, name = each.id.rpartition(".")
        question = asked.get(each.id)
        if is_decision(each.id):
            was, now = before.task(thing), plan.task(partner.get(thing, ""))
            row = figures.get(thing)
            if name not in (*FIELDS, ALL):
                if row is not None and squeeze(figure(row, name)) == squeeze(each.was):
                    yield replace(each, id=f"{row.id}.{name}")
            elif was and now and _said(was, name) == _said(now, name):
                yield replace(each, id=f"{now.id}.{name}")
        elif question is not None and question.task and question.task in partner and question.kind != "duplicate":
            key = partner[question.task] + each.id.removeprefix(question.task)
            if key in asks and squeeze(asks[key].subject) == squeeze(question.subject):
                yield replace(each, id=key)


def _said(task: Task, name: str) -> str:
    """The words of the table that a field was read from."""
    if name == "deadline":
        return squeeze(task.deadline.raw)
    if name == "targets":
        return squeeze(task.measure + task.goal_raw)
    if name == ALL:
        return "\n".join(_said(task, field) for field in FIELDS)
    return squeeze(getattr(task, _RAW.get(name, "measure")))
