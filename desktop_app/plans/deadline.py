"""Deadline phrases: what 完成时限 means, and the last day that the phrase names."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from desktop_app.language import N_
from desktop_app.model.plan import Deadline, DeadlineKind
from desktop_app.model.sentence import Sentence, say
from desktop_app.plans import deadline_words as words

_DAYS_OF_PART = {"上旬": 10, "初": 10, "上中旬": 20, "上、中旬": 20, "中旬": 20, "中": 15}
_PLANS = "一二三四五六七"
_EXCEL_START = date(1899, 12, 30)
_YEARS_AHEAD, _YEARS_AHEAD_ROUND = 5, 15  # a plan looks ahead five years, to a round year (2030, 2035) further
_LONGEST = 400  # no deadline is longer; what a longer cell says beyond is left out


@dataclass(frozen=True)
class _Moment:
    """A day that the phrase names, and where in it. `dated` is whether its year is written, `head` 4 in 4-10月."""

    kind: DeadlineKind
    day: date
    start: int
    end: int
    dated: bool = True
    head: bool = False
    whole_month: bool = False


class _NoSuchDayError(ValueError):
    """The phrase names a day that the calendar does not have."""


@lru_cache(maxsize=2_000)
def read_deadline(raw: str, year: int) -> tuple[Deadline, Sentence | None]:
    """The deadline in a plan of `year`, and why a person must decide (None where it is clear). Never raises.

    A doubt does not always leave it unknown: 2032年底前 in a plan of 2023 is taken as written, and asked about.
    """
    text = words.plain(raw[:_LONGEST])
    if not text:
        return Deadline(raw, DeadlineKind.UNKNOWN), say(N_("没有填写完成时限"))
    try:
        found = _moments(text, year)
    except (_NoSuchDayError, OverflowError):
        return Deadline(raw, DeadlineKind.UNKNOWN), say(N_("「{raw}」不是日历上有的日期"), raw=raw)
    moments = [each for each in found if not words.START.match(text, each.end)]
    if moments:
        return _of_moments(raw, text, moments), _doubt(raw, text, moments, year)
    kind = _without_day(text, started=bool(found))
    return Deadline(raw, kind), say(N_("「{raw}」看不出具体时限"), raw=raw) if kind is DeadlineKind.UNKNOWN else None


def _without_day(text: str, *, started: bool) -> DeadlineKind:
    """What a phrase that names no last day means."""
    event = words.event_words(text)
    if not started and words.EVENT.fullmatch(event):
        return DeadlineKind.EVENT
    if started or words.ONGOING.search(text):
        return DeadlineKind.ONGOING
    if words.AFTER_EVENT.fullmatch(event) or words.ANY_EVENT.fullmatch(event):
        return DeadlineKind.EVENT
    return DeadlineKind.UNKNOWN


def _doubt(raw: str, text: str, moments: list[_Moment], year: int) -> Sentence | None:
    last = max(moments, key=lambda moment: moment.day)
    far = last.day.year - year
    if far < 0 or far > _YEARS_AHEAD_ROUND or (far > _YEARS_AHEAD and last.day.year % 5):
        return say(N_("「{raw}」的年份与{year}年的计划相差较远"), raw=raw, year=year)
    if len(moments) == 1 and last.whole_month and words.BEFORE.match(text, last.end):
        month = last.day.month
        return say(N_("「{raw}」可以指{month}月初，也可以指{month}月底"), raw=raw, month=month)
    return None


def _of_moments(raw: str, text: str, moments: list[_Moment]) -> Deadline:
    last = max(moments, key=lambda moment: moment.day)
    several = len({moment.day for moment in moments}) > 1
    staged = several or _more_than_a_day(text, moments)
    return Deadline(raw, DeadlineKind.STAGED if staged else last.kind, last.day)


def _more_than_a_day(text: str, moments: list[_Moment]) -> bool:
    """Whether the phrase also asks for lasting work, for stages, or for something by an event in another clause."""
    outside = "".join(char for at, char in enumerate(text) if not any(m.start <= at < m.end for m in moments))
    beside = re.sub(r"\([^)]*\)", "", outside)
    if words.STAGED.search(beside) or words.ONGOING.search(re.sub(r"自?即日起", "", beside)):
        return True
    start = 0
    for clause in re.split(r"(?<=[,;。])", text):
        end = start + len(clause)
        if not any(start <= moment.start < end for moment in moments) and words.EVENT_INSIDE.search(clause):
            return True
        start = end
    return False


def _moments(text: str, year: int) -> list[_Moment]:
    """Every day the phrase names, a range counting as its end; raises _NoSuchDayError."""
    if serial := words.SERIAL.fullmatch(text):
        day = _EXCEL_START + timedelta(days=int(serial["days"]))
        return [_Moment(DeadlineKind.DATE, day, 0, len(text))]
    if words.STAGED.search(text):
        text = text.replace("全年", "年底")
    found: list[_Moment] = []
    taken = text
    for pattern, read in _READERS:
        for match in pattern.finditer(taken):
            found.append(read(match, year))
            taken = taken[: match.start()] + "　" * len(match[0]) + taken[match.end() :]
    return _joined(text, sorted(found, key=lambda moment: moment.start))


def _joined(text: str, found: list[_Moment]) -> list[_Moment]:
    """Ranges to their ends, a bracket that restates to itself, and years carried from one moment to the next."""
    kept: list[_Moment] = []
    for moment in found:
        before = kept[-1] if kept else None
        if before:
            between = text[before.end : moment.start]
            ranged = bool(words.RANGE.fullmatch(between))
            moment = _in_sequence(before, moment, ranged=ranged)
            if ranged or re.fullmatch(r"(?:[之以]?前|内)?(?:完成)?\(", between):
                moment = before if moment.day == before.day and not ranged else replace(moment, start=before.start)
                kept.pop()
            elif before.head and not words.LISTED.fullmatch(between):
                kept.pop()
        kept.append(moment)
    while kept and kept[-1].head:
        kept.pop()
    return kept


def _in_sequence(before: _Moment, moment: _Moment, *, ranged: bool) -> _Moment:
    """The moment in the year that the one before it implies: 11月至3月 ends next year, 2024年3月…6月 stays in 2024."""
    if moment.dated:
        return moment
    years = before.day.year - moment.day.year if before.dated else 0
    moved = _moved(moment, years) if years > 0 else moment
    return _moved(moved, 1) if ranged and moved.day < before.day else moved


def _moved(moment: _Moment, years: int) -> _Moment:
    year, month = moment.day.year + years, moment.day.month
    last = monthrange(year, month)[1]
    full = moment.day.day == monthrange(moment.day.year, month)[1]
    return replace(moment, day=date(year, month, last if full else min(moment.day.day, last)))


def _year_of(match: re.Match[str], year: int) -> tuple[int, bool]:
    """The year of a match and whether it is written there."""
    given = match.groupdict()
    digits = given.get("year") or given.get("year2") or given.get("bare")
    if digits:
        return int(digits) + (2000 if len(digits) == 2 else 0), True
    following = bool(given.get("next") or given.get("next2"))
    return year + following, following


def _day(year: int, month: int, day: int | None) -> date:
    try:
        return date(year, month, monthrange(year, month)[1] if day is None else day)
    except ValueError as wrong:
        raise _NoSuchDayError from wrong


def _of_date(match: re.Match[str], year: int) -> _Moment:
    given = match.groupdict()
    its_year, dated = _year_of(match, year)
    part = given.get("part") or ""
    day = int(given["day"]) if given.get("day") else _DAYS_OF_PART.get(part)
    kind = DeadlineKind.MONTH_END if day is None else DeadlineKind.DATE
    last = _day(its_year, int(given["month"]), day)
    return _Moment(kind, last, match.start(), match.end(), dated, whole_month=day is None and not part)


def _of_quarter(match: re.Match[str], year: int) -> _Moment:
    given = match.groupdict()
    its_year, dated = _year_of(match, year)
    number = int(given["quarter"] or given.get("letter") or 0)
    if not 1 <= number <= 4:
        raise _NoSuchDayError
    return _Moment(DeadlineKind.QUARTER_END, _day(its_year, number * 3, None), match.start(), match.end(), dated)


def _of_half(match: re.Match[str], year: int) -> _Moment:
    its_year, dated = _year_of(match, year)
    last = _day(its_year, 12 if match["half"] == "下" else 6, None)
    return _Moment(DeadlineKind.HALF_YEAR_END, last, match.start(), match.end(), dated)


def _of_year(match: re.Match[str], year: int) -> _Moment:
    its_year, dated = _year_of(match, year)
    return _Moment(DeadlineKind.YEAR_END, _day(its_year, 12, 31), match.start(), match.end(), dated)


def _of_five_years(match: re.Match[str], _year: int) -> _Moment:
    last = _day(2010 + 5 * _PLANS.index(match["plan"]), 12, 31)
    return _Moment(DeadlineKind.YEAR_END, last, match.start(), match.end())


def _of_head(match: re.Match[str], year: int) -> _Moment:
    given = match.groupdict()
    if given.get("month"):
        moment = _of_date(match, year)
    else:
        moment = _of_quarter(match, year) if given.get("quarter") else _of_year(match, year)
    return replace(moment, head=True)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], _Moment]], ...] = (
    (words.FIVE_YEARS, _of_five_years),
    (words.DIGITS, _of_date),
    (words.DOTTED, _of_date),
    *((pattern, _of_head) for pattern in words.HEADS),
    (words.DATE, _of_date),
    (words.SHORT, _of_date),
    (words.QUARTER, _of_quarter),
    (words.HALF, _of_half),
    (words.YEAR_END, _of_year),
)
