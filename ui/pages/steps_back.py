"""Stepping back through what a field said before, as the journal has it; typing begins a new walk."""

from desktop_app.desk import stepping_back
from desktop_app.desk.desk import Desk
from desktop_app.model.period import Period


class StepsBack:
    """Where the walk of one field stands. A step is written like any change, so it can itself be stepped over.

    The walk begins at what the journal held when the task was shown: a field's own undo has by then been through all
    that was typed since, to and fro, and nobody wants to see that again.
    """

    def __init__(self) -> None:
        self._shown = 0
        self._place: tuple[Period, str, str] | None = None
        self._seq = 0
        self._said = ""

    def begin(self, desk: Desk) -> None:
        """A task is shown."""
        self._place = None
        self._shown = stepping_back.newest(desk)

    def step(self, desk: Desk, period: Period, task: str, field: str, now: str) -> str | None:
        """What the field said before it said `now`; None where the journal knows nothing older."""
        rows = stepping_back.rows(desk, period, task, field)
        if self._place != (period, task, field) or self._said != now:
            self._place = (period, task, field)
            made = [row.seq for row in rows if (row.new or "") == now]  # the changes that led to this
            self._seq = max((seq for seq in made if seq <= self._shown), default=max(made, default=0)) + 1
        for row in reversed(rows):
            if row.seq < self._seq and (row.old or "") != now:
                self._seq, self._said = row.seq, row.old or ""
                return self._said
        return None
