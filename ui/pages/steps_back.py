"""Stepping back through what a field said before, as the journal has it; typing begins a new walk."""

from desktop_app.desk import stepping_back
from desktop_app.desk.desk import Desk
from desktop_app.model.period import Period


class StepsBack:
    """Where the walk of one field stands. A step is written like any change, so it can itself be stepped over."""

    def __init__(self) -> None:
        self._place: tuple[Period, str, str] | None = None
        self._seq: int | None = None
        self._said: str | None = None

    def forget(self) -> None:
        """Somebody typed, or another task is shown."""
        self._place = None

    def step(self, desk: Desk, period: Period, task: str, field: str, now: str) -> str | None:
        """What the field said before it said `now`; None where the journal knows nothing older."""
        place = (period, task, field)
        if self._place != place or self._said != now:
            self._place, self._seq = place, None
        while (row := stepping_back.before(desk, period, task, field, self._seq)) is not None:
            self._seq = row.seq
            old = row.old or ""
            if old != now:
                self._said = old
                return old
        return None
