"""What a handover slip says of the file that goes with it."""

from dataclasses import dataclass
from datetime import date

from desktop_app.model.period import Period
from desktop_app.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Handover:
    """A signed report on its way: exactly which bytes, under which name, where to and on which day.

    `place` is "" and `on` None where it was not handed in yet.
    """

    unit: Unit
    period: Period
    revision: int
    pages: int
    signatures: int
    name: str
    size: int
    sha256: str
    data_sha256: str
    check_code: str
    place: str
    on: date | None
    giver: str
    sample: bool
