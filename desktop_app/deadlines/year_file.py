"""A year file from outside: everything that can be wrong with it has its own sentence, and nothing is half taken."""

import json
import re
from datetime import date
from typing import Any, NoReturn

from desktop_app.deadlines.calendars import YearCalendar
from desktop_app.errors import ClerkError
from desktop_app.language import _

LARGEST = 256 * 1024  # bytes; a year takes about 1 KB
_LONGEST = {"notice": 100, "title": 200}  # characters
_EARLIEST, _LATEST = 2000, 2100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FRIDAY = 4
# 全国年节及纪念日放假办法: eleven days a year until 2024, thirteen since; with the weekends around them about thirty.
_FEWEST, _MOST, _MOST_MAKEUP = 11, 60, 20
_ALWAYS_FREE = ((1, 1), (5, 1), (10, 1))


def read_year(data: bytes, name: str) -> YearCalendar:
    """The year in these bytes, checked as a notice would have it; `name` is the file's. Unknown keys are ignored.

    Raises ClerkError with the first thing that is wrong.
    """
    found = _document(data, name)
    year = _year(found)
    notice = _words(found, "notice", _("通知文号"))
    if not notice:
        raise ClerkError(
            _("日历文件没有写通知文号（notice）。"), _("请补上，例如 国办发明电〔2025〕7号；没有通知的年份按估计计算。")
        )
    title = _words(found, "title", _("通知标题")) or f"国务院办公厅关于{year}年部分节假日安排的通知"
    holidays = _days(found, "holidays", year, _("放假日"))
    makeup = _days(found, "makeup_workdays", year, _("调休上班日"))
    _refuse_contradictions(holidays, makeup)
    _refuse_implausible(year, holidays, makeup)
    return YearCalendar(year, notice, holidays, makeup, title)


def doubts(calendar: YearCalendar) -> tuple[str, ...]:
    """What does not stop a year from being taken and still looks like a slip of the pen."""
    found = []
    issued = [int(year) for year in re.findall(r"[〔\[［(（](\d{4})[〕\]］)）]", calendar.notice)]
    if issued and not {calendar.year - 1, calendar.year} & set(issued):
        text = _("通知文号「{notice}」不像是{year}年放假安排的，请核对。")
        found.append(text.format(notice=calendar.notice, year=calendar.year))
    named = [int(year) for year in re.findall(r"(?<!\d)(20\d\d)年", calendar.title)]
    if named and calendar.year not in named:
        text = _("通知标题「{title}」说的不是{year}年，请核对。")
        found.append(text.format(title=calendar.title, year=calendar.year))
    if len(calendar.holidays) < _FEWEST:
        text = _("{year}年的放假日只有 {count} 天（连周末一般 28 到 33 天），请核对是否漏写。")
        found.append(text.format(year=calendar.year, count=len(calendar.holidays)))
    missing = [date(calendar.year, *day) for day in _ALWAYS_FREE]
    missing = [day for day in missing if day not in calendar.holidays]
    if missing:
        text = _("放假日里没有法定节日 {days}，请核对是否漏写。")
        found.append(text.format(days="、".join(day.isoformat() for day in missing)))
    return tuple(found)


def year_data(calendar: YearCalendar) -> dict[str, Any]:
    """The year as a year file holds it."""
    return {
        "year": calendar.year,
        "notice": calendar.notice,
        "title": calendar.title,
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "makeup_workdays": sorted(day.isoformat() for day in calendar.makeup),
    }


def _document(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise ClerkError(
            _("{name} 有 {size} KB，不像一年的日历（通常 1 KB 左右），没有读入。").format(
                name=name, size=len(data) // 1024
            ),
            _("请检查是否选错了文件。"),
        )
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=_unfit, parse_constant=_unfit)
    except UnicodeDecodeError as problem:
        raise ClerkError(
            _("{name} 不是 UTF-8 编码的文本。").format(name=name), _("请另存为 UTF-8 编码后再试。")
        ) from problem
    except RecursionError as problem:
        raise ClerkError(_("{name} 的层次深得不正常，没有读入。").format(name=name), _ask_again()) from problem
    except ValueError as problem:
        where = getattr(problem, "lineno", 1)
        raise ClerkError(
            _("{name} 不是有效的 JSON 文件（第 {line} 行附近）。").format(name=name, line=where),
            _("请检查文件是否完整。"),
        ) from problem
    if not isinstance(found, dict):
        raise ClerkError(_("{name} 里不是一年的日历。").format(name=name), _ask_again())
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Readers differ on which of two equal keys counts: none does."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ClerkError(_("日历文件里「{key}」写了两次。").format(key=_short(key)), _("请只保留一处。"))
        found[key] = value
    return found


def _unfit(text: str) -> NoReturn:
    raise ClerkError(_("日历文件里有不该有的数「{text}」。").format(text=_short(text)), _ask_again())


def _year(found: dict[str, Any]) -> int:
    year = found.get("year")
    if type(year) is not int or not _EARLIEST <= year <= _LATEST:
        shown = _("没有写") if year is None else _short(year)
        raise ClerkError(
            _("日历文件的年份（year）不对：{year}。").format(year=shown), _("请写四位数的年份，例如 2027，不加引号。")
        )
    return year


def _words(found: dict[str, Any], key: str, label: str) -> str:
    """A line of text, "" where the key is missing."""
    text = found.get(key, "")
    if not isinstance(text, str) or len(text) > _LONGEST[key] or not text.isprintable():
        raise ClerkError(
            _("日历文件的{label}（{key}）不是一行普通文字。").format(label=label, key=key),
            _("请照通知原文填写，不要换行。"),
        )
    return text.strip()


def _days(found: dict[str, Any], key: str, year: int, label: str) -> frozenset[date]:
    texts = found.get(key)
    if not isinstance(texts, list):
        raise ClerkError(
            _("日历文件缺少{label}的列表（{key}）。").format(label=label, key=key), _("没有的话写成空列表 []。")
        )
    days: set[date] = set()
    for text in texts:
        day = _day(text, label)
        if day.year != year:
            raise ClerkError(
                _("{label}里的 {day} 不在{year}年。").format(label=label, day=day.isoformat(), year=year),
                _("一个文件只写一年的日子；请核对年份。"),
            )
        if day in days:
            raise ClerkError(
                _("{label}里 {day} 写了两次。").format(label=label, day=day.isoformat()), _("请核对是否写错了一天。")
            )
        days.add(day)
    return frozenset(days)


def _day(text: Any, label: str) -> date:
    try:
        if isinstance(text, str) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ClerkError(
        _("{label}里的「{text}」不是日期。").format(label=label, text=_short(text)),
        _("请写成 YYYY-MM-DD，例如 2027-10-01。"),
    )


def _refuse_contradictions(holidays: frozenset[date], makeup: frozenset[date]) -> None:
    if both := sorted(holidays & makeup):
        raise ClerkError(
            _("{day} 既写在放假日里，又写在调休上班日里。").format(day=both[0].isoformat()), _("请按通知改正。")
        )
    if wrong := sorted(day for day in makeup if day.weekday() <= _FRIDAY):
        raise ClerkError(
            _("{day} 本来就是周一至周五，不会是调休上班日。").format(day=wrong[0].isoformat()), _("请按通知改正。")
        )


def _refuse_implausible(year: int, holidays: frozenset[date], makeup: frozenset[date]) -> None:
    if len(holidays) > _MOST:
        raise ClerkError(
            _("{year}年的放假日有 {count} 天，不合常理（连周末一般 28 到 33 天）。").format(
                year=year, count=len(holidays)
            ),
            _("请核对是否多写。"),
        )
    if len(makeup) > _MOST_MAKEUP:
        raise ClerkError(
            _("{year}年的调休上班日有 {count} 天，不合常理（一般 5 到 8 天）。").format(year=year, count=len(makeup)),
            _("请核对。"),
        )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, dict | list) else "…"
    return "".join(letter if letter.isprintable() else "?" for letter in text.strip('"'))[:30]


def _ask_again() -> str:
    return _("请检查是否选错了文件，或请对方重新提供。")
