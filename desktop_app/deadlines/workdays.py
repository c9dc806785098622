"""Which days are working days: by the year's notice, else by an estimate that never passes for more."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from desktop_app.deadlines.calendars import YearCalendar
from desktop_app.model.period import Period

_DAY = timedelta(days=1)
_WEDNESDAY, _SATURDAY, _SUNDAY = 2, 5, 6


class Workdays:
    """Working days over the calendars given; `known(year)` says whether a year rests on a notice."""

    def __init__(self, calendars: Mapping[int, YearCalendar]) -> None:
        self._calendars = calendars
        self._asked: dict[int, YearCalendar | None] = {}

    def known(self, year: int) -> bool:
        """Whether the notice of this year is here."""
        return year in self._calendars

    def calendar(self, year: int) -> YearCalendar | None:
        """The year's notice, None where it is missing."""
        if year not in self._asked:
            self._asked[year] = self._calendars.get(year)
        return self._asked[year]

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day; an estimate where the year's notice is missing."""
        calendar = self.calendar(day.year)
        if calendar is None:
            return day.weekday() < _SATURDAY and not _likely_holiday(day)
        return day in calendar.makeup or (day.weekday() < _SATURDAY and day not in calendar.holidays)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 where `end` is not after `start`."""
        return sum(self.is_workday(start + _DAY * step) for step in range(1, (end - start).days + 1))

    def nth(self, period: Period, n: int) -> date:
        """The n-th working day (from 1) counted from the month's first day."""
        days = self._walk(period.first_day, 1)
        for _skipped in range(n - 1):
            next(days)
        return next(days)

    def previous(self, day: date) -> date:
        """The last working day before this one."""
        return next(self._walk(day - _DAY, -1))

    def _walk(self, day: date, step: int) -> Iterator[date]:
        while True:
            if self.is_workday(day):
                yield day
            day += _DAY * step


def _likely_holiday(day: date) -> bool:
    """Holidays that hardly move: 全国年节及纪念日放假办法 with the arrangement the 2025 notice states for later years.

    1-3 January (only the first where it is a Wednesday), Qingming, 1-5 May, 1-7 October. Lunar feasts are not guessed.
    """
    if day.month == 1:
        return day.day == 1 or (day.day <= 3 and day.replace(day=1).weekday() != _WEDNESDAY)
    if day.month == 4:
        return day == _qingming(day.year)
    return (day.month == 5 and day.day <= 5) or (day.month == 10 and day.day <= 7)


def _qingming(year: int) -> date:
    """清明 of a year of this century, moved to the Monday after where it falls on a weekend."""
    short = year % 100
    day = date(year, 4, int(short * 0.2422 + 4.81) - short // 4)
    return day + _DAY * {_SATURDAY: 2, _SUNDAY: 1}.get(day.weekday(), 0)
