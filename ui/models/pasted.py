"""A column copied from a spreadsheet, cell by cell beside the task that each would go to."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PastedLine:
    """One cell. `changes` are the fields it sets, `reason` why it cannot be taken; an empty cell changes nothing."""

    task_id: str
    title: str
    before: str
    text: str
    changes: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Pasted:
    """What a column would do; `left` counts cells for which no task is left."""

    lines: tuple[PastedLine, ...]
    left: int

    @property
    def changes(self) -> dict[str, Mapping[str, object]]:
        """The fields to set, by task."""
        return {line.task_id: line.changes for line in self.lines if line.changes}

    @property
    def refused(self) -> int:
        """How many cells cannot be taken."""
        return sum(bool(line.reason) for line in self.lines) + self.left
