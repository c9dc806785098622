"""S4 进度, second part: a status that fits the kind of task and the time of the year."""

from desktop_app.checks import sources
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking, points
from desktop_app.language import N_, _
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import DeadlineKind

_NOT_BEGUN = frozenset((Status.NOT_STARTED, Status.PREPARING))


@checking(
    Rule(
        "S410",
        Severity.HINT,
        N_("长期任务零报告"),
        N_("长期实施、持续推进的任务每月都应有所进展，零报告容易被问到。"),
        N_("请看看本月是否做过检查、巡查、培训之类的日常工作，做过就写进「本月进展」。"),
        sources.COORDINATION,
        ("nil", "narrative"),
    )
)
def nothing_on_ongoing(row: Row) -> Answer:
    """A nil report on work that goes on all the year."""
    if not row.entry.nil or row.task.deadline.kind is not DeadlineKind.ONGOING:
        return None
    raw = " ".join(row.task.deadline.raw.split())
    return Found(_("时限为「{raw}」的任务，本月是零报告。").format(raw=raw), (("deadline", raw),))


@checking(
    Rule(
        "S411",
        Severity.WARNING,
        N_("长期任务填了已完成"),
        N_("长期实施、持续推进的任务没有终点，年底以前不宜填已完成。"),
        N_("请把状态改为「长期坚持」；全年的工作量确已完成的，请写情况说明。"),
        sources.COORDINATION,
        ("status",),
    )
)
def ongoing_done(row: Row) -> Answer:
    """Ongoing work called done before December, though no amount of its own says so."""
    if row.entry.status is not Status.DONE or row.task.deadline.kind is not DeadlineKind.ONGOING:
        return None
    if row.context.period.month == 12 or (row.own and row.cumulative is not None and row.cumulative >= row.own):
        return None
    raw = " ".join(row.task.deadline.raw.split())
    return Found(_("时限为「{raw}」，状态却是「已完成」。").format(raw=raw), (("deadline", raw), ("status", "done")))


@checking(
    Rule(
        "S412",
        Severity.WARNING,
        N_("时间过半仍未启动"),
        N_("按序时进度时间已经过去一半（可配置），任务还没有启动，也没有写原因。"),
        N_("请在「存在问题（原因）」中写明为什么没有启动、打算何时启动，或写情况说明。"),
        sources.SCHEDULE,
        ("status", "problems"),
    )
)
def late_start(row: Row) -> Answer:
    """Not begun when half the time is gone, with no figure to measure a lag by (S401) and no reason."""
    if row.entry.status not in _NOT_BEGUN or row.reason or row.passed or row.lag is not None:
        return None
    limit = row.context.thresholds.late_start
    if row.expected < limit:
        return None
    expected = points(row.expected)
    status = row.entry.status
    return Found(
        _("时间已过 {expected}%（界限 {limit}%），状态还是「{status}」，没有写原因。").format(
            expected=expected, limit=decimal_text(limit), status=_(status.label) if status else "—"
        ),
        (("expected", expected), ("status", status.value if status else "")),
    )


@checking(
    Rule(
        "S413",
        Severity.HINT,
        N_("自报滞后而数字不滞后"),
        N_("状态为进度滞后，但完成率已经超过序时进度。"),
        N_("请核对状态；数字没有错的，状态可改为「正常推进」。"),
        sources.SCHEDULE,
        ("status", "percent"),
    )
)
def not_behind_after_all(row: Row) -> Answer:
    """Called behind, while the figures are ahead of the schedule."""
    if row.entry.status is not Status.BEHIND or row.share is None or row.lag is None or row.lag >= 0:
        return None
    share, expected = points(row.share), points(row.expected)
    return Found(
        _("状态为「进度滞后」，完成率 {share}% 却已超过序时进度 {expected}%。").format(share=share, expected=expected),
        (("share", share), ("expected", expected)),
    )


CHECKS: tuple[Check[Row], ...] = (nothing_on_ongoing, ongoing_done, late_start, not_behind_after_all)
