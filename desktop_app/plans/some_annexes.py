"""A file that holds some annexes only (one annex sent anew, or six files one after the other): the rest goes on."""

from dataclasses import replace

from desktop_app.model.plan import Annex, Plan
from desktop_app.model.unit import Directory
from desktop_app.plans.answering import understand_again
from desktop_app.plans.comparing import same_measures
from desktop_app.plans.linking import refers


def not_in_file(before: Plan, plan: Plan) -> tuple[int, ...]:
    """The annexes of the plan before that a file says nothing of; () where it is to be read as the whole plan.

    It is a part where it holds at most half of all annexes, and its measures did not stand in another annex before:
    then the annexes were put in another order, or the file does not say which it holds.
    """
    held, known = ({annex.number for annex in each.annexes} for each in (plan, before))
    absent = known - held
    if not absent or 2 * len(held) > len(held | known):
        return ()
    annex_of = {task.id: task.annex for task in (*before.tasks, *plan.tasks)}
    moved = sum(annex_of[was] in absent for was, _now in same_measures(before.tasks, plan.tasks))
    return () if 2 * moved > len(plan.tasks) > 0 else tuple(sorted(absent))


def with_the_rest(plan: Plan, before: Plan, absent: tuple[int, ...], directory: Directory) -> Plan:
    """The plan with these annexes as they were, and all that was asked and settled about them."""

    def of_the_rest(key: str) -> bool:
        number = key.partition("-")[0]
        return number.isdigit() and int(number) in absent

    said = tuple(each for each in before.warnings_said if of_the_rest(dict(each.words).get("task", "")))
    whole = replace(
        plan,
        title=before.title,
        annexes=_in_order(plan.annexes, tuple(each for each in before.annexes if each.number in absent)),
        tasks=tuple(
            sorted((*plan.tasks, *(each for each in before.tasks if each.annex in absent)), key=lambda each: each.annex)
        ),
        indicators=tuple(
            sorted(
                (*plan.indicators, *(each for each in before.indicators if each.annex in absent)),
                key=lambda each: each.annex,
            )
        ),
        questions=(*plan.questions, *(each for each in before.questions if of_the_rest(each.id))),
        decisions=(*plan.decisions, *(each for each in before.decisions if of_the_rest(each.id))),
        unread=(*plan.unread, *(each for each in before.unread if of_the_rest(each[0]))),
        aside=(*plan.aside, *(each for each in before.aside if each.task.annex in absent)),
        warnings=(*plan.warnings, *(each.chinese for each in said)),
        warnings_said=(*plan.warnings_said, *said),
    )
    for task in whole.tasks:  # figures of districts may stand in an annex of the other file
        if refers(task):
            whole = understand_again(whole, task, directory)
    return whole


def _in_order(some: tuple[Annex, ...], others: tuple[Annex, ...]) -> tuple[Annex, ...]:
    return tuple(sorted((*some, *others), key=lambda each: each.number))
