"""What comes together when work done elsewhere is brought into a draft."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.model.period import Period


@dataclass(frozen=True, slots=True)
class Hand:
    """Who wrote something, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where both sides wrote: nothing is taken until a person chooses. `id` names it: 2023-03/3-9/problems.

    `our_hand` and `their_hand` are None where it is not known who wrote last.
    """

    period: Period
    task: str
    field: str
    ours: str
    theirs: str
    our_hand: Hand | None = None
    their_hand: Hand | None = None

    @property
    def id(self) -> str:
        """The name by which it is chosen."""
        return f"{self.period}/{self.task}/{self.field}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field that was taken over; `source` says from where."""

    period: Period
    task: str
    field: str
    old: str
    new: str
    source: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging a file did; `again` where it had been merged before and nothing was left to do."""

    source: str
    drawn: tuple[Drawn, ...]
    choices: tuple[Choice, ...]
    skipped: tuple[str, ...] = ()
    again: bool = False
