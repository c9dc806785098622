"""What stands above a table: annex number, title, notes; and what all of them say of the plan."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.plans.cells import Sheet, Workbook, one_line, squeeze
from desktop_app.plans.numerals import CHINESE, arabic, chinese_number
from desktop_app.plans.task_table import is_note

SAMPLE_MARK = "示例任务集"
_ANNEX = re.compile(rf"附(?:件|表)(?P<number>\d+|{CHINESE}+)")
_YEAR = re.compile(r"(20\d\d)(?:年|—|-)")
_NUMBER = re.compile(r"京[\u4e00-\u9fff]{1,6}[\[(\u3014](20\d\d)[\])\u3015]\d+号")
_PLAN_TITLE = re.compile(r"《?(北京市[^《》\n]{0,30}污染防治攻坚战[^《》\n]{0,16}计划)")


@dataclass(frozen=True)
class Caption:
    """A table's own words about itself; `annex` is None where it gives no number."""

    annex: int | None
    title: str
    notes: tuple[str, ...]


def read_caption(sheet: Sheet, header_top: int) -> Caption:
    """The rows above the header."""
    lines = [one_line(text) for row in sheet.rows if row < header_top for _column, text in sheet.row_texts(row)]
    annex = next((number for line in (*lines, sheet.title) if (number := _annex(line)) is not None), None)
    named = [line for line in lines if not is_note(line) and _ANNEX.sub("", squeeze(line)).strip(":、.")]
    title = next(
        (line for line in named if re.search("计划|任务|方案|清单|分工|分解|指标", line)), next(iter(named), "")
    )
    return Caption(
        annex, re.sub(r"^附件\s*\d+\s*[：:、.]?\s*", "", title) or sheet.title, tuple(filter(is_note, lines))
    )


def _annex(line: str) -> int | None:
    found = _ANNEX.match(squeeze(line).lstrip("(《"))
    if not found:
        return None
    number = found["number"]
    return int(number) if number.isdigit() else chinese_number(number)


def plan_year(book: Workbook, captions: Iterable[str]) -> int | None:
    """The plan's year: what the titles name most, else the document number, else any cell; None where none does."""
    texts = list(captions)
    everything = [text for sheet in book.sheets for text in sheet.cells.values()]
    for lines in (texts, _NUMBER.findall(squeeze("\n".join(everything))), everything):
        years = Counter(year for line in lines for year in _years(line))
        if years:
            return years.most_common(1)[0][0]
    return None


def _years(line: str) -> list[int]:
    if re.fullmatch(r"20\d\d", line):
        return [int(line)]
    return [int(year) for year in _YEAR.findall(arabic(squeeze(line), "年"))]


def document_number(book: Workbook, year: int) -> str:
    """The document number that stands in the file for this year, "" where there is none."""
    for sheet in book.sheets:
        for text in sheet.cells.values():
            for found in _NUMBER.finditer("".join(text.split())):
                if found[1] == str(year):
                    return re.sub(r"[\[(](\d{4})[\])]", "\u3014\\1\u3015", found[0])
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
