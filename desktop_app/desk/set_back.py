"""Settings that a button alters at one stroke, and the way back: as they were before."""

from collections.abc import Callable

from desktop_app.desk import settings, settled, units
from desktop_app.desk.desk import Desk
from desktop_app.store import settings as kept

THRESHOLDS, UNITS, CALENDARS = settings.THRESHOLDS, units.KEY, settled.CALENDARS


def way_back(desk: Desk, key: str) -> Callable[[], None]:
    """What puts a setting back to how it is now; a later change of it is overwritten, and stays in the journal."""
    was = kept.get(desk.book, key)

    def back() -> None:
        kept.put(desk.book, key, was, at=desk.now(), actor=desk.actor)
        desk.reread()

    return back
