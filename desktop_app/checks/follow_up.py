"""K3 连续性, second part: what last month said is taken up."""

from collections.abc import Sequence

from desktop_app.checks import sources
from desktop_app.checks.characters import safely
from desktop_app.checks.context import CheckContext
from desktop_app.checks.likeness import forgotten_promises, mentions, nearly_the_same
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, NotChecked, Rule, checking
from desktop_app.checks.words import is_placeholder, says_nothing, squeezed
from desktop_app.language import N_, _
from desktop_app.model.correction import Remark
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text

_QUARTER = 3


@checking(
    Rule(
        "K305",
        Severity.HINT,
        N_("完成率比上月低"),
        N_("完成率比上月低，累计完成却没有减少。"),
        N_("请核对完成率（常见原因是小数点写错，或更正累计完成后忘了改完成率）。"),
        sources.SUPERVISION,
        ("percent",),
    )
)
def rate_fell(row: Row) -> Answer:
    """The completion rate is below last month's, and no fall of the cumulative figure (K301) explains it."""
    before = row.previous.percent if row.previous else None
    if before is None or not before.is_finite() or row.percent is None or row.percent >= before:
        return None
    if row.last_cumulative is not None and row.cumulative is not None and row.cumulative < row.last_cumulative:
        return None
    return Found(
        _("完成率 {percent}%，上月为 {last}%。").format(percent=decimal_text(row.percent), last=decimal_text(before)),
        (("percent", decimal_text(row.percent)), ("last_percent", decimal_text(before))),
    )


@checking(
    Rule(
        "K306",
        Severity.HINT,
        N_("本月进展与上月几乎相同"),
        N_("本月进展与上月相比只改动了几个字，数字一个也没有变。"),
        N_("请写明本月新做了什么、完成多少；确无新增进展的，请改用零报告。"),
        sources.SUPERVISION,
        ("narrative",),
    )
)
def almost_same_words(row: Row) -> Answer:
    """Last month's narrative with a few words changed; K304 has the one with none changed."""
    if row.previous is None or row.entry.nil:
        return None
    now, before = row.entry.narrative, row.previous.narrative
    if not now or not before or not nearly_the_same(now, before) or is_placeholder(now):
        return None
    length = str(len(now.strip()))
    return Found(
        _("「本月进展」（{length} 字）与上月几乎一样，数字都没有变。").format(length=length), (("length", length),)
    )


@checking(
    Rule(
        "K307",
        Severity.HINT,
        N_("上月的安排没有下文"),
        N_("上月「下一步工作安排」里说到的事，本月的文字里找不到。"),
        N_("请在「本月进展」中交代办得怎样；推迟了的，写明推迟到什么时候。"),
        sources.COORDINATION,
        ("narrative",),
    )
)
def promise_forgotten(row: Row) -> Answer:
    """Nothing this month takes up what last month announced."""
    previous, entry = row.previous, row.entry
    if previous is None or not previous.next_steps or row.done:
        return None
    said = "\n".join((entry.narrative, entry.problems, entry.coordination, entry.nil_reason))
    forgotten = forgotten_promises(previous.next_steps, row.context.period, said, entry.next_steps)
    if not forgotten:
        return None
    quoted = "；".join(safely(clause, row.context.unprintable) for clause in forgotten[:_QUARTER])
    return Found(_("上月说「{promise}」，本月没有提到。").format(promise=quoted), (("promise", quoted),))


@checking(
    Rule(
        "K308",
        Severity.HINT,
        N_("存在问题三个月没有变"),
        N_("「存在问题（原因）」连续三个月一字不差（不计空格和标点）。"),
        N_("请写明问题的最新情况；本单位解决不了的，请写入「需市级协调事项」。"),
        sources.SUPERVISION,
        ("problems",),
    )
)
def problems_repeated(row: Row) -> Answer:
    """The same problems, word by word, in this month and the two before."""
    problems = row.entry.problems
    if row.previous is None or says_nothing(problems) or row.context.period.month < _QUARTER:
        return None
    words = squeezed(problems)
    if squeezed(row.previous.problems) != words:
        return None
    if row.context.earlier is None:
        return NotChecked(("earlier",))
    earlier = row.context.earlier.get(row.task.id)
    if earlier is None or squeezed(earlier.problems) != words:
        return None
    text = safely(problems, row.context.unprintable)
    return Found(_("「{problems}」已经连续写了三个月。").format(problems=text), (("problems", text),))


@checking(
    Rule(
        "K309",
        Severity.HINT,
        N_("上月请求协调的事没有下文"),
        N_("上月写了需市级协调事项，本月没有再写，也没有交代结果。"),
        N_("已经解决的，请在「本月进展」中说一句；没有解决的，请继续写在「需市级协调事项」中。"),
        sources.COORDINATION,
        ("coordination",),
    )
)
def request_dropped(row: Row) -> Answer:
    """Last month's request for coordination comes up nowhere."""
    before = row.previous.coordination if row.previous else ""
    if not before or says_nothing(before) or not says_nothing(row.entry.coordination):
        return None
    entry = row.entry
    said = "\n".join((entry.narrative, entry.problems, entry.next_steps, entry.nil_reason))
    if row.entry.status is Status.DONE or mentions(before, said):
        return None
    text = safely(before, row.context.unprintable)
    return Found(_("上月请求协调「{request}」，本月没有下文。").format(request=text), (("request", text),))


@checking(
    Rule(
        "K310",
        Severity.ERROR,
        N_("退回意见未答复"),
        N_("收文方退回时对这项任务提了意见，还没有答复。"),
        N_("请按意见更正，并写一句答复（answer），说明改了什么或为什么不改。"),
        sources.SUPERVISION,
        ("narrative",),
    )
)
def remark_unanswered(row: Row) -> Answer:
    """A remark with which the last revision was returned has no answer yet."""
    mine = [remark for remark in row.context.remarks if remark.task == row.task.id]
    return None if not mine else waiting(mine, row.context)


def waiting(remarks: Sequence[Remark], context: CheckContext) -> Found:
    """The remarks in one finding, at the first one's field."""
    said = "；".join(safely(remark.text, context.unprintable) for remark in remarks)
    values = tuple((f"remark{number}", remark.text) for number, remark in enumerate(remarks, 1))
    return Found(_("退回意见「{remarks}」还没有答复。").format(remarks=said), values, remarks[0].field or None)


CHECKS: tuple[Check[Row], ...] = (
    rate_fell,
    almost_same_words,
    promise_forgotten,
    problems_repeated,
    request_dropped,
    remark_unanswered,
)
