"""A keystroke on its way to the disk: read as a value, kept, and only then called saved."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from desktop_app.desk import evidence_files
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import kept_month, open_month
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import ENTRY_FIELDS, FIELD_LABELS, NUMBER_FIELDS, STATUS_WORDS, Entry, Evidence, Status
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.model.text import is_text
from desktop_app.store import Month
from desktop_app.store import entries as kept
from desktop_app.store import evidence as kept_evidence

LONGEST_TEXT = 20_000


class Saved(NamedTuple):
    """An entry as the book now holds it, and when it was written."""

    entry: Entry
    at: datetime


def save(desk: Desk, period: Period, task_id: str, changes: Mapping[str, object]) -> Saved:
    """Keep changed fields of one entry; returns only after they are on disk. On ClerkError nothing was saved."""
    month = kept_month(desk, period)
    refuse_sealed(month)
    values = {field: read_value(field, value) for field, value in changes.items()}
    at = desk.now()
    return Saved(kept.save(desk.book, month, task_id, values, at, desk.actor), at)


def save_many(desk: Desk, period: Period, rows: Mapping[str, Mapping[str, object]]) -> None:
    """Keep changed fields of many entries, all or none, as one step to take back. On ClerkError nothing was saved."""
    month = kept_month(desk, period)
    refuse_sealed(month)
    values = {task: {field: read_value(field, value) for field, value in row.items()} for task, row in rows.items()}
    kept.save_many(desk.book, month, values, desk.now(), desk.actor)


def refuse_sealed(month: Month) -> None:
    """Raise ClerkError where the month was signed and its words can no longer change."""
    if month.state is not MonthState.DRAFT:
        raise ClerkError(
            _("{period} 的月报已经签署封存，不能再改。").format(period=month.period.spoken),
            _("原件保持不变；如需更正，要另起一版。"),
        )


def read_value(field: str, value: object) -> object:
    """A field's value as the book keeps it; ClerkError that names the field where it cannot be one."""
    if field not in ENTRY_FIELDS:
        raise ClerkError(_("没有「{field}」这个填报项。").format(field=field))
    label = _(FIELD_LABELS[field])
    if field == "status":
        return _status(value)
    if field == "nil":
        if not isinstance(value, bool):
            raise ClerkError(_("「{label}」只能是 是 或 否。").format(label=label))
        return value
    if field in NUMBER_FIELDS:
        try:
            return parse_number(value)
        except ClerkError as problem:
            raise ClerkError(f"「{label}」{problem.title}", problem.advice) from problem
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ClerkError(_("「{label}」应当是文字。").format(label=label))
    if not is_text(value):
        raise ClerkError(_("「{label}」里有残缺的字符。").format(label=label), _("请把这一段重新键入，不要粘贴。"))
    if len(value) > LONGEST_TEXT:
        raise ClerkError(
            _("「{label}」有 {count} 个字，超过 {limit} 字。").format(
                label=label, count=len(value), limit=LONGEST_TEXT
            ),
            _("请精简，或把详细内容作为佐证材料附上。"),
        )
    return value.replace("\r\n", "\n").replace("\r", "\n")


def parse_number(value: object) -> Decimal | None:
    """A figure as typed: full-width digits, thousands separators and a trailing % are understood; "" is None."""
    if value is None or isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        found = value if value is None else Decimal(value)
    elif isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip().removesuffix("%").strip()
        if not text:
            return None
        if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", text, re.ASCII):
            raise ClerkError(_("「{text}」不是数字。").format(text=value[:40]), _("请只填数字，例如 1.5。"))
        found = Decimal(text.replace(",", ""))
    else:
        raise ClerkError(_("「{text}」不是数字。").format(text=str(value)[:40]), _("请只填数字，例如 1.5。"))
    if found is not None and (not found.is_finite() or abs(found) >= Decimal(10) ** 15 or _decimals(found) > 6):
        raise ClerkError(
            _("「{text}」超出能填的范围。").format(text=str(value)[:40]), _("整数部分不超过 15 位，小数不超过 6 位。")
        )
    return found


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _status(value: object) -> Status | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        word = value.strip()
        if word in STATUS_WORDS:
            return STATUS_WORDS[word]
        if word in set(Status):
            return Status(word)
        shown = next((status for status in Status if word == _(status.label)), None)
        if shown:
            return shown
    raise ClerkError(
        _("「{word}」不是进展状态。").format(word=str(value)[:40]),
        _("可填：{words}。").format(words="、".join(_(status.label) for status in Status)),
    )


def attach(desk: Desk, period: Period, task_id: str, file: Path) -> Evidence:
    """Keep a file as evidence 佐证材料 for a task; the same bytes twice are kept once, under the first name."""
    month = kept_month(desk, period)
    refuse_sealed(month)
    open_month(desk, period).row(task_id)
    data = evidence_files.read(file)
    evidence_files.refuse_too_much(kept_evidence.evidence(desk.book, month.id), len(data), sha256(data).hexdigest())
    name = evidence_files.kept_name(file)
    media_type = kept_evidence.media_type_of(name)
    return kept_evidence.add(desk.book, month, task_id, name, media_type, data, desk.now(), desk.actor)


def detach(desk: Desk, period: Period, task_id: str, sha256: str) -> None:
    """Take a piece of evidence off a task."""
    month = kept_month(desk, period)
    refuse_sealed(month)
    kept_evidence.remove(desk.book, month, task_id, sha256, desk.now(), desk.actor)
