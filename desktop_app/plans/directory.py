"""The shipped directory of reporting units."""

import csv
import io
from functools import cache

from desktop_app import assets
from desktop_app.model.unit import Directory, Unit, UnitKind


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
