"""Commands on what was done: the journal, the months, and taking the last change back."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.journal_words import STATE_WORDS, change_words, value_words
from desktop_app.cli.opening import opened, opened_either
from desktop_app.desk import history, undo
from desktop_app.desk.history import JournalRow, JournalVerdict, Told
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.period import Period

_SHORT, _FEW = 40, 20


def journal(options: Namespace) -> Answer:
    """journal [--verify] [--period P] [--task T] [--field F] [--after N] [--limit N]; exit 1 where it does not hold."""
    period = Period.parse(options.period) if options.period else None
    with opened_either(options, reading=True) as desk:
        found = history.page(
            desk, period, options.task, options.field, after=options.after, limit=max(1, options.limit)
        )
        verdict = history.verify(desk, options.head, signatures=options.verify)
    document = {
        "entries": [_plain(row) for row in found.rows],
        "total": found.total,
        "more": found.more,
        **_verdict_plain(verdict),
    }
    if options.verify:
        return Answer(document, _verdict_lines(verdict), 0 if verdict.holds else 1)
    lines = [_line(row) for row in found.rows]
    lines += [*verdict.problems, *verdict.notes]
    return Answer(document, lines or [_("日志里没有这样的记录。")], 0 if verdict.holds else 1)


def months(options: Namespace) -> Answer:
    """history [YEAR]."""
    if options.year is not None and not 2000 <= options.year <= 2100:
        raise UsageError(
            _("「{year}」不是报告的年份。").format(year=options.year), _("请写 2000 到 2100 之间的年份，例如 2023。")
        )
    with opened(options, reading=True) as desk:
        found = history.months_of(desk, options.year)
    document = {"months": [_told_plain(row) for row in found]}
    return Answer(document, [_told_line(row) for row in found] or [_("还没有打开过月份。")])


def take_back(options: Namespace) -> Answer:
    """undo [PERIOD TASK [FIELD]]."""
    return _turned(options, again=False)


def make_again(options: Namespace) -> Answer:
    """redo [PERIOD TASK [FIELD]]."""
    return _turned(options, again=True)


def _turned(options: Namespace, *, again: bool) -> Answer:
    period = Period.parse(options.period) if options.period else None
    with opened(options) as desk:
        done = (undo.redo if again else undo.undo)(desk, period, options.task, options.field)
    document = {
        "period": str(done.period),
        "revision": done.revision,
        "fields": [{"task": row.task, "field": row.field, "was": row.was, "now": row.now} for row in done.fields],
    }
    lines = [f"{done.period} {row.task} {_change(row.field, row.was, row.now)}" for row in done.fields[:_FEW]]
    left = len(done.fields) - len(lines)
    return Answer(document, [*lines, *([_("另有 {count} 处不同。").format(count=left)] if left else [])])


def _plain(row: JournalRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(),
        "actor": row.actor,
        "period": str(row.period) if row.period else None,
        "revision": row.revision,
        "task": row.task_id,
        "field": row.field,
        "old": row.old,
        "new": row.new,
        "hash": row.hash,
    }


def _line(row: JournalRow) -> str:
    where = " ".join(str(part) for part in (row.period, row.task_id) if part)
    return f"{row.seq}  {row.at:%Y-%m-%d %H:%M:%S}  {row.actor}  {where} {_change(row.field, row.old, row.new)}"


def _change(field: str, old: str | None, new: str | None) -> str:
    return change_words(field, *(_short(value_words(field, value)) for value in (old, new)))


def _short(text: str | None) -> str:
    if not text:
        return "—"
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORT else flat[:_SHORT] + "…"


def _verdict_plain(verdict: JournalVerdict) -> dict[str, Any]:
    return {
        "rows": verdict.rows,
        "head": verdict.head,
        "intact": verdict.intact,
        "first_bad": verdict.first_bad,
        "heads_matched": verdict.heads_matched,
        "heads": [
            {"period": str(head.period), "revision": head.revision, "head": head.head, "seq": head.seq}
            for head in verdict.heads
        ],
        "problems": list(verdict.problems),
        "notes": list(verdict.notes),
    }


def _verdict_lines(verdict: JournalVerdict) -> list[str]:
    if verdict.holds:
        said = _("日志完整：{rows} 条记录首尾相连，{heads} 份签署月报上的校验值都对得上。").format(
            rows=verdict.rows, heads=len(verdict.heads)
        )
    else:
        said = _("日志没有通过核验。")
    return [said, *verdict.problems, *verdict.notes, _("日志校验值 {head}").format(head=verdict.head)]


def _told_plain(row: Told) -> dict[str, Any]:
    receipt = row.receipt
    return {
        "period": str(row.period),
        "revision": row.revision,
        "state": str(row.state),
        "reason": row.reason,
        "due": row.due.due.isoformat(),
        "certain": row.due.certain,
        "on_time": row.on_time,
        "opened": row.opened_at.isoformat(),
        "sealed": row.sealed_at.isoformat() if row.sealed_at else None,
        "signatures": row.signatures,
        "check_code": row.check_code,
        "handed_in": row.handed_in_at.isoformat() if row.handed_in_at else None,
        "places": list(row.places),
        "closed": row.closed_at.isoformat() if row.closed_at else None,
        "receipt": {"sha256": receipt.sha256, "name": receipt.name, "at": receipt.at.isoformat()} if receipt else None,
    }


def _told_line(row: Told) -> str:
    line = _("{period} 第{revision}版  {state}  {due} 截止").format(
        period=row.period.spoken, revision=row.revision, state=_(STATE_WORDS[row.state]), due=row.due.due.isoformat()
    )
    if row.handed_in_at:
        late = _("  {day} 报送（更正，首次报送按时）") if row.month_on_time else _("  {day} 报送（逾期）")
        said = _("  {day} 报送（按时）") if row.on_time else late
        line += said.format(day=row.handed_in_at.date().isoformat())
    if row.receipt:
        line += _("  回执 {day}").format(day=row.receipt.at.date().isoformat())
    return line + (f"  {row.check_code}" if row.check_code else "")
