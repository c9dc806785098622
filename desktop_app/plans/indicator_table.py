"""各区指标: districts down one column or along one row, and an indicator for each column or row beside them."""

import re
from dataclasses import dataclass, replace

from desktop_app.language import N_
from desktop_app.model.plan import Indicator
from desktop_app.model.sentence import Sentence, say
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.district_names import district_of, is_total
from desktop_app.plans.heading_words import field_of, is_foreign
from desktop_app.plans.indicator_cells import direction_stated, name_and_unit, read_cell, unit_alone, upper_by_rule
from desktop_app.plans.sections import is_note

_FEWEST = 3
_LONGEST_LABEL = 12
_LONGEST_NAME = 80


@dataclass(frozen=True)
class IndicatorTable:
    """What one indicator sheet gave."""

    indicators: tuple[Indicator, ...]
    notes: tuple[str, ...]
    warnings: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Layout:
    """Districts down `column` of `sheet`, which is the worksheet turned on its side where they stand along a row."""

    sheet: Sheet
    column: int
    header: tuple[int, ...]
    districts: tuple[tuple[int, str], ...]
    turned: bool


@dataclass(frozen=True)
class _Heading:
    """What stands over a column: groups and name, measure word, and the direction where it is stated apart."""

    path: tuple[str, ...]
    unit: str = ""
    direction: str = ""


def read_indicators(sheet: Sheet, annex: int, directory: Directory) -> IndicatorTable | None:
    """The indicators of a sheet, one target per district that each applies to; None where it is no such sheet."""
    layout = _layout(sheet, directory)
    if layout is None:
        return None
    notes = _notes(sheet)
    found: list[Indicator] = []
    ignored: list[str] = []
    group = ""
    for column in (column for column in layout.sheet.columns if column > layout.column):
        heading = _heading(layout, column)
        if heading is None:
            continue
        if _is_group(layout, column):
            group = heading.path[-1]
        elif is_foreign(heading.path[-1]):
            ignored.append(heading.path[-1])
        elif not is_total(heading.path[-1]):
            found.append(_indicator(layout, column, heading, group, Place(annex, len(found) + 1, notes)))
    if not found:
        return None
    return IndicatorTable(tuple(found), notes, (*_unknown(layout, sheet.title, directory), *_left(sheet, ignored)))


@dataclass(frozen=True)
class Place:
    """Where an indicator stands in the plan, and the notes of its table."""

    annex: int
    number: int
    notes: tuple[str, ...]


def header_top(sheet: Sheet, directory: Directory) -> int | None:
    """The first row of the sheet's header, None where it is no indicator sheet."""
    layout = _layout(sheet, directory)
    if layout is None:
        return None
    return layout.column if layout.turned else layout.header[0]


def district_columns(sheet: Sheet, row: int, directory: Directory) -> dict[int, str]:
    """The columns that a row heads with a district's name; {} where fewer than three are."""
    found = {
        column: unit.short_name for column in sheet.columns if (unit := district_of(sheet.text(row, column), directory))
    }
    return found if len(set(found.values())) >= _FEWEST else {}


def _layout(sheet: Sheet, directory: Directory) -> _Layout | None:
    return _upright(sheet, directory, turned=False) or _upright(_turned(sheet), directory, turned=True)


def _turned(sheet: Sheet) -> Sheet:
    """The sheet with rows and columns changed over."""
    return replace(
        sheet,
        cells={(column, row): text for (row, column), text in sheet.cells.items()},
        merges=tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merges),
    )


def _upright(sheet: Sheet, directory: Directory, *, turned: bool) -> _Layout | None:
    by_column: dict[int, dict[str, int]] = {}
    for (row, column), text in sheet.cells.items():
        if unit := district_of(text, directory):
            by_column.setdefault(column, {}).setdefault(unit.code, row)
    for column in sorted(by_column):
        named = sorted((row, code) for code, row in by_column[column].items())
        if len(named) >= _FEWEST and (header := _header_rows(sheet, column, named[0][0])):
            return _Layout(sheet, column, header, tuple(named), turned)
    return None


def _header_rows(sheet: Sheet, column: int, first: int) -> tuple[int, ...]:
    """The rows directly above the first district that head the columns, top down."""
    found: list[int] = []
    for row in reversed([row for row in sheet.rows if row < first]):
        first_text = next((text for _column, text in sheet.row_texts(row)), "")
        if is_total(first_text) or is_total(sheet.text(row, column)):
            continue
        if _heads(sheet, row, column, found[-1] if found else first):
            found.append(row)
        elif found:
            break
    return tuple(reversed(found))


def _heads(sheet: Sheet, row: int, column: int, below: int) -> bool:
    own = [text for _column, text in sheet.row_texts(row)]
    if all(re.search("[:：]", text) for text in own) or all(is_note(text) for text in own):
        return False
    label = sheet.text(row, column)
    if len(own) >= 2 and ((label and len(squeeze(label)) <= _LONGEST_LABEL) or sheet.area(row, column)[2] >= below):
        return True
    return len({sheet.text(row, each) for each in sheet.columns if sheet.text(row, each)}) >= _FEWEST


def _heading(layout: _Layout, column: int) -> _Heading | None:
    sheet = layout.sheet
    path: list[str] = []
    unit = direction = ""
    for row in layout.header:
        text = one_line(sheet.text(row, column))
        label = squeeze(sheet.text(row, layout.column))
        known = field_of(label) if label else None
        if not text or known == "number" or len(text) > _LONGEST_NAME:
            continue
        if known == "unit" or (layout.turned and label.endswith("单位")):
            unit = text
        elif re.fullmatch("方向|约束|指标性质|上下限|目标方向|属性", label):
            direction = text
        elif path and not layout.turned and unit_alone(text):
            unit = text.strip("()（）")
        elif text not in path:
            path.append(text)
    if not path or field_of(path[-1]) == "number":
        return None
    return _Heading(tuple(path), unit, direction)


def _is_group(layout: _Layout, column: int) -> bool:
    """Whether a column (a row, before it was turned) only heads those that follow: no district has its own cell."""
    sheet = layout.sheet
    heads = {sheet.area(row, column) for row in layout.header}
    return not any(sheet.text(row, column) and sheet.area(row, column) not in heads for row, _code in layout.districts)


def _indicator(layout: _Layout, column: int, heading: _Heading, section: str, place: Place) -> Indicator:
    *groups, said = heading.path
    name, unit, stated = name_and_unit(said)
    unit = heading.unit or unit
    stated = direction_stated(heading.direction) if heading.direction else stated
    upper = upper_by_rule(name, place.notes) if stated is None else stated
    found = (read_cell(layout.sheet.text(row, column), name, unit, code, upper=upper) for row, code in layout.districts)
    number = str(place.number)
    targets = tuple(target for target in found if target)
    return Indicator(
        f"{place.annex}-{number}", place.annex, number, groups[0] if groups else section, name, unit, targets
    )


def _notes(sheet: Sheet) -> tuple[str, ...]:
    """What rows with a single text say below or between."""
    lone = [texts[0] for row in sheet.rows if len(texts := [text for _column, text in sheet.row_texts(row)]) == 1]
    return tuple(one_line(text) for text in lone if is_note(text) or len(squeeze(text)) > _LONGEST_NAME)


def _unknown(layout: _Layout, title: str, directory: Directory) -> list[Sentence]:
    """A warning for each row (or column) among the districts that is no known district and not the whole city."""
    sheet, known = layout.sheet, {row for row, _code in layout.districts}
    first, last = min(known), max(known)
    said = []
    for row in sheet.rows:
        name = one_line(sheet.own(row, layout.column))
        texts = [text for _column, text in sheet.row_texts(row)]
        if row < first or row in known or not name or len(texts) < 2 or is_total(name) or is_foreign(name):
            continue
        if district_of(name, directory) is None or row < last:
            text = (
                N_("{sheet}第{row}列的「{name}」不是已知的区，没有读取。")
                if layout.turned
                else N_("{sheet}第{row}行的「{name}」不是已知的区，没有读取。")
            )
            said.append(say(text, sheet=title, row=row, name=name))
    return said


def _left(sheet: Sheet, ignored: list[str]) -> list[Sentence]:
    text = N_("{sheet}的「{columns}」列没有读取。")
    return [say(text, sheet=sheet.title, columns="」「".join(ignored))] if ignored else []
