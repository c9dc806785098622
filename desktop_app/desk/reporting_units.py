"""Which units are to report to this desk every month."""

from desktop_app.desk.desk import Desk
from desktop_app.store import settings

KEY = "reporting-units"


def expect(desk: Desk, code: str) -> None:
    """From now on this unit is to report here; a bureau expects whomever it enrolled."""
    known = set(settings.get(desk.book, KEY) or ())
    if desk.kind == "unit" and code not in known and code != desk.unit.code:
        settings.put(desk.book, KEY, sorted(known | {code}), at=desk.now(), actor=desk.actor)


def expected(desk: Desk) -> dict[str, str]:
    """Names by code: a bureau's enrolled units; of a unit its own towns, not the offices above it."""
    codes: list[str] = settings.get(desk.book, KEY) or []
    if desk.kind == "unit" and not codes:
        return {}
    from desktop_app.store import bureau as kept

    rows = {row.unit_code: row.unit_name for row in kept.enrolled(desk.book) if row.unit_code != desk.unit.code}
    if desk.kind == "bureau":
        return rows
    return {code: rows.get(code) or _name(desk, code) for code in codes}


def _name(desk: Desk, code: str) -> str:
    unit = desk.directory.find(code)
    return unit.name if unit else code
