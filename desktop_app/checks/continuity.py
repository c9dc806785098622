"""K3 连续性: this month goes on from last month."""

from desktop_app.checks import sources
from desktop_app.checks.likeness import differ
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, NotChecked, Rule, checking, lacking
from desktop_app.checks.words import is_placeholder, squeezed
from desktop_app.language import N_, _
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text

# 长期坚持 stands outside the ladder: nothing comes before or after it.
_LADDER = {
    Status.NOT_STARTED: 0,
    Status.PREPARING: 1,
    Status.ON_TRACK: 2,
    Status.BEHIND: 2,
    Status.OVERDUE: 2,
    Status.DONE: 3,
}


@checking(
    Rule(
        "K301",
        Severity.WARNING,
        N_("累计完成比上月少"),
        N_("累计完成只增不减；因更正而减少的，要有更正说明。"),
        N_("请核对累计完成；确需更正的，请在情况说明中写明更正原因。"),
        sources.SUPERVISION,
        ("cumulative",),
    )
)
def total_fell(row: Row) -> Answer:
    """The cumulative figure is below last month's."""
    if row.last_cumulative is None:
        return None
    if row.cumulative is None:
        return NotChecked(("cumulative",))
    if row.cumulative >= row.last_cumulative:
        return None
    return Found(
        _("累计完成 {cumulative}，上月为 {last}，少了 {fall}，没有更正说明。").format(
            cumulative=row.measured(row.cumulative),
            last=row.measured(row.last_cumulative),
            fall=row.measured(row.last_cumulative - row.cumulative),
        ),
        (
            ("cumulative", decimal_text(row.cumulative)),
            ("last_cumulative", decimal_text(row.last_cumulative)),
        ),
    )


@checking(
    Rule(
        "K302",
        Severity.WARNING,
        N_("累计不等于上月累计加本月"),
        N_("累计完成应等于上月累计加本月完成。"),
        N_("请核对三个数字（常见原因是数字写颠倒或漏记）；因更正而不等的，请写情况说明。"),
        sources.SUPERVISION,
        ("cumulative", "this_month"),
    )
)
def sum_disagrees(row: Row) -> Answer:
    """Last month's cumulative and this month's figure do not add up; a fall is K301's."""
    if row.last_cumulative is None:
        # Not known whether anything was reported before: nothing to add to.
        missing = row.cumulative is not None and row.context.period.month > 1
        return NotChecked(("last_cumulative",)) if missing else None
    if row.cumulative is None or row.this_month is None:
        return lacking(row, "cumulative", "this_month")
    wanted = row.last_cumulative + row.this_month
    if row.cumulative < row.last_cumulative:
        return None  # K301 says it
    if abs(row.cumulative - wanted) <= row.context.thresholds.sum_tolerance:
        return None
    return Found(
        _("上月累计 {last} + 本月 {this_month} = {wanted}，累计完成填的是 {cumulative}。").format(
            last=decimal_text(row.last_cumulative),
            this_month=decimal_text(row.this_month),
            wanted=row.measured(wanted),
            cumulative=row.measured(row.cumulative),
        ),
        (
            ("cumulative", decimal_text(row.cumulative)),
            ("last_cumulative", decimal_text(row.last_cumulative)),
            ("this_month", decimal_text(row.this_month)),
        ),
    )


@checking(
    Rule(
        "K303",
        Severity.WARNING,
        N_("进展状态倒退"),
        N_("进展状态比上月倒退，例如上月已完成、本月又在推进。"),
        N_("请核对进展状态；确有反复的，请写情况说明。"),
        sources.SUPERVISION,
        ("status",),
    )
)
def status_fell(row: Row) -> Answer:
    """The status went down the ladder."""
    before = row.previous.status if row.previous else None
    now = row.entry.status
    if before is None or now is None or before not in _LADDER or now not in _LADDER or _LADDER[now] >= _LADDER[before]:
        return None
    return Found(
        _("上月状态为「{before}」，本月为「{now}」。").format(before=_(before.label), now=_(now.label)),
        (("status", now.value), ("last_status", before.value)),
    )


@checking(
    Rule(
        "K304",
        Severity.WARNING,
        N_("本月进展与上月相同"),
        N_("本月进展的文字与上月一字不差（不计空格和标点）。"),
        N_("请写本月的新进展；确无新增进展的，请改用零报告；确实不用改的，请写情况说明。"),
        sources.SUPERVISION,
        ("narrative",),
    )
)
def same_words(row: Row) -> Answer:
    """Last month's narrative again."""
    narrative = row.entry.narrative
    if row.previous is None or row.entry.nil or not narrative.strip() or is_placeholder(narrative):
        return None
    before = row.previous.narrative
    if narrative != before and (differ(narrative, before) or squeezed(narrative) != squeezed(before)):
        return None
    length = str(len(narrative.strip()))
    return Found(_("「本月进展」（{length} 字）与上月完全相同。").format(length=length), (("length", length),))


CHECKS: tuple[Check[Row], ...] = (total_fell, sum_disagrees, status_fell, same_words)
