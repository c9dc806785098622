"""退回: a report goes back to its unit with remarks at its fields, signed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop_app.desk import bureau, keys, revision_chain
from desktop_app.desk.correct import field_name
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file, read_json, write_file
from desktop_app.desk.letters import Letter, sender, signed_by
from desktop_app.desk.steps import Steps, at_once
from desktop_app.errors import ClerkError
from desktop_app.exchange import open_envelope, return_json, to_report, to_return
from desktop_app.language import _
from desktop_app.model.correction import Remark, ReturnNote
from desktop_app.model.finding import REPORT
from desktop_app.model.report_body import Report
from desktop_app.store import KeptReport
from desktop_app.store import bureau as kept

LONGEST = 5000
MOST = 5000
UNSAID = "收文方没有写明意见，请与收文方联系。"  # goes out on paper, which is Chinese in every language
_HEADS = {"任务": "task", "字段": "field", "栏目": "field", "填报项": "field", "意见": "text"}
_WHOLE_REPORT = ("", "全表", "整份月报", REPORT)


@dataclass(frozen=True)
class SentBack:
    """The return that answers a report."""

    note: ReturnNote
    path: Path
    sha256: str


def return_report(
    desk: Desk, report: str, remarks: Path | None, passphrase: str, out: Path | None = None, *,
    key_name: str | None = None,
) -> SentBack:  # fmt: skip
    """Answer a report (a file, its sha256 or its check code) with a signed return; nothing is kept on a ClerkError.

    Without remarks it says that none were written. Returning twice with the same remarks gives the same file again.
    """
    return at_once(returning(desk, report, remarks, passphrase, out, key_name=key_name))


def returning(
    desk: Desk, report: str, remarks: Path | None, passphrase: str, out: Path | None = None, *,
    key_name: str | None = None,
) -> Steps[SentBack]:  # fmt: skip
    """The same step by step."""
    found = yield from bureau.finding(desk, report)
    data = revision_chain.reading(desk, found.sha256)
    asked: tuple[Remark, ...] = (Remark(REPORT, "", UNSAID),)
    if remarks is not None:
        asked = yield lambda: read_remarks(remarks, to_report(data()))
    pdf, note = yield from _made(desk, found, asked, passphrase, key_name)
    target = bureau.answer_file(desk, found, report, out, "退回")
    yield lambda: write_file(target, pdf)
    return SentBack(note, target, hashlib.sha256(pdf).hexdigest())


def read_remarks(file: Path, report: Report) -> tuple[Remark, ...]:
    """The remarks in a JSON or XLSX file, whole or not at all; ClerkError names the first that has no place."""
    rows = _from_workbook(file) if file.suffix.lower() == ".xlsx" else _from_json(file)
    found = tuple(_remark(row, number, report) for number, row in enumerate(rows, 1))
    if not found:
        raise ClerkError(_("{name} 里没有一条意见。").format(name=file.name), _("退回至少要写一条意见。"))
    if len(found) > MOST:
        raise ClerkError(_("{name} 里的意见超过 {most} 条。").format(name=file.name, most=MOST))
    return tuple(dict.fromkeys(found))


def _remark(row: Mapping[str, Any], number: int, report: Report) -> Remark:
    task, field, text = (row.get(name) for name in ("task", "field", "text"))
    where = _("第 {number} 条意见").format(number=number)
    if not isinstance(text, str) or not text.strip():
        raise ClerkError(_("{where}没有写意见（text）。").format(where=where), _("没有退回。"))
    if len(text.strip()) > LONGEST:
        raise ClerkError(_("{where}超过 {limit} 字。").format(where=where, limit=LONGEST), _("没有退回。"))
    if not isinstance(task, str | None) or not isinstance(field, str | None):
        raise ClerkError(_("{where}的任务或字段不是文字。").format(where=where), _("没有退回。"))
    known = {item.task.id for item in report.tasks}
    wanted = REPORT if (task or "").strip() in _WHOLE_REPORT else str(task).strip()
    if wanted != REPORT and wanted not in known:
        raise ClerkError(
            _("{where}指着任务 {task}，这份月报里没有这个任务。").format(where=where, task=wanted[:40]),
            _("没有退回。任务编号照月报上写，例如 3-9；对整份月报的意见写 report。"),
        )
    try:
        name = "" if wanted == REPORT else field_name(field or "")
    except ClerkError as problem:
        raise ClerkError(f"{where}：{problem.title}", _("没有退回。") + (problem.advice or "")) from problem
    return Remark(wanted, name, text.strip())


def _from_json(file: Path) -> list[Mapping[str, Any]]:
    data = read_json(file)
    rows = data.get("remarks") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ClerkError(
            _("{name} 不是意见的列表。").format(name=file.name),
            _('格式应为 [{"task": …, "field": …, "text": …}]，或有 任务、字段、意见 三列的 .xlsx。'),
        )
    return rows


def _from_workbook(file: Path) -> list[Mapping[str, Any]]:
    """Rows under the heads 任务, 字段, 意见 of a sheet; read as task tables are, in a process of their own."""
    from desktop_app.plans.workbook import read_workbook

    for sheet in read_workbook(read_file(file), file.name).sheets:
        rows: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(sheet.cells.items()):
            rows.setdefault(row, {})[column] = text.strip()
        for place, cells in rows.items():
            names = {_HEADS[word]: column for column, word in cells.items() if word in _HEADS}
            if {"task", "text"} <= names.keys():
                return list(_under(names, [each for row, each in rows.items() if row > place]))
    raise ClerkError(
        _("{name} 里没有找到 任务、字段、意见 三列。").format(name=file.name),
        _("第一行写这三个列名，下面每行一条意见。"),
    )


def _under(names: Mapping[str, int], rows: Iterable[Mapping[int, str]]) -> Iterable[Mapping[str, Any]]:
    for row in rows:
        values = {name: row.get(column, "") for name, column in names.items()}
        if any(values.values()):
            yield values


def _made(
    desk: Desk, row: KeptReport, remarks: tuple[Remark, ...], passphrase: str, key_name: str | None
) -> Steps[tuple[bytes, ReturnNote]]:
    """A signed return of exactly these bytes; the one already given where it says the same."""
    if (given := row.receipt_pdf) is not None:
        if row.answer == "returned":
            before: ReturnNote = yield lambda: to_return(open_envelope(given).data)
            if before.remarks == remarks:
                return given, before
        raise ClerkError(
            _("{unit}{period}的这份月报已经答复过。").format(unit=row.unit_name, period=row.period.spoken),
            _("答复不能更改；可以再次导出原来的答复。"),
        )
    revision_chain.refuse_superseded(desk, row)
    load, by, at = keys.loading(desk, bureau.signing_key(desk, key_name), passphrase), sender(desk), desk.now()
    note = _note(desk, row, remarks, at, (yield from bureau.last_day(desk, row)))
    pdf: bytes = yield lambda: signed_by(by, _letter(note), load())[0]
    revision_chain.refuse_superseded(desk, row)  # it was signed elsewhere: a later one may have come meanwhile
    kept.set_answer(desk.book, row.sha256, "returned", hashlib.sha256(pdf).hexdigest(), pdf, at, desk.actor)
    return pdf, note


def _note(desk: Desk, row: KeptReport, remarks: tuple[Remark, ...], at: datetime, due_on: date) -> ReturnNote:
    return ReturnNote(
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        period=row.period,
        revision=row.revision,
        report_sha256=row.sha256,
        data_sha256=row.data_sha256,
        check_code=row.check_code,
        returned_at=at,
        due=due_on,
        bureau=desk.unit.name,
        remarks=remarks,
    )


def _letter(note: ReturnNote) -> Letter:
    from desktop_app.rendering import render_notice
    from desktop_app.rendering.notices import of_return

    return Letter(
        "return.json",
        return_json(note),
        "退回数据",
        f"退回单 {note.unit_name} {note.period}",
        f"{note.period},{note.unit_code},{note.check_code}",
        lambda code, sha256: render_notice(of_return(note), code, sha256=sha256),
        reason="退回",
    )
