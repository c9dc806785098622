"""各区指标: a sheet with a row for each district and a column for each indicator."""

import re
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.language import _
from desktop_app.model.plan import Direction, Indicator, Target, TargetKind
from desktop_app.model.unit import Directory
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.headings import field_of
from desktop_app.plans.owners import district
from desktop_app.plans.target import trend_of
from desktop_app.plans.task_table import is_note

_FEWEST = 3
_NOT_APPLICABLE = ("", "/", "-", "--", "—", "——", "–", "\\", "无", "不涉及", "×")
_CELL = re.compile(
    r"(?P<before>≤|<=|<|≥|>=|>|不高于|不超过|不大于|低于|控制在|不低于|不少于|不小于|达到|至少|约)?"
    r"(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>%)?(?P<rest>[^\d]*)"
)
_UPPER_WORDS = ("≤", "<=", "<", "不高于", "不超过", "不大于", "低于", "控制在")
_LOWER_WORDS = ("≥", ">=", ">", "不低于", "不少于", "不小于", "达到", "至少")
_RULE = re.compile(
    r"未注明方向的[,、]?(?P<named>.+?)为(?P<way>上限|下限)[,、;]?(?:其余|其他|其它)(?:均)?为(?:上限|下限)"
)
_UPPER_BY_NATURE = re.compile(r"浓度|降尘|劣[VⅤ5五]类|超标|不合格|投诉|重污染天数|能耗|用水总量|排放总量")
_WAYS = {"改善": Direction.IMPROVE, "提升": Direction.INCREASE, "下降": Direction.DECREASE, "稳定": Direction.STABLE}


@dataclass(frozen=True)
class IndicatorTable:
    """What one indicator sheet gave."""

    indicators: tuple[Indicator, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Layout:
    column: int
    header: tuple[int, ...]
    districts: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]
    unknown: tuple[str, ...]


def read_indicators(sheet: Sheet, annex: int, directory: Directory) -> IndicatorTable | None:
    """The indicators of a sheet, one target per district that each applies to; None where it is no such sheet."""
    layout = _layout(sheet, directory)
    if layout is None:
        return None
    columns = [column for column in sheet.columns if column > layout.column and _headings(sheet, layout, column)]
    columns = [column for column in columns if field_of(_headings(sheet, layout, column)[-1]) != "number"]
    indicators = tuple(
        _indicator(sheet, layout, column, annex, str(number)) for number, column in enumerate(columns, start=1)
    )
    return IndicatorTable(indicators, layout.notes, layout.unknown) if indicators else None


def header_top(sheet: Sheet, directory: Directory) -> int | None:
    """The first row of the sheet's header, None where it is no indicator sheet."""
    layout = _layout(sheet, directory)
    return layout.header[0] if layout else None


def _layout(sheet: Sheet, directory: Directory) -> _Layout | None:
    for column in sheet.columns:
        named = [(row, unit) for row in sheet.rows if (unit := district(sheet.own(row, column), directory))]
        if len({unit.code for _row, unit in named}) >= _FEWEST:
            break
    else:
        return None
    first, last = named[0][0], named[-1][0]
    header = tuple(row for row in sheet.rows if row < first and len(set(_row_texts(sheet, row))) >= _FEWEST)
    if not header:
        return None
    known = {row for row, _unit in named}
    others = [row for row in sheet.rows if row > first and row not in known]
    notes = tuple(text for row in others for text in [_note(sheet, row)] if text)
    text = _("{sheet}第{row}行的「{name}」不是已知的区，没有读取。")
    unknown = tuple(
        text.format(sheet=sheet.title, row=row, name=one_line(sheet.own(row, column)))
        for row in others
        if row < last or (sheet.own(row, column) and not _note(sheet, row))
    )
    return _Layout(column, header, tuple((row, unit.code) for row, unit in named), notes, unknown)


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    return [text for column in sheet.columns if (text := sheet.text(row, column))]


def _note(sheet: Sheet, row: int) -> str:
    texts = [text for _column, text in sheet.row_texts(row)]
    return one_line(texts[0]) if len(texts) == 1 and (is_note(texts[0]) or len(texts[0]) > 20) else ""


def _headings(sheet: Sheet, layout: _Layout, column: int) -> list[str]:
    found = (one_line(sheet.text(row, column)) for row in layout.header)
    return list(dict.fromkeys(text for text in found if text))


def _indicator(sheet: Sheet, layout: _Layout, column: int, annex: int, number: str) -> Indicator:
    *groups, heading = _headings(sheet, layout, column)
    name, unit = _name_and_unit(heading)
    upper = _is_upper(name, layout.notes)
    targets = []
    for row, code in layout.districts:
        target = read_cell(sheet.text(row, column), name, unit, code, upper=upper)
        if target:
            targets.append(target)
    group = groups[0] if groups else ""
    return Indicator(f"{annex}-{number}", annex, number, group, name, unit, tuple(targets))


def _name_and_unit(heading: str) -> tuple[str, str]:
    """A heading such as 降尘量(吨/平方公里·月) taken apart; an abbreviation in brackets, (EI), stays in the name."""
    found = re.fullmatch(r"(.+?)[(（]([^()（）]+)[)）]", heading)
    if not found:
        return heading, ""
    inside = found[2].strip()
    if re.fullmatch(r"[A-Z][A-Za-z0-9.]*", inside):
        return heading, ""
    return found[1].strip(), inside.removeprefix("单位").lstrip(":：").replace("％", "%")


def _is_upper(name: str, notes: tuple[str, ...]) -> bool:
    """Whether a bare figure is an upper bound: by the table's own note, else by the nature of what is measured."""
    plain = squeeze(name)
    for note in notes:
        if rule := _RULE.search(squeeze(note)):
            named = any(word and word in plain for word in re.split("[、,和及]", rule["named"]))
            return named == (rule["way"] == "上限")
    return bool(_UPPER_BY_NATURE.search(plain))


def read_cell(text: str, name: str, unit: str, code: str, *, upper: bool) -> Target | None:
    """One district's target as the cell states it; None where the indicator does not apply to the district."""
    plain = squeeze(text)
    if plain in _NOT_APPLICABLE:
        return None
    raw = one_line(text)
    found = _CELL.fullmatch(plain)
    if not found:
        direction = _way(plain)
        kind = TargetKind.QUALITATIVE if direction is Direction.NONE else TargetKind.TREND
        return Target(name, kind, direction, unit=unit, scope=code, raw=raw)
    before, rest = found["before"] or "", found["rest"]
    if before in _UPPER_WORDS or "以下" in rest or "以内" in rest:
        upper = True
    elif before in _LOWER_WORDS or "以上" in rest:
        upper = False
    unit = found["unit"] or unit
    amount = TargetKind.RATIO if unit in ("%", "‰") else TargetKind.QUANTITY
    return Target(
        indicator=name,
        kind=TargetKind.CEILING if upper else amount,
        direction=Direction.AT_MOST if upper else Direction.AT_LEAST,
        value=Decimal(found["value"].replace(",", "")),
        unit=unit,
        scope=code,
        raw=raw,
    )


def _way(plain: str) -> Direction:
    if trend := trend_of(plain):
        return trend[0]
    return next((way for word, way in _WAYS.items() if plain.endswith(word)), Direction.NONE)
