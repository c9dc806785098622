"""A sheet taken apart into its tables: one below another, with or without a header of their own."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from desktop_app.plans.caption import annex_mark, part_mark
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.headings import Header, find_headers, same_columns, widened
from desktop_app.plans.numerals import serial
from desktop_app.plans.sections import is_note, is_page_mark

_LONGEST_MARK = 60
_MOST = 100  # tables in one sheet; a file with more was not made to be read
_TITLE_WORDS = ("计划", "方案", "清单", "分工", "分解", "任务表")


@dataclass(frozen=True)
class Part:
    """One table of a sheet: `sheet` holds its rows and what stands above it; `header` is None for other tables.

    `passed` are the rows of its header where that is printed again on a later page.
    """

    sheet: Sheet
    header: Header | None
    passed: frozenset[int] = frozenset()
    running: tuple[str, ...] = field(default=())


def parts_of(sheet: Sheet, is_other_table: Callable[[Sheet], bool]) -> list[Part]:
    """The tables of a sheet from the top down; `is_other_table` knows the tables that have no header of ours."""
    headers = find_headers(sheet)
    marks = _marks(sheet)
    starts = _starts(sheet, headers, marks)
    if len(starts) < 2:
        return [_part(sheet, headers)]
    found: list[Part] = []
    above: tuple[int, ...] = ()
    ends = [*starts[1:], sheet.rows[-1] + 1]
    tops = [header.top for header in headers]
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in sheet.cells.items():
        by_row.setdefault(row, []).append((column, text))
    for start, end in zip(starts, ends, strict=True):
        view = _view(sheet, (*above, *_rows(sheet, start, end)), by_row)
        own = headers[bisect_left(tops, start) : bisect_left(tops, end)]
        if not own and not is_other_table(view):
            last = next((part.header for part in reversed(found) if part.header), None)
            own = [follow] if last and (follow := _without_header(view, last, start)) else []
        if own or is_other_table(view):
            found.append(_part(view, own))
            above = ()
        else:
            # Lines that name an annex and no table of it are a list of annexes, and name nothing below.
            above = tuple(row for row in view.rows if row not in marks)
    return found or [_part(sheet, headers)]


def _part(sheet: Sheet, headers: list[Header]) -> Part:
    """The table under the first header; the same header further down is that of a printed page."""
    if not headers:
        return Part(sheet, None)
    first = max(headers, key=lambda header: len(header.fields))
    again = [header for header in headers if header is not first and header.top > first.top]
    passed = frozenset(row for header in again for row in range(header.top, header.below))
    if not passed:
        return Part(sheet, first)
    running = tuple(squeeze(text) for row in sheet.rows if row < first.top for _column, text in sheet.row_texts(row))
    return Part(sheet, first, passed, running)


def _starts(sheet: Sheet, headers: list[Header], marks: list[int]) -> list[int]:
    """The rows at which a table with its caption begins; the sheet's first row is always one."""
    if not sheet.rows:
        return []
    starts = {sheet.rows[0], *marks}
    above = _rows(sheet, sheet.rows[0], headers[0].top) if headers else ()
    known = {squeeze(text) for row in above for _column, text in sheet.row_texts(row)}
    for before, header in pairwise(headers):
        if bisect_left(marks, before.below) < bisect_left(marks, header.top):
            continue
        top = _caption_top(sheet, before, header)
        if not same_columns(before, header) or _names_another(sheet, top, header, known):
            starts.add(top)
    return sorted(starts)[:_MOST]


def _rows(sheet: Sheet, start: int, end: int) -> tuple[int, ...]:
    """The sheet's rows from one up to another."""
    return sheet.rows[bisect_left(sheet.rows, start) : bisect_left(sheet.rows, end)]


def _marks(sheet: Sheet) -> list[int]:
    """Rows that name another annex than the row before them that does: 附件2 …, or 第二部分 where there is no 附件."""
    found: list[int] = []
    last: object = None
    for row, text in _lone_texts(sheet):
        mark = annex_mark(text)
        if mark is not None and _is_mark(text) and mark != last:
            found.append(row)
            last = mark
    if found:
        return found
    numbered = [(row, number) for row, text in _lone_texts(sheet) if (number := part_mark(text)) is not None]
    return [row for row, _number in numbered] if len(numbered) > 1 else []


def _is_mark(text: str) -> bool:
    line = one_line(text)
    return len(line) <= _LONGEST_MARK and not line.endswith(("。", "；", "）")) and "见附件" not in line


def _lone_texts(sheet: Sheet) -> list[tuple[int, str]]:
    """Rows that begin with 附 or 第 and hold nothing else."""
    by_row: dict[int, int] = {}
    for row, _column in sheet.cells:
        by_row[row] = by_row.get(row, 0) + 1
    first = {row: text for (row, _column), text in sheet.cells.items() if text.lstrip()[:1] in "附第(（《【"}
    return sorted((row, text) for row, text in first.items() if by_row[row] == 1)


def _caption_top(sheet: Sheet, before: Header, header: Header) -> int:
    """The first of the rows with a single text that stand directly above a header."""
    top = header.top
    for row in reversed(_rows(sheet, before.below, header.top)):
        texts = [text for _column, text in sheet.row_texts(row)]
        if len(texts) > 1 or serial(texts[0]) is not None:
            break
        top = row
    return top


def _names_another(sheet: Sheet, top: int, header: Header, known: set[str]) -> bool:
    """Whether the lines above a repeated header give it a title that the first table does not have."""
    lines = [text for row in _rows(sheet, top, header.top) for _column, text in sheet.row_texts(row)]
    titles = [line for line in lines if not is_note(line) and not is_page_mark(line) and squeeze(line) not in known]
    return any(any(word in line for word in _TITLE_WORDS) and "续" not in line for line in titles)


def _view(sheet: Sheet, rows: tuple[int, ...], by_row: Mapping[int, list[tuple[int, str]]]) -> Sheet:
    """The same sheet with these rows only."""
    first, last = rows[0], rows[-1]
    return replace(
        sheet,
        cells={(row, column): text for row in rows for column, text in by_row[row]},
        merges=tuple(area for area in sheet.merges if first <= area[0] <= last),
    )


def _without_header(sheet: Sheet, last: Header, start: int) -> Header | None:
    """The last table's columns for rows that go on below a banner only; None where no measures stand there."""
    column = last.fields.get("measure")
    rows = [row for row in sheet.rows if row >= start]
    numbers = last.fields.get("number")
    measures = [
        row
        for row in rows
        if column
        and sheet.own(row, column)
        and len({text for _column, text in sheet.row_texts(row)}) > 1
        and (numbers is None or serial(sheet.own(row, numbers)) is not None)
    ]
    if not measures:
        return None
    lone = [row for row in rows if row < measures[0]]
    below = next((row for row in lone[1:] if not _belongs_to_caption(sheet, row)), measures[0])
    return widened(last, below)


def _belongs_to_caption(sheet: Sheet, row: int) -> bool:
    texts = [text for _column, text in sheet.row_texts(row)]
    return len(texts) == 1 and any(word in texts[0] for word in (*_TITLE_WORDS, "行动"))
