"""J9 计划: what the plan says of a task, and whether the row answers it."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from desktop_app.checks import sources
from desktop_app.checks.characters import safely
from desktop_app.checks.context import CheckContext
from desktop_app.checks.likeness import figures_of
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking
from desktop_app.language import N_, _
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Change, Direction, Target

_ASKED = ("targets", "deadline", "measure")
_CHANGE_LABELS = {"targets": N_("目标"), "deadline": N_("完成时限"), "measure": N_("工作措施")}
_SPOKEN_OF = re.compile(
    r"调整|修订|变更|调增|调减|新目标|新任务量|新要求|原定|原目标|原任务|提前至|推迟至|增加到|压减到"
)


@checking(
    Rule(
        "J901",
        Severity.WARNING,
        N_("计划调整后没有说明"),
        N_("任务表修订改动了这项任务的目标、时限或措施，本月文字没有提到这次调整。"),
        N_("请在「本月进展」或「下一步工作安排」中写明如何按新要求办；不需要调整做法的，请写情况说明。"),
        sources.COORDINATION,
        ("narrative", "next_steps"),
    )
)
def change_unanswered(row: Row) -> Answer:
    """A revision changed what is asked, and this month's words take no notice. Only in its first month."""
    changes = [change for change in row.context.changes.get(row.task.id, ()) if change.field in _ASKED]
    if not changes or row.done:
        return None
    entry = row.entry
    said = "\n".join((entry.narrative, entry.problems, entry.next_steps, entry.coordination, entry.nil_reason))
    if _SPOKEN_OF.search(said) or _new_figures(changes) & set(figures_of(said)):
        return None
    listed = "；".join(
        _("{field}由「{old}」改为「{new}」").format(
            field=_(_CHANGE_LABELS[change.field]),
            old=safely(change.old, row.context.unprintable),
            new=safely(change.new, row.context.unprintable),
        )
        for change in changes
    )
    values = tuple((change.field, safely(change.new, row.context.unprintable)) for change in changes)
    return Found(_("修订后的任务表：{list}，本月没有说明。").format(list=listed), values)


@checking(
    Rule(
        "J902",
        Severity.WARNING,
        N_("协办任务只填了一半"),
        N_("协办任务可以不报；填了就要有进展状态和本月进展（或零报告）。"),
        N_("请补填完整；不打算报的，把已填的内容全部清空；确要这样报的，请写情况说明。"),
        sources.COORDINATION,
        ("status", "narrative"),
    )
)
def half_an_offer(row: Row) -> Answer:
    """An optional row that says something, but not enough to be an answer."""
    if row.required or row.entry.answered or row.entry.nil:
        return None
    missing = "status" if row.entry.status is None else "narrative"
    wanting = _("没有选择进展状态") if missing == "status" else _("没有写本月进展")
    return Found(_("这项协办任务填了一部分，但{wanting}。").format(wanting=wanting), (("missing", missing),), missing)


@checking(
    Rule(
        "J903",
        Severity.HINT,
        N_("任务理解尚未确认"),
        N_("任务表中这项任务的时限、目标或责任单位还有待确认的问题，校验按目前的理解进行。"),
        N_("请在「计划」页答复待确认的问题。"),
        sources.COORDINATION,
        (),
    )
)
def unsettled(row: Row) -> Answer:
    """Questions about this task are still open."""
    if not row.task.open_questions:
        return None
    listed = "、".join(row.task.open_questions)
    return Found(_("还有 {count} 个问题待确认。").format(count=len(row.task.open_questions)), (("questions", listed),))


@checking(
    Rule(
        "J904",
        Severity.HINT,
        N_("写出的数值未达区级指标"),
        N_("本月进展中写出的指标数值，没有达到附件给本单位的目标（按不高于、不低于的方向比）。"),
        N_("请核对数值；确未达标的，请在「存在问题（原因）」中写明原因和打算。"),
        sources.SUPERVISION,
        ("narrative", "problems"),
    )
)
def indicator_missed(row: Row) -> Answer:
    """A value of a district indicator, read in the narrative, on the wrong side of this unit's target.

    The form has no field for these values; a direction without a figure (持续改善) cannot be held against a text.
    """
    if row.reason or not row.entry.narrative:
        return None
    bounds: _Bounds = row.context.once("bounds", _bounds)
    if bounds.any is None or not bounds.any.search(row.entry.narrative):
        return None
    text = unicodedata.normalize("NFKC", row.entry.narrative)
    for name, (pattern, target) in bounds.each.items():
        found = pattern.search(text)
        if found is None or target.value is None:
            continue
        value = Decimal(found[1])
        if value > target.value if target.direction is Direction.AT_MOST else value < target.value:
            limit = _("不高于") if target.direction is Direction.AT_MOST else _("不低于")
            return Found(
                _("写到「{name}」{value} {unit}，本单位目标为{limit} {target} {unit}，没有写原因。").format(
                    name=name, value=found[1], unit=target.unit, limit=limit, target=decimal_text(target.value)
                ),
                (("indicator", name), ("value", found[1]), ("target", decimal_text(target.value))),
            )
    return None


class _Bounds:
    """The unit's indicators that a text can be held against: one pattern to find any, one for each with its target."""

    def __init__(self, each: Mapping[str, tuple[re.Pattern[str], Target]], words: set[str]) -> None:
        self.each = each
        self.any = re.compile("|".join(sorted(map(re.escape, words)))) if words else None


_TAILS = re.compile(r"(?:年均浓度|累计浓度|浓度|指数)?(?:\(.*\))?$")
_OTHER_NAMES = {"PM2.5": ("PM2.5", "PM₂.₅", "细颗粒物")}


def _bounds(context: CheckContext) -> _Bounds:
    each: dict[str, tuple[re.Pattern[str], Target]] = {}
    words: set[str] = set()
    for indicator in context.plan.indicators:
        target = indicator.target_for(context.unit.code)
        name = unicodedata.normalize("NFKC", indicator.name)
        core = _TAILS.sub("", name)
        if target is None or target.value is None or not indicator.unit or not core:
            continue
        if target.direction not in (Direction.AT_MOST, Direction.AT_LEAST) or indicator.unit in (
            "个",
            "家",
            "辆",
            "亩",
        ):
            continue  # amounts of work are tasks, and the rules on figures look at those
        names = _OTHER_NAMES.get(core, (core,))
        unit = re.escape(unicodedata.normalize("NFKC", target.unit or indicator.unit))
        either = "|".join(re.escape(unicodedata.normalize("NFKC", word)) for word in names)
        # 「2月」 stands between name and value as often as not: a number counts only with the unit right after it.
        each[name] = (re.compile(rf"(?:{either})[^。；;，,\n]{{0,14}}?(\d+(?:\.\d+)?)\s*{unit}"), target)
        words.update(names)
    return _Bounds(each, words)


def _new_figures(changes: list[Change]) -> set[str]:
    """The numbers that the new wording has and the old one has not."""
    old = {number for change in changes for number in figures_of(change.old)}
    return {number for change in changes for number in figures_of(change.new)} - old


CHECKS: tuple[Check[Row], ...] = (change_unanswered, half_an_offer, unsettled, indicator_missed)
