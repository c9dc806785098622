"""What a person confirmed or corrected of a plan's reading, field by field; the raw text always stays.

A decision's id is TASK.FIELD (3-9.deadline), TASK.all, or INDICATOR.UNIT (6-3.110105) for a district's figure. Its
choice is a value in the words that a table would use, or `=` followed by what was confirmed: should the reading ever
come out otherwise, the confirmation no longer holds and the import says so.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.plain import to_plain
from desktop_app.model.plan import Direction, Indicator, Obligation, Plan, Question, Target, Task
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import squeeze
from desktop_app.plans.decision_keys import ALL as ALL
from desktop_app.plans.decision_keys import CONFIRMED as CONFIRMED
from desktop_app.plans.decision_keys import FIELDS as FIELDS
from desktop_app.plans.decision_keys import is_decision as is_decision
from desktop_app.plans.in_words import deadline_in, targets_in, units_in
from desktop_app.plans.indicator_cells import read_cell

NOBODY = N_("无")
NOT_APPLICABLE = "/"
OBLIGATIONS = {N_("规定动作"): Obligation.MANDATORY, N_("特色任务"): Obligation.DISTRICT_SPECIFIC, NOBODY: None}
# Marks are data that is kept and compared, so their words are Chinese in every language of the window.
MARKS: Mapping[str, Mapping[str, Any]] = {"key": {N_("是"): True, N_("否"): False}, "obligation": OBLIGATIONS}
_QUESTIONS = {
    "owners": r"-owners$|-unknown_unit(-\d+)?$",
    "lead": r"-unknown_unit-lead(-\d+)?$",
    "supporters": r"-unknown_unit-supporters(-\d+)?$",
    "deadline": "-deadline$",
    "targets": "-target$",
}


@dataclass(frozen=True)
class Decided:
    """A task with what persons settled; `lapsed` names fields that were confirmed of another reading."""

    task: Task
    lapsed: tuple[str, ...] = ()


def canonical(task: Task, name: str) -> str:
    """What is understood of a field, as a confirmation keeps it."""
    if name == ALL:
        return json.dumps([canonical(task, each) for each in FIELDS], ensure_ascii=False)
    value: Any = getattr(task, name)
    if name == "deadline":
        return f"{value.kind} {value.day or ''}".strip()
    if name == "targets":
        return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)
    return "、".join(value) if isinstance(value, tuple) else str(value)


def decide(task: Task, choices: Mapping[str, str], directory: Directory, year: int) -> Decided:
    """The task with its confirmed and corrected fields; ClerkError for a value that cannot be read."""
    lapsed: list[str] = []
    for name in FIELDS:
        choice = choices.get(f"{task.id}.{name}")
        if choice is not None and not choice.startswith(CONFIRMED):
            task = _confirmed(replace(task, **_corrected(task, name, choice, directory, year)), name)
    for name in (ALL, *FIELDS):
        choice = choices.get(f"{task.id}.{name}", "")
        if not choice.startswith(CONFIRMED):
            continue
        if choice in (CONFIRMED, CONFIRMED + canonical(task, name)):
            task = _confirmed(task, *(FIELDS if name == ALL else (name,)))
        else:
            lapsed.append(name)
    return Decided(task, tuple(lapsed))


def mark(name: str, value: Any) -> str:
    """A mark as a decision keeps it, in the words of a correction."""
    return next((word for word, known in MARKS[name].items() if known == value), NOBODY)


def with_mark(task: Task, name: str, word: str) -> Task:
    """The task with a mark as the table has it."""
    return replace(task, **{name: MARKS[name][word]}) if word in MARKS[name] else task


def figure(row: Indicator, code: str) -> str:
    """A district's figure in the words that stand there; 「/」 where the indicator does not apply to it."""
    target = row.target_for(code)
    return target.raw if target else NOT_APPLICABLE


def decide_indicator(row: Indicator, choices: Mapping[str, str]) -> Indicator:
    """The indicator with the figures that persons corrected; 「/」 says that it does not apply to the district."""
    targets = {target.scope or "": target for target in row.targets}
    for key, choice in choices.items():
        indicator, _dot, code = key.rpartition(".")
        if indicator != row.id or code in (*FIELDS, ALL) or choice.startswith(CONFIRMED):
            continue
        before = targets.pop(code, None)
        target = read_cell(choice, row.name, row.unit, code, upper=_upper(before, targets.values()))
        if target:
            targets[code] = target
    return replace(row, targets=tuple(targets.values()))


def _upper(before: Target | None, others: Iterable[Target]) -> bool:
    """Whether a bare figure is an upper bound: as in most other districts, else as what stood there."""
    found = [target.direction is Direction.AT_MOST for target in others if target.value is not None]
    if not found:
        return before is not None and before.direction is Direction.AT_MOST
    return 2 * sum(found) > len(found)


def covered(question: Question, choices: Mapping[str, str]) -> bool:
    """Whether a correction of the very field has made this question needless."""
    for name, ending in _QUESTIONS.items():
        choice = choices.get(f"{question.task}.{name}", CONFIRMED)
        if re.search(ending, question.id) and not choice.startswith(CONFIRMED):
            return True
    return False


def _confirmed(task: Task, *names: str) -> Task:
    known = dict.fromkeys((*task.confirmed, *names))
    confirmed = tuple(name for name in FIELDS if name in known)
    deadline = replace(task.deadline, confirmed=task.deadline.confirmed or "deadline" in confirmed)
    return replace(task, confirmed=confirmed, deadline=deadline)


def _corrected(task: Task, name: str, choice: str, directory: Directory, year: int) -> dict[str, Any]:
    """The field's new value."""
    if name in ("owners", "lead", "supporters"):
        return {name: () if squeeze(choice) == NOBODY else units_in(choice, directory)}
    if name == "deadline":
        return {name: deadline_in(choice, task.deadline.raw, year)}
    if name == "targets":
        return {name: targets_in(choice, task.measure, directory)}
    known = MARKS[name]
    if squeeze(choice) not in known:
        text = _("「{choice}」不能作为{field}。")
        raise ClerkError(
            text.format(choice=choice, field=_(FIELDS[name])), _("可选：{choices}。").format(choices="、".join(known))
        )
    return {name: known[squeeze(choice)]}


def check_decision(plan: Plan, key: str, directory: Directory) -> None:
    """Raise ClerkError where a decision's id leads nowhere in this plan."""
    thing, _dot, name = key.rpartition(".")
    if name in (*FIELDS, ALL):
        if plan.task(thing) is None:
            raise ClerkError(_("计划里没有编号为 {task} 的任务。").format(task=thing))
    elif not any(row.id == thing for row in plan.indicators):
        raise ClerkError(_("计划里没有编号为 {id} 的指标。").format(id=thing))
    elif not is_district(name, directory):
        raise ClerkError(
            _("「{code}」不是区的代码，各区指标里没有这一行。").format(code=name), _("例如：6-3.110105 是朝阳区的。")
        )


def is_district(code: str, directory: Directory) -> bool:
    """Whether a code is a district's, the development area's among them."""
    return any(unit.code == code for unit in directory.districts(with_development_area=True))
