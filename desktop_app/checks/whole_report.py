"""P7 签署, L8 时限: findings about the whole report."""

import re
import unicodedata

from desktop_app.checks import sources
from desktop_app.checks.characters import hidden_characters, named, safely
from desktop_app.checks.context import CheckContext
from desktop_app.checks.follow_up import waiting
from desktop_app.checks.row import is_blank
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking
from desktop_app.checks.words import keeps_a_place
from desktop_app.language import N_, _
from desktop_app.model.finding import Severity

PEOPLE_LABELS = {
    "preparer": N_("填报人"),
    "reviewer": N_("审核人"),
    "approver": N_("单位负责人"),
    "phone": N_("联系电话"),
}
_SEVERAL = re.compile(r"[、,，;；/]")
_PHONE = re.compile(
    r"(?:(?:\+|00)?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|(?:\(?0\d{2,3}\)?[- ]?)?\d{7,8}(?:\s*(?:转|-|x|ext\.?)\s*\d{1,6})?)",
    re.ASCII,
)
_ASKED = ("preparer", "approver", "phone")


@checking(
    Rule(
        "P701",
        Severity.HINT,
        N_("表尾人员未填"),
        N_("填报人、单位负责人和联系电话要在签署前填好。"),
        N_("请在「设置」页的表尾人员中填好。"),
        sources.FORM,
        _ASKED,
    )
)
def people_missing(context: CheckContext) -> Answer:
    """Names and telephone at the foot not yet filled in, or only a place kept for them."""
    missing = [name for name in _ASKED if not _given(getattr(context.people, name))]
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
        N_("请在「设置」页的表尾人员中改正；确由同一人负责的，请写情况说明。"),
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
        N_("请在「设置」页的表尾人员中重新键入；姓名用字确实没有的，请把这个字报给技术支持。"),
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
        "P704",
        Severity.HINT,
        N_("联系电话格式不对"),
        N_("联系电话不像座机（区号-号码）或手机号码，收文单位可能打不通。"),
        N_("请在「设置」页的表尾人员中改正，例如 010-65090000。"),
        sources.FORM,
        ("phone",),
    )
)
def phone_odd(context: CheckContext) -> Answer:
    """A contact number of no known form."""
    phone = unicodedata.normalize("NFKC", context.people.phone).strip()
    if not _given(phone) or all(_PHONE.fullmatch(part.strip()) for part in _SEVERAL.split(phone)):
        return None
    text = safely(phone, context.unprintable)
    return Found(_("联系电话「{phone}」不像电话号码。").format(phone=text), (("phone", text),))


@checking(
    Rule(
        "P705",
        Severity.WARNING,
        N_("审核人与他人相同"),
        N_("审核人与填报人或单位负责人是同一个人，等于没有审核。"),
        N_("请在「设置」页的表尾人员中换一位审核人，或清空审核人；确由同一人负责的，请写情况说明。"),
        sources.COORDINATION,
        ("reviewer", "preparer", "approver"),
    )
)
def reviewer_twice(context: CheckContext) -> Answer:
    """The reviewer is also the preparer or the approver."""
    people = context.people
    reviewer = "".join(people.reviewer.split())
    same = [
        role for role in ("preparer", "approver") if reviewer and "".join(getattr(people, role).split()) == reviewer
    ]
    if not same:
        return None
    name, roles = safely(reviewer, context.unprintable), "、".join(_(PEOPLE_LABELS[role]) for role in same)
    return Found(
        _("审核人「{name}」同时是{roles}。").format(name=name, roles=roles),
        (("reviewer", name), ("same", ",".join(same))),
    )


@checking(
    Rule(
        "P706",
        Severity.ERROR,
        N_("填报日期早于报告期"),
        N_("填报日期在报告期开始之前，进展还没有发生，不能签署。"),
        N_("请检查是否选错了月份；电脑日期不对的，请先改正电脑日期。"),
        sources.SUPERVISION,
    )
)
def before_the_month(context: CheckContext) -> Answer:
    """The day of filling in lies before the period."""
    first = context.period.first_day
    if context.today >= first:
        return None
    return Found(
        _("今天是 {today}，{period} 还没有开始。").format(today=context.today.isoformat(), period=context.period),
        (("first_day", first.isoformat()),),
    )


@checking(
    Rule(
        "P707",
        Severity.WARNING,
        N_("统计截止日期不在报告期"),
        N_("统计截止日期应在报告期之内，一般是月末。"),
        N_("请改正统计截止日期；确按其他日期统计的，请写情况说明。"),
        sources.FORM,
    )
)
def counted_elsewhen(context: CheckContext) -> Answer:
    """The cut-off day of the figures lies outside the period."""
    day = context.as_of
    if day is None or context.period.first_day <= day <= context.period.last_day:
        return None
    return Found(
        _("统计截止日期是 {day}，不在 {period} 之内。").format(day=day.isoformat(), period=context.period),
        (("as_of", day.isoformat()),),
    )


@checking(
    Rule(
        "P708",
        Severity.ERROR,
        N_("对全表的退回意见未答复"),
        N_("收文方退回时对整份月报提了意见，还没有答复。"),
        N_("请按意见更正，并写一句答复（answer），说明改了什么或为什么不改。"),
        sources.SUPERVISION,
    )
)
def remark_on_all_unanswered(context: CheckContext) -> Answer:
    """A remark on the report as a whole, or on a task that is no longer in it, has no answer yet."""
    here = {task.id for task in (*context.tasks, *context.optional)}
    open_ones = [remark for remark in context.remarks if remark.task not in here]
    return None if not open_ones else waiting(open_ones, context)


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


@checking(
    Rule(
        "L804",
        Severity.HINT,
        N_("内部截止日已过"),
        N_("本单位设的内部截止日已过，还有任务没有填。"),
        N_("请催有关街道、乡镇或部门交齐，或先按已有情况填写。"),
        sources.COORDINATION,
    )
)
def cutoff_passed(context: CheckContext) -> Answer:
    """The internal cut-off day has gone by, and required rows are blank."""
    if context.cutoff is None or context.today <= context.cutoff:
        return None
    missing = sum(is_blank(context.entries.get(task.id)) for task in context.tasks)
    if not missing:
        return None
    day = context.cutoff.isoformat()
    return Found(
        _("内部截止日 {day} 已过，还有 {count} 项任务没有填。").format(day=day, count=missing),
        (("cutoff", day), ("missing", str(missing))),
    )


def _given(text: str) -> bool:
    """Whether a name or a telephone number stands there, not only a place kept for one."""
    return bool(text.strip()) and not keeps_a_place(text)


CHECKS: tuple[Check[CheckContext], ...] = (
    people_missing,
    same_person,
    people_unprintable,
    phone_odd,
    reviewer_twice,
    before_the_month,
    counted_elsewhen,
    remark_on_all_unanswered,
    late,
    due_estimated,
    too_early,
    cutoff_passed,
)
