"""What the book must hold, in plain Python: the model that the machine compares it with."""

from dataclasses import dataclass, field

from desktop_app.model.entry import Entry
from desktop_app.model.finding import Explanation
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState


@dataclass
class Kept:
    """What the model knows of one month."""

    state: MonthState = MonthState.DRAFT
    entries: dict[str, Entry] = field(default_factory=dict)
    notes: dict[str, Explanation] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    pdf: bytes | None = None
    signatures: int = 0


@dataclass(eq=False)  # two changes that took the same away are still two
class Step:
    """What one change took away from a month, so that it can be put back. `rows`: what the journal says of it."""

    period: Period
    rows: int
    entries: dict[str, Entry]
    notes: dict[str, Explanation]


@dataclass
class Model:
    """What the book must hold; `changes` counts journal rows, `heads` are all that were ever seen."""

    kept: dict[Period, Kept] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)
    sent: int = 0
    changes: int = 1
    heads: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)


UNTOUCHED = {"nil": "false"} | dict.fromkeys(("narrative", "problems", "next_steps", "coordination", "nil_reason"), "")


def journal_text(value: object) -> str | None:
    """A value as the journal writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
