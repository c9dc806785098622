"""S4 进度: where the task should be by now, and whether the row says why it is not."""

from desktop_app.checks import sources
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, NotChecked, Rule, checking, lacking, points
from desktop_app.checks.schedule import is_near
from desktop_app.checks.thresholds import POINTS
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS, Status
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import DeadlineKind

_ADMITTED = frozenset((Status.BEHIND, Status.OVERDUE))
_NO_DAY_NEEDED = frozenset((DeadlineKind.ONGOING,))
_LAG_FIELDS = ("problems", "percent", "cumulative")


def overdue(row: Row) -> bool:
    """Whether the deadline has passed, the task is not done, and the row does not own up to it with a reason."""
    return row.passed and not row.done and not (row.entry.status is Status.OVERDUE and row.reason)


def lagging(row: Row) -> bool:
    """Whether the row is behind, by its figures or by its own word."""
    return row.entry.status in _ADMITTED or (not row.done and row.behind)


@checking(
    Rule(
        "S401",
        Severity.WARNING,
        N_("落后于序时进度而未说明"),
        N_("完成率比序时进度落后超过界限（默认 10 个百分点），「存在问题」却没有写原因。按个数计的，零头不算。"),
        N_("请在「存在问题（原因）」中写明原因，或写情况说明。"),
        sources.SCHEDULE,
        _LAG_FIELDS,
    )
)
def behind_unexplained(row: Row) -> Answer:
    """Ten points or more behind schedule, no reason given."""
    if row.lag is None and row.amount is not None and not row.done:
        return lacking(row, "percent", "cumulative")
    if row.behind and not row.serious and not row.reason and _held_to_schedule(row):
        return _lag_found(row, _("{lag}，没有写原因。"))
    return None


@checking(
    Rule(
        "S402",
        Severity.WARNING,
        N_("严重落后而未说明"),
        N_("完成率比序时进度严重落后（默认 30 个百分点以上），「存在问题」却没有写原因。按个数计的，零头不算。"),
        N_("请在「存在问题（原因）」中写明原因和补救措施，或写情况说明。"),
        sources.SCHEDULE,
        _LAG_FIELDS,
    )
)
def far_behind_unexplained(row: Row) -> Answer:
    """Thirty points or more behind schedule, no reason given."""
    if row.serious and not row.reason and _held_to_schedule(row):
        return _lag_found(row, _("{lag}，属严重落后，没有写原因。"))
    return None


@checking(
    Rule(
        "S403",
        Severity.HINT,
        N_("落后于序时进度，已说明原因"),
        N_("完成率比序时进度落后超过界限（默认 10 个百分点，可改为按比例），原因已写明。"),
        N_("请确认下一步安排能够赶上进度。"),
        sources.SCHEDULE,
        _LAG_FIELDS,
    )
)
def behind_explained(row: Row) -> Answer:
    """Behind schedule with a reason."""
    if not row.behind or not row.reason or not _held_to_schedule(row) or _glossed_over(row):
        return None
    return _lag_found(row, _("{lag}，原因已写明。"))


@checking(
    Rule(
        "S404",
        Severity.WARNING,
        N_("严重落后而状态为正常推进"),
        N_("完成率比序时进度严重落后（默认 30 个百分点以上，可改为按比例），状态却是正常推进。"),
        N_("请把状态改为「进度滞后」，或写情况说明。"),
        sources.SCHEDULE,
        ("status", "percent", "cumulative"),
    )
)
def glossed_over(row: Row) -> Answer:
    """Far behind with a reason, and yet called on track."""
    if row.serious and row.reason and _glossed_over(row) and _held_to_schedule(row):
        return _lag_found(row, _("状态为「正常推进」，但{lag}，属严重落后。"))
    return None


@checking(
    Rule(
        "S405",
        Severity.WARNING,
        N_("状态为滞后或逾期而未说明"),
        N_("进展状态为进度滞后或逾期，「存在问题」却没有写原因。"),
        N_("请在「存在问题（原因）」中写明原因，或写情况说明。"),
        sources.SUPERVISION,
        ("problems", "status"),
    )
)
def admitted_unexplained(row: Row) -> Answer:
    """Behind or overdue by its own word, no reason given."""
    status = row.entry.status
    if status not in _ADMITTED or row.reason or overdue(row):
        return None
    if row.behind:
        return None  # S401 and S402 say it with figures
    return Found(_("状态为「{status}」，但没有写原因。").format(status=_(status.label)), (("status", status.value),))


@checking(
    Rule(
        "S406",
        Severity.WARNING,
        N_("时限已过而未完成"),
        N_("完成时限在报告期内或之前，状态却不是已完成；状态为逾期并写明原因的除外。"),
        N_("已完成的请改状态；未完成的请选「逾期」并写明原因，或写情况说明。"),
        sources.SUPERVISION,
        ("status", "problems"),
    )
)
def past_deadline(row: Row) -> Answer:
    """The last day has come and the task is neither done nor owned up to."""
    day = row.task.deadline.day
    if day is None:
        return None if row.done or row.task.deadline.kind in _NO_DAY_NEEDED else NotChecked(("deadline",))
    if not overdue(row):
        return None
    status = row.entry.status
    return Found(
        _("完成时限「{raw}」（{day}）已经到了，状态还是「{status}」。").format(
            raw=" ".join(row.task.deadline.raw.split()), day=day.isoformat(), status=_(status.label) if status else "—"
        ),
        (("deadline", day.isoformat()), ("status", status.value if status else "")),
    )


@checking(
    Rule(
        "S407",
        Severity.WARNING,
        N_("已完成而数字未到"),
        N_("状态为已完成，但完成率不到 100% 或累计完成不到本单位任务量。"),
        N_("请核对状态和数字；口径不同的，请写情况说明。"),
        sources.SUPERVISION,
        ("status", "percent", "cumulative"),
    )
)
def done_too_early(row: Row) -> Answer:
    """Called done below 100 % or below the own amount."""
    if not row.done:
        return None
    if row.percent is None and row.cumulative is None:
        return lacking(row, "percent", "cumulative") if row.amount is not None else None
    if row.percent is not None and row.percent < 100:
        text = decimal_text(row.percent)
        return Found(_("状态为「已完成」，完成率却只有 {percent}%。").format(percent=text), (("percent", text),))
    if row.own is not None and row.cumulative is not None and row.cumulative < row.own:
        return Found(
            _("状态为「已完成」，累计完成 {cumulative}，不到本单位任务量 {own}。").format(
                cumulative=row.measured(row.cumulative), own=row.measured(row.own)
            ),
            (("cumulative", decimal_text(row.cumulative)), ("own", decimal_text(row.own))),
            "cumulative",
        )
    return None


@checking(
    Rule(
        "S408",
        Severity.HINT,
        N_("时限临近"),
        N_("完成时限在下一个月内，任务尚未完成。"),
        N_("请确认能够按时完成；有困难的，请写入「需市级协调事项」。"),
        sources.SUPERVISION,
        ("status",),
    )
)
def near_deadline(row: Row) -> Answer:
    """The last day lies in the next month."""
    day = is_near(row.task.deadline, row.context.period)
    if day is None or row.done:
        return None
    return Found(_("完成时限为 {day}，就在下个月。").format(day=day.isoformat()), (("deadline", day.isoformat()),))


@checking(
    Rule(
        "S409",
        Severity.WARNING,
        N_("未启动而已有完成数"),
        N_("状态为未启动，但完成率、本月完成或累计完成大于 0。"),
        N_("已经启动的，请把状态改为「前期准备」或「正常推进」；没有启动的，请把数字改为 0，或写情况说明。"),
        sources.FORM,
        ("status", "this_month", "cumulative", "percent"),
    )
)
def started_after_all(row: Row) -> Answer:
    """Called not started beside figures above zero."""
    if row.entry.status is not Status.NOT_STARTED:
        return None
    values = tuple(
        (name, decimal_text(value))
        for name, value in (("this_month", row.this_month), ("cumulative", row.cumulative), ("percent", row.percent))
        if value is not None and value > 0
    )
    if not values:
        return None
    listed = "、".join(_("{field} {value}").format(field=_(FIELD_LABELS[name]), value=value) for name, value in values)
    return Found(_("状态为「未启动」，却填了大于 0 的数字：{listed}。").format(listed=listed), values)


def _held_to_schedule(row: Row) -> bool:
    """Whether the figures speak: not done, and S406 does not say it already."""
    return not row.done and not overdue(row)


def _glossed_over(row: Row) -> bool:
    return row.entry.status is Status.ON_TRACK and row.serious


def _lag_found(row: Row, sentence: str) -> Answer:
    if row.lag is None or row.share is None:
        return NotChecked(_LAG_FIELDS[1:])
    values = {"expected": points(row.expected), "lag": points(row.lag), "share": points(row.share)}
    if row.context.thresholds.lag_measure == POINTS:
        lag = _("比序时进度 {expected}% 落后 {lag} 个百分点（完成率 {share}%）").format(**values)
    else:
        part = points(row.share * 100 / row.expected)
        lag = _("完成率 {share}%，只达到序时进度 {expected}% 的 {part}%").format(part=part, **values)
    return Found(sentence.format(lag=lag), tuple(values.items()))


CHECKS: tuple[Check[Row], ...] = (
    behind_unexplained,
    far_behind_unexplained,
    behind_explained,
    glossed_over,
    admitted_unexplained,
    past_deadline,
    done_too_early,
    near_deadline,
    started_after_all,
)
