"""Where a task table's headers stand and what their columns hold, over one row or several."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.heading_words import NEEDED, UNIT_WORDS, field_of, is_foreign, resembled, without_level

_FEWEST = 3
_UNITS = ("lead", "owners", "supporters")
_EXTRA: tuple[str, ...] = ("unit", "district", "part")
_DEEPEST = 3
_SAMPLED = 60
_LONGEST_UNIT = 10
_LONGEST_HEADING = 20
_WEAK_TOPIC = re.compile("领域|类别|类型|板块|分类|方向|方面")
_SPELLS_OUT = re.compile("措施|举措|内容|描述|要求")
_PLACE = re.compile(r"（第\d+列）$")  # what tells headings of the same words apart
_AMOUNT = re.compile(r"[≤≥<>=不达约]{0,3}[于到]?[\d.,]+")
_OBLIGATION = re.compile("规定动作|特色|自选|自定|必选|规定任务")
_BODY = re.compile("局|委|办|政府|集团|公司|中心|院|部门|单位|街道|乡镇|[区县](?:$|[、,;])")


@dataclass(frozen=True)
class Header:
    """Columns by what they hold; `headings` are their texts, by column. Data begins at `below`.

    `extra` are known columns that are no field of a measure: unit (计量单位), district, part (附件、专项). `beside` is
    the first column of a second table that stands to the right of this one. `joined` are further columns of a field
    whose heading stands over several (主责单位 over 市级 and 区级). `likely` are columns of a header in words of its
    own by the field that their heading or their cells resemble: to be suggested, not taken.
    """

    top: int
    below: int
    fields: Mapping[str, int]
    headings: Mapping[int, str]
    extra: Mapping[str, int] = field(default_factory=dict)
    beside: int | None = None
    joined: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    likely: Mapping[str, int] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return len(self.fields) + len(self.extra)

    @property
    def others(self) -> dict[int, str]:
        """Columns with a heading that is no known one."""
        known = {*self.fields.values(), *self.extra.values(), *(at for more in self.joined.values() for at in more)}
        return {column: text for column, text in self.headings.items() if column not in known}

    @property
    def missing(self) -> tuple[str, ...]:
        """What the table must have and no heading names."""
        return tuple(name for name in NEEDED if name not in self.fields)


def find_headers(sheet: Sheet) -> list[Header]:
    """Every header of a sheet from the top down, one that is repeated on each page too."""
    found: list[Header] = []
    seen: dict[tuple[tuple[int, str], ...], Header] = {}
    for row in _candidates(sheet):
        if found and row < found[-1].below:
            continue
        texts = tuple(sheet.row_texts(row))
        if texts in seen:
            found.append(replace(seen[texts], top=row, below=row + 1))
            continue
        depths = [depth for depth in range(1, _DEEPEST + 1) if _deep(sheet, row, depth)]
        natural = _natural_depth(sheet, row)
        tried = [(header, depth) for depth in depths if (header := _header_at(sheet, row, depth))]
        if tried:
            found.append(max(tried, key=lambda each: (each[0].known, each[1] == natural))[0])
            if found[-1].below == row + 1:
                seen[texts] = found[-1]
    return found


def find_header(sheet: Sheet) -> Header | None:
    """The header with the most known headings, None where the sheet has none."""
    return max(find_headers(sheet), key=lambda header: len(header.fields), default=None)


def _candidates(sheet: Sheet) -> list[int]:
    """The rows that hold a known heading: one pass over the texts, most of which are sentences or numbers."""
    words = {text for text in set(sheet.cells.values()) if not text.isdigit() and "。" not in text and field_of(text)}
    return sorted({row for (row, _column), text in sheet.cells.items() if text in words})


def _natural_depth(sheet: Sheet, row: int) -> int:
    """How many rows the headings of a row reach down by their merged cells."""
    return 1 + max(sheet.area(row, column)[2] for column in sheet.columns) - row


def _deep(sheet: Sheet, row: int, depth: int) -> bool:
    """Whether a header may go on to this depth: the rows below hold headings, or are held by a merged heading."""
    for below in range(row + 1, row + depth):
        own = [text for column in sheet.columns if (text := sheet.own(below, column))]
        held = any(sheet.area(row, column)[2] >= below and sheet.own(row, column) for column in sheet.columns)
        numbered = any(re.fullmatch(r"[\d.]+", squeeze(text)) or len(text) > 40 for text in own)
        if numbered or not (held or any(field_of(text) for text in own)):
            return False
    return True


def _header_at(sheet: Sheet, row: int, depth: int) -> Header | None:
    headings: dict[int, str] = {}
    names: dict[int, str] = {}
    grouped: set[tuple[int, int, int, int]] = set()
    joined: dict[str, tuple[int, ...]] = {}
    for column in sheet.columns:
        stack = _stack(sheet, row, column, depth)
        if not stack:
            continue
        said, name = _read_stack(stack)
        headings[column] = f"{said}（第{column}列）" if said in headings.values() else said
        area = sheet.area(row, column)
        group = field_of(stack[0]) if name is None and len(stack) > 1 else None
        if group == "goal" and re.search(r"20\d\d", squeeze(stack[-1])) and not is_foreign(stack[-1]):
            name = group
        elif group and area not in grouped:
            # 「牵头单位及责任人」 over 「单位 | 责任人」: the first column is what the group names.
            name = group
            grouped.add(area)
        elif group in _UNITS and not is_foreign(stack[-1]):
            joined[group] = (*joined.get(group, ()), column)
        if name:
            names[column] = name
    beside = _second_table(names)
    if beside:
        headings = {column: text for column, text in headings.items() if column < beside}
        names = {column: name for column, name in names.items() if column < beside}
    below = 1 + max((sheet.area(row + depth - 1, column)[2] for column in headings), default=row)
    fields, extra = _settle(sheet, headings, names, below)
    if not _is_header(fields, headings, extra):
        return None
    return Header(row, below, fields, headings, extra, beside, {**joined, **_levels(headings, names, fields)})


def _levels(
    headings: Mapping[int, str], names: Mapping[int, str], fields: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """「市级责任单位 | 区级责任单位」: the further columns of units that differ only in the level of government."""
    found: dict[str, tuple[int, ...]] = {}
    for name in _UNITS:
        apart = [
            at for at, each in names.items() if each == name and without_level(headings[at]) != squeeze(headings[at])
        ]
        if fields.get(name) in apart and len({without_level(headings[at]) for at in apart}) == 1:
            found[name] = tuple(at for at in apart if at != fields[name])
    return {name: columns for name, columns in found.items() if columns}


def _stack(sheet: Sheet, row: int, column: int, depth: int) -> list[str]:
    """A column's heading texts from the group down to the leaf, without what is merged in from above."""
    texts = (
        one_line(sheet.text(each, column)) for each in range(row, row + depth) if sheet.area(each, column)[0] >= row
    )
    return list(dict.fromkeys(text for text in texts if text))


def _read_stack(stack: list[str]) -> tuple[str, str | None]:
    """What to call a column, and what it holds as far as its leaf, or all its words together, say."""
    leaf, joined = stack[-1], "".join(stack)
    group = field_of(stack[0]) if len(stack) > 1 and squeeze(leaf) in UNIT_WORDS else None
    if group == "goal" and field_of(leaf) == "unit":
        return joined, "unit"
    if (name := field_of(leaf)) and not group:
        return leaf, name
    if len(stack) > 1 and (name := field_of(joined)):
        return joined, name
    return (leaf if len(stack) == 1 else f"{stack[-2]}/{leaf}"), None


def _second_table(names: Mapping[int, str]) -> int | None:
    """Where a second table begins beside the first: its number column, with three more headings that come again."""
    numbers = [column for column, name in names.items() if name == "number"]
    if len(numbers) < 2:
        return None
    before = {name for column, name in names.items() if column < numbers[1]}
    after = {name for column, name in names.items() if column > numbers[1]}
    return numbers[1] if len((before & after) - {"number"}) >= _FEWEST - 1 else None


def _settle(
    sheet: Sheet, headings: Mapping[int, str], names: Mapping[int, str], below: int
) -> tuple[dict[str, int], dict[str, int]]:
    """One column for each field; headings that mean different things are told apart by what stands under them."""
    by_name: dict[str, list[int]] = {}
    for column, name in names.items():
        by_name.setdefault(_by_content(sheet, headings[column], name, column, below), []).append(column)
    fields = {name: _pick(name, columns, headings) for name, columns in by_name.items()}
    measures, topics = by_name.get("measure", []), by_name.get("topic", [])
    if len(measures) > 1 and topics and len({_PLACE.sub("", headings[column]) for column in measures}) == 1:
        # One heading merged over two columns: the last one spells out what those before it head.
        topics.extend(measures[:-1])
        fields["measure"] = measures[-1]
    if len(measures) > 1 and not topics:
        # 「任务 | 措施」: the first of two measure-like columns is what the second spells out.
        fields["topic"], fields["measure"] = (
            measures[0],
            next((column for column in measures[1:] if _SPELLS_OUT.search(headings[column])), measures[1]),
        )
    if len(topics) > 1:
        strong = [column for column in topics if not _WEAK_TOPIC.search(headings[column])]
        fields["topic"] = strong[-1] if strong else topics[-1]
        fields.setdefault("part", next(column for column in topics if column != fields["topic"]))
    goals = by_name.get("goal", [])
    if len(goals) > 1 and not measures and not topics and (words := _in_words(sheet, goals, below)):
        # 「考核指标 | 目标值」: what is measured, and how much of it.
        fields["measure"] = words
        fields["goal"] = _pick("goal", [column for column in goals if column != words], headings)
    if (
        "measure" not in fields
        and "topic" in fields
        and all(column in names or is_foreign(text) for column, text in headings.items())
    ):
        fields["measure"] = fields.pop("topic")
        if len(topics) > 1:
            fields["topic"] = fields.pop("part")
    if "district" in fields and "owners" not in fields and "measure" in fields:
        # A row for each district's own work: the district answers for it, and its rows stand under its name.
        fields["owners"] = fields.setdefault("part", fields.pop("district"))
    extra = {name: fields.pop(name) for name in _EXTRA if name in fields}
    return fields, extra


def _in_words(sheet: Sheet, columns: list[int], below: int) -> int | None:
    """The one of these columns whose cells are mostly words; None where that is none or all of them."""
    wordy = [
        column
        for column in columns
        if (texts := list(_under(sheet, column, below)))
        and sum(bool(_AMOUNT.match(each)) for each in texts) * 2 < len(texts)
    ]
    return wordy[0] if len(wordy) == 1 else None


def _pick(name: str, columns: list[int], headings: Mapping[int, str]) -> int:
    """Of several columns for one field the plainest: 主责 before 责任, what spells out, the latest year's goal."""
    if name == "number":
        return next((column for column in columns if squeeze(headings[column]).startswith("序")), columns[0])
    if name == "owners":
        return next((column for column in columns if "主责" in headings[column]), columns[0])
    if name == "measure":
        return next((column for column in columns if _SPELLS_OUT.search(headings[column])), columns[0])
    if name == "goal":
        years = {column: re.findall(r"20\d\d", squeeze(headings[column])) for column in columns}
        return max(columns, key=lambda column: (max(years[column], default="0"), -column))
    return columns[0]


def _by_content(sheet: Sheet, heading: str, name: str, column: int, below: int) -> str:
    plain = squeeze(heading)
    if name == "unit" and plain.startswith("单位"):
        texts = list(_under(sheet, column, below))
        long = [text for text in texts if _BODY.search(text) or len(text) > _LONGEST_UNIT]
        return "owners" if len(long) * 2 > len(texts) else "unit"
    if name == "topic" and re.search("类型|类别|分类", plain):
        texts = list(_under(sheet, column, below))
        return "obligation" if texts and sum(map(bool, map(_OBLIGATION.search, texts))) * 2 > len(texts) else name
    return name


def _under(sheet: Sheet, column: int, below: int) -> Iterable[str]:
    start = bisect_left(sheet.rows, below)
    rows = sheet.rows[start : start + _SAMPLED]
    return (squeeze(text) for row in rows if (text := sheet.own(row, column)))


def _is_header(fields: Mapping[str, int], headings: Mapping[int, str], extra: Mapping[str, int]) -> bool:
    unexplained = any(not is_foreign(text) for at, text in headings.items() if at not in fields.values())
    if not {"measure", "topic"} & set(fields) and not unexplained:
        return False  # lists to choose from, not tasks
    if len(fields) >= _FEWEST:
        return any(name in fields for name in NEEDED)
    # Two columns are a table too where they say what and who; and headings in words of one's own, beside a number.
    units = any(name in fields for name in ("owners", "lead"))
    if "measure" in fields and units and len(headings) <= _FEWEST + len(extra):
        return True
    wanted = {name for name in NEEDED if name not in fields}
    alike = {name for text in headings.values() if not is_foreign(text) for name in resembled(text)[:1]}
    return "number" in fields and wanted <= alike and max(map(len, headings.values())) <= _LONGEST_HEADING


def widened(header: Header, below: int) -> Header:
    """The same columns for a table that follows without a header of its own; its data begins at `below`."""
    return replace(header, top=below, below=below)


def same_columns(one: Header, other: Header) -> bool:
    """Whether a header is only the other one again, as printed on top of each page."""
    return dict(one.fields) == dict(other.fields) and dict(one.extra) == dict(other.extra)


def unknown(header: Header) -> dict[int, str]:
    """The headings that somebody may have to explain: not understood, and not plainly foreign."""
    return {column: text for column, text in header.others.items() if not is_foreign(text)}
