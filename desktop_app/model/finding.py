"""What the checks say."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.entry import REPORT as REPORT


class Severity(StrEnum):
    """错误 blocks signing; 警示 passes with a written 情况说明; 提示 informs."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


LACK_LABELS = {
    **FIELD_LABELS,
    "last_cumulative": N_("上月累计完成"),
    "deadline": N_("完成时限的具体日期"),
    "earlier": N_("前两个月的月报"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the checks found. `task` is a task id or REPORT; `values` are the actual values, as texts.

    `explanation` is the clerk's 情况说明, None where there is none.
    """

    code: str
    severity: Severity
    task: str
    field: str | None
    message: str
    remedy: str
    values: tuple[tuple[str, str], ...] = ()
    explanation: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether the report cannot be signed while this stands."""
        if self.severity is Severity.WARNING:
            return not self.explanation
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Unchecked:
    """未校验: a rule that had no answer for a task; `lacks` names the values that are missing (see LACK_LABELS)."""

    code: str
    task: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """情况说明 for one warning. `values` are the finding's when it was written: it goes stale when they change."""

    task: str
    code: str
    text: str
    values: tuple[tuple[str, str], ...] = ()
