"""拉条挂账 → 督办 → 销号: what the signed months list, follow month by month, and what a person struck off.

An item begins with the first signed month whose 存在问题 or 需市级协调事项 says something of a task. It stays listed
until a person confirms with evidence that it is solved: that a later month says nothing any more strikes nothing off.
Words behind the last month that a closed item covers begin a new item.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.checks.words import says_nothing
from desktop_app.desk.desk import Desk
from desktop_app.desk.signed_months import SignedMonth, signed_months, years
from desktop_app.language import _
from desktop_app.model.entry import Entry
from desktop_app.model.listed import FIELDS, Closing, Followed, ItemKind, ItemState, ListedItem, MarkAction, item_id
from desktop_app.model.report_body import ReportTask
from desktop_app.store import listed


@dataclass(frozen=True)
class Listed:
    """The items of a year, those carried over first; `notes` are marks that lead nowhere any more."""

    items: tuple[ListedItem, ...]
    notes: tuple[str, ...]


def listed_items(desk: Desk, year: int, months: Sequence[SignedMonth] | None = None) -> Listed:
    """Every item that was on the list in a year; ClerkError where the year has no signed month.

    `months` are the year's, where they are read already.
    """
    months = signed_months(desk, year) if months is None else months
    return listed_of(year, months, *carried_into(desk, year))


def carried_into(desk: Desk, year: int) -> tuple[tuple[Closing, ...], tuple[ListedItem, ...]]:
    """The marks on a year's own items, and the items of earlier years that were still on its list."""
    marks = listed.marks(desk.book)
    found = [
        item
        for before in sorted(each for each in years(desk) if each < year)
        for item in items_of(signed_months(desk, before), marks)
    ]
    known = {item.id for item in found}
    carried = (item for item in found if item.closing is None or item.closing.day.year >= year)
    return (
        tuple(mark for mark in marks if mark.item not in known and mark.through.year <= year),
        tuple(replace(item, carried=True) for item in carried),
    )


def listed_of(
    year: int, months: Sequence[SignedMonth], marks: Sequence[Closing], carried: Sequence[ListedItem]
) -> Listed:
    """The same of what was read already."""
    own = items_of(months, marks)
    known = {item.id for item in own}
    lost = dict.fromkeys(mark.item for mark in marks if mark.item not in known and mark.through.year <= year)
    said = _("{item} 的销号记录所指的事项，在更正后的月报里已经没有。")
    return Listed((*carried, *own), tuple(said.format(item=item) for item in lost))


def items_of(months: Sequence[SignedMonth], marks: Iterable[Closing]) -> tuple[ListedItem, ...]:
    """The items of one year's signed months, in the order in which they were listed."""
    standing: dict[str, Closing] = {}
    for mark in marks:
        standing.pop(mark.item, None)
        if mark.action is MarkAction.CLOSED:
            standing[mark.item] = mark
    tasks = dict.fromkeys(name for month in months for name in month.tasks)
    found = [item for name in tasks for kind in ItemKind for item in _of_one(name, kind, months, standing)]
    return tuple(sorted(found, key=lambda item: (item.first.period, item.kind)))


def _of_one(
    name: str, kind: ItemKind, months: Sequence[SignedMonth], closed: Mapping[str, Closing]
) -> Iterator[ListedItem]:
    """The items of one task and field, one after the other."""
    followed: list[Followed] = []
    began = title = ""
    for month in months:
        task = month.tasks.get(name)
        closing = closed.get(began)
        seen = _followed(month, task, kind)
        if closing is not None and month.period > closing.through and seen.words:
            yield _item(began, name, title, kind, followed, closing)
            followed, began = [], ""
        if task is not None:
            title = task.task.title
        if not followed and seen.words and task is not None:
            began = item_id(kind, month.period, task.task.id)
        if began:
            followed.append(seen)
    if followed:
        yield _item(began, name, title, kind, followed, closed.get(began))


def _item(
    began: str, name: str, title: str, kind: ItemKind, followed: Sequence[Followed], closing: Closing | None
) -> ListedItem:
    state = ItemState.CLOSED if closing else ItemState.OPEN if followed[-1].words else ItemState.SILENT
    return ListedItem(began, name, title.lstrip("★").strip(), kind, state, tuple(followed), closing)


def _followed(month: SignedMonth, task: ReportTask | None, kind: ItemKind) -> Followed:
    entry = month.entry(task) if task is not None else Entry("")
    words = str(getattr(entry, FIELDS[kind])).strip()
    old = task.task.id if task is not None else ""
    return Followed(
        month.period,
        month.revision,
        month.check_code,
        "" if says_nothing(words) else words,
        entry.narrative.strip() or entry.nil_reason.strip(),
        entry.next_steps.strip(),
        entry.status,
        tuple((file.name, file.sha256) for file in month.report.evidence if file.task_id == old),
        tuple(answer for answer in month.report.answers if answer.task == old and old),
    )
