"""公开、内部: which fields of a month the public edition does not print, and saying so field by field.

A field that was marked stays as it was marked in the months that follow, until somebody says otherwise: nothing gets
out because it was forgotten. It goes with its task through revisions, and into a new year where the words are the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.desk.desk import Desk
from desktop_app.desk.month import kept_month, open_month
from desktop_app.desk.plan_in_force import renamed
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.disclosure import (
    COVERED,
    FIGURES,
    MARK_LABELS,
    MARKED,
    NARRATIVE,
    NEXT_STEPS,
    Said,
    Say,
    Withheld,
)
from desktop_app.model.entry import Entry
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report_body import Report
from desktop_app.store import months, plans, public_marks

WITHHELD = "（本栏不公开）"
WHOLE_TEXT = (NARRATIVE, NEXT_STEPS)


@dataclass(frozen=True, slots=True)
class Marked:
    """What was said just now, and what stood there before; `put_back` takes it back."""

    period: Period
    before: tuple[Said, ...]
    now: tuple[Said, ...]


def fields_of(words: Sequence[str]) -> tuple[str, ...]:
    """The marks that these fields fall under; the whole text where none is named. ClerkError for any other."""
    found = []
    for word in words:
        mark = next((mark for mark, fields in COVERED.items() if word == mark or word in fields), None)
        if mark is None:
            raise ClerkError(
                _("「{field}」不能标为公开或内部。").format(field=word[:40]),
                _("可写：{fields}；存在问题、需协调事项和佐证材料从不公开。").format(
                    fields="、".join(f"{mark}（{_(MARK_LABELS[mark])}）" for mark in MARKED)
                ),
            )
        found.append(mark)
    return tuple(dict.fromkeys(found)) or WHOLE_TEXT


def withheld(desk: Desk, period: Period, task: str = "") -> tuple[Withheld, ...]:
    """The fields of a month, or of one task in it, that its public edition does not print; in the plan's order."""
    said = public_marks.said(desk.book, period)
    if not said:
        return ()
    plan = plans.plan_by_id(desk.book, kept_month(desk, period).plan_id)
    own = _own(desk, said, plan)
    standing = {(at, field): each for (_month, at, field), each in own.items() if each.say is not Say.AS_BEFORE}
    inside = {place: each.period for place, each in standing.items() if each.say is Say.INSIDE}
    return tuple(
        Withheld(each.id, field, inside[(each.id, field)])
        for each in (plan.tasks if plan else ())
        for field in MARKED
        if (each.id, field) in inside and task in ("", each.id)
    )


def hide(desk: Desk, period: Period, task: str, fields: Sequence[str] = (), *, show: bool = False) -> Marked:
    """Keep fields of a task inside from this month on, or let them out; ClerkError where the month has no such task.

    What later months took over from this one and nobody spoke of there stays inside there.
    """
    open_month(desk, period).row(task)
    marks = fields_of(fields)
    plan_id = kept_month(desk, period).plan_id
    now = [Said(period, plan_id, task, field, Say.PUBLIC if show else Say.INSIDE) for field in marks]
    if show:
        now += _kept_later(desk, period, task, marks)
    return _say(desk, period, now)


def put_back(desk: Desk, done: Marked) -> Marked:
    """Say again what was said before; gives what takes that back in turn."""
    return _say(desk, done.period, done.before)


def withhold(report: Report, inside: Iterable[Withheld]) -> Report:
    """The report as the public reads it: what is withheld is not in it."""
    fields: dict[str, set[str]] = {}
    for each in inside:
        fields.setdefault(each.task, set()).update(COVERED[each.field])
    entries = tuple(
        _without(entry, fields[entry.task_id]) if entry.task_id in fields else entry for entry in report.entries
    )
    return replace(report, entries=entries)


def _without(entry: Entry, fields: set[str]) -> Entry:
    amounts = COVERED[FIGURES]
    changed: dict[str, object] = {name: None for name in fields if name in amounts}
    changed |= {name: WITHHELD for name in fields if name not in amounts and getattr(entry, name).strip()}
    return replace(entry, **changed)  # type: ignore[arg-type]


def _say(desk: Desk, period: Period, now: Sequence[Said]) -> Marked:
    before = tuple(_before(desk, each) for each in now)
    pairs = [(new, was.say) for new, was in zip(now, before, strict=True) if new.say is not was.say]
    if pairs:
        public_marks.say(desk.book, pairs, desk.now(), desk.actor)
    return Marked(period, before, tuple(now))


def _before(desk: Desk, new: Said) -> Said:
    """What was said so far of the same field in the same month."""
    own = _own(desk, public_marks.said(desk.book, new.period), plans.plan_by_id(desk.book, new.plan_id))
    was = own.get((new.period, new.task, new.field))
    return replace(new, say=was.say if was else Say.AS_BEFORE)


def _own(desk: Desk, said: Sequence[Said], plan: Plan | None) -> dict[tuple[Period, str, str], Said]:
    """The last word of every month on every field, under the names of this plan; in the order of the months."""
    names = {plan_id: _going_on(desk, plan_id, plan) for plan_id in {each.plan_id for each in said}}
    found: dict[tuple[Period, str, str], Said] = {}
    for each in said:
        if each.task in names[each.plan_id]:
            found[(each.period, names[each.plan_id][each.task], each.field)] = each
    return found


def _kept_later(desk: Desk, period: Period, task: str, marks: Sequence[str]) -> list[Said]:
    """Words for the next month that was opened, where it takes over what is now let out here."""
    later = sorted({month.period for month in months.months(desk.book) if month.period > period})
    if not later:
        return []
    after = later[0]
    here = plans.plan_by_id(desk.book, kept_month(desk, period).plan_id)
    there = kept_month(desk, after).plan_id
    name = _going_on(desk, here.id, plans.plan_by_id(desk.book, there)).get(task) if here else None
    taken_over = {each.field for each in withheld(desk, after, name) if each.since <= period} if name else set()
    return [Said(after, there, name, field, Say.INSIDE) for field in marks if field in taken_over and name]


def _going_on(desk: Desk, plan_id: str, plan: Plan | None) -> Mapping[str, str]:
    """The same measures in two plans; over the turn of a year only those in the same words."""
    from desktop_app.plans import same_measures, same_words

    other = plans.plan_by_id(desk.book, plan_id)
    if plan is None or other is None:
        return {}
    if other.year == plan.year:
        return renamed(desk, plan_id, plan)
    old, new = ({task.id: task for task in each.tasks} for each in (other, plan))
    return {was: at for was, at in same_measures(other.tasks, plan.tasks) if same_words(old[was], new[at])}
