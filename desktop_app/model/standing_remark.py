"""What the bureau asked of a month, as the unit has it before its eyes until it is settled."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StandingRemark:
    """A remark as the unit sees it: `answer` is "" until there is one, `closed` where a receipt settled the month.

    `id` is the book's own, `revision` the one that was returned.
    """

    id: int
    revision: int
    task: str
    field: str
    text: str
    bureau: str
    returned_at: datetime
    answer: str = ""
    closed: bool = False

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.answer and not self.closed
