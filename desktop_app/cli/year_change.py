"""Commands at the turn of the year: close one, open the next with its plan."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import year_change
from desktop_app.desk.year_change import Carried, YearEnd
from desktop_app.errors import UsageError
from desktop_app.language import _


def close(options: Namespace) -> Answer:
    """close-year YEAR [--reason TEXT] [--preview] [--undo]."""
    if options.preview + options.undo + bool(options.reason) > 1:
        raise UsageError(_("--reason、--preview、--undo 只能写一个。"))
    with opened(options, reading=options.preview) as desk:
        if options.preview:
            end = year_change.look_back(desk, options.year)
        elif options.undo:
            end = year_change.reopen(desk, options.year)
        else:
            end = year_change.close(desk, options.year, options.reason)
    return Answer(_end(end), _end_lines(end), code=1 if options.preview and end.open else 0)


def _end(end: YearEnd) -> dict[str, Any]:
    return {
        "year": end.year,
        "closed": dict(end.closed) if end.closed else None,
        "open": list(end.open),
        "items": [item.id for item in end.items],
    }


def _end_lines(end: YearEnd) -> list[str]:
    said = _("{year}年已结束。") if end.closed else _("{year}年没有结束。")
    lines = [said.format(year=end.year), *end.open]
    if end.items:
        going_on = _("挂账事项 {count} 件没有销号，打开下一年时带过去：{items}。")
        ids = _("、").join(item.id for item in end.items)
        lines.append(going_on.format(count=len(end.items), items=ids))
    return lines


def begin(options: Namespace) -> Answer:
    """open-year YEAR [--plan TABLE] [--preview]."""
    with opened(options, reading=options.preview) as desk:
        verb = year_change.look_ahead if options.preview else year_change.open_year
        carried = verb(desk, options.year, options.plan)
    return Answer(_carried(carried), _carried_lines(options.year, carried, preview=options.preview))


def _carried(carried: Carried) -> dict[str, Any]:
    people = carried.people
    return {
        "plan": {
            "title": carried.taken.plan.title,
            "year": carried.taken.plan.year,
            "assigned": carried.taken.assigned,
            "in_book": carried.held,
        },
        "people": {"preparer": people.preparer, "reviewer": people.reviewer, "approver": people.approver},
        "keys": list(carried.keys),
        "units": carried.units,
        "places": carried.places,
        "answered": carried.answered,
        "questions": carried.left,
        "problems": [
            {"id": item.id, "was": item.task_id, "task": task or None, "words": item.last.words}
            for item, task in carried.problems
        ],
        "backup": str(carried.backup) if carried.backup else None,
    }


def _carried_lines(year: int, carried: Carried, *, preview: bool) -> list[str]:
    head = _("打开{year}年会这样（什么也没有写）：") if preview else _("{year}年已打开。")
    lines = [
        head.format(year=year),
        _("任务表《{title}》，主责 {count} 项。").format(title=carried.taken.plan.title, count=carried.taken.assigned),
        _("人员、{keys} 个密钥、{units} 个自己添加的单位、{places} 个报送去处、评分权重和校验阈值照旧。").format(
            keys=len(carried.keys), units=carried.units, places=carried.places
        ),
        _("{answered} 个问题沿用往年的答复，{left} 个要由人答复。").format(
            answered=carried.answered, left=carried.left
        ),
    ]
    for item, task in carried.problems:
        where = (
            _("接在 {task} 下，原话放进 1 月草稿").format(task=task)
            if task
            else _("新任务表里没有对应的任务，仍挂在台账上")
        )
        lines.append(f"{item.id}  {item.last.words}  {where}")
    if carried.backup:
        lines.append(_("打开以前的填报簿备份在 {path}；要退回，用 restore 恢复它。").format(path=carried.backup))
    return lines
