"""销号: a listed problem or request is struck off with evidence by a person who confirms it, or listed again."""

import hashlib
from datetime import date
from pathlib import Path

from desktop_app.checks.characters import hidden_characters, named
from desktop_app.checks.words import gives_reason
from desktop_app.desk.desk import Desk
from desktop_app.desk.files import read_file
from desktop_app.desk.listed_items import items_of
from desktop_app.desk.signed_months import signed_months, years
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.listed import Closing, ItemState, ListedItem, MarkAction
from desktop_app.model.period import Period
from desktop_app.store import listed

LONGEST_SAID, LONGEST_NAME = 500, 60


def close(
    desk: Desk,
    item: str,
    evidence: str,
    person: str,
    *,
    day: date | None = None,
    through: Period | None = None,
    file: Path | None = None,
) -> ListedItem:
    """Strike an item off; ClerkError where there is none, it is struck off already, or something is missing.

    `person` confirmed on `day` (today) that it is solved. `through` is the last month that the item covers, the last
    that reports it where nothing else is said: words of later months begin a new item. Of `file` name and sha256 are
    kept, not the file.
    """
    found = find(desk, item)
    if found.state is ItemState.CLOSED:
        raise ClerkError(
            _("{item} 已经销号，没有再记一次。").format(item=found.id),
            _("要重新挂账，用 item reopen {item} --reason 原因。").format(item=found.id),
        )
    said, who = _said(evidence, _("销号依据")), _name(person)
    on = day or desk.today()
    if not found.first.period.first_day <= on <= desk.today():
        raise ClerkError(
            _("销号日期 {day} 不合适。").format(day=on.isoformat()),
            _("应在挂账的月份（{period}）之后，不晚于今天。").format(period=found.first.period),
        )
    last = through or found.last.period
    if not found.first.period <= last <= found.last.period:
        raise ClerkError(
            _("{item} 由 {first} 至 {last} 的月报反映，不能销到 {month}。").format(
                item=found.id, first=found.first.period, last=found.last.period, month=last
            )
        )
    name, sha256 = (file.name, hashlib.sha256(read_file(file)).hexdigest()) if file else ("", "")
    listed.put(
        desk.book,
        Closing(found.id, MarkAction.CLOSED, last, said, who, on, name, sha256, desk.now(), desk.actor),
    )
    return find(desk, item)


def reopen(desk: Desk, item: str, reason: str, person: str = "") -> ListedItem:
    """List an item again that was struck off; ClerkError where it was not, or no reason is given."""
    found = find(desk, item)
    if found.closing is None:
        raise ClerkError(_("{item} 没有销号，仍在账上。").format(item=found.id))
    said, who = _said(reason, _("重新挂账的原因")), _name(person or desk.actor)
    mark = Closing(
        found.id, MarkAction.REOPENED, found.closing.through, said, who, desk.today(), "", "", desk.now(), desk.actor
    )
    listed.put(desk.book, mark)
    return find(desk, item)


def find(desk: Desk, item: str) -> ListedItem:
    """The item of this id; ClerkError where no signed month lists it."""
    wanted = item.strip().upper()
    for year in years(desk):
        if f"-{year}-" in wanted:
            for found in items_of(signed_months(desk, year), listed.marks(desk.book)):
                if found.id.upper() == wanted:
                    return found
    raise ClerkError(_("没有编号为「{item}」的挂账事项。").format(item=item[:40]), _("用 item list 年份 查看编号。"))


def _said(text: str, what: str) -> str:
    said = text.strip()
    if not gives_reason(said):
        raise ClerkError(_("没有写{what}。").format(what=what), _("请写明具体内容。"))
    if hidden := hidden_characters(said):
        raise ClerkError(_("文字里有看不见的字符：{list}。").format(list=named(hidden)), _("请重新键入。"))
    if len(said) > LONGEST_SAID:
        raise ClerkError(_("写了 {count} 个字，超过 {limit} 字。").format(count=len(said), limit=LONGEST_SAID))
    return said


def _name(person: str) -> str:
    name = person.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ClerkError(
            _("没有写明由谁确认。"), _("请写确认人的姓名，写在一行里，不超过 {limit} 个字。").format(limit=LONGEST_NAME)
        )
    return name
