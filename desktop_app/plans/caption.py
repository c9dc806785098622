"""What stands above a table: annex number, title, notes; and what all of them say of the plan's year and name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.plans.cells import Sheet, Workbook, one_line, squeeze
from desktop_app.plans.notice import DOCUMENT_NUMBER, repeals, with_brackets
from desktop_app.plans.numerals import CHINESE, arabic, chinese_number
from desktop_app.plans.sections import is_note, is_page_mark

SAMPLE_MARK = "示例任务集"
_COUNT = rf"(?P<number>\d{{1,2}}(?!\d)|{CHINESE}{{1,3}}(?!览|般|致)|[A-Z](?![A-Za-z]))"
_ANNEX = re.compile(rf"附(?:件|表|录)(?:之|第)?{_COUNT}(?:[-－—–.之](?P<sub>\d{{1,2}})(?!\d|[年月]))?")
_BEHIND = re.compile(rf"(?:计划|方案|清单|分解表?|分工表?)[》)”]*[(]?{_ANNEX.pattern}")
_LOOSE = re.compile(rf"(?:表{_COUNT}|第(?P<part>{CHINESE}{{1,3}}|\d{{1,2}})部分)(?![年月季行列格])")
_SHEET = re.compile(
    rf"\(?(?P<number>\d{{1,2}}|{CHINESE}{{1,2}})(?:[)、.\-_—:]|(?<=\d)(?=[\u4e00-\u9fff]))(?![\d年月季日])"
)
_RANGE = re.compile(r"(20\d\d)年?[—–\-~～至到]{1,2}20\d\d年?")
_YEAR = re.compile(r"(20\d\d)(?:年|—|-)")
_TITLE = re.compile("计划|任务|方案|清单|分工|分解|指标")
_YEAR_OF_PLAN = re.compile(r"(20\d\d)年?度?(?=[^,;。]{0,16}(?:计划|任务|方案|措施|清单|目标|要点|分解|指标))")
_HEADING_YEAR = re.compile(r"(20\d\d)年?度?(?:工作|量化|全年)?(?:目标|任务|措施|指标|计划)")
_PLAN_TITLE = re.compile(r"《?(北京市[^《》\n]{0,30}污染防治攻坚战[^《》\n]{0,16}计划)")
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Caption:
    """A table's own words about itself; `annex` is None where it gives no number.

    `sub` is the 3 of 附件6-3. `sure` is false for a number that only a sheet's name or a 表1 suggests.
    """

    annex: int | None
    title: str
    notes: tuple[str, ...]
    sub: int | None = None
    sure: bool = True
    lines: tuple[str, ...] = ()


def read_caption(sheet: Sheet, header_top: int) -> Caption:
    """The rows above the header."""
    lines = [one_line(text) for row in sheet.rows if row < header_top for _column, text in sheet.row_texts(row)]
    annex, sub, sure = _number(lines, sheet.title)
    named = [
        line
        for line in lines
        if not is_note(line) and not is_page_mark(line) and _ANNEX.sub("", squeeze(line)).strip(":、.()")
    ]
    start = next((at for at, line in enumerate(lines) if annex_mark(line)), 0)
    own = [line for line in lines[start:] if line in named] or named
    title = next((line for line in own if _TITLE.search(line)), next(iter(own), ""))
    notes = tuple(filter(is_note, lines))
    return Caption(annex, without_number(title) or sheet.title, notes, sub, sure, tuple(map(squeeze, lines)))


def without_number(title: str) -> str:
    """A title without the 附件2 that stands before it."""
    return re.sub(rf"^[（(]?附[件表录]\s*(?:\d+|{CHINESE}+)(?:[-－—–]\d+)?[)）]?\s*[：:、.]?\s*", "", title)


def _number(lines: list[str], sheet: str) -> tuple[int | None, int | None, bool]:
    for line in (*lines, sheet):
        if found := annex_mark(line):
            return (*found, True)
    for line in lines:  # 《2024年行动计划》附件3 水污染防治
        behind = None if is_note(line) or len(line) > _LONGEST_TITLE else _BEHIND.search(squeeze(line))
        if behind:
            return _integer(behind["number"]), int(behind["sub"]) if behind["sub"] else None, False
    for line in (*lines, sheet):
        plain = squeeze(line).lstrip("(《")
        if found_loose := _LOOSE.match(plain):
            return _integer(found_loose["number"] or found_loose["part"]), None, False
    found_sheet = _SHEET.match(squeeze(sheet))
    return (_integer(found_sheet["number"]) if found_sheet else None), None, False


def annex_mark(line: str) -> tuple[int, int | None] | None:
    """The number that a line gives an annex (附件三, 附表2, 附件6-3), None where it gives none."""
    found = _ANNEX.match(squeeze(line[:80]).lstrip("(《【"))
    if not found:
        return None
    return _integer(found["number"]) or 0, int(found["sub"]) if found["sub"] else None


def part_mark(line: str) -> int | None:
    """The number of a 「第二部分」, None for other lines."""
    found = re.match(rf"第({CHINESE}{{1,3}}|\d{{1,2}})部分", squeeze(line[:20]))
    return _integer(found[1]) if found else None


def _integer(text: str) -> int | None:
    if len(text) == 1 and "A" <= text <= "Z":
        return ord(text) - ord("A") + 1
    return int(text) if text.isdigit() else chinese_number(text)


def plan_year(book: Workbook, captions: Iterable[str], name: str = "") -> int | None:
    """The plan's year: what the titles name most, else other titles in the file, document number, headings, file name.

    Then any cell at all, and at last the first year of a span; None where nothing names a year.
    """
    for years in _sources(book, list(captions), name):
        counted = Counter(years)
        if counted:
            return counted.most_common(1)[0][0]
    return None


def _sources(book: Workbook, titles: list[str], name: str) -> Iterator[Iterable[int]]:
    """What may tell the year, the surest first; each is only looked up where those before it say nothing."""
    yield [year for line in titles for year in _years_of_plan(line)]
    everything = [text for sheet in book.sheets for text in (*sheet.cells.values(), sheet.title)]
    short = [text for text in everything if len(text) <= _LONGEST_TITLE and "20" in squeeze(text)]
    yield _in(short, _YEAR_OF_PLAN, only=r"计划|方案|分解|清单")
    yield [year for line in titles for year in _years(line)]
    own = set(_numbers(everything)) - set(repeals(book))
    yield [int(year) for number in own for year in re.findall(r"20\d\d", number)]
    # 「2023年目标 | 2024年目标」: the later is this plan's, the earlier only stands beside it.
    yield sorted(_in(short, _HEADING_YEAR))[-1:]
    yield _in([book.title, name], re.compile(r"(?<!\d)(20\d\d)(?!\d{1,3}(?:\D|$))"))
    yield [year for line in everything for year in _years(line)]
    yield _in([*titles, *everything], _RANGE)


def _in(lines: Iterable[str], pattern: re.Pattern[str], only: str = "") -> Iterator[int]:
    for line in lines:
        plain = squeeze(line)
        spared = plain if pattern is _RANGE else _RANGE.sub("", plain)
        if not only or re.search(only, spared):
            yield from (int(found[1]) for found in pattern.finditer(spared))


def _years_of_plan(line: str) -> list[int]:
    plain = _RANGE.sub("", arabic(squeeze(line), "年"))
    return [int(year) for year in _YEAR_OF_PLAN.findall(plain)]


def _years(line: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(_RANGE.sub("", arabic(squeeze(line), "年")))]


def _numbers(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if "号" in text:
            yield from (with_brackets(found[0]) for found in DOCUMENT_NUMBER.finditer("".join(text.split())))


def document_number(book: Workbook, year: int) -> str:
    """The document number that stands in the file for this year, "" where there is none."""
    gone = repeals(book)
    for number in _numbers(text for sheet in book.sheets for text in sheet.cells.values()):
        if f"\u3014{year}\u3015" in number and number not in gone:
            return number
    return ""


def is_sample(book: Workbook) -> bool:
    """Whether the file says of itself that its text was made up."""
    return SAMPLE_MARK in book.title or any(
        SAMPLE_MARK in squeeze(text) for sheet in book.sheets for text in (sheet.title, *sheet.cells.values())
    )


def plan_title(book: Workbook, year: int, *, sample: bool) -> str:
    """The plan's own title where the file gives it, else a plain one by its year."""
    for sheet in book.sheets:
        for text in sheet.cells.values():
            if (found := _PLAN_TITLE.search(one_line(text))) and str(year) in found[1]:
                return found[1]
    return f"北京市污染防治{year}年行动计划" + ("——示例任务集(非官方文本)" if sample else "")
