"""Targets and deadlines in short Chinese words that are read back to the same meaning: for editing and comparing."""

import re

from desktop_app.model.plan import Deadline, DeadlineKind, Direction, Target, TargetKind
from desktop_app.model.unit import Directory
from desktop_app.plans.deadline import read_deadline
from desktop_app.plans.directory import shipped_directory
from desktop_app.plans.figures import TIMES

_TRENDS = {
    Direction.INCREASE: "持续提升",
    Direction.DECREASE: "持续下降",
    Direction.IMPROVE: "持续改善",
    Direction.STABLE: "保持稳定",
}
_CHANGES = {Direction.INCREASE: "提高", Direction.DECREASE: "下降"}
# Data that is kept and edited, so Chinese in every language of the window.
_WITHOUT_DAY = {
    DeadlineKind.ONGOING: "长期实施",
    DeadlineKind.EVENT: "相关节点前",
    DeadlineKind.STAGED: "分阶段完成，长期坚持",
    DeadlineKind.UNKNOWN: "待定",
}


def target_words(target: Target, directory: Directory | None = None) -> str:
    """A target as a phrase: 300个村, 不低于95%, 不超过32微克/立方米, 朝阳区36万平方米, 持续下降.

    read_targets gives the same value, unit, kind, direction and scope for it; a goal in words stays its own words.
    """
    if target.value is None:
        return _TRENDS.get(target.direction) or target.raw or target.indicator
    return _scope(target, directory or shipped_directory()) + _sense(target) + _amount(target)


def _amount(target: Target) -> str:
    return f"{target.value:f}{target.unit}"


def _sense(target: Target) -> str:
    if target.direction in _CHANGES:
        return _CHANGES[target.direction]
    if target.direction is Direction.AT_MOST:
        return "不超过"
    if target.kind is not TargetKind.QUANTITY:
        return "不低于"
    bare = target.unit and not re.fullmatch(TIMES, target.unit)
    return "" if bare or (not target.scope and not target.unit) else "不少于"


def _scope(target: Target, directory: Directory) -> str:
    unit = directory.find(target.scope) if target.scope else None
    return unit.short_name if unit else target.scope or ""


def deadline_words(deadline: Deadline) -> str:
    """A deadline as a phrase: 2023年6月底前, 2023年11月15日前, 长期实施; the table's own words where only they say it.

    A person may have decided otherwise than the table's words read: then the phrase follows the decision.
    """
    day = deadline.day
    if day is None or deadline.kind is DeadlineKind.STAGED:
        return _own_words(deadline)
    if deadline.kind is DeadlineKind.YEAR_END:
        return f"{day.year}年底前"
    if deadline.kind is DeadlineKind.HALF_YEAR_END:
        return f"{day.year}年{'上' if day.month <= 6 else '下'}半年"
    if deadline.kind is DeadlineKind.QUARTER_END:
        return f"{day.year}年第{'一二三四'[(day.month - 1) // 3]}季度"
    if deadline.kind is DeadlineKind.MONTH_END:
        return f"{day.year}年{day.month}月底前"
    return f"{day.year}年{day.month}月{day.day}日前"


def _own_words(deadline: Deadline) -> str:
    day = deadline.day
    for year in (day.year, day.year - 1) if day else (2000,):
        read = read_deadline(deadline.raw, year)[0]
        if deadline.raw and (read.kind, read.day) == (deadline.kind, day):
            return deadline.raw
    if day:
        return f"分阶段完成，{day.year}年{day.month}月{day.day}日前全部完成"
    return _WITHOUT_DAY.get(deadline.kind, deadline.raw)
