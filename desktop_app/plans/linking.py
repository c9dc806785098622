"""「分区任务见附件6」: each district's figure, taken from the indicator that the measure means."""

import re
from dataclasses import replace

from desktop_app.language import N_
from desktop_app.model.plan import Indicator, Target, TargetKind, Task
from desktop_app.model.sentence import Sentence, say
from desktop_app.plans.cells import squeeze
from desktop_app.plans.target import in_unit

_SEE = re.compile(r"见附件(\d+)")


def refers(task: Task) -> bool:
    """Whether a measure says that the districts' parts stand in another annex."""
    return bool(_SEE.search(squeeze(task.measure)))


def link_indicators(task: Task, indicators: tuple[Indicator, ...]) -> tuple[Task, Sentence | None]:
    """The task with a scoped target for each district that the referred annex gives a figure; a warning where short.

    Figures are counted in the measure's own unit (600 亩 under 1万亩 is 0.06 万亩), as progress is reported in it.
    """
    see = _SEE.search(squeeze(task.measure))
    total = next((target for target in task.targets if _is_total(target)), None)
    if not see or total is None:
        return task, None
    found = _meant(task.measure, total, [each for each in indicators if each.annex == int(see[1])])
    if found is None:
        return task, None
    given = {target.scope for target in task.targets if target.scope}
    own = tuple(_own(target, total, see[0]) for target in found.targets if target.scope not in given)
    added = tuple(target for target in own if target)
    return replace(task, targets=(*task.targets, *added)), _shortfall(task, total, added, found)


def _is_total(target: Target) -> bool:
    return target.kind is TargetKind.QUANTITY and target.scope is None and not target.state


def _meant(measure: str, total: Target, candidates: list[Indicator]) -> Indicator | None:
    """The indicator counted in a fitting unit that shares most with the measure, at least two pairs of characters."""
    text = squeeze(measure)

    def shared(indicator: Indicator) -> int:
        name = squeeze(indicator.name)
        return sum(name[at : at + 2] in text for at in range(len(name) - 1))

    fitting = [each for each in candidates if in_unit(replace(total, unit=each.unit), total.unit) and shared(each) >= 2]
    return max(fitting, key=shared, default=None)


def _own(target: Target, total: Target, see: str) -> Target | None:
    own = in_unit(target, total.unit)
    if own is None or own.kind is not TargetKind.QUANTITY:
        return None
    raw = f"{target.raw}{target.unit}（{see.removeprefix('见')}）"
    return replace(own, indicator=total.indicator, raw=raw)


def _shortfall(task: Task, total: Target, added: tuple[Target, ...], found: Indicator) -> Sentence | None:
    amount = sum(target.value for target in added if target.value is not None)
    if total.value is None or amount >= total.value:
        return None
    text = N_("{task} 的分区任务（{name}）合计{amount}{unit}，少于总任务{total}{unit}，请核对。")
    return say(text, task=task.id, name=found.name, amount=str(amount), unit=total.unit, total=str(total.value))
