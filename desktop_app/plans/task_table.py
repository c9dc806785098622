"""A task table's rows as texts: sections, merged cells filled down, notes put aside. Nothing is interpreted yet."""

import re
from dataclasses import dataclass, field, replace

from desktop_app.language import _
from desktop_app.plans.cells import Sheet, one_line, squeeze
from desktop_app.plans.headings import Header, field_of
from desktop_app.plans.numerals import serial

KEY_MARK = "★"
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[章节部]|[IVX]+[.、])"
)
_NOTE = re.compile(r"^(?:注|备注|说明|填表说明|附注)\d*[::.、]|^(?:注|备注|说明)$|^[(※*].*[)。]$|^※")
_TOTAL = re.compile(r"^(?:合计|小计|总计)$")
_DITTO = ("同上", "〃", "″", "同前")
_YES = ("是", "√", "✓", "✔", "★", "Y", "y", "yes", "1", "重点", "绩效", "●", "☑")
_FILLED = ("deadline", "lead", "owners", "supporters", "goal")


@dataclass(frozen=True)
class Row:
    """One measure as it stands in the table. `unread` holds columns that nobody has explained yet."""

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

    @property
    def id(self) -> str:
        """The task's id, annex-number."""
        return f"{self.annex}-{self.number}"


@dataclass
class Table:
    """What one sheet gave."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def is_note(text: str) -> bool:
    """Whether a row that runs across the table is a remark rather than a section."""
    return bool(_NOTE.match(squeeze(text)))


def read_rows(sheet: Sheet, header: Header, annex: int) -> Table:
    """Every measure of a sheet, in order."""
    return _Reading(sheet, header, annex).read()


class _Reading:
    """Walks down one table."""

    def __init__(self, sheet: Sheet, header: Header, annex: int) -> None:
        self.sheet = sheet
        self.header = header
        self.annex = annex
        self.table = Table()
        self.section = ""
        self.topic = ""
        self.above: dict[str, str] = {}
        self.measure_column = header.fields.get("measure")

    def read(self) -> Table:
        for row in self.sheet.rows:
            if row >= self.header.below:
                self._take(row)
        return self.table

    def _take(self, row: int) -> None:
        banner = self._banner(row)
        if banner is not None:
            self._take_banner(banner)
        elif self._repeats_header(row):
            return
        elif _TOTAL.match(squeeze(next(text for _column, text in self.sheet.row_texts(row)))):
            self._warn(_("{sheet}第{row}行是合计行，没有读取。"), row)
        elif self._continues(row):
            self._append(row)
        else:
            self._take_measure(row)

    def _banner(self, row: int) -> str | None:
        """The text of a row that runs across the table: merged over most of it, or alone in the first columns."""
        texts = list(self.sheet.row_texts(row))
        column, text = texts[0]
        if len({one_line(each) for _column, each in texts}) > 1:
            return None
        _top, left, _bottom, right = self.sheet.area(row, column)
        wide = right - left + 1 > len(self.header.headings) // 2
        alone = column != self.measure_column and not self._text(row, "measure")
        return text if wide or (alone and (_SECTION.match(squeeze(text)) or is_note(text))) else None

    def _take_banner(self, text: str) -> None:
        line = one_line(text)
        if is_note(text) or (line.endswith("。") and not _SECTION.match(squeeze(text))):
            self.table.notes.append(line)
        else:
            self.section, self.topic = line, ""

    def _repeats_header(self, row: int) -> bool:
        known = sum(field_of(text) is not None for _column, text in self.sheet.row_texts(row))
        return known >= len(self.header.fields) - 1

    def _text(self, row: int, name: str) -> str:
        column = self.header.fields.get(name)
        return self.sheet.text(row, column).strip() if column else ""

    def _continues(self, row: int) -> bool:
        """Whether this row only goes on with the measure above it (its cell is merged downwards, or it has none)."""
        if not self.table.rows or self.measure_column is None:
            return False
        if self.sheet.area(row, self.measure_column)[0] < row:
            return True
        own_number = self.sheet.own(row, self.header.fields["number"]) if "number" in self.header.fields else ""
        return not own_number.strip() and not self._text(row, "measure")

    def _append(self, row: int) -> None:
        last = self.table.rows[-1]
        more: dict[str, str] = {}
        for name in _FILLED:
            column = self.header.fields.get(name)
            text = self.sheet.own(row, column).strip() if column else ""
            if text and squeeze(text) not in squeeze(getattr(last, name)):
                more[name] = f"{getattr(last, name)}\n{text}".strip()
        if more:
            self.table.rows[-1] = replace(last, **more)  # type: ignore[arg-type]

    def _take_measure(self, row: int) -> None:
        measure = one_line(self._text(row, "measure"))
        if not measure and self.measure_column is not None:
            self._warn(_("{sheet}第{row}行没有工作措施，没有读取。"), row)
            return
        topic = self._text(row, "topic")
        self.topic = topic or self.topic
        raw_number = self.sheet.own(row, self.header.fields["number"]) if "number" in self.header.fields else ""
        marked = squeeze(self._text(row, "key")) in _YES
        self.table.rows.append(
            Row(
                annex=self.annex,
                number=self._number(raw_number, row),
                measure=measure.lstrip(KEY_MARK).strip(),
                section=self.section,
                key=marked or any(KEY_MARK in text for text in (self.topic, raw_number, measure[:1])),
                title=one_line(self.topic).replace(KEY_MARK, "").strip() or re.split("[，。；]", measure)[0][:20],
                unread=self._unread(row),
                **self._filled(row),
            )
        )

    def _filled(self, row: int) -> dict[str, str]:
        found = {name: self._text(row, name) for name in _FILLED}
        for name, text in found.items():
            if squeeze(text) in _DITTO:
                found[name] = self.above.get(name, "")
        self.above = found
        return found

    def _unread(self, row: int) -> tuple[tuple[str, str], ...]:
        if not self.header.missing:
            return ()
        return tuple((text, self.sheet.text(row, column).strip()) for column, text in self.header.headings.items())

    def _number(self, text: str, row: int) -> str:
        if text.strip():
            return serial(text) or squeeze(text).strip(KEY_MARK)[:20]
        last = self.table.rows[-1].number if self.table.rows else "0"
        if "number" not in self.header.fields:
            return str(len(self.table.rows) + 1)
        base, _dash, step = last.partition("-")
        number = f"{base}-{int(step or 1) + 1}" if step.isdigit() or not step else f"{last}-2"
        self._warn(_("{sheet}第{row}行没有序号，编为 {number}。"), row, number=number)
        return number

    def _warn(self, text: str, row: int, **values: str) -> None:
        self.table.warnings.append(text.format(sheet=self.sheet.title, row=row, **values))
