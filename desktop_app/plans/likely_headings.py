"""A header in words of its own (要做的事、谁来做): found by what stands under it, and asked about column by column."""

from collections.abc import Callable

from desktop_app.model.plan import DeadlineKind
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.deadline import read_deadline
from desktop_app.plans.heading_words import NEEDED, field_of, is_foreign, resembled
from desktop_app.plans.headings import Header
from desktop_app.plans.numerals import serial
from desktop_app.plans.owners import read_units

_ANY_YEAR = 2023  # only whether a phrase is a deadline is asked here, not which day it names
_FEWEST, _MOST = 3, 20  # columns
_TRIED, _SAMPLED = 5, 8  # rows
_LONGEST_HEADING = 20
_LONGEST_CELL = 200
_SHORTEST_MEASURE = 4
_ENOUGH = 2  # of what a table must have


def likely_header(sheet: Sheet, directory: Directory, *, sure: bool) -> Header | None:
    """The first row that may head measures, dates and units; None where the sheet holds nothing of the kind.

    With `sure` all three must stand under it: a file that has a task table already may hold other lists beside it.
    """
    rows = [row for row in sheet.rows if _FEWEST <= len(list(sheet.row_texts(row))) <= _MOST]
    for at, row in enumerate(rows[:_TRIED]):
        header = _header_of(sheet, row, rows[at + 1 : at + 1 + _SAMPLED], directory)
        if header and len([name for name in NEEDED if name in (*header.fields, *header.likely)]) >= (
            len(NEEDED) if sure else _ENOUGH
        ):
            return header
    return None


def _header_of(sheet: Sheet, row: int, below: list[int], directory: Directory) -> Header | None:
    headings = {column: one_line(text) for column, text in sheet.row_texts(row)}
    if not below or any(len(squeeze(text)) > _LONGEST_HEADING or serial(text) for text in headings.values()):
        return None
    fields: dict[str, int] = {}
    likely: dict[str, int] = {}
    for column, heading in headings.items():
        texts = [text for each in below if (text := squeeze(sheet.text(each, column)))]
        name = field_of(heading) or ("number" if texts and all(map(serial, texts)) else None)
        if name:
            fields.setdefault(name, column)
        elif held := _held(texts, directory):
            if _held([squeeze(heading)], directory) not in (None, "measure"):
                return None  # a row of data, not of headings
            likely.setdefault(held, column)
    for column, heading in headings.items():
        alike = resembled(heading)[:1]
        if column not in fields.values() and not is_foreign(heading) and alike and alike[0] in NEEDED:
            likely[alike[0]] = column
    if not set(likely) & set(NEEDED):
        return None
    known = {name: column for name, column in fields.items() if name not in ("unit", "district", "part")}
    return Header(row, row + 1, known, headings, likely=likely)


def _held(texts: list[str], directory: Directory) -> str | None:
    """What most cells of a column are: dates, units, or sentences; None where they are neither."""

    def mostly(fits: Callable[[str], bool]) -> bool:
        return sum(len(text) <= _LONGEST_CELL and fits(text) for text in texts) * 2 > len(texts)

    if not texts:
        return None
    if mostly(lambda text: read_deadline(text, _ANY_YEAR)[0].kind is not DeadlineKind.UNKNOWN):
        return "deadline"
    if mostly(lambda text: bool((found := read_units(text, directory)).codes or found.vague) and not found.unknown):
        return "owners"
    return "measure" if mostly(lambda text: len(text) >= _SHORTEST_MEASURE and serial(text) is None) else None
