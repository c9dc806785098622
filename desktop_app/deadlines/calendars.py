"""Year files: which days the State Council's notice gives as holidays and as make-up working days (调休)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from desktop_app import assets


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year's notice as data; every day in it lies in `year`."""

    year: int
    notice: str
    holidays: frozenset[date]
    makeup: frozenset[date]
    title: str = ""


def from_data(data: Mapping[str, Any]) -> YearCalendar:
    """A year file as a value; raises KeyError or ValueError where it does not hold what a year file holds."""
    year = int(data["year"])
    holidays = frozenset(date.fromisoformat(text) for text in data["holidays"])
    makeup = frozenset(date.fromisoformat(text) for text in data["makeup_workdays"])
    if any(day.year != year for day in holidays | makeup) or holidays & makeup:
        raise ValueError(f"calendar of {year}: a day of another year, or both holiday and working day")
    return YearCalendar(year, str(data["notice"]), holidays, makeup, str(data["title"]))


def same(first: YearCalendar, second: YearCalendar) -> bool:
    """Whether two say the same of a year: days and notice; how the title is spelled does not count."""
    return (first.year, first.notice, first.holidays, first.makeup) == (
        second.year,
        second.notice,
        second.holidays,
        second.makeup,
    )


@cache
def _shipped() -> Mapping[int, YearCalendar]:
    files = assets.names("calendars", ".json")
    years = (from_data(json.loads(assets.read_text("calendars", name))) for name in files)
    return MappingProxyType({calendar.year: calendar for calendar in years})


def load() -> dict[int, YearCalendar]:
    """The shipped years, by year."""
    return dict(_shipped())
