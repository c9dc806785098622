"""A month out as a workbook that a clerk, or the colleagues who know the figures, fill in and send back."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from desktop_app.checks.rule import points
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.month import MonthView, Row, open_month
from desktop_app.errors import UsageError
from desktop_app.language import LANGUAGES, N_, _, speaking
from desktop_app.model.entry import ENTRY_FIELDS, FIELD_LABELS, Entry, Status
from desktop_app.model.month_sheet import MEASURE, TASK, MonthSheet, SheetColumn
from desktop_app.model.period import Period

XLSX = ".xlsx"
YES, NO = N_("是"), N_("否")
_GIVEN = {
    TASK: (N_("编号"), 8),
    "annex": (N_("附件名称"), 14),
    "title": (N_("重点任务"), 16),
    MEASURE: (N_("工作措施"), 46),
    "deadline": (N_("完成时限"), 12),
    "target": (N_("目标"), 16),
    "unit": (N_("计量单位"), 10),
    "role": (N_("分工"), 7),
    "scheduled": (N_("序时进度（%）"), 9),
    "last_status": (N_("上月状态"), 10),
    "last_cumulative": (N_("上月累计完成"), 10),
    "last_narrative": (N_("上月进展"), 36),
    "last_next_steps": (N_("上月说的下一步"), 28),
}
_WIDTHS = {"narrative": 52, "problems": 30, "next_steps": 30, "coordination": 24, "nil_reason": 24}
_NARROW = 11


def write(desk: Desk, period: Period, out: Path) -> MonthSheet:
    """Write the month's workbook; UsageError for a name that is not .xlsx."""
    from desktop_app.rendering.month_workbook import month_workbook

    if out.suffix.lower() != XLSX:
        raise UsageError(_("填报表不能存成 {name}。").format(name=out.name), _("文件名请以 .xlsx 结尾。"))
    made = sheet_of(desk, open_month(desk, period))
    write_file(out, month_workbook(made))
    return made


def sheet_of(desk: Desk, view: MonthView) -> MonthSheet:
    """The workbook as a value: every task that the unit reports on, or may."""
    given = [SheetColumn(key, _(head), width) for key, (head, width) in _GIVEN.items()]
    asked = [
        SheetColumn(field, _(FIELD_LABELS[field]), _WIDTHS.get(field, _NARROW), asked=True, choices=_choices(field))
        for field in ENTRY_FIELDS
    ]
    title = _("{unit} {period} 填报表").format(unit=desk.unit.short_name, period=view.period.spoken)
    return MonthSheet(
        period=view.period,
        title=title + _("（示例任务集，非官方文本）") if view.plan.sample else title,
        whose=_("报告期 {period}，报送单位 {unit}（{code}）").format(
            period=view.period, unit=desk.unit.name, code=desk.unit.code
        ),
        notice=_("只填黄色表头下面的白格；灰格是给定的，不能改。填好后用 fill 命令读回。不得录入涉密信息。"),
        columns=(*given, *asked),
        rows=tuple((*_given(row, desk.unit.code), *asked_values(row.entry)) for row in view.rows),
    )


def asked_values(entry: Entry) -> tuple[str | Decimal | None, ...]:
    """What stands in the open cells of an entry, in the order of ENTRY_FIELDS."""
    return tuple(_shown(entry, field) for field in ENTRY_FIELDS)


def _shown(entry: Entry, field: str) -> str | Decimal | None:
    if field == "status":
        return _(entry.status.label) if entry.status else None
    if field == "nil":
        return _(YES) if entry.nil else None
    value: str | Decimal | None = getattr(entry, field)
    return None if value == "" else value


def heads() -> Mapping[str, str]:
    """The key of every column by its heading, in whatever language the workbook was written."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            found |= {_(head): key for key, (head, _width) in _GIVEN.items()}
            found |= {_(FIELD_LABELS[field]): field for field in ENTRY_FIELDS}
    return found


def _choices(field: str) -> tuple[str, ...]:
    if field == "status":
        return tuple(_(status.label) for status in Status)
    return (_(YES), _(NO)) if field == "nil" else ()


def _given(row: Row, code: str) -> tuple[str | Decimal | None, ...]:
    from desktop_app.rendering.wording import targets

    task, last = row.task, row.previous
    return (
        task.id,
        row.annex_title,
        ("★" if task.key else "") + task.title.lstrip("★"),
        task.measure,
        task.deadline.raw,
        targets(task, code),
        row.target.unit if row.target else None,
        _("主责") if row.required else _("协办"),
        None if row.scheduled is None else Decimal(points(row.scheduled)),
        _(last.status.label) if last and last.status else None,
        last.cumulative if last else None,
        last.narrative or None if last else None,
        last.next_steps or None if last else None,
    )
