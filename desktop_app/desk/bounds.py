"""Bounds and schedules of the checks as data: from a file, kept whole or not at all, found again for a revised plan."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.checks.curves import Curves, as_texts, curves_from
from desktop_app.checks.thresholds import Thresholds
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_json
from desktop_app.desk.plan_in_force import current_plan
from desktop_app.desk.settings import THRESHOLDS
from desktop_app.desk.settled import CURVES
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.plan import Plan
from desktop_app.store import settings as kept

_KNOWN = (THRESHOLDS, CURVES)
_LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class TakenBounds:
    """What a file settled: names of thresholds, ids of tasks with a curve of their own."""

    thresholds: tuple[str, ...]
    curves: tuple[str, ...]


def take(desk: Desk, file: Path) -> TakenBounds:
    """Settle what a file says: {"thresholds": {name: value}, "curves": {task: [12 percents]}}, either may be absent.

    Thresholds that it does not name stay; its curves take the place of all curves of the plan. UsageError with one
    sentence for each nonsense, and then nothing is changed.
    """
    data = read_json(file, largest=_LARGEST)
    if not isinstance(data, dict) or not data or set(data) - set(_KNOWN):
        raise UsageError(
            _("{name} 不是校验设置文件。").format(name=file.name),
            _("应是一份 JSON，只有 thresholds（阈值）和 curves（进度曲线）两项，至少有一项。"),
        )
    bounds = _bounds(desk, data.get(THRESHOLDS, {}))
    plan = current_plan(desk) if CURVES in data else None
    curves = curves_from(data[CURVES], {task.id for task in plan.tasks}) if plan else {}
    if data.get(THRESHOLDS):
        kept.put(desk.book, THRESHOLDS, bounds, at=desk.now(), actor=desk.actor)
    if plan:
        keep_curves(desk, plan, curves)
    return TakenBounds(tuple(data.get(THRESHOLDS, {})), tuple(curves))


def keep_curves(desk: Desk, plan: Plan, curves: Curves) -> None:
    """From now on these tasks of the plan are held to schedules of their own; none takes all of them back."""
    all_plans = {**(kept.get(desk.book, CURVES) or {}), plan.id: as_texts(curves)}
    kept.put(desk.book, CURVES, all_plans, at=desk.now(), actor=desk.actor)


def _bounds(desk: Desk, given: Any) -> dict[str, str]:
    """Thresholds as the book keeps them, those given put over those that stand."""
    if not isinstance(given, dict):
        raise UsageError(_("校验阈值应当按名称列出。"), _('例如 {"behind": 10, "serious": 30}。'))
    named = {**(kept.get(desk.book, THRESHOLDS) or {}), **given}
    settled = Thresholds.from_mapping(named).texts()
    return {name: settled[name] for name in named}
