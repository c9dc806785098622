"""Deadline phrases: what 完成时限 means, and the last day that the phrase names."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from desktop_app.language import _
from desktop_app.model.plan import Deadline, DeadlineKind
from desktop_app.plans.cells import squeeze
from desktop_app.plans.numerals import CHINESE, arabic

_YEAR = r"(?:(?P<year>20\d\d)年|(?P<next>次年|明年|来年)|(?:本年|今年|当年|每年))?度?"
_DATE = re.compile(
    _YEAR + r"(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})(?:日|号)|(?P<part>上旬|中旬|下旬|初|中(?!旬)|底|末)?)"
    r"|(?P<year2>20\d\d)[-./](?P<month2>\d{1,2})(?!\d)(?:[-./](?P<day2>\d{1,2}))?"
)
_QUARTER = re.compile(_YEAR + r"第?(?P<quarter>[1-4])季度[末底]?")
_HALF = re.compile(_YEAR + r"(?P<half>[上下])半年")
_YEAR_END = re.compile(
    _YEAR + r"(?:年底|年末|年终|年内|年度内|底前|底(?=$)|末前|内(?=$))|(?P<plain>20\d\d)年度?(?=$|完成|前)|年度内?(?=$)"
)
_RANGE = re.compile(r"(?:20\d\d年)?\d{1,2}月?(?:\d{1,2}日)?(?:[-—–~至到]+)(?=(?:20\d\d年|次年|明年)?\d{1,2}月)")
_ONGOING = re.compile(
    r"长期|持续|全年|常态|长效|每[年月周日天]|每季|每半年|按[月季年]|逐[月季年]|日常|贯穿|经常|定期|随时|动态|不间断|一直"
)
_SEASON = (
    r"(?:主?汛期?|雨季|采暖[季期]?|供暖[季期]?|供热[季期]?|取暖[季期]?|冬季|夏季|春季|秋季|入冬|入夏|入汛|春耕|秋收|臭氧|防火期|火险期"
    r"|春节|国庆节?|五一|两会|元旦|中秋节?|清明节?|开学)"
)
_EVENT = re.compile(_SEASON + r"(?:[一-鿿]{0,4}?)(?:到?来?[之以]?前|[之以]?后|期间|期|季|中|结束|开始)?")
_DAYS_OF_PART = {"上旬": 10, "初": 10, "中旬": 20, "中": 15}


@dataclass(frozen=True)
class _Moment:
    """A day that the phrase names, and where in it."""

    kind: DeadlineKind
    day: date
    start: int
    end: int


class _NoSuchDayError(ValueError):
    """The phrase names a day that the calendar does not have."""


def read_deadline(raw: str, year: int) -> tuple[Deadline, str | None]:
    """The deadline, and why a person must decide (None where it is clear). Never raises: 2月30日 is a finding."""
    text = _plain(raw)
    if not text:
        return Deadline(raw, DeadlineKind.UNKNOWN), _("没有填写完成时限")
    try:
        moments = _moments(text, year)
    except _NoSuchDayError:
        return Deadline(raw, DeadlineKind.UNKNOWN), _("「{raw}」不是日历上有的日期").format(raw=raw)
    if moments:
        return _of_moments(raw, text, moments), None
    if _ONGOING.search(text):
        return Deadline(raw, DeadlineKind.ONGOING), None
    if _EVENT.fullmatch(re.sub(r"完成$|全部完成$", "", text)):
        return Deadline(raw, DeadlineKind.EVENT), None
    return Deadline(raw, DeadlineKind.UNKNOWN), _("「{raw}」看不出具体时限").format(raw=raw)


def _plain(raw: str) -> str:
    text = squeeze(raw).strip("。.,、;")
    text = re.sub(f"第?({CHINESE})季度", lambda found: "第" + arabic(found[1] + "季", "季").rstrip("季") + "季度", text)
    return arabic(text, "年月日号")


def _of_moments(raw: str, text: str, moments: list[_Moment]) -> Deadline:
    last = max(moments, key=lambda moment: moment.day)
    outside = "".join(char for at, char in enumerate(text) if not any(m.start <= at < m.end for m in moments))
    beside = re.sub(r"\([^)]*\)", "", outside)
    in_brackets = all(text.rfind("(", 0, moment.start) > text.rfind(")", 0, moment.start) for moment in moments)
    other = _ONGOING.search(beside) or (_EVENT.search(beside) and not in_brackets)
    staged = len(moments) > 1 or other
    return Deadline(raw, DeadlineKind.STAGED if staged else last.kind, last.day)


def _moments(text: str, year: int) -> list[_Moment]:
    """Every day the phrase names, a range counting as its end; raises _NoSuchDayError."""
    open_text = _RANGE.sub(lambda found: "　" * len(found[0]), text)
    found: list[_Moment] = []
    taken = list(open_text)
    for pattern, read in ((_DATE, _of_date), (_QUARTER, _of_quarter), (_HALF, _of_half), (_YEAR_END, _of_year)):
        for match in pattern.finditer("".join(taken)):
            found.append(read(match, year, found))
            taken[match.start() : match.end()] = "　" * (match.end() - match.start())
    return found


def _year_of(match: re.Match[str], year: int) -> int:
    return int(match["year"]) if match["year"] else year + bool(match["next"])


def _of_date(match: re.Match[str], year: int, before: list[_Moment]) -> _Moment:
    year = int(match["year2"]) if match["year2"] else _year_of(match, year)
    if not match["year"] and before and before[-1].day.year > year and not match["next"]:
        year = before[-1].day.year
    month, day = int(match["month"] or match["month2"]), match["day"] or match["day2"]
    part = match["part"] or ""
    try:
        whole = day or _DAYS_OF_PART.get(part)
        last = date(year, month, int(whole)) if whole else date(year, month, monthrange(year, month)[1])
    except ValueError as wrong:
        raise _NoSuchDayError from wrong
    kind = DeadlineKind.DATE if whole else DeadlineKind.MONTH_END
    return _Moment(kind, last, match.start(), match.end())


def _of_quarter(match: re.Match[str], year: int, _before: list[_Moment]) -> _Moment:
    month = int(match["quarter"]) * 3
    year = _year_of(match, year)
    last = date(year, month, monthrange(year, month)[1])
    return _Moment(DeadlineKind.QUARTER_END, last, match.start(), match.end())


def _of_half(match: re.Match[str], year: int, _before: list[_Moment]) -> _Moment:
    last = date(_year_of(match, year), 6, 30) if match["half"] == "上" else date(_year_of(match, year), 12, 31)
    return _Moment(DeadlineKind.HALF_YEAR_END, last, match.start(), match.end())


def _of_year(match: re.Match[str], year: int, _before: list[_Moment]) -> _Moment:
    year = int(match["plain"]) if match["plain"] else _year_of(match, year)
    return _Moment(DeadlineKind.YEAR_END, date(year, 12, 31), match.start(), match.end())
