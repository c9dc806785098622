"""F2 数字, second part: 在施 beside 完成, decimals, and amounts beyond belief."""

from decimal import Decimal

from desktop_app.checks import sources
from desktop_app.checks.counting import counts_pieces, decimals
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, NotChecked, Rule, checking
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.finding import Severity
from desktop_app.model.plain import decimal_text
from desktop_app.model.plan import Direction

_AMOUNTS = ("this_month", "cumulative", "under_way")
_ALWAYS_FINE = 2  # decimals that nobody asks about
_OF_TEN_THOUSANDS = 4  # 0.0012 万家次 are twelve
_HUNDRED = Decimal(100)


@checking(
    Rule(
        "F210",
        Severity.HINT,
        N_("完成加在施超过任务量"),
        N_("累计完成与在施之和超过本单位任务量；在施只算还没有完成的部分。"),
        N_("请核对在施：已经完成的要从在施中去掉；确实超额安排的，不用改。"),
        sources.FORM,
        ("under_way", "cumulative"),
    )
)
def more_than_asked(row: Row) -> Answer:
    """Done and under way together pass the unit's own amount, while what is done alone does not."""
    if row.own is None or not row.under_way:
        return None
    if row.cumulative is None:
        return NotChecked(("cumulative",))
    total = row.cumulative + row.under_way
    if row.cumulative >= row.own or total <= row.own:
        return None
    return Found(
        _("累计完成 {cumulative} + 在施 {under_way} = {total}，超过本单位任务量 {own}。").format(
            cumulative=decimal_text(row.cumulative),
            under_way=decimal_text(row.under_way),
            total=row.measured(total),
            own=row.measured(row.own),
        ),
        (
            ("cumulative", decimal_text(row.cumulative)),
            ("under_way", decimal_text(row.under_way)),
            ("own", decimal_text(row.own)),
        ),
    )


@checking(
    Rule(
        "F211",
        Severity.WARNING,
        N_("已完成而仍有在施"),
        N_("状态为已完成，在施却还填着大于 0 的数。"),
        N_("请把在施改为 0 或清空；确实还在超额实施的，请写情况说明。"),
        sources.FORM,
        ("under_way", "status"),
    )
)
def done_and_under_way(row: Row) -> Answer:
    """Work left under way on a task that is called done."""
    if not row.under_way or not row.done or row.under_way < 0:
        return None
    value = decimal_text(row.under_way)
    return Found(
        _("状态为「已完成」，在施还填着 {under_way}。").format(under_way=row.measured(row.under_way)),
        (("under_way", value),),
    )


@checking(
    Rule(
        "F212",
        Severity.WARNING,
        N_("只填了在施"),
        N_("填了在施，却没有本月完成和累计完成，看不出完成了多少。"),
        N_("请补填本月完成和累计完成，还没有完成的填 0；没有数量可统计的，请清空在施，或写情况说明。"),
        sources.FORM,
        ("cumulative", "under_way"),
    )
)
def only_under_way(row: Row) -> Answer:
    """Work under way without a figure of what is done, where F201 and F203 do not ask for it already."""
    entry = row.entry
    if row.under_way is None or entry.this_month is not None or entry.cumulative is not None or entry.nil:
        return None
    if row.leads_with_amount and row.amount is not None:
        return None
    return Found(
        _("在施填了 {under_way}，「本月完成」和「累计完成」都没有填。").format(under_way=row.measured(row.under_way)),
        (("under_way", decimal_text(row.under_way)),),
    )


@checking(
    Rule(
        "F213",
        Severity.WARNING,
        N_("按个数计的出现小数"),
        N_("家、台、处、个村这样按个数计的，不会有半个。"),
        N_("请改为整数；数字是按别的单位算的，请换算后再填，或写情况说明。"),
        sources.FORM,
        _AMOUNTS,
    )
)
def broken_pieces(row: Row) -> Answer:
    """A fraction of what is counted in pieces."""
    if row.amount is None or not counts_pieces(row.amount.unit):
        return None
    wrong = [name for name in _AMOUNTS if (value := getattr(row, name)) is not None and value % 1]
    return _decimals_found(row, wrong, _("「{unit}」按个数计，不会有小数：{list}。"))


@checking(
    Rule(
        "F214",
        Severity.HINT,
        N_("小数位数过多"),
        N_("小数位数比任务量和上月的数字都多，多半是没有换算单位。"),
        N_("请确认计量单位与任务量一致（例如任务量以万亩计，80 亩填 0.008）。"),
        sources.FORM,
        _AMOUNTS,
    )
)
def too_fine(row: Row) -> Answer:
    """More decimals than the target, with one to spare, and than last month's figures."""
    if row.amount is None or counts_pieces(row.amount.unit):
        return None
    known = [row.last_cumulative, row.previous.this_month if row.previous else None]
    usual = max((decimals(value) for value in known if value is not None and value.is_finite()), default=0)
    asked = decimals(row.amount.value) + 1 if row.amount.value is not None else 0
    most = max(usual, asked, _OF_TEN_THOUSANDS if "万" in row.amount.unit else _ALWAYS_FINE)
    wrong = [name for name in _AMOUNTS if (value := getattr(row, name)) is not None and decimals(value) > most]
    return _decimals_found(row, wrong, _("以「{unit}」计的数字小数位数偏多：{list}。"))


@checking(
    Rule(
        "F215",
        Severity.WARNING,
        N_("累计完成远超任务量"),
        N_("累计完成超过本单位任务量的许多倍（默认 10 倍），多半是计量单位弄错。"),
        N_("请核对计量单位（例如任务量以万亩计，却按亩填了）；确实超额的，请写情况说明。"),
        sources.FORM,
        ("cumulative",),
    )
)
def far_beyond(row: Row) -> Answer:
    """A cumulative figure that passes the unit's own amount by more than the ceiling of the completion rate."""
    if row.own is None or row.cumulative is None or row.amount is None or row.amount.direction is Direction.AT_MOST:
        return None
    times = row.cumulative / row.own
    if times * _HUNDRED <= row.context.thresholds.percent_ceiling:
        return None
    return Found(
        _("累计完成 {cumulative}，是本单位任务量 {own} 的 {times} 倍。").format(
            cumulative=row.measured(row.cumulative), own=row.measured(row.own), times=round(times)
        ),
        (("cumulative", decimal_text(row.cumulative)), ("own", decimal_text(row.own))),
    )


def _decimals_found(row: Row, wrong: list[str], sentence: str) -> Answer:
    if not wrong:
        return None
    values = tuple((name, decimal_text(getattr(row, name))) for name in wrong)
    listed = "、".join(_("{field} {value}").format(field=_(FIELD_LABELS[name]), value=value) for name, value in values)
    return Found(sentence.format(unit=row.unit_word, list=listed), values, wrong[0])


CHECKS: tuple[Check[Row], ...] = (
    more_than_asked,
    done_and_under_way,
    only_under_way,
    broken_pieces,
    too_fine,
    far_beyond,
)
