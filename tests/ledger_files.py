"""What ledgers are held against: signed PDFs read with pikepdf alone, and workbooks as anybody reads them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from openpyxl import load_workbook


def data_of(pdf: Path) -> dict[str, Any]:
    """report.json as it lies in a PDF."""
    with pikepdf.open(pdf) as document:
        return json.loads(document.attachments["report.json"].get_file().read_bytes())


def every_revision(files: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
    """The data of every revision by period, in order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for data in map(data_of, files):
        found.setdefault(data["period"], []).append(data)
    return {period: sorted(each, key=lambda data: data["revision"]) for period, each in sorted(found.items())}


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook: its rows by head, and what stands below them by row, the first cell's first."""

    rows: tuple[dict[str, Any], ...]
    totals: dict[str, Any]
    counts: dict[str, Any]


def table_of(workbook: Path, sheet: str, first_head: str, *, values: bool = True) -> Table:
    """Read a sheet by its heads; `values` gives what formulas come to, else the formulas themselves."""
    lines = [list(row) for row in load_workbook(workbook, data_only=values)[sheet].iter_rows(values_only=True)]
    at = next(number for number, line in enumerate(lines) if line[0] == first_head)
    heads = [str(head) for head in lines[at]]
    below = [dict(zip(heads, line, strict=True)) for line in lines[at + 1 :]]
    end = next((n for n, row in enumerate(below) if str(row[heads[1]]).startswith("合计")), len(below))
    counts = {row[heads[1]]: row[heads[0]] for row in below[end + 1 :]}
    return Table(tuple(below[:end]), below[end] if end < len(below) else {}, counts)
