"""Numbers and dates as a sheet shows them."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from .bounds import LONGEST_FORMAT

# Formats that files name by number only; 27 to 36 and 50 to 58 are the Chinese dates of Excel and WPS.
_BY_NUMBER = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((14, 15, 16, 22, 30), "yyyy/m/d"),
    **dict.fromkeys((27, 28, 29, 31, 36, 50, 51, 53, 54, 58), "yyyy/m/d"),
    **dict.fromkeys((17, 52, 55, 57), "yyyy/m"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 56), "h:mm"),
}
# In these two of the Chinese ones the month stands without a day.
_BY_NUMBER.update({27: "yyyy/m", 36: "yyyy/m", 50: "yyyy/m"})
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]')


def pattern_of(number: int, own: dict[int, str]) -> str:
    """The format behind its number in the file, General where there is none."""
    return (own.get(number) or _BY_NUMBER.get(number, "General"))[:LONGEST_FORMAT]


def as_shown(value: float, pattern: str, *, since_1904: bool = False) -> str:
    """A number under its format: 1.0 as 1, 0.95 as 95%, 45245 as 2023年11月15日, and a unit quoted in the format."""
    return _writer(pattern, since_1904)(value)


@lru_cache(maxsize=500)
def _writer(pattern: str, since_1904: bool) -> Callable[[float], str]:  # noqa: FBT001 - lru_cache takes it by place
    first = pattern.split(";")[0]
    bare = _LITERAL.sub("", first).lower()
    if bare.strip() in ("general", "@", "") and '"' not in first and "\\" not in first:
        return plain
    if "general" not in bare and re.search("[ymdhs]", bare):
        return lambda value: _date(value, bare, since_1904=since_1904)
    before, after = _quoted(first)
    share = "%" in bare
    return lambda value: before + plain(value, 100 if share else 1) + ("%" if share else "") + after


def plain(value: float, times: int = 1) -> str:
    """The number with the 15 digits a sheet keeps: 0.30000000000000004 is 0.3."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value) * times)
    return format((Decimal(format(value, ".15g")) * times).normalize(), "f")


def _quoted(pattern: str) -> tuple[str, str]:
    """The words that the format puts before and after the digits."""
    before = after = ""
    digits = min((at for sign in "0#?" if (at := _outside(pattern, sign)) >= 0), default=0)
    for found in _LITERAL.finditer(pattern):
        word = (found[1] or "") + (found[2] or "")
        if found.start() < digits:
            before += word
        else:
            after += word
    return before, after


def _outside(pattern: str, sign: str) -> int:
    return _LITERAL.sub(lambda found: " " * len(found[0]), pattern).find(sign)


def _date(value: float, bare: str, *, since_1904: bool) -> str:
    moment = moment_of(value, since_1904=since_1904)
    if moment is None:
        return plain(value)
    if not re.search("[yd]", bare) and ("h" in bare or "s" in bare):
        return f"{moment.hour}:{moment.minute:02d}"
    return day(moment, whole="d" in bare)


def moment_of(value: float, *, since_1904: bool) -> datetime | None:
    """The day behind a serial number; None where no calendar has it. 1900 is no leap year, whatever Excel says."""
    if not 0 <= value < 2_958_466:
        return None
    base = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)  # noqa: DTZ001
    return base + timedelta(seconds=round(value * 86_400))


def day(moment: date, *, whole: bool) -> str:
    """A date in words, with its day or only year and month."""
    return f"{moment.year}年{moment.month}月" + (f"{moment.day}日" if whole else "")
