"""宣传引导、信息公开: what a unit did in public, month by month."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.language import N_
from desktop_app.model.period import Period

ABOUT = "activity"  # with a number behind it: where in the register something stands


class ActivityKind(StrEnum):
    """What was done in public."""

    EXPLAINING = "explaining"
    PUBLICITY = "publicity"
    EXPOSURE = "exposure"
    DISCLOSURE = "disclosure"


ACTIVITY_WORDS = {
    ActivityKind.EXPLAINING: N_("解读"),
    ActivityKind.PUBLICITY: N_("宣传"),
    ActivityKind.EXPOSURE: N_("曝光"),
    ActivityKind.DISCLOSURE: N_("公开"),
}


@dataclass(frozen=True, slots=True)
class Publicised:
    """An activity as reports and archives tell of it. `number` is the book's own; `task` "" for the whole campaign."""

    number: int
    kind: ActivityKind
    day: date
    title: str
    channel: str = ""
    link: str = ""
    task: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing done in public. `number` is the book's own, 0 before it is kept; `link` an address or a number.

    `task` is the id of the task that it was about, "" for the campaign as a whole.
    """

    number: int
    period: Period
    kind: ActivityKind
    day: date
    title: str
    channel: str
    link: str
    task: str
    at: datetime
    actor: str

    @property
    def told(self) -> Publicised:
        """What is told of it elsewhere."""
        return Publicised(self.number, self.kind, self.day, self.title, self.channel, self.link, self.task)
