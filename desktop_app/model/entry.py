"""One unit's words and figures on one task in one month."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_app.language import N_

REPORT = "report"  # stands where a task's id would, for what is said of the whole report


class Status(StrEnum):
    """进展状态; the value is what is stored, the label what is shown."""

    NOT_STARTED = "not_started"
    PREPARING = "preparing"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OVERDUE = "overdue"
    DONE = "done"
    ONGOING = "ongoing"

    @property
    def label(self) -> str:
        """The field's own word for it, in Chinese; pass it through _() to show it."""
        return STATUS_LABELS[self]


STATUS_LABELS = {
    Status.NOT_STARTED: N_("未启动"),
    Status.PREPARING: N_("前期准备"),
    Status.ON_TRACK: N_("正常推进"),
    Status.BEHIND: N_("进度滞后"),
    Status.OVERDUE: N_("逾期"),
    Status.DONE: N_("已完成"),
    Status.ONGOING: N_("长期坚持"),
}

# Words other tables use for the same thing.
STATUS_WORDS = {label: status for status, label in STATUS_LABELS.items()} | {
    "达到序时进度": Status.ON_TRACK,
    "推进中": Status.ON_TRACK,
    "滞后": Status.BEHIND,
    "完成": Status.DONE,
    "持续推进": Status.ONGOING,
    "长期实施": Status.ONGOING,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the month's form. None is "not filled", never zero; texts are as typed.

    `this_month` and `cumulative` are in the unit of the task's amount (Task.target_for); `percent` is the clerk's own
    completion rate and may pass 100; `nil` says plainly that nothing new happened (零报告), with `nil_reason`.
    """

    task_id: str
    status: Status | None = None
    this_month: Decimal | None = None
    cumulative: Decimal | None = None
    percent: Decimal | None = None
    under_way: Decimal | None = None
    narrative: str = ""
    problems: str = ""
    next_steps: str = ""
    coordination: str = ""
    nil: bool = False
    nil_reason: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return self == Entry(self.task_id)

    @property
    def answered(self) -> bool:
        """Whether the row can be read as an answer: a status with words, or a stated nil report."""
        return self.nil or (self.status is not None and bool(self.narrative.strip()))


NUMBER_FIELDS = ("this_month", "cumulative", "percent", "under_way")
TEXT_FIELDS = ("narrative", "problems", "next_steps", "coordination", "nil_reason")
ENTRY_FIELDS = ("status", *NUMBER_FIELDS, "nil", *TEXT_FIELDS)

FIELD_LABELS = {
    "status": N_("进展状态"),
    "this_month": N_("本月完成"),
    "cumulative": N_("累计完成"),
    "percent": N_("完成率（%）"),
    "under_way": N_("在施"),
    "narrative": N_("本月进展"),
    "problems": N_("存在问题（原因）"),
    "next_steps": N_("下一步工作安排"),
    "coordination": N_("需市级协调事项"),
    "nil": N_("零报告"),
    "nil_reason": N_("零报告原因"),
    "evidence": N_("佐证材料"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """佐证材料: a file that belongs to a task's entry, known by its sha256."""

    task_id: str
    name: str
    media_type: str
    size: int
    sha256: str
