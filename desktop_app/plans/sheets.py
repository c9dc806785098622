"""The sheets of a file, one after the other: which are task tables, which district indicators, and what each gave."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from desktop_app.language import N_
from desktop_app.model.plan import Annex, Indicator, Question
from desktop_app.model.sentence import Sentence, say
from desktop_app.model.unit import Directory
from desktop_app.plans.annexes import Located, locate, split_by_branch
from desktop_app.plans.cells import Sheet, squeeze
from desktop_app.plans.district_names import district_within, is_total
from desktop_app.plans.duplicates import tell_apart
from desktop_app.plans.headers_asked import ask_headers, columns_asked, put_in_place
from desktop_app.plans.headings import Header
from desktop_app.plans.indicator_table import district_columns, header_top, read_indicators
from desktop_app.plans.inside_cells import obligation_of, only_ticked
from desktop_app.plans.likely_headings import likely_header
from desktop_app.plans.numbering import begins_again, number_apart, under
from desktop_app.plans.parts import Part, parts_of
from desktop_app.plans.task_table import Around, Row, Table, read_rows

_SHOWN = 8
_SAMPLED = 30
_SHOWS_HOW = re.compile("(?:填[表写报])?(?:说明|示例|样例|范例|样表|须知|要求)|目录|封面|数据字典|下拉选项|选项")


@dataclass(frozen=True)
class SheetSummary:
    """What one table of the file gave; a table of district indicators holds no measures."""

    title: str
    annex: int
    measures: int
    indicators: int


@dataclass
class Found:
    """What the sheets have given so far."""

    annexes: dict[int, Annex] = field(default_factory=dict)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    summaries: list[SheetSummary] = field(default_factory=list)
    warnings: list[Sentence] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


def take_sheets(sheets: Sequence[Sheet], found: Found, directory: Directory, answers: Mapping[str, str]) -> None:
    """Add what the sheets of a file hold, table by table; sheets without a table are only mentioned."""
    tables = {place: _tables(sheet, directory) for place, sheet in enumerate(sheets) if sheet.cells}
    if any(tables[place] for place in tables if not _shows_how(sheets[place])):
        tables = {place: [] if _shows_how(sheets[place]) else held for place, held in tables.items()}
    sure = any(tables.values())
    tables = {place: held or _likely(sheets[place], directory, sure=sure) for place, held in tables.items()}
    for place, held in tables.items():
        if held:
            found.warnings.extend(_oddities(sheets[place]))
        else:
            found.warnings.append(say(N_("工作表「{sheet}」不是任务表，没有读取。"), sheet=sheets[place].title))
    located = locate([table for held in tables.values() for table in held])
    annexes = {table.annex for table in located}
    for table in located:
        _Taking(table, found, directory, answers, annexes - {table.annex}).take()


def _tables(sheet: Sheet, directory: Directory) -> list[tuple[Part, int]]:
    """The tables of a sheet, each with the first row of its header."""
    parts = parts_of(sheet, partial(_is_other, directory=directory))
    return [(part, top) for part in parts if (top := _top(part, directory))]


def _likely(sheet: Sheet, directory: Directory, *, sure: bool) -> list[tuple[Part, int]]:
    """A table whose headings are words of its own, as far as what stands under them looks like measures."""
    header = None if _shows_how(sheet) else likely_header(sheet, directory, sure=sure)
    return [(Part(sheet, header), header.top)] if header else []


def _shows_how(sheet: Sheet) -> bool:
    """Whether a sheet's name says that it only shows how to fill in the others."""
    return bool(_SHOWS_HOW.fullmatch(squeeze(sheet.title)))


def _is_other(sheet: Sheet, directory: Directory) -> bool:
    return header_top(sheet, directory) is not None


def _top(part: Part, directory: Directory) -> int | None:
    return part.header.top if part.header else header_top(part.sheet, directory)


class _Taking:
    """One table being taken into what was found before."""

    def __init__(
        self, table: Located, found: Found, directory: Directory, answers: Mapping[str, str], used: set[int]
    ) -> None:
        self.table = table
        self.sheet = table.part.sheet
        self.annex = table.annex
        self.found = found
        self.directory = directory
        self.answers = answers
        self.used = used

    def take(self) -> None:
        header = self.table.part.header
        if header and not self._holds_indicators(header):
            self._take_tasks(header)
        else:
            self._take_indicators()

    def _holds_indicators(self, header: Header) -> bool:
        """Whether a table with headings of ours is one of indicators: districts on a side, nobody to answer for it."""
        if "measure" not in header.fields:
            return header_top(self.sheet, self.directory) is not None
        asked = {"deadline", "owners", "lead", "supporters"} & set(header.fields)
        columns = self._districts(header)
        if asked or not columns:
            return False
        return not only_ticked(
            (name, self.sheet.text(row, at)) for at, name in columns.items() for row in self._below(header)
        )

    def _below(self, header: Header) -> tuple[int, ...]:
        return tuple(row for row in self.sheet.rows if row >= header.below)[:_SAMPLED]

    def _districts(self, header: Header) -> dict[int, str]:
        rows = range(header.top, header.below)
        return max((district_columns(self.sheet, row, self.directory) for row in rows), key=len, default={})

    def _take_tasks(self, header: Header) -> None:
        columns = self._districts(header)
        if columns:
            header = replace(header, headings={at: text for at, text in header.headings.items() if at not in columns})
        caption = self.table.caption
        mark = "" if self.table.ordinal == 1 else f"{self.table.ordinal}-"
        own = district_within((self.sheet.title, caption.title), self.directory)
        given = ("owners",) if own and "owners" not in header.fields else ()
        asked = ask_headers(self.sheet.title, self.annex, header, self.answers, mark, given)
        around = Around(
            passed=self.table.part.passed,
            running=self.table.part.running,
            kept=columns_asked(header, asked),
            districts=columns,
            total=next(
                (at for at, text in header.headings.items() if columns and is_total(text.rpartition("/")[2])), None
            ),
            obligation=obligation_of(f"{self.sheet.title} {caption.title}"),
        )
        table = read_rows(self.sheet, header, self.annex, around)
        if "owners" not in header.fields:
            asked = self._give_owners(table, own.short_name if own else "", asked)
        rows, titles = split_by_branch(table.rows, header, caption, self.used, asked=bool(asked))
        rows, doubles = tell_apart(
            self._numbered([put_in_place(row, asked) for row in rows]), self.sheet.title, self.answers, self.found.taken
        )
        known = {question.id for question in self.found.questions}
        self.found.questions.extend(question for question in (*asked, *doubles) if question.id not in known)
        self.found.rows.extend((self.sheet.title, row) for row in rows)
        self.found.warnings.extend(table.warnings)
        self._mention(header, asked, around)
        self._enter(tuple(table.notes), titles, rows)

    def _give_owners(self, table: Table, own: str, asked: tuple[Question, ...]) -> tuple[Question, ...]:
        """In a table of one district (朝阳区特色任务), or under a section that is one, that district is the owner."""
        owners = [
            row.owners or own or self._district_of(sections)
            for row, sections in zip(table.rows, table.sections, strict=True)
        ]
        if not owners or not all(owners):
            return asked
        left = tuple(question for question in asked if not question.id.endswith("-owners"))
        unread = bool(left)
        table.rows[:] = [
            replace(row, owners=name, unread=row.unread if unread else ())
            for row, name in zip(table.rows, owners, strict=True)
        ]
        return left

    def _district_of(self, sections: tuple[str, ...]) -> str:
        units = [unit for text in reversed(sections) if (unit := district_within((text,), self.directory))]
        return units[0].short_name if units else ""

    def _numbered(self, rows: list[Row]) -> list[Row]:
        by_annex: dict[int, list[Row]] = {}
        for row in rows:
            by_annex.setdefault(row.annex, []).append(row)
        return [row for own in by_annex.values() for row in self._numbered_in_annex(own)]

    def _numbered_in_annex(self, rows: list[Row]) -> list[Row]:
        rows = number_apart(rows)
        if self.table.caption.sub:
            return [under(row, str(self.table.caption.sub)) for row in rows]
        if begins_again(rows, self.found.taken):
            return [under(row, str(self.table.ordinal)) for row in rows]
        return rows

    def _mention(self, header: Header, asked: tuple[Question, ...], around: Around) -> None:
        """Say which columns nobody will read."""
        offered = {text for question in asked for text in (question.subject, *question.choices)}
        known = {*around.districts, around.total}
        ignored = [text for at, text in header.others.items() if text not in offered and at not in known]
        if ignored:
            text = N_("{sheet}的「{columns}」列没有读取。")
            self.found.warnings.append(say(text, sheet=self.sheet.title, columns="」「".join(ignored)))
        if header.beside:
            text = N_("{sheet}右边还有一张并排的表，没有读取，请把它移到另一个工作表再导入。")
            self.found.warnings.append(say(text, sheet=self.sheet.title))

    def _take_indicators(self) -> None:
        table = read_indicators(self.sheet, self.annex, self.directory)
        if table is None:
            return
        indicators = list(table.indicators)
        sub = self.table.caption.sub or (
            self.table.ordinal if any(each.id in self.found.taken for each in indicators) else None
        )
        if sub:
            indicators = [
                replace(each, id=f"{each.annex}-{sub}.{each.number}", number=f"{sub}.{each.number}")
                for each in indicators
            ]
        self.found.taken.update(each.id for each in indicators)
        self.found.indicators.extend(indicators)
        self.found.warnings.extend(table.warnings)
        self._enter(table.notes, {}, [], len(indicators))

    def _enter(self, notes: tuple[str, ...], titles: Mapping[int, str], rows: list[Row], indicators: int = 0) -> None:
        """Put the annex (or the several that a column names) and a summary on record."""
        caption = self.table.caption
        for number, title in (titles or {self.annex: caption.title}).items():
            before = self.found.annexes.get(number)
            further = (title,) if before and title not in (before.title, *before.notes, self.sheet.title) else ()
            self.found.annexes[number] = Annex(
                number,
                before.title if before else title,
                before.sheet if before else self.sheet.title,
                tuple(dict.fromkeys((*(before.notes if before else ()), *further, *caption.notes, *notes))),
            )
            count = sum(row.annex == number for row in rows)
            self.found.summaries.append(SheetSummary(self.sheet.title, number, count, indicators))


def _oddities(sheet: Sheet) -> list[Sentence]:
    """What a person should know about a sheet before relying on it."""
    rows = [row for row in sheet.hidden_rows if row in set(sheet.rows)]
    columns = [column for column in sheet.hidden_columns if column in set(sheet.columns)]
    said = (
        (sheet.hidden, N_("工作表「{sheet}」是隐藏的，已照样读入。"), ""),
        (rows, N_("{sheet}有隐藏的行，已照样读入：{list}。"), "、".join(map(str, rows[:_SHOWN]))),
        (columns, N_("{sheet}有隐藏的列，已照样读入：{list}。"), "、".join(map(str, columns[:_SHOWN]))),
        (
            sheet.bare_formulas,
            N_("{sheet}有公式没有存下结果，按空白处理：{list}。请打开后另存一次再导入。"),
            "、".join(sheet.bare_formulas[:_SHOWN]),
        ),
        (sheet.faulty, N_("{sheet}有出错的单元格，按空白处理：{list}。"), "、".join(sheet.faulty[:_SHOWN])),
        (sheet.cleaned, N_("{sheet}有{list}个单元格含看不见的控制字符，已去掉。"), str(sheet.cleaned)),
    )
    return [say(text, sheet=sheet.title, list=places) for present, text, places in said if present]
