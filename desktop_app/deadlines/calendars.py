"""Year files: which days the State Council's notice gives as holidays and as make-up working days (调休)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from desktop_app import assets


class YearCalendar(NamedTuple):
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


class _Shipped(Mapping[int, YearCalendar]):
    """The years that ship, each read when it is first asked for: a month needs one or two."""

    def __init__(self) -> None:
        self._names = {int(name.removesuffix(".json")): name for name in assets.names("calendars", ".json")}
        self._read: dict[int, YearCalendar] = {}

    def __getitem__(self, year: int) -> YearCalendar:
        if year not in self._read:
            self._read[year] = from_data(json.loads(assets.read_text("calendars", self._names[year])))
        return self._read[year]

    def __iter__(self) -> Iterator[int]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def _shipped() -> Mapping[int, YearCalendar]:
    return _Shipped()


def load() -> Mapping[int, YearCalendar]:
    """The shipped years, by year."""
    return _shipped()
