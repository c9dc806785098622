"""Action plans as far as one's own reports still tell of them, whole where the task table is at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.desk.plan_in_force import one_notice
from desktop_app.language import N_
from desktop_app.model.period import Period
from desktop_app.model.plan import Annex, Indicator, Plan, Task
from desktop_app.model.report_body import Report

SOURCE = N_("从本单位的月报恢复")


def plans_of(reports: Sequence[Report], tables: Mapping[str, Plan]) -> tuple[Plan, ...]:
    """One plan for each that the reports name, in the order in which they ruled; `tables` by the digest of the table.

    `reports` are in the order of their periods and revisions; of what two of them say of a task the later one counts.
    """
    made: list[Plan] = []
    last: Period | None = None
    for digest in dict.fromkeys(report.plan.sha256 for report in reports):
        own = [report for report in reports if report.plan.sha256 == digest]
        plan = _plan(own, tables.get(digest))
        before = made[-1] if made else None
        if before is not None and last is not None and plan.effective is None and plan.issued is None:
            plan = _following(plan, before, last, own[0].period)
        made.append(plan)
        last = max(report.period for report in own)
    return tuple(made)


def _following(plan: Plan, before: Plan, last: Period, first: Period) -> Plan:
    """A plan whose months begin where those of the one before it end: neither report says from which day it rules."""
    previous = before.id if one_notice(before, plan) else None
    overlaps = last.last_day >= date(plan.year, 1, 1)
    return replace(plan, previous=previous, effective=first.first_day if overlaps else None)


def _plan(reports: Sequence[Report], table: Plan | None) -> Plan:
    tasks = _tasks(reports)
    said = reports[-1].plan
    known = table or Plan(
        id=said.sha256,
        year=said.year,
        title=said.title,
        document_number=said.document_number,
        revision=said.revision,
        source=SOURCE,
        sample=said.sample,
        annexes=_annexes(reports),
        tasks=tuple(tasks.values()),
        indicators=_indicators(reports),
    )
    there = {task.id for task in known.tasks}
    return replace(
        known,
        title=said.title,
        document_number=said.document_number,
        revision=said.revision,
        sample=said.sample,
        tasks=tuple(tasks.get(task.id, task) for task in known.tasks),
        dropped=(*known.dropped, *(task for task in tasks.values() if task.id not in there)),
        questions=tuple(
            question
            for question in known.questions
            if question.task not in tasks or question.id in tasks[question.task].open_questions
        ),
    )


def _tasks(reports: Sequence[Report]) -> dict[str, Task]:
    """By id, in the plan's order: that of the newest report, and what only older ones hold behind it, by annex."""
    found: dict[str, Task] = {}
    for report in reversed(reports):
        for row in report.tasks:
            found.setdefault(row.task.id, row.task)
    return {task.id: task for task in sorted(found.values(), key=lambda task: task.annex)}


def _annexes(reports: Sequence[Report]) -> tuple[Annex, ...]:
    titles: dict[int, str] = {}
    for report in reports:
        for row in report.tasks:
            titles[row.task.annex] = row.annex_title or titles.get(row.task.annex, "")
    return tuple(Annex(number, titles[number], "") for number in sorted(titles))


def _indicators(reports: Sequence[Report]) -> tuple[Indicator, ...]:
    found = {indicator.id: indicator for report in reports for indicator in report.indicators}
    return tuple(found.values())
