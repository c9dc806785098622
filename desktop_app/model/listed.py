"""拉条挂账: a problem or a request for coordination, from the month that first reports it until it is struck off."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.correction import RemarkAnswer
from desktop_app.model.entry import Status
from desktop_app.model.period import Period


class ItemKind(StrEnum):
    """Which field of the form lists it."""

    PROBLEM = "problem"
    REQUEST = "request"


KIND_WORDS = {ItemKind.PROBLEM: N_("存在问题"), ItemKind.REQUEST: N_("需市级协调事项")}
FIELDS = {ItemKind.PROBLEM: "problems", ItemKind.REQUEST: "coordination"}
_LETTERS = {ItemKind.PROBLEM: "P", ItemKind.REQUEST: "C"}


class ItemState(StrEnum):
    """OPEN: the newest signed month still reports it. SILENT: it does no longer, and nobody has confirmed why."""

    OPEN = "open"
    SILENT = "silent"
    CLOSED = "closed"


STATE_WORDS = {
    ItemState.OPEN: N_("挂账中"),
    ItemState.SILENT: N_("待销号"),
    ItemState.CLOSED: N_("已销号"),
}


class MarkAction(StrEnum):
    """What a mark says: struck off, or listed again after that."""

    CLOSED = "closed"
    REOPENED = "reopened"


ACTION_WORDS = {MarkAction.CLOSED: N_("销号"), MarkAction.REOPENED: N_("重新挂账")}


@dataclass(frozen=True, slots=True)
class Closing:
    """销号, or the taking back of one. `through` is the last month that the item covers, `said` evidence or reason.

    `person` confirmed it on `day`; the file of evidence is known by name and sha256 and stays where it is.
    """

    item: str
    action: MarkAction
    through: Period
    said: str
    person: str
    day: date
    file_name: str
    file_sha256: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Followed:
    """督办: what one signed month says of an item. `words` is "" where it says nothing any more.

    `answers` are those that a corrected month gives to remarks on the task.
    """

    period: Period
    revision: int
    check_code: str
    words: str
    narrative: str
    next_steps: str
    status: Status | None
    evidence: tuple[tuple[str, str], ...]  # name and sha256 of the files that came with the task
    answers: tuple[RemarkAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item; `months` are the signed months from the first that reports it on. `carried`: it was open a year ago."""

    id: str
    task_id: str
    title: str
    kind: ItemKind
    state: ItemState
    months: tuple[Followed, ...]
    closing: Closing | None
    carried: bool = False

    @property
    def first(self) -> Followed:
        """The month that listed it."""
        return self.months[0]

    @property
    def last(self) -> Followed:
        """The last month that still reports it."""
        return next(each for each in reversed(self.months) if each.words)

    @property
    def silent_since(self) -> Followed | None:
        """The first month behind the last words that says nothing any more."""
        return next((each for each in self.months if each.period > self.last.period), None)

    @property
    def months_open(self) -> int:
        """How many months from the first to the last that reports it, both counted."""
        return months_between(self.first.period, self.last.period) + 1


def months_between(first: Period, last: Period) -> int:
    """How many months later `last` is."""
    return (last.year - first.year) * 12 + last.month - first.month


def item_id(kind: ItemKind, period: Period, task_id: str) -> str:
    """P-2023-01-2-12: what lists it, its first month, and the task as that month numbers it."""
    return f"{_LETTERS[kind]}-{period}-{task_id}"
