"""Fill a month from a file: each row whole or not at all, everything refused said by name."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.desk import evidence_files, sheet_back
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import json_of, read_file
from desktop_app.desk.month import MonthView, open_month
from desktop_app.desk.plan_in_force import current_plan
from desktop_app.desk.save_entry import attach, read_value, refuse_sealed
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.plan import Task
from desktop_app.store import entries as kept
from desktop_app.store import months

IDENTITY = ("task", "id", "annex", "seq", "number", "evidence")


@dataclass(frozen=True)
class Refused:
    """A field of a row that could not be taken, and why; its row was left as it was."""

    task: str
    field: str | None
    reason: str


@dataclass(frozen=True)
class Filled:
    """How many rows were taken, and what was not."""

    filled: int
    refused: tuple[Refused, ...]


def fill(desk: Desk, period: Period, file: Path) -> Filled:
    """Take a progress file, {"entries": [{"annex", "seq", …fields}]}, or a month's workbook, in one transaction.

    The file's own unit, period and plan year must be this book's: another unit's file is refused whole.
    """
    view, rows, refused = _rows_of(desk, period, file)
    month = months.month(desk.book, period)
    if month is None:
        raise LookupError(f"month {period} was opened and is not there")
    refuse_sealed(month)
    good, files, more = _sort_out(rows, view, file.parent)
    refused += more
    kept.save_many(desk.book, month, good, desk.now(), desk.actor)
    for task_id, path in files:
        try:
            attach(desk, period, task_id, path)
        except ClerkError as problem:
            refused.append(Refused(task_id, "evidence", str(problem)))
    return Filled(len(good), tuple(refused))


def _rows_of(desk: Desk, period: Period, file: Path) -> tuple[MonthView, list[Any], list[Refused]]:
    """The month, opened once the file is known to be for it, and the file's rows."""
    data = read_file(file)  # once: what comes through a pipe is there only once
    if _is_json(file, data):
        document = json_of(data, file.name)
        rows = _entries_of(document, file, desk, period)
        return open_month(desk, period), rows, []
    back = sheet_back.read_back(data, file.name)
    _refuse_others(file, desk, period, back.unit_code, back.period)
    view = open_month(desk, period)
    rows, troubles = sheet_back.rows_of(back, view)
    return view, list(rows), [Refused(each.task, each.field, each.reason) for each in troubles]


def _is_json(file: Path, data: bytes) -> bool:
    """By name or by its first character."""
    return file.suffix.lower() == ".json" or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _entries_of(document: Any, file: Path, desk: Desk, period: Period) -> list[Any]:
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise ClerkError(
            _("{name} 不是进展文件：里面没有 entries 列表。").format(name=file.name), _("没有读入任何内容。")
        )
    whose = document.get("unit_code") or document.get("unit_name")
    _refuse_others(file, desk, period, whose, document.get("period"), document.get("unit_name"))
    year = document.get("plan_year")
    if year is not None and str(year) not in (str(period.year), str(current_plan(desk, period).year)):
        raise ClerkError(
            _("{name} 是{year}年计划的进展，要填的是 {period}。").format(name=file.name, year=year, period=period),
            _("没有读入任何内容。"),
        )
    return list(document["entries"])


def _refuse_others(file: Path, desk: Desk, period: Period, whose: Any, when: Any, spoken: Any = None) -> None:
    """Raise ClerkError where a file says that it is another unit's, or another month's."""
    unit = desk.directory.find(str(whose)) if whose else desk.unit
    if unit is None or unit.code != desk.unit.code:
        raise ClerkError(
            _("{name} 是「{whose}」的进展，本填报簿属于{unit}。").format(
                name=file.name,
                whose=unit.short_name if unit else spoken or whose,
                unit=desk.unit.short_name,
            ),
            _("没有读入任何内容。"),
        )
    if when is not None and when != str(period):
        raise ClerkError(
            _("{name} 的报告期是 {when}，要填的是 {period}。").format(name=file.name, when=when, period=period),
            _("没有读入任何内容。"),
        )


def _sort_out(
    rows: list[Any], view: MonthView, folder: Path
) -> tuple[dict[str, dict[str, object]], list[tuple[str, Path]], list[Refused]]:
    good: dict[str, dict[str, object]] = {}
    files: list[tuple[str, Path]] = []
    refused: list[Refused] = []
    seen: set[str] = set()
    for position, row in enumerate(rows, start=1):
        where = _("第 {n} 条").format(n=position)
        if not isinstance(row, dict):
            refused.append(Refused(where, None, _("不是一条填报记录。")))
            continue
        named = _named(row)
        if len(set(named)) > 1:
            said = _("编号和附件、序号说的不是同一项任务：{names}。")
            refused.append(Refused(where, None, said.format(names=_("、").join(named))))
            continue
        name = next(iter(named), "")
        task = _task_of(name, view)
        if task is None:
            refused.append(Refused(name or where, None, _("本单位的任务里没有这一项。")))
            continue
        if task.id in seen:
            good.pop(task.id, None)
            files = [pair for pair in files if pair[0] != task.id]
            refused.append(Refused(task.id, None, _("文件里有重复的记录，两条都没有采用。")))
            continue
        seen.add(task.id)
        values, problems = _values_of(task.id, row)
        found, missing = _attached(task.id, row.get("evidence") or [], folder)
        problems += missing
        if problems:
            refused.extend(problems)
        else:
            good[task.id] = values
            files.extend(found)
    return good, files, refused


def _attached(task_id: str, names: Any, folder: Path) -> tuple[list[tuple[str, Path]], list[Refused]]:
    """The files that a row brings along, each one looked at before anything of the row is taken."""
    if not isinstance(names, list) or not all(isinstance(name, str) and name == Path(name).name for name in names):
        return [], [Refused(task_id, "evidence", _("佐证材料应是与进展文件同一文件夹内的文件名。"))]
    problems = []
    for name in names:
        try:
            evidence_files.read(folder / name)
        except ClerkError as problem:
            problems.append(Refused(task_id, "evidence", str(problem)))
    return [(task_id, folder / name) for name in names], problems


def _named(row: Mapping[str, Any]) -> list[str]:
    """The ids by which a row says what task it speaks of: its own, and that of its annex and number."""
    named = [str(row[key]) for key in ("task", "id") if row.get(key) is not None]
    annex, number = row.get("annex"), row.get("seq", row.get("number"))
    if annex is not None and number is not None:
        named.append(f"{_whole(annex)}-{_whole(number)}")
    return named


def _whole(part: Any) -> str:
    """4.0, as spreadsheets write a 4, is 4; so is a full-width ４."""
    if isinstance(part, Decimal) and part == part.to_integral_value():
        return str(int(part))
    return unicodedata.normalize("NFKC", str(part)).strip()


def _task_of(name: str, view: MonthView) -> Task | None:
    """The plan's task that a row speaks of."""
    task = next((row.task for row in view.rows if row.task.id == name), None)
    if task is None:
        # a task whose owners are still a question may turn out to be this unit's: its words are kept
        task = next((task for task in view.plan.tasks if task.id == name and task.open_questions), None)
    return task


def _values_of(task_id: str, row: Mapping[str, Any]) -> tuple[dict[str, object], list[Refused]]:
    values: dict[str, object] = {}
    problems: list[Refused] = []
    for field, value in row.items():
        if field in IDENTITY:
            continue
        try:
            values[field] = read_value(field, value)
        except ClerkError as problem:
            problems.append(Refused(task_id, field, str(problem)))
    return values, problems
