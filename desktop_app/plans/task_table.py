"""A task table's rows as texts: sections, merged cells filled down, notes put aside. Nothing is interpreted yet."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.language import N_
from desktop_app.model.sentence import Sentence, say
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.headings import Header
from desktop_app.plans.indicator_cells import bracketed_unit
from desktop_app.plans.inside_cells import (
    NOTHING,
    obligation_of,
    obligation_prefix,
    only_ticked,
    share_out,
    split_roles,
    with_unit,
)
from desktop_app.plans.numerals import serial
from desktop_app.plans.sections import Outline, is_note, is_page_mark, level_of, looks_like_section, numbers_columns

KEY_MARK = "★"
YES = ("是", "√", "✓", "✔", "★", "Y", "y", "yes", "1", "重点", "绩效", "●", "☑", "重点任务", "▲", "■")
_TOTAL = re.compile(r"^(?:全市)?(?:合计|小计|总计|共计)(?:\d*[项条]?)?[::]?$")
_DITTO = ("同上", "〃", "″", "同前", '"', "''")
_FILLED = ("deadline", "lead", "owners", "supporters", "goal")
_ENDED = ("。", "；", ";", "！", ".")
_SHOWN = 8
_LONGEST_SECTION = 60
_LONGEST_FIELD = 2_000


@dataclass(frozen=True)
class Row:
    """One measure as it stands in the table.

    `unread` holds columns that nobody has explained yet, `branch` what a column of annexes (附件、专项) says.
    """

    annex: int
    number: str
    measure: str
    section: str = ""
    key: bool = False
    title: str = ""
    deadline: str = ""
    lead: str = ""
    owners: str = ""
    supporters: str = ""
    goal: str = ""
    obligation: str = ""
    unread: tuple[tuple[str, str], ...] = ()
    branch: str = ""

    @property
    def id(self) -> str:
        """The task's id, annex-number."""
        return f"{self.annex}-{self.number}"


@dataclass
class Table:
    """What one table gave; `sections` holds for each row all headings that it stands under, outermost first."""

    rows: list[Row] = field(default_factory=list)
    sections: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Around:
    """What the walk over a table must know besides its header: running lines and headers to pass over, columns to keep.

    `districts` are the columns that give each district's part, by their names; `total` the column for the whole city.
    """

    passed: Collection[int] = ()
    running: Collection[str] = ()
    kept: Collection[int] = ()
    districts: Mapping[int, str] = field(default_factory=dict)
    total: int | None = None
    obligation: str = ""


def read_rows(sheet: Sheet, header: Header, annex: int, around: Around | None = None) -> Table:
    """Every measure of a table, in order."""
    return _Reading(sheet, header, annex, around or Around()).read()


def title_of(measure: str) -> str:
    """What a measure without a topic of its own is called: the beginning of its first clause."""
    return re.split("[，。；]", measure)[0][:20]


def _counts(text: str) -> bool:
    """Whether a number cell counts measures or sections."""
    return serial(text) is not None or bool(re.fullmatch(r"[IVX]+[、.]?", squeeze(text)))


class _Reading:
    """Walks down one table."""

    def __init__(self, sheet: Sheet, header: Header, annex: int, around: Around) -> None:
        self.sheet = sheet
        self.header = header
        self.annex = annex
        self.around = around
        self.table = Table()
        self.outline = Outline()
        self.topic = ""
        self.above: dict[str, str] = {}
        self.columns = {**header.extra, **header.fields}
        self.measure_column = header.fields.get("measure")
        self.unit = bracketed_unit(header.headings.get(header.fields.get("goal", 0), ""))
        self.in_months = "月份" in header.headings.get(header.fields.get("deadline", 0), "")
        self.rows = [row for row in sheet.rows if row >= header.below and row not in around.passed]
        self.unnumbered: list[tuple[int, str]] = []
        self.empty: list[int] = []
        self.trailing: list[str] = []

    def read(self) -> Table:
        for place, row in enumerate(self.rows):
            self._take(row, self.rows[place + 1 : place + 2])
        self.table.notes.extend(self.trailing)
        self._say(
            N_("{sheet}的一些行没有序号，已编号（行→序号）：{list}。"),
            [f"{row}→{number}" for row, number in self.unnumbered],
        )
        self._say(N_("{sheet}的一些行没有工作措施，没有读取：第{list}行。"), [str(row) for row in self.empty])
        return self.table

    def _say(self, text: str, places: list[str]) -> None:
        if places:
            listed = "、".join(places[:_SHOWN]) + ("…" if len(places) > _SHOWN else "")
            self.table.warnings.append(say(text, sheet=self.sheet.title, list=listed))

    def _take(self, row: int, following: list[int]) -> None:
        texts = [(column, text) for column, text in self.sheet.row_texts(row) if self._ours(column)]
        if not texts or (not self.table.rows and numbers_columns([text for _column, text in texts])):
            return
        banner = self._banner(row, texts) or self._numbered_section(row, texts, following)
        if banner is not None:
            self._take_banner(banner)
        elif _TOTAL.match(squeeze(texts[0][1])):
            text = N_("{sheet}第{row}行是合计行，没有读取。")
            self.table.warnings.append(say(text, sheet=self.sheet.title, row=row))
        elif self._is_foot(texts):
            self.table.notes.append(" ".join(one_line(text) for _column, text in texts))
        elif self._continues(row, texts):
            self._append(row)
        else:
            self._take_measure(row)

    def _ours(self, column: int) -> bool:
        return self.header.beside is None or column < self.header.beside

    def _banner(self, row: int, texts: list[tuple[int, str]]) -> str | None:
        """The text of a row that runs across the table: merged over most of it, or alone in the first columns."""
        column, text = texts[0]
        if len(texts) > 1 and len({one_line(each) for _column, each in texts}) > 1:
            return None
        _top, left, _bottom, right = self.sheet.area(row, column)
        if right - left + 1 > len(self.header.headings) // 2 and right > left:
            return text
        if is_note(text) or is_page_mark(text):
            return text
        if column == self.measure_column:
            return text if self._is_heading_in_measures(text) else None
        if self._text(row, "measure") or column in {self.header.fields.get(name) for name in _FILLED}:
            return None
        return text if looks_like_section(text) and serial(text) is None else None

    def _is_heading_in_measures(self, text: str) -> bool:
        """Whether a text alone in the measures' column heads those below: 一、…, or short and without a figure."""
        if "number" not in self.header.fields or squeeze(text).endswith(_ENDED):
            return False
        level = level_of(text)
        if level is not None:
            return len(squeeze(text)) <= 30
        return len(squeeze(text)) <= 16 and not re.search(r"\d|[，,、]", text) and not self._goes_on(text)

    def _numbered_section(self, row: int, texts: list[tuple[int, str]], following: list[int]) -> str | None:
        """「一 | 空气质量目标」: a number, and one text that nothing stands beside."""
        number_column = self.header.fields.get("number")
        if len(texts) < 2 or texts[0][0] != number_column or not _counts(texts[0][1]):
            return None
        if len({one_line(text) for _column, text in texts[1:]}) > 1:
            return None
        column, text = texts[1]
        _top, left, bottom, right = self.sheet.area(row, column)
        number = one_line(texts[0][1]).strip("、.． ")
        wide = right - left + 1 > len(self.header.headings) // 2
        if not wide and (
            column not in (self.measure_column, self.header.fields.get("topic"))
            or any(self._text(row, name) for name in ("deadline", "lead", "owners", "supporters"))
            or (bottom > row and column != self.measure_column)
        ):
            return None
        chinese = not re.search(r"[\d①-⑳]", squeeze(number))
        if wide or (chinese and not self._is_measure(text)) or self._numbers_under(number, following):
            return (
                f"{number}{one_line(text)}"
                if number.endswith((")", "）", "章", "节"))
                else f"{number}、{one_line(text)}"
            )
        return None

    def _is_measure(self, text: str) -> bool:
        return squeeze(text).endswith(_ENDED) or len(squeeze(text)) > 30

    def _numbers_under(self, number: str, following: list[int]) -> bool:
        """Whether the next row counts on below this number: 1, then 1.1."""
        column = self.header.fields["number"]
        below = [serial(self.sheet.own(row, column)) or "" for row in following]
        return any(re.match(rf"{re.escape(serial(number) or number)}[.-]\d", each) for each in below)

    def _take_banner(self, text: str) -> None:
        line = one_line(text)
        if is_page_mark(text) or squeeze(text) in self.around.running:
            return
        plain = level_of(text) is None
        if is_note(text) or (plain and (line.endswith("。") or (self.table.rows and len(line) > _LONGEST_SECTION))):
            self.table.notes.append(line)
        else:
            self.outline.enter(line)
            self.topic = ""
            self.trailing.append(line)

    def _is_foot(self, texts: list[tuple[int, str]]) -> bool:
        """Whether a row names who filled the form rather than a measure (填表人：…  联系电话：…)."""
        column, text = texts[0]
        if column != self.header.fields.get("number", column) or serial(text) is not None:
            return False
        return is_note(text) or (column != self.measure_column and bool(re.search(r"[:：]", text)))

    def _text(self, row: int, name: str) -> str:
        column = self.columns.get(name)
        return self.sheet.text(row, column).strip() if column else ""

    def _continues(self, row: int, texts: list[tuple[int, str]]) -> bool:
        """Whether this row only goes on with the measure above it (its cell is merged downwards, or it has none)."""
        if not self.table.rows or self.measure_column is None:
            return False
        if self.sheet.area(row, self.measure_column)[0] < row:
            return True
        if self._own_number(row):
            return False
        measure = self._text(row, "measure")
        if not measure:
            return any(self.sheet.own(row, self.columns[name]) for name in _FILLED if name in self.columns)
        return len(texts) == 1 and "number" in self.header.fields and self._goes_on(measure)

    def _goes_on(self, text: str) -> bool:
        """Whether a text alone is the rest of the measure above, which a page break tore."""
        last = self.table.rows[-1].measure if self.table.rows else ""
        if last.endswith(("，", "、", ",", "：")):
            return True
        return bool(last) and not last.endswith(_ENDED) and text.rstrip().endswith(_ENDED)

    def _own_number(self, row: int) -> str:
        column = self.header.fields.get("number")
        return self.sheet.own(row, column).strip() if column else ""

    def _append(self, row: int) -> None:
        last = self.table.rows[-1]
        if max(len(last.measure), *(len(getattr(last, name)) for name in _FILLED)) > _LONGEST_FIELD:
            self.empty.append(row)
            return
        more: dict[str, str] = {}
        for name in _FILLED:
            column = self.header.fields.get(name)
            text = self.sheet.own(row, column).strip() if column else ""
            if text and squeeze(text) not in squeeze(getattr(last, name)):
                more[name] = f"{getattr(last, name)}\n{text}".strip()
        text = one_line(self.sheet.own(row, self.measure_column or 0))
        if text:
            more["measure"] = last.measure + text
        if more:
            self.table.rows[-1] = replace(last, **more)  # type: ignore[arg-type]

    def _take_measure(self, row: int) -> None:
        measure = one_line(self._text(row, "measure"))
        if not measure and self.measure_column is not None:
            self.empty.append(row)
            return
        self.trailing.clear()
        self.topic = self._topic(row) or self.topic
        raw_number = self._own_number(row)
        marked = squeeze(self._text(row, "key")) in YES
        self.table.rows.append(
            Row(
                annex=self.annex,
                number=self._number(raw_number, row),
                measure=measure.lstrip(KEY_MARK).strip(),
                section=self.outline.last,
                key=marked or any(KEY_MARK in text for text in (self.topic, raw_number, measure[:1])),
                title=one_line(self.topic).replace(KEY_MARK, "").strip() or title_of(measure),
                unread=self._unread(row),
                obligation=self._obligation(row, measure),
                branch=one_line(self._text(row, "part")),
                **self._filled(row),
            )
        )
        self.table.sections.append(tuple(self.outline.open.values()))

    def _topic(self, row: int) -> str:
        column = self.columns.get("topic")
        merged = (
            column and self.measure_column and self.sheet.area(row, column) == self.sheet.area(row, self.measure_column)
        )
        return "" if merged else self._text(row, "topic")

    def _obligation(self, row: int, measure: str) -> str:
        own = obligation_of(self._text(row, "obligation")) or obligation_prefix(measure)
        return own or obligation_of(self.topic) or self.outline.obligation or self.around.obligation

    def _filled(self, row: int) -> dict[str, str]:
        found = {name: self._text(row, name) for name in _FILLED}
        if self.in_months and found["deadline"].isdigit():
            found["deadline"] += "月"
        for name, columns in self.header.joined.items():
            texts = (found[name], *(self.sheet.text(row, column).strip() for column in columns))
            found[name] = "、".join(dict.fromkeys(text for text in texts if squeeze(text) not in NOTHING))
        for name, text in found.items():
            if squeeze(text) in _DITTO:
                found[name] = self.above.get(name, "")
        self.above = dict(found)
        roles = split_roles(found["owners"])
        if len(roles) > 1 and not any(name in self.columns for name in roles if name != "owners"):
            found.update(roles)
        unit = self._text(row, "unit") or self.unit or bracketed_unit(one_line(self._text(row, "measure")))
        found["goal"] = with_unit(found["goal"] or self._total(row), unit)
        if self.around.districts:
            shares = [(name, self.sheet.text(row, column)) for column, name in self.around.districts.items()]
            ticked = only_ticked(shares)
            found["owners"] = found["owners"] or ticked
            found["goal"] = found["goal"] if ticked else share_out(found["goal"], shares, unit)
        return found

    def _total(self, row: int) -> str:
        return self.sheet.text(row, self.around.total).strip() if self.around.total else ""

    def _unread(self, row: int) -> tuple[tuple[str, str], ...]:
        headings = self.header.headings
        return tuple((headings[column], self.sheet.text(row, column).strip()) for column in self.around.kept)

    def _number(self, text: str, row: int) -> str:
        if text:
            return serial(text) or re.sub(r"\s", "", squeeze(text)).strip(KEY_MARK)[:20]
        if "number" not in self.header.fields:
            return str(len(self.table.rows) + 1)
        last = self.table.rows[-1].number if self.table.rows else "0"
        base, _dash, step = last.partition("-")
        number = f"{base}-{int(step or 1) + 1}" if step.isdigit() or not step else f"{last}-2"
        if self.sheet.area(row, self.header.fields["number"])[0] == row:
            self.unnumbered.append((row, number))
        return number
