"""A plan laid out as tables, to be written as a workbook or as pages."""

from decimal import Decimal

from desktop_app.language import _
from desktop_app.model.ledger import Cell, CellKind, Column, Ledger, Sheet, Total
from desktop_app.model.plan import Indicator, Plan, Task
from desktop_app.model.unit import Directory, Unit


def plan_tables(plan: Plan, unit: Unit, directory: Directory) -> Ledger:
    """Every measure as it was understood, the indicators where there are any, and which table it was."""
    said = _("{title}，{number}，共 {count} 项措施；按导入并经人确认的内容列出。").format(
        title=plan.title, number=plan.document_number or _("没有文号"), count=len(plan.tasks)
    )
    sheets = [_measures(plan, directory)]
    if plan.indicators:
        sheets.append(_indicators(plan, directory))
    return Ledger(None, plan.year, unit, plan.title, (said,), (*sheets, _source(plan)), plan.sample)


def _measures(plan: Plan, directory: Directory) -> Sheet:
    columns = (
        Column("id", _("任务编号"), 8, total=Total.COUNT, paper=34),
        Column("key", _("重点"), 6, paper=36),
        Column("title", _("重点任务"), 24, paper=80),
        Column("measure", _("工作措施"), 50, paper=200),
        Column("deadline", _("完成时限"), 14, paper=50),
        Column("target", _("目标"), 30, paper=100),
        Column("lead", _("牵头部门"), 16, paper=60),
        Column("owners", _("主责单位"), 24, paper=90),
        Column("supporters", _("协办单位"), 24, paper=80),
    )
    return Sheet(_("任务表"), columns, tuple(_measure(task, directory) for task in plan.tasks))


def _measure(task: Task, directory: Directory) -> tuple[Cell, ...]:
    return (
        task.id,
        "★" if task.key else "",
        task.title.lstrip("★").strip(),
        task.measure,
        task.deadline.raw,
        "；".join(dict.fromkeys(each.raw or each.indicator for each in task.targets)),
        task.lead_raw or _names(task.lead, directory),
        task.owners_raw or _names(task.owners, directory),
        task.supporters_raw or _names(task.supporters, directory),
    )


def _names(codes: tuple[str, ...], directory: Directory) -> str:
    found = ((directory.find(code), code) for code in codes)
    return "、".join(unit.short_name if unit else code for unit, code in found)


def _indicators(plan: Plan, directory: Directory) -> Sheet:
    columns = (
        Column("id", _("编号"), 10, total=Total.COUNT, paper=40),
        Column("group", _("类别"), 20, paper=90),
        Column("name", _("指标名称"), 30, paper=150),
        Column("unit", _("计量单位"), 14, paper=70),
        Column("scope", _("单位"), 16, paper=70),
        Column("value", _("目标值"), 12, CellKind.NUMBER, paper=60),
        Column("raw", _("原文"), 24, paper=120),
    )
    rows = [row for indicator in plan.indicators for row in _of_indicator(indicator, directory)]
    return Sheet(_("各区指标"), columns, tuple(rows))


def _of_indicator(indicator: Indicator, directory: Directory) -> list[tuple[Cell, ...]]:
    return [
        (indicator.id, indicator.group, indicator.name, indicator.unit,
         _names((target.scope,), directory) if target.scope else "", target.value, target.raw)
        for target in indicator.targets
    ]  # fmt: skip


def _source(plan: Plan) -> Sheet:
    columns = (
        Column("number", _("文号"), 20, paper=110),
        Column("year", _("年份"), 8, paper=40),
        Column("revision", _("版次"), 8, CellKind.NUMBER, paper=40),
        Column("file", _("任务表文件"), 30, paper=160),
        Column("sha256", "SHA-256", 66, paper=330),
    )
    row = (plan.document_number, str(plan.year), Decimal(plan.revision), plan.source, plan.id)
    return Sheet(_("来源"), columns, (row,))
