"""E6 佐证: what is said to be done can be shown."""

import re
from decimal import Decimal

from desktop_app.checks import sources
from desktop_app.checks.characters import safely
from desktop_app.checks.context import CheckContext
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking, points
from desktop_app.language import N_, _
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity
from desktop_app.model.period import Period

_SHOWN = 3
_MEGABYTE = 1024 * 1024
_DATED = re.compile(r"(?:(20\d\d)年)?(?<![\d.—–~～至到-])(\d{1,2})月(?!底?前|末前)")
_NUMBERED = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])(?!\d{3,})")
_SPANS = re.compile(r"(\d{1,2})月?[—–~～至到-](\d{1,2})月")


def _nothing_to_show(row: Row) -> bool:
    # A nil report after the month in which the task was done shows nothing again.
    return row.entry.status is Status.DONE and not row.evidence


@checking(
    Rule(
        "E601",
        Severity.WARNING,
        N_("已完成而无数字无佐证"),
        N_("状态为已完成，却没有累计完成、完成率，也没有佐证材料。"),
        N_("请填写数字或附上佐证材料（验收文件、照片等），或写情况说明。"),
        sources.SUPERVISION,
        ("evidence", "cumulative", "percent"),
    )
)
def done_unsupported(row: Row) -> Answer:
    """Done, with neither figure nor evidence."""
    if _nothing_to_show(row) and row.cumulative is None and row.percent is None:
        return Found(_("状态为「已完成」，没有数字，也没有佐证材料。"))
    return None


@checking(
    Rule(
        "E602",
        Severity.HINT,
        N_("重点任务已完成而无佐证"),
        N_("带★的重点任务纳入绩效管理，完成时宜附佐证材料。"),
        N_("请附上验收文件、照片等佐证材料。"),
        sources.SUPERVISION,
        ("evidence",),
    )
)
def key_task_unsupported(row: Row) -> Answer:
    """A key task done with figures but without evidence."""
    if row.task.key and _nothing_to_show(row) and (row.cumulative is not None or row.percent is not None):
        return Found(_("重点任务状态为「已完成」，没有佐证材料。"))
    return None


@checking(
    Rule(
        "E603",
        Severity.HINT,
        N_("同一文件用作多项佐证"),
        N_("同一个文件（内容完全相同）附在几项任务下面。"),
        N_("请确认没有附错；确实共用的，不用改。"),
        sources.SUPERVISION,
        ("evidence",),
    )
)
def shared_file(row: Row) -> Answer:
    """The same bytes under another task as well."""
    if not row.evidence:
        return None
    places: dict[str, list[str]] = row.context.once("files", _places)
    shared = [(item, places[item.sha256]) for item in row.evidence if len(places[item.sha256]) > 1]
    if not shared:
        return None
    item, tasks = shared[0]
    others = "、".join(task for task in tasks if task != row.task.id)
    name = safely(item.name, row.context.unprintable)
    return Found(
        _("「{name}」也附在任务 {others} 下面。").format(name=name, others=others), (("file", name), ("others", others))
    )


@checking(
    Rule(
        "E604",
        Severity.HINT,
        N_("文件名像是别的月份"),
        N_("佐证文件的名称写着别的年份或月份。"),
        N_("请确认没有附错文件；内容确属本月的，可以改名后重新附上。"),
        sources.SUPERVISION,
        ("evidence",),
    )
)
def another_month(row: Row) -> Answer:
    """A file whose name speaks of a month other than the period."""
    if not row.evidence:
        return None
    wrong = [item.name for item in row.evidence if names_another_month(item.name, row.context.period)]
    if not wrong:
        return None
    names = "、".join(safely(name, row.context.unprintable) for name in wrong[:_SHOWN])
    return Found(
        _("报告期是 {period}，文件名却像是别的月份：{names}。").format(period=row.context.period, names=names),
        (("files", names),),
    )


@checking(
    Rule(
        "E605",
        Severity.HINT,
        N_("佐证文件过大"),
        N_("单个佐证文件超过界限（默认 10 MB），月报文件会大得不便报送。"),
        N_("请压缩图片或只留关键几页后重新附上。"),
        sources.FORM,
        ("evidence",),
    )
)
def large_file(row: Row) -> Answer:
    """A file above the bound."""
    limit = row.context.thresholds.evidence_megabytes
    wrong = [item for item in row.evidence if item.size > limit * _MEGABYTE]
    if not wrong:
        return None
    listed = "、".join(
        _("{name}（{size} MB）").format(
            name=safely(item.name, row.context.unprintable), size=points(Decimal(item.size) / _MEGABYTE)
        )
        for item in wrong[:_SHOWN]
    )
    return Found(_("超过 {limit} MB：{list}。").format(limit=limit, list=listed), (("files", listed),))


def names_another_month(name: str, period: Period) -> bool:
    """Whether a file's name speaks of months (2023年2月, 202302, 2023-02, 2月份), none of which is the period."""
    found = [(int(year or period.year), int(month)) for year, month in _DATED.findall(name)]
    found += [(int(year), int(month)) for year, month in _NUMBERED.findall(name)]
    spans = [(int(first), int(last)) for first, last in _SPANS.findall(name)]
    if any(first <= period.month <= last for first, last in spans):
        return False
    months = [(year, month) for year, month in found if 1 <= month <= 12]
    return bool(months) and (period.year, period.month) not in months


def _places(context: CheckContext) -> dict[str, list[str]]:
    """The tasks under which each file stands, by its hash."""
    places: dict[str, list[str]] = {}
    for task, items in context.evidence.items():
        for item in items:
            tasks = places.setdefault(item.sha256, [])
            if task not in tasks:
                tasks.append(task)
    return places


CHECKS: tuple[Check[Row], ...] = (done_unsupported, key_task_unsupported, shared_file, another_month, large_file)
