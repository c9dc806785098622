"""A worksheet as plain texts at places: what the reader found, cleaned of characters nobody can see."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from desktop_app.model.sentence import Sentence

_REMEMBERED = 20_000


@lru_cache(maxsize=_REMEMBERED)
def squeeze(text: str) -> str:
    """The text without blanks and line breaks, full-width forms made plain (NFKC): for comparing, not keeping."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(unicodedata.normalize("NFKC", text).split())


def one_line(text: str) -> str:
    """The text as written, line breaks joined and ends trimmed: a break in a cell is only the cell's width."""
    if text.isprintable():
        return text.strip()
    return "".join(part.strip() for part in text.splitlines()).strip()


def visible(text: str) -> str:
    """The text without control and format characters (zero-width marks, text direction); line breaks stay."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def column_letters(column: int) -> str:
    """28 -> AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@dataclass(frozen=True)
class Sheet:
    """One worksheet, counted from 1. Blank cells have no entry; merges are (top, left, bottom, right)."""

    title: str
    cells: Mapping[tuple[int, int], str]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    bare_formulas: tuple[str, ...] = ()
    faulty: tuple[str, ...] = ()
    cleaned: int = 0

    @classmethod
    def from_reader(cls, found: Mapping[str, Any], *, as_typed: bool = False) -> "Sheet":
        """A sheet from the reader's JSON; `as_typed` keeps the characters that nobody can see."""
        cells: dict[tuple[int, int], str] = {}
        cleaned = 0
        for row, column, text in found["cells"]:
            if as_typed or text.isprintable():
                cells[row, column] = text
                continue
            clean = visible(text)
            cleaned += len(clean) != len(text.replace("\r\n", "\n"))
            if clean.strip():
                cells[row, column] = clean
        merges = tuple((top, left, bottom, right) for top, left, bottom, right in found["merges"])
        return cls(
            title=visible(found["title"]).strip(),
            cells=cells,
            merges=merges,
            hidden=found["hidden"],
            hidden_rows=tuple(found["hidden_rows"]),
            hidden_columns=tuple(found["hidden_columns"]),
            bare_formulas=tuple(found["bare_formulas"]),
            faulty=tuple(found["faulty"]),
            cleaned=cleaned,
        )

    @cached_property
    def _merged(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        return {
            (row, column): area
            for area in self.merges
            for row in range(area[0], area[2] + 1)
            for column in range(area[1], area[3] + 1)
        }

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that hold any text, in order."""
        return tuple(sorted({row for row, _column in self.cells}))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The columns that hold any text, in order."""
        return tuple(sorted({column for _row, column in self.cells}))

    def own(self, row: int, column: int) -> str:
        """The text that stands in this very cell."""
        return self.cells.get((row, column), "")

    def text(self, row: int, column: int) -> str:
        """The text that a reader sees there: a merged area's one text holds for all of it."""
        area = self._merged.get((row, column))
        return self.own(area[0], area[1]) if area else self.own(row, column)

    def area(self, row: int, column: int) -> tuple[int, int, int, int]:
        """The merged area around a cell, or the cell itself as (top, left, bottom, right)."""
        return self._merged.get((row, column), (row, column, row, column))

    def unreckoned(self, row: int, column: int) -> bool:
        """Whether a formula stands there whose result the file does not hold, or that came to an error."""
        return f"{column_letters(column)}{row}" in {*self.bare_formulas, *self.faulty}

    def row_texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Column and text of a row's own cells, left to right."""
        return ((column, self.cells[row, column]) for column in self.columns if (row, column) in self.cells)


@dataclass(frozen=True)
class Workbook:
    """A file's sheets in their order, and what the file says of itself; `seconds` is how long reading took."""

    sheets: tuple[Sheet, ...]
    title: str = ""
    year: int | None = field(default=None)
    warnings: tuple[Sentence, ...] = ()
    seconds: float = field(default=0.0, compare=False)
