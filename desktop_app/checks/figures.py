"""F2 数字: figures that are asked for are there, possible, and agree with each other."""

from decimal import Decimal

from desktop_app.checks import sources
from desktop_app.checks.counting import believable
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking, lacking, points
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS, NUMBER_FIELDS, Status
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text

_EXPECTING = frozenset((Status.ON_TRACK, Status.BEHIND, Status.OVERDUE, Status.DONE))
_HUNDRED = Decimal(100)


@checking(
    Rule(
        "F201",
        Severity.ERROR,
        N_("任务量数字未填"),
        N_("计划给本单位单独定了数量的任务，本月完成和累计完成都要填；没有就填 0。"),
        N_("请填写本月完成和累计完成，没有完成量的填 0。"),
        sources.FORM,
        ("cumulative", "this_month"),
    )
)
def own_figure_missing(row: Row) -> Answer:
    """Neither figure where the plan asks this unit for an amount of its own."""
    if row.own is None or row.entry.nil or not _both_missing(row):
        return None
    return Found(
        _("计划给本单位的任务量是 {own}，但本月完成和累计完成都没有填。").format(own=row.measured(row.own)),
        (("own", decimal_text(row.own)),),
    )


@checking(
    Rule(
        "F202",
        Severity.ERROR,
        N_("本月与累计只填了一个"),
        N_("有数量的任务，本月完成和累计完成要同时填写。"),
        N_("请把没有填的那一个补上；没有完成量的填 0。"),
        sources.FORM,
        ("this_month", "cumulative"),
    )
)
def half_figures(row: Row) -> Answer:
    """This month's figure without the cumulative one, or the reverse; a nil report may leave this month's out."""
    entry = row.entry
    if row.amount is None or (entry.this_month is None) == (entry.cumulative is None) or (entry.nil and row.cumulative):
        return None
    given, missing = ("this_month", "cumulative") if entry.cumulative is None else ("cumulative", "this_month")
    value = _shown(getattr(entry, given))
    return Found(
        _("「{given}」填了 {value}，「{missing}」没有填。").format(
            given=_(FIELD_LABELS[given]), value=value, missing=_(FIELD_LABELS[missing])
        ),
        ((given, value),),
        missing,
    )


@checking(
    Rule(
        "F203",
        Severity.WARNING,
        N_("有数量的任务没有填数字"),
        N_("以数量为目标的任务已在推进，却没有填本月完成和累计完成。"),
        N_("请填写数字；本单位确无可统计的数量的，请写情况说明。"),
        sources.FORM,
        ("cumulative", "this_month", "status"),
    )
)
def amount_missing(row: Row) -> Answer:
    """Neither figure on a task under way whose measure asks first for an amount."""
    entry = row.entry
    if row.own is not None or not row.leads_with_amount or entry.nil or entry.status not in _EXPECTING:
        return None
    if not _both_missing(row):
        return None
    return Found(
        _("状态为「{status}」，但以「{unit}」计的本月完成和累计完成都没有填。").format(
            status=_(entry.status.label), unit=row.unit_word
        ),
        (("status", entry.status.value),),
    )


@checking(
    Rule(
        "F204",
        Severity.ERROR,
        N_("数字为负"),
        N_("完成量和完成率不能小于 0。"),
        N_("请改为不小于 0 的数字；更正以前月份多报的数，请直接填写正确的累计完成。"),
        sources.FORM,
        NUMBER_FIELDS,
    )
)
def negative(row: Row) -> Answer:
    """A figure below zero."""
    wrong = [name for name in NUMBER_FIELDS if _is_negative(getattr(row.entry, name))]
    return _listed(row, wrong, _("不能小于 0：{list}。"))


@checking(
    Rule(
        "F205",
        Severity.ERROR,
        N_("完成率过大"),
        N_("完成率超过上限（默认 1000%），多半是单位或小数点错误。"),
        N_("请检查完成率的小数点，例如 16.7 表示 16.7%。"),
        sources.FORM,
        ("percent",),
    )
)
def percent_absurd(row: Row) -> Answer:
    """A completion rate above the ceiling."""
    if row.percent is None:
        return None
    ceiling = row.context.thresholds.percent_ceiling
    if row.percent <= ceiling:
        return None
    return Found(
        _("完成率填了 {percent}%，超过 {ceiling}%。").format(
            percent=decimal_text(row.percent), ceiling=decimal_text(ceiling)
        ),
        (("percent", decimal_text(row.percent)),),
    )


@checking(
    Rule(
        "F206",
        Severity.HINT,
        N_("完成率超过 100%"),
        N_("超额完成是正常的；状态不是已完成、数量也没有超过任务量时，请再看一眼。"),
        N_("请确认完成率；已经全部完成的，请把状态改为「已完成」。"),
        sources.FORM,
        ("percent", "status"),
    )
)
def percent_over(row: Row) -> Answer:
    """Above 100 % with neither the status nor the figures saying that the task is done."""
    if row.percent is None or not _HUNDRED < row.percent <= row.context.thresholds.percent_ceiling or row.done:
        return None
    if row.own is not None and row.cumulative is not None and row.cumulative >= row.own:
        return None
    return Found(
        _("完成率填了 {percent}%，状态却不是「已完成」。").format(percent=decimal_text(row.percent)),
        (("percent", decimal_text(row.percent)),),
    )


@checking(
    Rule(
        "F207",
        Severity.WARNING,
        N_("完成率与累计完成不符"),
        N_("按累计完成和本单位任务量算出的完成率，与所填完成率相差超过容差（默认 1 个百分点）。"),
        N_("请核对累计完成和完成率；口径不同的，请写情况说明。"),
        sources.FORM,
        ("percent", "cumulative"),
    )
)
def percent_disagrees(row: Row) -> Answer:
    """The clerk's rate against the one reckoned from the unit's own amount."""
    if row.own is None:
        return None
    if row.percent is None or row.cumulative is None:
        return lacking(row, "percent", "cumulative")
    rate = row.cumulative * 100 / row.own
    if abs(rate - row.percent) <= row.context.thresholds.rate_tolerance:
        return None
    return Found(
        _("累计完成 {cumulative}，任务量 {own}，完成率应约为 {rate}%，所填为 {percent}%。").format(
            cumulative=row.measured(row.cumulative),
            own=row.measured(row.own),
            rate=points(rate),
            percent=decimal_text(row.percent),
        ),
        (
            ("percent", decimal_text(row.percent)),
            ("cumulative", decimal_text(row.cumulative)),
            ("own", decimal_text(row.own)),
        ),
    )


@checking(
    Rule(
        "F208",
        Severity.WARNING,
        N_("累计完成少于本月完成"),
        N_("累计完成包括本月完成，不应比它小。"),
        N_("请核对两个数字；因更正以前月份的数而变小的，请写情况说明。"),
        sources.FORM,
        ("cumulative", "this_month"),
    )
)
def total_below_part(row: Row) -> Answer:
    """A cumulative figure below this month's, where last month is not known."""
    if row.this_month is None or row.cumulative is None:
        return lacking(row, "cumulative", "this_month") if row.amount is not None else None
    # With last month's figure at hand, K301 and K302 say it better.
    if row.last_cumulative is not None or row.cumulative >= row.this_month:
        return None
    return Found(
        _("累计完成 {cumulative}，少于本月完成 {this_month}。").format(
            cumulative=row.measured(row.cumulative), this_month=row.measured(row.this_month)
        ),
        (("cumulative", decimal_text(row.cumulative)), ("this_month", decimal_text(row.this_month))),
    )


@checking(
    Rule(
        "F209",
        Severity.ERROR,
        N_("数字无法使用"),
        N_("数字要有限，整数部分不超过 15 位，小数不超过 10 位。"),
        N_("请重新填写这个数字，例如 26 或 0.15。"),
        sources.FORM,
        NUMBER_FIELDS,
    )
)
def unusable(row: Row) -> Answer:
    """Not a number, infinite, or beyond reckoning."""
    wrong = [
        name for name in NUMBER_FIELDS if (value := getattr(row.entry, name)) is not None and not believable(value)
    ]
    return _listed(row, wrong, _("无法作为数字使用：{list}。"))


def _both_missing(row: Row) -> bool:
    return row.entry.this_month is None and row.entry.cumulative is None


def _is_negative(value: Decimal | None) -> bool:
    return value is not None and not value.is_nan() and value < 0


def _shown(value: Decimal) -> str:
    """A number as text, bounded where it is not one to reckon with."""
    return decimal_text(value) if believable(value) else f"{str(value)[:20]}"


def _listed(row: Row, wrong: list[str], sentence: str) -> Answer:
    if not wrong:
        return None
    values = tuple((name, _shown(getattr(row.entry, name))) for name in wrong)
    listed = "、".join(_("{field} {value}").format(field=_(FIELD_LABELS[name]), value=value) for name, value in values)
    return Found(sentence.format(list=listed), values, wrong[0])


CHECKS: tuple[Check[Row], ...] = (
    own_figure_missing,
    half_figures,
    amount_missing,
    negative,
    percent_absurd,
    percent_over,
    percent_disagrees,
    total_below_part,
    unusable,
)
