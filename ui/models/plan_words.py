"""What was understood of a plan, in words: to be read, and to be put into a field that `correct` reads back."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from desktop_app.desk import plan_answers, settle_plan
from desktop_app.language import N_, _
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Deadline, DeadlineKind, Decision, Direction, Plan, Target, Task
from ui.models.obligations import OBLIGATION_WORDS

UNIT_FIELDS = ("owners", "lead", "supporters")
FIELDS = ("targets", "deadline", *UNIT_FIELDS, "key", "obligation")

_KINDS = {
    DeadlineKind.YEAR_END: N_("年底"),
    DeadlineKind.HALF_YEAR_END: N_("半年末"),
    DeadlineKind.QUARTER_END: N_("季度末"),
    DeadlineKind.MONTH_END: N_("月底"),
    DeadlineKind.DATE: N_("到某一天"),
    DeadlineKind.EVENT: N_("随季节或活动，没有固定日期"),
    DeadlineKind.ONGOING: N_("长期实施，没有截止日"),
    DeadlineKind.STAGED: N_("分阶段"),
    DeadlineKind.UNKNOWN: N_("看不出时限"),
}
_DIRECTIONS = {
    Direction.AT_LEAST: N_("不少于 {amount}"),
    Direction.AT_MOST: N_("不超过 {amount}"),
    Direction.INCREASE: N_("增加 {amount}"),
    Direction.DECREASE: N_("下降 {amount}"),
}
_ENDINGS = {
    "-owners": "owners",
    "-unknown_unit": "owners",
    "-unknown_unit-lead": "lead",
    "-unknown_unit-supporters": "supporters",
    "-deadline": "deadline",
    "-target": "targets",
}

Name = Callable[[str], str]


def day_words(day: date) -> str:
    """2023年9月30日, in the language of the window."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def deadline_words(deadline: Deadline) -> str:
    """月底：2023年9月30日."""
    kind = _(_KINDS[deadline.kind])
    if deadline.day is None:
        return kind
    return _("{kind}：{day}").format(kind=kind, day=day_words(deadline.day))


def units_words(codes: Iterable[str], name: Name) -> str:
    """共17个：东城区、西城区…"""
    names = [name(code) for code in codes]
    if not names:
        return _("没有")
    listed = "、".join(names)
    return listed if len(names) < 4 else _("共 {count} 个：{names}").format(count=len(names), names=listed)


def target_words(target: Target) -> str:
    """不少于 50 家; words alone where there is no figure."""
    if target.value is None:
        return target.raw or target.indicator
    amount = f"{decimal_text(target.value)} {target.unit}".strip()
    pattern = _DIRECTIONS.get(target.direction)
    return _(pattern).format(amount=amount) if pattern else amount


def targets_words(targets: tuple[Target, ...], own: str, name: Name) -> str:
    """One line a target, this unit's first, the other districts' together in one."""
    amounts = [each for each in targets if each.value is not None]
    if not amounts:
        return _("没有数量目标，按文字填报")
    lines = [_("本单位：{words}").format(words=_named(each)) for each in amounts if each.scope == own]
    lines += [_("全市：{words}").format(words=_named(each)) for each in amounts if each.scope is None]
    others = [f"{name(each.scope)} {target_words(each)}" for each in amounts if each.scope not in (None, own)]
    if others:
        lines.append(_("其他单位：{words}").format(words="、".join(others)))
    return "\n".join(lines)


def _named(target: Target) -> str:
    return _("{indicator}，{words}").format(indicator=target.indicator or target.raw, words=target_words(target))


def raw_words(task: Task, field: str, was: str = "") -> str:
    """What the table itself says of a field; `was`: its own mark, where a person changed it."""
    if field in UNIT_FIELDS:
        return str(getattr(task, f"{field}_raw")).strip() or _("（空）")
    if field == "deadline":
        return task.deadline.raw.strip() or _("（空）")
    if field == "targets":
        return task.goal_raw.strip() or _("（写在工作措施里）")
    own = plan_answers.marked(field, was) if was else getattr(task, field)
    if field == "key":
        return "★" if own else _("（无标记）")
    return _(OBLIGATION_WORDS[own]) if own else _("（空）")


def reading_words(task: Task, field: str, own: str, name: Name) -> str:
    """What was understood of a field."""
    if field in UNIT_FIELDS:
        return units_words(getattr(task, field), name)
    if field == "deadline":
        return deadline_words(task.deadline)
    if field == "targets":
        return targets_words(task.targets, own, name)
    if field == "key":
        return _("★ 重点任务") if task.key else _("不是重点任务")
    return _(OBLIGATION_WORDS[task.obligation])


def field_asked(question_id: str) -> str:
    """Which field of its task a question is about; "" for questions about a whole table."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        head, found, rest = question_id.partition(ending)
        if found and head and (not rest or rest.lstrip("-").isdigit()):
            return _ENDINGS[ending]
    return ""


def decision_on(plan: Plan, task: Task, field: str) -> Decision | None:
    """Who settled a field: by putting it right, by answering, by confirming it or the whole task."""
    by_id = {each.id: each for each in plan.decisions}
    answers = [each.id for each in plan.questions if each.task == task.id and field_asked(each.id) == field]
    for key in (f"{task.id}.{field}", *answers, f"{task.id}.{settle_plan.ALL}"):
        if key in by_id:
            return by_id[key]
    return None


def corrected(plan: Plan) -> frozenset[str]:
    """The ids of the tasks, and of the indicators, that a person put something right in."""
    return frozenset(
        each.id.rpartition(".")[0]
        for each in plan.decisions
        if settle_plan.is_decision(each.id) and not each.choice.startswith("=")
    )


def who_words(by: str, at: datetime | None) -> str:
    """王喆　2023-04-04 10:42; what is known of it."""
    return "　".join(part for part in (by, f"{at:%Y-%m-%d %H:%M}" if at else "") if part)


def decision_words(decision: Decision, plan: Plan) -> str:
    """✓ 已更正：王喆　2023-04-04."""
    who = who_words(decision.by, decision.at)
    question = next((each for each in plan.questions if each.id == decision.id), None)
    choice = plan_answers.choice_words(decision.choice, question)
    if not settle_plan.is_decision(decision.id):
        return _("✓ 已答复「{choice}」　{who}").format(choice=choice, who=who)
    if decision.choice.startswith("="):
        return _("✓ 已确认　{who}").format(who=who)
    return _("✓ 已更正为「{choice}」　{who}").format(choice=choice, who=who)


def short(text: str, most: int = 40) -> str:
    """The beginning of a long text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
