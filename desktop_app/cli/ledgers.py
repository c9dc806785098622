"""Commands on the ledgers of a year, and on the problems and requests that they list."""

from argparse import Namespace
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import ledger as ledgers
from desktop_app.desk import strike_off
from desktop_app.desk.listed_items import listed_items
from desktop_app.errors import UsageError
from desktop_app.language import _
from desktop_app.model.ledger import (
    IN_VIEW,
    LEDGER_WORDS,
    CellKind,
    Column,
    Ledger,
    LedgerKind,
    Sheet,
    totals,
    value_of,
)
from desktop_app.model.listed import KIND_WORDS, STATE_WORDS, ItemState, ListedItem
from desktop_app.model.period import Period
from desktop_app.model.plain import decimal_text

_LONGEST = 24


def ledger(options: Namespace) -> Answer:
    """ledger YEAR --kind K [--out FILE.xlsx|FILE.pdf] [--all]."""
    kind = _kind(options.kind)
    _refuse_year(options.year)
    with opened(options, reading=True) as desk:
        if options.out is None:
            found = ledgers.ledger(desk, options.year, kind, every=options.all)
        else:
            found = ledgers.write(desk, options.year, kind, options.out, every=options.all)
    main, sources = found.sheets[0], found.sheets[-1]
    document = {
        "path": str(options.out) if options.out else None,
        "kind": str(kind),
        "year": found.year,
        "title": found.title,
        "notes": list(found.notes),
        "rows": _rows(main),
        "totals": {column.key: decimal_text(value) for column, value in totals(main)},
        "counts": {tally.word: tally.count for tally in main.tallies},
        "weights": {key: decimal_text(weight) for key, _label, weight in main.constants},
        "sheets": {sheet.name: _rows(sheet) for sheet in found.sheets[1:-1]},
        "sources": _rows(sources),
    }
    return Answer(document, _lines(found, kind, options))


def _kind(word: str) -> LedgerKind:
    if word not in set(LedgerKind):
        raise UsageError(
            _("没有「{kind}」这种台账。").format(kind=word[:40]),
            _("可写：{kinds}。").format(kinds="、".join(f"{kind}（{_(LEDGER_WORDS[kind])}）" for kind in LedgerKind)),
        )
    return LedgerKind(word)


def _refuse_year(year: int) -> None:
    if not 2000 <= year <= 2100:
        raise UsageError(
            _("「{year}」不是报告的年份。").format(year=year), _("请写 2000 到 2100 之间的年份，例如 2023。")
        )


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    keys = [column.key for column in sheet.columns]
    return [{key: _plain(value_of(cell)) for key, cell in zip(keys, row, strict=True)} for row in sheet.rows]


def _plain(value: str | Decimal | date | None) -> str | None:
    """Figures as decimal strings, days in ISO form, an empty text as nothing."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else value or None


def _lines(found: Ledger, kind: LedgerKind, options: Namespace) -> list[str]:
    main = found.sheets[0]
    if options.out is not None:
        written = _("{title}已写到 {path}，共 {count} 行。")
        return [written.format(title=found.title, path=options.out, count=len(main.rows))]
    lines = [found.title, *found.notes]
    for row in _rows(main):
        cells = [_cell(column, row[column.key]) for column in _telling(kind, main)]
        lines.append("  ".join(cells))
    lines += [f"{tally.label} {tally.count}" for tally in main.tallies]
    return lines


def _telling(kind: LedgerKind, sheet: Sheet) -> list[Column]:
    """The columns that a line has room for, and the last, which names the report."""
    known = {column.key: column for column in sheet.columns}
    return [known[name.rstrip("*")] for name in (*IN_VIEW[kind], "check_code")]


def _cell(column: Column, value: str | None) -> str:
    if value is None:
        return "—"
    text = " ".join(value.split())
    short = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return short + ("%" if column.kind is CellKind.PERCENT else "")


def items(options: Namespace) -> Answer:
    """item list YEAR [--open]."""
    _refuse_year(options.year)
    with opened(options, reading=True) as desk:
        listed = listed_items(desk, options.year)
    chosen = [item for item in listed.items if not (options.open and item.state is ItemState.CLOSED)]
    lines = [_item_line(item) for item in chosen] or [_("没有挂账的事项。")]
    document = {"items": [_item(item) for item in chosen], "notes": list(listed.notes)}
    return Answer(document, [*lines, *listed.notes])


def close(options: Namespace) -> Answer:
    """item close ID --evidence TEXT --by NAME [--on DAY] [--through MONTH] [--file FILE]."""
    through = Period.parse(options.through) if options.through else None
    with opened(options) as desk:
        done = strike_off.close(
            desk, options.item, options.evidence, options.by, day=options.on, through=through, file=options.file
        )
    return Answer(_item(done), [_("{item} 已销号。").format(item=done.id), _item_line(done)])


def reopen(options: Namespace) -> Answer:
    """item reopen ID --reason TEXT [--by NAME]."""
    with opened(options) as desk:
        done = strike_off.reopen(desk, options.item, options.reason, options.by or "")
    return Answer(_item(done), [_("{item} 重新挂账。").format(item=done.id), _item_line(done)])


def _item(item: ListedItem) -> dict[str, Any]:
    closing = item.closing
    return {
        "id": item.id,
        "task": item.task_id,
        "title": item.title,
        "kind": str(item.kind),
        "state": str(item.state),
        "listed": str(item.first.period),
        "latest": str(item.last.period),
        "months_open": item.months_open,
        "carried": item.carried,
        "words": item.last.words,
        "silent_since": str(item.silent_since.period) if item.silent_since else None,
        "closing": None
        if closing is None
        else {
            "day": closing.day.isoformat(),
            "through": str(closing.through),
            "evidence": closing.said,
            "by": closing.person,
            "file": closing.file_name or None,
            "file_sha256": closing.file_sha256 or None,
            "recorded_by": closing.actor,
            "recorded_at": closing.at.isoformat(),
        },
        "months": [
            {
                "period": str(month.period),
                "revision": month.revision,
                "check_code": month.check_code,
                "words": month.words or None,
            }
            for month in item.months
        ],
    }


def _item_line(item: ListedItem) -> str:
    said = _("{id}  {state}  {kind}  {title}  {first} 至 {last}（{months} 个月）：{words}").format(
        id=item.id,
        state=_(STATE_WORDS[item.state]),
        kind=_(KIND_WORDS[item.kind]),
        title=item.title,
        first=item.first.period,
        last=item.last.period,
        months=item.months_open,
        words=item.last.words,
    )
    if item.closing is not None:
        said += _("  {day} 由 {person} 确认销号：{evidence}").format(
            day=item.closing.day.isoformat(), person=item.closing.person, evidence=item.closing.said
        )
    return said
