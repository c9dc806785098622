"""What the notice that brings a plan says of itself: when it was issued and holds, and what it puts out of force."""

import re
from collections.abc import Iterator
from datetime import date

from desktop_app.plans.cells import Workbook, squeeze
from desktop_app.plans.numerals import arabic

DOCUMENT_NUMBER = re.compile(r"京[\u4e00-\u9fff]{1,6}[\[(\u3014\u3010（［](20\d\d)[\])\u3015\u3011）］]\d+号")


def _day_of(mark: str) -> str:
    return rf"(?P<{mark}y>20\d\d)[年/.-](?P<{mark}m>\d{{1,2}})[月/.-](?P<{mark}d>\d{{1,2}})日?"


def _stated(words: str) -> re.Pattern[str]:
    """A day after the act (印发日期：2023年2月23日) or before it (2023年3月1日发布)."""
    return re.compile(rf"(?:{words})(?:日期|时间|日)?[::为于是]*{_day_of('a')}|{_day_of('b')}[)，,]?起?(?:{words})")


_DATED = _stated("印发|成文|发文|签发|下发")
_PUBLISHED = _stated("发布|公布|公开")
_IN_FORCE = "施行|实施|生效|执行"
_FROM_DAY = re.compile(
    rf"自?{_day_of('a')}起(?:正式)?(?:{_IN_FORCE})|(?:{_IN_FORCE})(?:日期|时间)[::为]*{_day_of('b')}"
)
_FROM_ISSUE = re.compile(rf"自?(?P<act>印发|发布|公布|发文|下发)之日起(?:正式)?(?:{_IN_FORCE})")
_ALONE = re.compile(_day_of("a"))
_ENDS = re.compile("废止|停止执行|不再执行|失效|予以替代")
_HOLDS = re.compile("不废止|未废止|继续有效|继续执行")
_TELLING = re.compile("印发|成文|发文|签发|下发|发布|公布|公开|施行|实施|生效|执行")


def issue_dates(book: Workbook, year: int) -> tuple[date | None, date | None]:
    """The days on which the plan was issued and comes into force, as far as any cell says so; None where none does.

    A date alone in its row (the notice's foot) counts as the day of issue when it is of the plan's year or close to it.
    """
    lines = [line for line in _lines(book) if _TELLING.search(line)]
    dated, published = _first(lines, _DATED), _first(lines, _PUBLISHED)
    issued = dated or published or _foot_date(book, year)
    effective = _first(lines, _FROM_DAY)
    if effective is None and (found := next(filter(None, map(_FROM_ISSUE.search, lines)), None)):
        effective = published if published and found["act"] in ("发布", "公布") else issued
    return issued, effective


def repeals(book: Workbook) -> tuple[str, ...]:
    """The document numbers that some sentence of the file puts out of force, in its order."""
    found = (
        with_brackets(number[0])
        for text in _texts(book)
        if "号" in text and _ENDS.search(text)
        for sentence in re.split(r"[。;；]", squeeze(text))
        if _ENDS.search(sentence) and not _HOLDS.search(sentence)
        for number in DOCUMENT_NUMBER.finditer(sentence)
    )
    return tuple(dict.fromkeys(found))


def with_brackets(number: str) -> str:
    """A document number with the brackets that belong to it: 京政办发〔2023〕4号."""
    return re.sub(r"[\[(\u3014\u3010（［](\d{4})[\])\u3015\u3011）］]", "\u3014\\1\u3015", number)


def _texts(book: Workbook) -> Iterator[str]:
    """Captions and notes: what stands alone in its row. A measure may speak of another rule that comes into force."""
    for sheet in book.sheets:
        lone: dict[int, str | None] = {}
        for (row, _column), text in sorted(sheet.cells.items()):
            lone[row] = text if lone.get(row, text) == text else None
        yield from (text for text in lone.values() if text)


def _lines(book: Workbook) -> list[str]:
    return [arabic(squeeze(text), "年月日") for text in _texts(book) if "20" in text or "〇" in text or "之日" in text]


def _first(lines: list[str], pattern: re.Pattern[str]) -> date | None:
    return next((day for line in lines for found in pattern.finditer(line) if (day := _day(found))), None)


def _day(found: re.Match[str]) -> date | None:
    groups = found.groupdict()
    for mark in ("a", "b"):
        if groups.get(f"{mark}y"):
            try:
                return date(*(int(groups[f"{mark}{part}"]) for part in "ymd"))
            except ValueError:
                return None
    return None


def _foot_date(book: Workbook, year: int) -> date | None:
    """A day that stands alone in its row."""
    for sheet in book.sheets:
        for row in sheet.rows:
            texts = [text for _column, text in sheet.row_texts(row)]
            if len(texts) != 1 or len(texts[0]) > 20:
                continue
            found = _ALONE.fullmatch(arabic(squeeze(texts[0]), "年月日").strip("()"))
            if found and (day := _day(found)) and year - 1 <= day.year <= year:
                return day
    return None
