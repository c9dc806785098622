"""规定动作 and 特色任务, in words."""

from desktop_app.language import N_, _
from desktop_app.model.plan import Obligation, Task

OBLIGATION_WORDS = {
    Obligation.MANDATORY: N_("规定动作"),
    Obligation.DISTRICT_SPECIFIC: N_("特色任务"),
    None: N_("表中不作区分"),
}


def obligation_words(task: Task) -> str:
    """规定动作 or 特色任务, "" where the table makes no difference."""
    return _(OBLIGATION_WORDS[task.obligation]) if task.obligation else ""
