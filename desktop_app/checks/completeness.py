"""C1 完整性: a row that is asked for is answered, in words or by a stated nil report."""

from desktop_app.checks import sources
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, NotChecked, Rule, checking, points
from desktop_app.checks.words import says_nothing
from desktop_app.language import N_, _
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text


@checking(
    Rule(
        "C101",
        Severity.ERROR,
        N_("任务未填报"),
        N_("本单位主责的任务必须逐项填报；没有进展也要写明，空行不算零报告。"),
        N_("请填写进展状态和本月进展；确无新增进展的，勾选零报告并写明原因。"),
        sources.NIL_REPORT,
        ("narrative", "nil"),
    )
)
def missing_entry(row: Row) -> Answer:
    """A required row in which nothing at all was filled in."""
    if row.required and row.blank:
        return Found(_("本月没有填报任何内容。"))
    return None


@checking(
    Rule(
        "C102",
        Severity.ERROR,
        N_("未选进展状态"),
        N_("本单位主责的任务，填了内容就要选择进展状态；零报告除外。"),
        N_("请选择进展状态。"),
        sources.FORM,
        ("status",),
    )
)
def missing_status(row: Row) -> Answer:
    """Something was filled in, no status chosen; of optional rows J902 speaks."""
    if row.required and row.entry.status is None and not row.entry.nil:
        return Found(_("已经填了内容，但没有选择进展状态。"))
    return None


@checking(
    Rule(
        "C103",
        Severity.ERROR,
        N_("未写本月进展"),
        N_("本单位主责的任务，填了内容就要用文字写明本月进展；零报告除外。"),
        N_("请写明本月做了什么、完成多少；确无新增进展的，勾选零报告并写明原因。"),
        sources.FORM,
        ("narrative",),
    )
)
def missing_narrative(row: Row) -> Answer:
    """Something was filled in, no words about this month; of optional rows J902 speaks."""
    if row.required and not row.entry.narrative.strip() and not row.entry.nil:
        return Found(_("「本月进展」是空的。"))
    return None


@checking(
    Rule(
        "C104",
        Severity.ERROR,
        N_("零报告未写原因"),
        N_("零报告要写明没有新增进展的原因，写「无」不算原因。"),
        N_("请在「零报告原因」中写明为什么本月没有新增进展。"),
        sources.NIL_REPORT,
        ("nil_reason",),
    )
)
def nil_without_reason(row: Row) -> Answer:
    """A nil report that does not say why."""
    if row.entry.nil and says_nothing(row.entry.nil_reason):
        return Found(_("勾选了零报告，但没有写明原因。"))
    return None


@checking(
    Rule(
        "C105",
        Severity.ERROR,
        N_("零报告与数字矛盾"),
        N_("零报告表示本月没有新增进展，不能同时有本月完成量。"),
        N_("请取消零报告，或把本月完成改为 0。"),
        sources.NIL_REPORT,
        ("nil", "this_month"),
    )
)
def nil_with_amount(row: Row) -> Answer:
    """A nil report beside an amount of work."""
    if row.entry.nil and row.this_month:
        return Found(
            _("勾选了零报告，本月完成却填了 {this_month}。").format(this_month=row.measured(row.this_month)),
            (("this_month", decimal_text(row.this_month)),),
        )
    return None


@checking(
    Rule(
        "C106",
        Severity.HINT,
        N_("未写下一步安排"),
        N_("尚未完成的任务宜写明下一步工作安排。"),
        N_("请在「下一步工作安排」中写明要做什么、何时完成。"),
        sources.COORDINATION,
        ("next_steps",),
    )
)
def missing_next_steps(row: Row) -> Answer:
    """Nothing planned for a task that is not done."""
    if not row.done and not row.entry.nil and says_nothing(row.entry.next_steps):
        return Found(_("任务尚未完成，没有写「下一步工作安排」。"))
    return None


@checking(
    Rule(
        "C107",
        Severity.HINT,
        N_("未填完成率"),
        N_("计划给本单位定了数量的任务，宜填完成率。"),
        N_("请填写完成率，可以直接用算出的数字。"),
        sources.FORM,
        ("percent", "cumulative"),
    )
)
def missing_percent(row: Row) -> Answer:
    """No completion rate where the plan gives the amount to reckon it from."""
    if row.own is None or row.entry.percent is not None:
        return None
    if row.cumulative is None:
        return NotChecked(("cumulative",))
    rate = points(row.cumulative * 100 / row.own)
    return Found(
        _("没有填完成率；按累计完成 {cumulative} 和本单位任务量 {own} 计算，约为 {rate}%。").format(
            cumulative=decimal_text(row.cumulative), own=decimal_text(row.own), rate=rate
        ),
        (("cumulative", decimal_text(row.cumulative)), ("own", decimal_text(row.own))),
    )


CHECKS: tuple[Check[Row], ...] = (
    missing_entry,
    missing_status,
    missing_narrative,
    nil_without_reason,
    nil_with_amount,
    missing_next_steps,
    missing_percent,
)
