"""各区指标: districts down one column or along one row, and an indicator for each column or row beside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.language import N_
from desktop_app.model.plan import Indicator
from desktop_app.model.sentence import Sentence, say
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.district_names import district_of, is_total
from desktop_app.plans.heading_words import field_of, is_foreign
from desktop_app.plans.indicator_cells import direction_stated, name_and_unit, read_cell, unit_alone, upper_by_rule
from desktop_app.plans.sections import is_note, numbers_columns

_FEWEST = 3
_LONGEST_LABEL = 12
_LONGEST_NAME = 80
_SAYS_WAY = re.compile("(?:指标|约束|目标|控制)?(?:方向|约束|性质|类型)|上下限|属性")
_WAY = re.compile("[≤≥<>]=?|上限|下限|不(?:高|低)于|不(?:超过|少于)")  # a cell that only says which bound a figure is
# A leaf under an indicator's name: which of its figures stand there.
_WHICH = re.compile(
    r"(?P<year>20\d\d)?年?度?(?:全年)?(?:控制|考核|计划|工作)?"
    r"(?:目标|任务|指标|要求|实际|实绩|实际完成|实际值|完成|现状|基数|基准|现值)?[值量数]?(?:情况)?"
)


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
    end: int = 0

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns beside the districts, up to the next block of them."""
        return tuple(each for each in self.sheet.columns if each > self.column and (not self.end or each < self.end))


@dataclass(frozen=True)
class _Heading:
    """What stands over a column: groups and name, measure word, and the direction where it is stated apart.

    `said` is a leaf that only says which of the indicator's figures stand here (2024年目标), `year` its year.
    """

    path: tuple[str, ...]
    unit: str = ""
    direction: str = ""
    said: str = ""
    year: str = ""


def read_indicators(sheet: Sheet, annex: int, directory: Directory) -> IndicatorTable | None:
    """The indicators of a sheet, one target per district that each applies to; None where it is no such sheet."""
    layouts = _layouts(sheet, directory)
    notes = _notes(sheet)
    found: list[Indicator] = []
    ignored: list[str] = []
    for layout in layouts:
        _add(found, ignored, layout, annex, notes)
    if not found:
        return None
    warnings = [said for layout in layouts for said in _unknown(layout, sheet.title, directory)]
    return IndicatorTable(tuple(found), notes, (*warnings, *_left(sheet, ignored)))


def _add(found: list[Indicator], ignored: list[str], layout: _Layout, annex: int, notes: tuple[str, ...]) -> None:
    """Add the indicators of one block of districts; the districts of one that an earlier block has join it."""
    group = ""
    headings = {column: heading for column in layout.columns if (heading := _heading(layout, column))}
    earlier = _earlier_years(headings)
    for column, heading in headings.items():
        if _is_group(layout, column):
            group = heading.path[-1]
        elif column in earlier or is_foreign(heading.said or heading.path[-1]):
            ignored.append(heading.said or heading.path[-1])
        elif not is_total(heading.path[-1]):
            new = _indicator(layout, column, heading, group, Place(annex, len(found) + 1, notes))
            before = next((at for at, each in enumerate(found) if _same(each, new)), None)
            if before is None:
                found.append(new)
            else:
                found[before] = replace(found[before], targets=(*found[before].targets, *new.targets))


def _same(one: Indicator, other: Indicator) -> bool:
    """Whether the second is the first one again, for other districts."""
    scopes = {target.scope for target in one.targets}
    alike = (one.name, one.unit, one.group) == (other.name, other.unit, other.group)
    return alike and scopes.isdisjoint(target.scope for target in other.targets)


def _earlier_years(headings: Mapping[int, _Heading]) -> set[int]:
    """The columns that give the same indicator for a year before another's (2023年 | 2024年目标)."""
    latest: dict[tuple[str, ...], str] = {}
    for heading in headings.values():
        if heading.year:
            latest[heading.path] = max(heading.year, latest.get(heading.path, ""))
    return {column for column, heading in headings.items() if heading.year and heading.year < latest[heading.path]}


@dataclass(frozen=True)
class Place:
    """Where an indicator stands in the plan, and the notes of its table."""

    annex: int
    number: int
    notes: tuple[str, ...]


def header_top(sheet: Sheet, directory: Directory) -> int | None:
    """The first row of the sheet's header, None where it is no indicator sheet."""
    layouts = _layouts(sheet, directory)
    if not layouts:
        return None
    return layouts[0].column if layouts[0].turned else layouts[0].header[0]


def district_columns(sheet: Sheet, row: int, directory: Directory) -> dict[int, str]:
    """The columns that a row heads with a district's name; {} where fewer than three are."""
    found = {
        column: unit.short_name for column in sheet.columns if (unit := district_of(sheet.text(row, column), directory))
    }
    return found if len(set(found.values())) >= _FEWEST else {}


def _layouts(sheet: Sheet, directory: Directory) -> list[_Layout]:
    """The blocks of districts in a sheet, left to right (or top down); [] where it is no indicator sheet."""
    return _upright(sheet, directory, turned=False) or _upright(_turned(sheet), directory, turned=True)


def _turned(sheet: Sheet) -> Sheet:
    """The sheet with rows and columns changed over."""
    return replace(
        sheet,
        cells={(column, row): text for (row, column), text in sheet.cells.items()},
        merges=tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merges),
    )


def _upright(sheet: Sheet, directory: Directory, *, turned: bool) -> list[_Layout]:
    by_column: dict[int, dict[str, int]] = {}
    for (row, column), text in sheet.cells.items():
        if unit := district_of(text, directory):
            by_column.setdefault(column, {}).setdefault(unit.code, row)
    found: list[_Layout] = []
    known: set[str] = set()
    for column in sorted(by_column):
        named = sorted((row, code) for code, row in by_column[column].items() if code not in known)
        if len(named) >= (_FEWEST if not found else 1) and (header := _header_rows(sheet, column, named[0][0])):
            found = [*found[:-1], *(replace(each, end=column) for each in found[-1:])]
            found.append(_Layout(sheet, column, header, tuple(named), turned))
            known.update(code for _row, code in named)
    return found


def _header_rows(sheet: Sheet, column: int, first: int) -> tuple[int, ...]:
    """The rows directly above the first district that head the columns, top down."""
    found: list[int] = []
    for row in reversed([row for row in sheet.rows if row < first]):
        first_text = next((text for _column, text in sheet.row_texts(row)), "")
        own = [text for _column, text in sheet.row_texts(row)]
        if is_total(first_text) or is_total(sheet.text(row, column)) or numbers_columns(own):
            continue
        if _heads(sheet, row, column, found[-1] if found else first):
            found.append(row)
        elif found:
            break
    return tuple(reversed(found))


def _heads(sheet: Sheet, row: int, column: int, below: int) -> bool:
    own = [text for _column, text in sheet.row_texts(row)]
    if all(re.search("[:：]", text) for text in own) or all(is_note(text) and not unit_alone(text) for text in own):
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
        elif _SAYS_WAY.fullmatch(label) or (path and _WAY.fullmatch(squeeze(text))):
            direction = text
        elif path and not layout.turned and unit_alone(text):
            unit = text.strip("()（）")
        elif text not in path:
            path.append(text)
    if not path or field_of(path[-1]) == "number":
        return None
    if len(path) > 1 and not layout.turned and (which := _WHICH.fullmatch(squeeze(path[-1]))):
        return _Heading(tuple(path[:-1]), unit, direction, path[-1], which["year"] or "")
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
