"""The fields that a person can settle, and the ids under which it is kept; nothing here reads a table."""

import re

from desktop_app.language import N_

CONFIRMED = "="
ALL = "all"
FIELDS = {
    "owners": N_("主责单位"),
    "lead": N_("牵头部门"),
    "supporters": N_("协办单位"),
    "deadline": N_("完成时限"),
    "targets": N_("目标"),
    "key": N_("重点任务"),
    "obligation": N_("任务性质"),
}


def is_decision(key: str) -> bool:
    """Whether an id speaks of a reading rather than of a question."""
    return "." in key and (key.rpartition(".")[2] in (*FIELDS, ALL) or bool(re.search(r"\.(\d{6}|[A-Z]+-\w+)$", key)))
