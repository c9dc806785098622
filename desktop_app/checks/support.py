"""E6 佐证: what is said to be done can be shown."""

from desktop_app.checks import sources
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking
from desktop_app.language import N_, _
from desktop_app.model.entry import Status
from desktop_app.model.finding import Severity


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


CHECKS: tuple[Check[Row], ...] = (done_unsupported, key_task_unsupported)
