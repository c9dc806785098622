"""A month at the desk: which unit stands where, and all their rows in one table. No kept PDF is read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.desk import revision_chain
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import write_file
from desktop_app.desk.month import due
from desktop_app.desk.reporting_units import expected
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import UsageError
from desktop_app.exchange import to_report
from desktop_app.language import _, speaking
from desktop_app.model.collation import CollatedRow, MonthStanding, Standing, UnitStanding
from desktop_app.model.entry import Entry
from desktop_app.model.period import Period
from desktop_app.model.report_body import Report
from desktop_app.store import ReportHead, report_digests

XLSX, CSV = ".xlsx", ".csv"
AT_A_TIME = 10  # reports taken from the book at a stroke
Data = Callable[[], dict[str, Any]]
_ANSWERS = {None: Standing.RECEIVED, "accepted": Standing.ACCEPTED, "returned": Standing.RETURNED}


@dataclass(frozen=True)
class Collated:
    """What was written: how many rows of how many units, and the units of which nothing is in it."""

    path: Path
    units: int
    rows: int
    missing: tuple[str, ...]


def status(desk: Desk, period: Period) -> MonthStanding:
    """Every unit that is to report here, and every other that did this month, in official order."""
    last_day = due(period, desk).last_day
    by_unit: dict[str, list[ReportHead]] = {}
    for head in report_digests.heads(desk.book, period):
        by_unit.setdefault(head.unit_code, []).append(head)
    names = expected(desk)
    names |= {code: heads[-1].unit_name for code, heads in by_unit.items()}
    overdue = desk.today() > last_day
    order = {unit.code: place for place, unit in enumerate(desk.directory.units)}
    units = [_standing(code, name, by_unit.get(code, []), overdue=overdue) for code, name in names.items()]
    return MonthStanding(
        period, last_day, tuple(sorted(units, key=lambda unit: (order.get(unit.code, 9999), unit.code)))
    )


def _standing(code: str, name: str, heads: list[ReportHead], *, overdue: bool) -> UnitStanding:
    if not heads:
        return UnitStanding(code, name, Standing.MISSING, 0, None, overdue, None, "", "", None, None, None, None)
    newest = max(heads, key=lambda head: head.revision)
    first = min(heads, key=lambda head: head.received_at)
    return UnitStanding(
        code,
        name,
        _ANSWERS[newest.answer],
        newest.revision,
        first.on_time,
        not first.on_time,
        newest.received_at,
        newest.check_code,
        newest.sha256,
        newest.errors,
        newest.warnings,
        newest.unexplained,
        newest.hints,
    )


def collate(desk: Desk, period: Period, out: Path) -> Collated:
    """Write the rows of every unit's newest accepted report, or of its newest that was not returned.

    .xlsx has a sheet for each annex and one of totals, .csv is one table; UsageError for another ending.
    """
    return at_once(collating(desk, period, out))


def collating(desk: Desk, period: Period, out: Path) -> Steps[Collated]:
    """The same step by step: a few reports at a time from the book, all of them written in any thread."""
    if out.suffix.lower() not in (XLSX, CSV):
        raise UsageError(_("汇总表不能存成 {name}。").format(name=out.name), _("文件名请以 .xlsx 或 .csv 结尾。"))
    standing = status(desk, period)
    chosen = _chosen(report_digests.heads(desk.book, period), [unit.code for unit in standing.units])
    held: list[tuple[ReportHead, Data]] = []
    for head in chosen:
        held.append((head, revision_chain.reading(desk, head.sha256)))
        if len(held) % AT_A_TIME == 0:
            yield _nothing
    data, rows = yield lambda: _table(period, standing, held, out.suffix.lower())
    yield lambda: write_file(out, data)
    there = {head.unit_code for head in chosen}
    missing = tuple(unit.name for unit in standing.units if unit.code not in there)
    return Collated(out, len(chosen), rows, missing)


def _nothing() -> None:
    """A step between others."""


def _table(
    period: Period, standing: MonthStanding, held: Sequence[tuple[ReportHead, Data]], kind: str
) -> tuple[bytes, int]:
    """The file's bytes and how many rows are in it."""
    from desktop_app.rendering.collation import as_csv, as_workbook

    counted = 0

    def rows() -> Iterator[CollatedRow]:
        nonlocal counted
        for head, data in held:
            for row in _rows(head, to_report(data())):
                counted += 1
                yield row

    with speaking("zh"):
        made = as_workbook(period, standing, rows()) if kind == XLSX else as_csv(rows())
    return made, counted


def _chosen(held: Sequence[ReportHead], codes: Sequence[str]) -> list[ReportHead]:
    """The report of each unit that counts, in the order of the units."""
    by_unit: dict[str, list[ReportHead]] = {}
    for head in held:
        by_unit.setdefault(head.unit_code, []).append(head)
    found = []
    for code in codes:
        heads = sorted(by_unit.get(code, ()), key=lambda head: head.revision)
        counts = [head for head in heads if head.answer == "accepted"] or [head for head in heads if not head.answer]
        found += counts[-1:]
    return found


def _rows(head: ReportHead, report: Report) -> Iterator[CollatedRow]:
    entries = {entry.task_id: entry for entry in report.entries}
    for item in report.tasks:
        target = item.task.target_for(report.unit.code)
        yield CollatedRow(
            unit_code=head.unit_code,
            unit_name=head.unit_name,
            revision=head.revision,
            standing=_ANSWERS[head.answer],
            annex=item.task.annex,
            annex_title=item.annex_title,
            task_id=item.task.id,
            title=item.task.title,
            required=item.required,
            target=target.value if target else None,
            measure_word=target.unit if target else "",
            entry=entries.get(item.task.id, Entry(item.task.id)),
        )
