"""What a person confirmed or corrected of a plan's reading, field by field; the raw text always stays.

A decision's id is TASK.FIELD (3-9.deadline), TASK.all, or INDICATOR.UNIT (6-3.110105) for a district's figure. Its
choice is a value in the words that a table would use, or `=` followed by what was confirmed: should the reading ever
come out otherwise, the confirmation no longer holds and the import says so.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cattrs.errors import BaseValidationError

from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.plan import Direction, Indicator, Obligation, Plan, Question, Target, TargetKind, Task
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import squeeze
from desktop_app.plans.deadline import read_deadline
from desktop_app.plans.indicator_cells import read_cell
from desktop_app.plans.owners import read_units
from desktop_app.plans.target import read_targets

CONFIRMED = "="
ALL = "all"
NOBODY = "无"
NO_AMOUNT = "不设数量目标"
FIELDS = {
    "owners": N_("主责单位"),
    "lead": N_("牵头部门"),
    "supporters": N_("协办单位"),
    "deadline": N_("完成时限"),
    "targets": N_("目标"),
    "key": N_("重点任务"),
    "obligation": N_("任务性质"),
}
OBLIGATIONS = {"规定动作": Obligation.MANDATORY, "特色任务": Obligation.DISTRICT_SPECIFIC, NOBODY: None}
MARKS = ("key", "obligation")
_YES_NO = {"是": True, "否": False}
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


def is_decision(key: str) -> bool:
    """Whether an id speaks of a reading rather than of a question."""
    return "." in key and (key.rpartition(".")[2] in (*FIELDS, ALL) or bool(re.search(r"\.(\d{6}|[A-Z]+-\w+)$", key)))


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


def mark(task: Task, name: str) -> str:
    """A mark as a decision keeps it, in the words of a correction."""
    known: Mapping[str, Any] = _YES_NO if name == "key" else OBLIGATIONS
    return next(word for word, value in known.items() if value == getattr(task, name))


def obligation_word(value: str) -> str:
    """A row's obligation in the words of a correction."""
    return next((word for word, known in OBLIGATIONS.items() if known == (value or None)), NOBODY)


def with_mark(task: Task, name: str, word: str) -> Task:
    """The task with a mark as the table has it."""
    known: Mapping[str, Any] = _YES_NO if name == "key" else OBLIGATIONS
    return replace(task, **{name: known[word]}) if word in known else task


def decide_indicator(row: Indicator, choices: Mapping[str, str]) -> Indicator:
    """The indicator with the figures that persons corrected; 「/」 says that it does not apply to the district."""
    targets = {target.scope or "": target for target in row.targets}
    for key, choice in choices.items():
        indicator, _dot, code = key.rpartition(".")
        if indicator != row.id or code in (*FIELDS, ALL) or choice.startswith(CONFIRMED):
            continue
        before = targets.pop(code, None)
        upper = before.direction is Direction.AT_MOST if before else False
        target = read_cell(choice, row.name, row.unit, code, upper=upper)
        if target:
            targets[code] = target
    return replace(row, targets=tuple(targets.values()))


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
        return {name: _units(choice, directory)}
    if name == "deadline":
        chosen, unclear = read_deadline(choice, year)
        if unclear:
            raise _refused(name, choice, _("请写成「年底前」「6月底前」「11月15日前」「长期实施」这样的说法。"))
        return {name: replace(chosen, raw=task.deadline.raw, confirmed=True)}
    if name == "targets":
        return {name: _targets(task, choice, directory)}
    known: Mapping[str, Any] = _YES_NO if name == "key" else OBLIGATIONS
    if squeeze(choice) not in known:
        raise _refused(name, choice, _("可选：{choices}。").format(choices="、".join(known)))
    return {name: known[squeeze(choice)]}


def _units(choice: str, directory: Directory) -> tuple[str, ...]:
    if squeeze(choice) == NOBODY:
        return ()
    found = read_units(choice, directory)
    if found.codes and not (found.unknown or found.vague or found.etc):
        return found.codes
    raise _refused("owners", choice, _("请写单位名称、简称或代码，用「、」隔开；没有就写「无」。"))


def _targets(task: Task, choice: str, directory: Directory) -> tuple[Target, ...]:
    """Targets from words (300个村；不低于95%), or from a JSON list in the form that `plan show` prints."""
    if squeeze(choice) == NO_AMOUNT:
        name = re.split(r"[，。；;]", task.measure, maxsplit=1)[0][:30]
        return (Target(name, TargetKind.QUALITATIVE, Direction.NONE, raw=choice),)
    if choice.lstrip().startswith("["):
        try:
            return tuple(from_plain(Target, row) for row in json.loads(choice))
        except (ValueError, TypeError, ArithmeticError, RecursionError, BaseValidationError) as wrong:
            raise _refused("targets", choice[:60], _("请照 plan show 给出的写法写。")) from wrong
    found = read_targets(choice, directory)
    if not choice.strip() or all(target.kind is TargetKind.QUALITATIVE for target in found):
        raise _refused("targets", choice, _("请写数量和单位，例如「120家」，或「不设数量目标」。"))
    return found


def _refused(name: str, choice: str, remedy: str) -> ClerkError:
    return ClerkError(_("「{choice}」不能作为{field}。").format(choice=choice, field=_(FIELDS[name])), remedy)


def check_decision(plan: Plan, key: str) -> None:
    """Raise ClerkError where a decision's id leads nowhere in this plan."""
    thing, _dot, name = key.rpartition(".")
    if name in (*FIELDS, ALL):
        if plan.task(thing) is None:
            raise ClerkError(_("计划里没有编号为 {task} 的任务。").format(task=thing))
    elif not any(row.id == thing for row in plan.indicators):
        raise ClerkError(_("计划里没有编号为 {id} 的指标。").format(id=thing))
