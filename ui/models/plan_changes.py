"""What a new task table brings or changes, line by line in words. No widget."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from desktop_app.desk.plan_answers import choice_words
from desktop_app.desk.plan_in_force import field_label
from desktop_app.language import _
from desktop_app.model.plan import Change, Comparison, Obligation, Plan, Task
from ui.models.obligations import OBLIGATION_WORDS
from ui.models.plan_words import Name

MOVED = ("number", "annex")
_LONG = 24  # characters: from here on only what differs is said
_AROUND = 8


@dataclass(frozen=True)
class Said:
    """One line. kind: added, dropped, changed, indicators, sheet, warning; `own` where this unit has a part in it."""

    kind: str
    text: str
    own: bool = False


def counts(found: Comparison) -> dict[str, int]:
    """How many measures are new, gone, altered, and how many stand under another number only."""
    altered = {change.id for change in found.changed if change.field not in MOVED}
    moved = {change.id for change in found.changed} - altered
    return {"added": len(found.added), "dropped": len(found.dropped), "changed": len(altered), "moved": len(moved)}


def changes(found: Comparison, before: Plan, now: Plan, own: str, name: Name) -> tuple[Said, ...]:
    """A revision held against the plan before it."""
    old, new = ({task.id: task for task in plan.tasks} for plan in (before, now))
    said = [Said("added", _task(new[key]), _takes_part(new.get(key), own)) for key in found.added if key in new]
    said += [Said("dropped", _task(old[key]), _takes_part(old.get(key), own)) for key in found.dropped if key in old]
    by_id: dict[str, list[Change]] = {}
    for change in found.changed:
        by_id.setdefault(change.id, []).append(change)
    for key, group in by_id.items():
        altered = [change for change in group if change.field not in MOVED]
        if altered:
            concerns = _takes_part(new.get(key), own) or _takes_part(old.get(group[0].was), own)
            said.append(Said("changed", _altered(new.get(key), key, group), concerns))
    names = {row.id: row for row in (*before.indicators, *now.indicators)}
    for keys, text in (
        (found.added_indicators, _("新增指标 {id} {name}")),
        (found.dropped_indicators, _("取消指标 {id} {name}")),
    ):
        said += [
            Said("indicators", text.format(id=key, name=names[key].name), names[key].target_for(own) is not None)
            for key in keys
            if key in names
        ]
    said += [
        Said(
            "indicators", f"{each.id} {names[each.id].name}　{change_words(each, name)}", each.field.endswith(f".{own}")
        )
        for each in found.changed_indicators
        if each.id in names and each.field != "number"
    ]
    return (*said, *_warnings(now))


def brought(plan: Plan, sheets: Iterable[tuple[str, int, int]]) -> tuple[Said, ...]:
    """A table that stands alone: its sheets (title, measures, indicators) and what to mind."""
    text = _("{title}：{measures} 项任务，{indicators} 项指标")
    rows = [
        Said("sheet", text.format(title=title, measures=measures, indicators=indicators))
        for title, measures, indicators in sheets
    ]
    return (*rows, *_warnings(plan))


def change_words(change: Change, name: Name = str) -> str:
    """目标：300个村 → 360个村; `name` says what a unit's code stands for."""
    old, new = _apart(change.field, _value(change.field, change.old), _value(change.field, change.new))
    text = _("{field}：{old} → {new}")
    field, _dot, code = change.field.partition(".")
    label = f"{field_label(field)} {name(code)}" if code else field_label(field)
    return text.format(field=label, old=old or _("（空）"), new=new or _("（空）"))


def _apart(field: str, old: str, new: str) -> tuple[str, str]:
    """Only what differs of two long texts, with a little around it."""
    if field == "targets":
        before, after = old.split("；"), new.split("；")
        parts = "；".join(each for each in before if each not in after), "；".join(e for e in after if e not in before)
        return parts if any(parts) else (old, new)
    if min(len(old), len(new)) < _LONG:
        return old, new
    start = _alike(old, new)
    end = min(_alike(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    cut = max(0, start - _AROUND), max(0, end - _AROUND)
    return _cut(old, *cut), _cut(new, *cut)


def _alike(one: str, other: str) -> int:
    """How many characters are the same at the beginning."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str, front: int, back: int) -> str:
    kept = text[front : len(text) - back]
    return ("…" if front else "") + kept + ("…" if back else "")


def _value(field: str, text: str) -> str:
    if field == "obligation" and text:
        return _(OBLIGATION_WORDS[Obligation(text)])
    if field == "key":
        return choice_words(text)
    return " ".join(text.split())


def _warnings(plan: Plan) -> tuple[Said, ...]:
    return tuple(Said("warning", text) for text in plan.remarks)


def _takes_part(task: Task | None, code: str) -> bool:
    return task is not None and code in (*task.owners, *task.lead, *task.supporters)


def _task(task: Task) -> str:
    return f"{task.id}　{task.title}　{task.measure}"


def _altered(task: Task | None, key: str, group: list[Change]) -> str:
    moved = next((f"（{change.was} → {change.id}）" for change in group if change.field in MOVED), "")
    lines = [f"{key}{moved}　{task.title if task else ''}"]
    lines += [f"　　{change_words(change)}" for change in group if change.field not in MOVED]
    return "\n".join(lines)
