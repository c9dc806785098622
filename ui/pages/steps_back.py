"""Stepping back through what a field said before, as the journal has it; typing begins a new walk."""

from desktop_app.desk import stepping_back
from desktop_app.desk.desk import Desk
from desktop_app.desk.undo import Turned
from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.period import Period
from ui.models.plan_words import short
from ui.models.task_list import shown_id


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


def turned_words(fields: tuple[Turned, ...]) -> str:
    """What one step took back or made again: the first fields by name, and how many others."""
    said = [f"{shown_id(one.task)} {_label(one.field)}" for one in fields]
    if len(said) == 1:
        was, now = (short(" ".join((text or "—").split()), 24) for text in (fields[0].was, fields[0].now))
        return f"{said[0]}　{was} → {now}" if fields[0].field != "status" else said[0]
    more = _("，另有 {count} 处").format(count=len(said) - 3) if len(said) > 3 else ""  # noqa: PLR2004
    return "、".join(said[:3]) + more


def _label(field: str) -> str:
    return _(FIELD_LABELS[field]) if field in FIELD_LABELS else _("情况说明")
