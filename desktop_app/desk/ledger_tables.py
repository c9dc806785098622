"""The year's ledgers laid out as tables: every row ends with the report that it is read from."""

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.desk.performance import MONTHS, TaskYear
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.desk.timeliness import MonthRecord
from desktop_app.desk.weights import Weights
from desktop_app.language import N_, _
from desktop_app.model.entry import Status
from desktop_app.model.ledger import Cell, CellKind, Column, Formula, Sheet, Tally, Total
from desktop_app.model.plan import Target, Task
from desktop_app.model.report import MonthState

STATE_WORDS = {
    MonthState.SIGNED: N_("已签署"),
    MonthState.HANDED_IN: N_("已报送"),
    MonthState.RECEIVED: N_("已办结"),
    MonthState.RETURNED: N_("已退回"),
}
_WEIGHED = (
    '=IF(SUMPRODUCT(--ISNUMBER({progress}{row}:{first_pass}{row}),{progress}${constants}:{first_pass}${constants})=0,"",'
    "ROUND(ROUND(SUMPRODUCT({progress}{row}:{first_pass}{row},{progress}${constants}:{first_pass}${constants})"
    "/SUMPRODUCT(--ISNUMBER({progress}{row}:{first_pass}{row}),{progress}${constants}:{first_pass}${constants}),8),1))"
)
_GAP = '=IF(COUNT({percent}{row},{scheduled}{row})<2,"",{percent}{row}-{scheduled}{row})'


def performance_sheet(years: Sequence[TaskYear], weights: Weights) -> Sheet:
    """绩效: target, schedule, what was done, the record, the score."""
    columns = (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=34),
        Column("title", _("重点任务"), 22, paper=56),
        Column("target", _("目标"), 30, paper=70),
        Column("deadline", _("完成时限"), 14, paper=34),
        Column("measure_word", _("计量单位"), 9),
        Column("target_value", _("目标值"), 10, CellKind.NUMBER),
        Column("cumulative", _("累计完成"), 11, CellKind.NUMBER, paper=40),
        Column("scheduled", _("序时进度"), 10, CellKind.PERCENT, paper=38),
        Column("percent", _("完成率"), 10, CellKind.PERCENT, paper=40),
        Column("gap", _("比序时"), 10, CellKind.PERCENT),
        Column("status", _("进展状态"), 10, paper=38),
        Column("months", _("报送月数"), 9, CellKind.NUMBER),
        Column("timely", _("按时月数"), 9, CellKind.NUMBER),
        Column("returned", _("退回月数"), 9, CellKind.NUMBER),
        Column("progress", _("完成情况"), 10, CellKind.NUMBER, Total.MEAN, paper=32),
        Column("on_time", _("按时报送"), 10, CellKind.NUMBER, Total.MEAN, paper=32),
        Column("first_pass", _("一次通过"), 10, CellKind.NUMBER, Total.MEAN, paper=32),
        Column("score", _("得分"), 9, CellKind.NUMBER, Total.MEAN, paper=32),
        Column("explanation", _("情况说明"), 40, paper=60),
        *_source_columns(40, 22, 38),
    )
    weighed = zip(("progress", "on_time", "first_pass"), weights.values, strict=True)
    return Sheet(
        _("绩效台账"),
        columns,
        tuple(_performance_row(year) for year in years),
        _tallies("status", [_(status.label) for status in Status], [_status(year) for year in years]),
        tuple((key, _("权重"), weight) for key, weight in weighed),
    )


def _performance_row(year: TaskYear) -> tuple[Cell, ...]:
    entry, target = year.entry, year.target
    return (
        year.id,
        ("★" if year.task.key else "") + year.task.title.lstrip("★").strip(),
        _target(year.task, target, year.source.report.unit.code),
        year.task.deadline.raw,
        target.unit if target else "",
        target.value if target else None,
        entry.cumulative,
        year.scheduled,
        year.percent,
        Formula(_GAP, year.gap),
        _status(year),
        Decimal(year.counted),
        Decimal(year.timely),
        Decimal(year.returned),
        year.progress,
        year.on_time,
        year.first_pass,
        Formula(_WEIGHED, year.score),
        year.explanation,
        *_source(year.source),
    )


def _status(year: TaskYear) -> str:
    if year.entry.status is not None:
        return _(year.entry.status.label)
    return _("零报告") if year.entry.nil else ""


def _target(task: Task, amount: Target | None, unit_code: str) -> str:
    """The unit's own amount in the plan's words, else all that the task asks of everyone."""
    mine = [amount] if amount is not None else [each for each in task.targets if each.scope in (None, unit_code)]
    return "；".join(dict.fromkeys(each.raw or each.indicator for each in mine))


def months_sheet(years: Sequence[TaskYear]) -> Sheet:
    """逐月: the amount of every month, their sum, and how the cumulative figure stands to it."""
    months = tuple(
        Column(f"m{number}", _("{month}月").format(month=number), 8, CellKind.NUMBER, paper=28)
        for number in range(1, MONTHS + 1)
    )
    columns = (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=30),
        Column("title", _("重点任务"), 22, paper=80),
        Column("measure_word", _("计量单位"), 9, paper=34),
        *months,
        Column("sum", _("各月合计"), 11, CellKind.NUMBER, paper=44),
        Column("cumulative", _("累计完成"), 11, CellKind.NUMBER, paper=44),
        Column("rest", _("累计减合计"), 11, CellKind.NUMBER, paper=44),
        *_source_columns(0, 0, 0),
    )
    return Sheet(_("逐月完成"), columns, tuple(_months_row(year) for year in years if year.target is not None))


def _months_row(year: TaskYear) -> tuple[Cell, ...]:
    stated = [amount for amount in year.amounts if amount is not None]
    whole, cumulative = sum(stated, Decimal(0)), year.entry.cumulative
    return (
        year.id,
        year.task.title.lstrip("★").strip(),
        year.target.unit if year.target else "",
        *year.amounts,
        Formula("=SUM({m1}{row}:{m12}{row})", whole),
        cumulative,
        Formula(
            '=IF(ISNUMBER({cumulative}{row}),ROUND({cumulative}{row}-{sum}{row},6),"")',
            None if cumulative is None else cumulative - whole,
        ),
        *_source(year.source),
    )


def timeliness_sheet(records: Sequence[MonthRecord]) -> Sheet:
    """报送时效: due, handed in, late by how much, come back how often."""
    columns = (
        Column("period", _("报告期"), 10, total=Total.COUNT, paper=42),
        Column("last_day", _("最迟报送日"), 12, CellKind.DAY, paper=52),
        Column("handed_in", _("首次报送"), 12, CellKind.DAY, paper=52),
        Column("standing", _("是否按时"), 10, paper=38),
        Column("days_late", _("逾期天数"), 9, CellKind.NUMBER, Total.SUM, paper=28),
        Column("revisions", _("签署版数"), 9, CellKind.NUMBER, Total.SUM, paper=28),
        Column("returned", _("退回次数"), 9, CellKind.NUMBER, Total.SUM, paper=28),
        Column("remarked", _("退回意见条数"), 12, CellKind.NUMBER, Total.SUM),
        Column("receipt", _("回执日期"), 12, CellKind.DAY, paper=52),
        Column("receipt_says", _("收文方认定"), 11, paper=38),
        Column("explanation", _("情况说明"), 36, paper=90),
        Column("reasons", _("更正原因"), 36, paper=90),
        *_source_columns(0, 24, 65),
    )
    words = [_standing(each) for each in records]
    asked = [_("按时"), _("逾期"), _("逾期未报"), _("尚未报送")]
    return Sheet(
        _("报送时效"), columns, tuple(_record_row(each) for each in records), _tallies("standing", asked, words)
    )


def _standing(record: MonthRecord) -> str:
    if record.days_late is None:
        return _("尚未报送")
    if record.month is None or record.month.first_handed_in is None:
        return _("逾期未报")
    return _("逾期") if record.days_late else _("按时")


def _record_row(record: MonthRecord) -> tuple[Cell, ...]:
    month, receipt = record.month, record.receipt
    came = month.first_handed_in if month else None
    days = record.days_late
    says = "" if receipt is None else _("按时") if receipt.on_time else _("逾期")
    return (
        str(record.period),
        record.due.last_day,
        came.date() if came else None,
        _standing(record),
        None if days is None else Decimal(days),
        Decimal(len(month.revisions) if month else 0),
        Decimal(record.returned),
        Decimal(record.remarked),
        receipt.received_at.date() if receipt else None,
        says,
        record.explanation,
        "；".join(record.reasons),
        *(_source(month) if month else ("", None, "")),
    )


def sources_sheet(months: Sequence[SignedMonth]) -> Sheet:
    """依据: the signed reports that a ledger was read from, each with what it can be recognised by."""
    columns = (
        Column("period", _("报告期"), 10, total=Total.COUNT, paper=42),
        Column("revision", _("版次"), 6, CellKind.NUMBER, paper=24),
        Column("state", _("状态"), 10, paper=40),
        Column("check_code", _("校验码"), 22, paper=130),
        Column("sealed", _("签署日期"), 12, CellKind.DAY, paper=52),
        Column("handed_in", _("首次报送"), 12, CellKind.DAY, paper=52),
        Column("data_sha256", _("数据 SHA-256"), 40, paper=298),
        Column("pdf_sha256", _("文件 SHA-256"), 40),
    )
    rows = [
        (
            str(month.period),
            Decimal(month.revision),
            _(STATE_WORDS[month.state]),
            month.check_code,
            month.sealed_at.date(),
            month.first_handed_in.date() if month.first_handed_in else None,
            month.data_sha256,
            month.pdf_sha256,
        )
        for month in months
    ]
    return Sheet(_("依据"), columns, tuple(rows))


def _source_columns(period: int, revision: int, code: int) -> tuple[Column, ...]:
    """Where a row is read from, with the widths on paper."""
    return (
        Column("source", _("来源月报"), 10, paper=period),
        Column("revision", _("版次"), 6, CellKind.NUMBER, paper=revision),
        Column("check_code", _("校验码"), 22, paper=code),
    )


def _source(month: SignedMonth) -> tuple[Cell, ...]:
    return str(month.period), Decimal(month.revision), month.check_code


def _tallies(key: str, words: Sequence[str], found: Sequence[str]) -> tuple[Tally, ...]:
    return tuple(Tally(word, key, word, found.count(word)) for word in dict.fromkeys(words) if word in found)
