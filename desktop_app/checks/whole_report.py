"""P7 签署, L8 时限: findings about the whole report."""

from desktop_app.checks import sources
from desktop_app.checks.characters import hidden_characters, named, safely
from desktop_app.checks.context import CheckContext
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking
from desktop_app.language import N_, _
from desktop_app.model.finding import Severity

PEOPLE_LABELS = {
    "preparer": N_("填报人"),
    "reviewer": N_("审核人"),
    "approver": N_("单位负责人"),
    "phone": N_("联系电话"),
}
_ASKED = ("preparer", "approver", "phone")


@checking(
    Rule(
        "P701",
        Severity.HINT,
        N_("表尾人员未填"),
        N_("填报人、单位负责人和联系电话要在签署前填好。"),
        N_("请在表尾填写。"),
        sources.FORM,
        _ASKED,
    )
)
def people_missing(context: CheckContext) -> Answer:
    """Names and telephone at the foot not yet filled in."""
    missing = [name for name in _ASKED if not getattr(context.people, name).strip()]
    if not missing:
        return None
    listed = "、".join(_(PEOPLE_LABELS[name]) for name in missing)
    return Found(_("还没有填写：{list}。").format(list=listed), tuple((name, "") for name in missing), missing[0])


@checking(
    Rule(
        "P702",
        Severity.WARNING,
        N_("填报人与单位负责人相同"),
        N_("填报和审批应由不同的人签署。"),
        N_("请核对姓名；确由同一人负责的，请写情况说明。"),
        sources.COORDINATION,
        ("approver", "preparer"),
    )
)
def same_person(context: CheckContext) -> Answer:
    """One person fills in and approves."""
    preparer, approver = ("".join(name.split()) for name in (context.people.preparer, context.people.approver))
    if not preparer or preparer != approver:
        return None
    name = safely(preparer, context.unprintable)
    return Found(_("填报人和单位负责人都是「{name}」。").format(name=name), (("preparer", name),))


@checking(
    Rule(
        "P703",
        Severity.ERROR,
        N_("表尾文字打印不出"),
        N_("表尾的姓名或电话中有所有字体都没有的字，或看不见的字符。"),
        N_("请重新键入；姓名用字确实没有的，请把这个字报给技术支持。"),
        sources.LAYOUT,
        tuple(PEOPLE_LABELS),
    )
)
def people_unprintable(context: CheckContext) -> Answer:
    """Names that cannot be printed or seen."""
    wrong = []
    for name in PEOPLE_LABELS:
        text = getattr(context.people, name)
        characters = dict.fromkeys(hidden_characters(text) + context.unprintable(text))
        if characters:
            wrong.append((name, named("".join(characters))))
    if not wrong:
        return None
    listed = "；".join(_("「{field}」 {what}").format(field=_(PEOPLE_LABELS[name]), what=what) for name, what in wrong)
    return Found(_("打印不出：{list}。").format(list=listed), tuple(wrong), wrong[0][0])


@checking(
    Rule(
        "L801",
        Severity.WARNING,
        N_("逾期报送"),
        N_("今天已过应报日期（次月第三个工作日；当日算不算按时，由设置决定）。"),
        N_("请尽快报送，并在情况说明中写明迟报原因。"),
        sources.SUPERVISION,
    )
)
def late(context: CheckContext) -> Answer:
    """Today is after the due date."""
    days = (context.today - context.due.last_day).days
    if days <= 0:
        return None
    text = (
        _("{period} 的月报应于 {due} 前报送，今天是 {today}，已过 {days} 天。")
        if context.due.inclusive
        else _("{period} 的月报应于 {due} 之前（不含当日）报送，今天是 {today}，已晚 {days} 天。")
    )
    # Only the due date is held against an explanation: a reason given today is still one tomorrow.
    return Found(
        text.format(period=context.period, due=context.due.due.isoformat(), today=context.today.isoformat(), days=days),
        (("due", context.due.due.isoformat()),),
    )


@checking(
    Rule(
        "L802",
        Severity.HINT,
        N_("应报日期为估计"),
        N_("当年的放假通知尚未载入，应报日期按周一至周五和固定节日估计，可能不准。"),
        N_("请导入当年的放假安排（设置 → 工作日历），或以收文单位的通知为准。"),
        sources.SUPERVISION,
    )
)
def due_estimated(context: CheckContext) -> Answer:
    """The year's notice of holidays is missing."""
    if context.due.certain:
        return None
    day = context.due.due.isoformat()
    return Found(_("应报日期 {due} 是估计的。").format(due=day), (("due", day),))


@checking(
    Rule(
        "L803",
        Severity.HINT,
        N_("报告期尚未结束"),
        N_("报告期最后一天还没有过，数字可能还会变。"),
        N_("请在月末之后再核对一遍数字。"),
        sources.SUPERVISION,
    )
)
def too_early(context: CheckContext) -> Answer:
    """The period is not over yet."""
    last = context.period.last_day
    if context.today > last:
        return None
    return Found(
        _("今天是 {today}，报告期到 {last} 才结束。").format(today=context.today.isoformat(), last=last.isoformat()),
        (("last_day", last.isoformat()),),
    )


CHECKS: tuple[Check[CheckContext], ...] = (
    people_missing,
    same_person,
    people_unprintable,
    late,
    due_estimated,
    too_early,
)
