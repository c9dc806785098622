"""One sheet being filled: texts at places, held within bounds while it grows."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from .bounds import (
    ALL_CHARACTERS,
    CELL_CHARACTERS,
    CELLS,
    COLUMNS,
    FURTHEST_ROW,
    MERGED_CELLS,
    ROWS,
    SHEETS,
    WIDEST_MERGE,
    Refused,
)

Area = tuple[int, int, int, int]


class Grid:
    """Texts by (row, column), counted from 1; merges are (top, left, bottom, right)."""

    longest = CELL_CHARACTERS  # of one cell, for the one file that this process reads

    def __init__(self, title: str, *, hidden: bool = False) -> None:
        self.title = title
        self.hidden = hidden
        self.texts: dict[tuple[int, int], str] = {}
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.bare_formulas: list[str] = []
        self.faulty: list[str] = []
        self.characters = 0
        self._rows = 0
        self._row = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Place a text; a blank one leaves no trace. Refuses what is far out, too long or too much."""
        if not text or text.isspace():
            return
        self.check(row, column)
        if row != self._row:
            self._row = row
            self._rows += 1
            if self._rows > ROWS:
                raise Refused("rows")
        if len(text) > self.longest:
            raise Refused("long")
        self.characters += len(text)
        if self.characters > ALL_CHARACTERS or len(self.texts) >= CELLS:
            raise Refused("large")
        self.texts[row, column] = text

    def check(self, row: int, column: int) -> None:
        """Refuse a place where no task table reaches."""
        if not (0 < row <= FURTHEST_ROW and 0 < column <= COLUMNS):
            raise Refused("far")

    def note(self, row: int, column: int, places: list[str]) -> None:
        """Remember a cell that has no text to give: a formula without its value, or an error."""
        self.check(row, column)
        if len(places) < CELLS:
            places.append(f"{letters(column)}{row}")

    def merge(self, area: Area) -> None:
        """Remember a merged area of more than one cell."""
        top, left, bottom, right = area
        size = (bottom - top + 1) * (right - left + 1)
        if size > WIDEST_MERGE:
            raise Refused("far")
        if top > 0 and left > 0 and bottom >= top and right >= left and size > 1:
            self.merges.append(area)

    def answer(self) -> dict[str, Any]:
        """The sheet for the parent: only the first cell of a merged area has a text, and areas end where texts end."""
        rows = {row for row, _column in self.texts}
        merges = self._clipped_merges()
        return {
            "title": self.title,
            "hidden": self.hidden,
            "cells": [[row, column, text] for (row, column), text in sorted(self.texts.items())],
            "merges": merges,
            "hidden_rows": sorted(self.hidden_rows & rows),
            "hidden_columns": sorted(self.hidden_columns),
            "bare_formulas": self.bare_formulas,
            "faulty": self.faulty,
        }

    def _clipped_merges(self) -> list[Area]:
        if not self.merges or not self.texts:
            return []
        last_row = max(row for row, _column in self.texts)
        last_column = max(column for _row, column in self.texts)
        merges = [
            (top, left, min(bottom, last_row), min(right, last_column))
            for top, left, bottom, right in dict.fromkeys(self.merges)
            if top <= last_row and left <= last_column
        ]
        if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merges) > MERGED_CELLS:
            raise Refused("far")
        for area in merges:
            self._uncover(area)
        return merges

    def _uncover(self, area: Area) -> None:
        """What stands under a merged area is not shown by any program, so it is not read."""
        top, left, bottom, right = area
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    self.texts.pop((row, column), None)


def answer(kind: str, grids: Iterable[Grid], **more: Any) -> dict[str, Any]:
    """What the child says of a file that was read whole."""
    found = list(grids)
    if len(found) > SHEETS or sum(grid.characters for grid in found) > ALL_CHARACTERS:
        raise Refused("large")
    if sum(len(grid.texts) for grid in found) > CELLS:
        raise Refused("large")
    sheets = [grid.answer() for grid in found]
    return {"kind": kind, "title": "", "year": None, "warnings": [], **more, "sheets": sheets}


def letters(column: int) -> str:
    """3 -> C."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def place(reference: str) -> tuple[int, int]:
    """C7 -> (7, 3); (0, 0) for what is no reference."""
    name = reference.rstrip("0123456789")
    digits = reference[len(name) :]
    if not digits or len(digits) > 9 or len(name) > 4:
        return 0, 0
    return int(digits), column_number(name)


@lru_cache(maxsize=2_000)
def column_number(name: str) -> int:
    """C -> 3; 0 for what is no column."""
    number = 0
    for letter in name.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number
