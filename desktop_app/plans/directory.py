"""The directory of reporting units: the shipped one, and one with a unit's own additions."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from desktop_app import assets
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.unit import Directory, Unit, UnitKind
from desktop_app.plans.cells import squeeze


def read_directory(text: str) -> Directory:
    """A directory from CSV text: code, official_name, aliases (separated by |), kind, sort_order."""
    rows = csv.DictReader(io.StringIO(text))
    units = (
        Unit(
            code=row["code"],
            name=row["official_name"],
            kind=UnitKind(row["kind"]),
            sort_order=int(row["sort_order"]),
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        )
        for row in rows
    )
    return Directory(tuple(sorted(units, key=lambda unit: unit.sort_order)))


@cache
def shipped_directory() -> Directory:
    """The units of resources/units/units.csv in official order."""
    return read_directory(assets.read_text("units", "units.csv"))


def with_added(directory: Directory, units: Iterable[Unit]) -> Directory:
    """The directory with further units after its own; a known code gets further aliases and keeps its name.

    Raises ClerkError for a code, name or alias that is blank or already belongs to another unit.
    """
    known = {unit.code: unit for unit in directory.units}
    for unit in units:
        own = known.get(unit.code)
        _refuse_taken_words(unit, known.values())
        if own is None:
            last = max((each.sort_order for each in known.values()), default=0)
            known[unit.code] = replace(unit, sort_order=max(unit.sort_order, last + 1))
        else:
            words = (word for word in (unit.name, *unit.aliases) if word not in (own.name, *own.aliases))
            known[unit.code] = replace(own, aliases=(*own.aliases, *dict.fromkeys(words)))
    return Directory(tuple(known.values()))


def _refuse_taken_words(unit: Unit, known: Iterable[Unit]) -> None:
    words = {squeeze(word) for word in (unit.code, unit.name, *unit.aliases)}
    if "" in words:
        raise ClerkError(_("单位的代码、名称和别名都不能是空的。"), _("请写全称和代码，别名没有就不写。"))
    for other in known:
        if other.code == unit.code:
            continue
        taken = words & {squeeze(word) for word in (other.code, other.name, *other.aliases)}
        if taken:
            what = _("「{word}」已经是{unit}的名称、别名或代码。").format(word=min(taken), unit=other.name)
            raise ClerkError(what, _("请换一个说法，或把别名加到那个单位上。"))
