"""信息公开: what of a month stays inside, and what the public edition would give away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.checks.public import leaks
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.activity import Activity
from desktop_app.model.entry import FIELD_LABELS, Entry
from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.report import Report
from desktop_app.store import settings

PRINTED = ("narrative", "next_steps", "nil_reason")  # the words of a task that a public edition prints
WITHHELD = "（本项文字不公开）"
_ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that the public edition would print: of a task or REPORT, in a field, and what it is."""

    task: str
    field: str
    found: str

    def __str__(self) -> str:
        where = _("月报") if self.task == REPORT else self.task
        label = FIELD_LABELS.get(self.field)
        return _("{where}「{field}」：{found}").format(
            where=where, field=_(label) if label else self.field, found=self.found
        )


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody said may leave all the same, and why."""

    reason: str
    by: str
    at: str
    leaks: tuple[Leak, ...]


def hidden(desk: Desk, period: Period) -> tuple[str, ...]:
    """The tasks of a month whose words stay inside."""
    return tuple(_kept(desk, period).get("hidden", ()))


def hide(desk: Desk, period: Period, task: str, *, show: bool = False) -> tuple[str, ...]:
    """Keep a task's words inside, or let them out again; gives all that are kept inside then."""
    before = hidden(desk, period)
    after = tuple(each for each in before if each != task) + (() if show else (task,))
    _keep(desk, period, hidden=sorted(after))
    return tuple(sorted(after))


def allowed(desk: Desk, period: Period) -> Allowed | None:
    """What was allowed to leave; None where nothing was."""
    kept = _kept(desk, period).get("allowed")
    return kept and Allowed(kept["reason"], kept["by"], kept["at"], tuple(Leak(*each) for each in kept["leaks"]))


def allow(desk: Desk, period: Period, found: Iterable[Leak], reason: str) -> Allowed:
    """Let what was found leave, for a reason that is kept; ClerkError without one."""
    if not reason.strip():
        raise ClerkError(_("没有写理由。"), _("请写明为什么可以公开。"))
    listed = [[each.task, each.field, each.found] for each in found]
    said = {"reason": reason.strip(), "by": desk.actor, "at": desk.now().isoformat(), "leaks": listed}
    _keep(desk, period, allowed=said)
    return Allowed(said["reason"], said["by"], said["at"], tuple(Leak(*each) for each in listed))  # type: ignore[arg-type]


def leaks_of(report: Report, inside: Iterable[str] = ()) -> tuple[Leak, ...]:
    """What a report's public edition would give away; `inside` are tasks whose words it does not print."""
    people = [name for name in (report.people.preparer, report.people.reviewer, report.people.approver) if name]
    kept_in = set(inside)
    found = [Leak(REPORT, "reason", each) for each in leaks(report.reason, people)]
    for entry in report.entries:
        if entry.task_id not in kept_in:
            found += _of_entry(entry, people)
    return tuple(found)


def _of_entry(entry: Entry, people: list[str]) -> Iterator[Leak]:
    for field in PRINTED:
        for each in leaks(getattr(entry, field), people):
            yield Leak(entry.task_id, field, each)


def leaks_of_activities(done: Iterable[Activity]) -> tuple[Leak, ...]:
    """The same of the register, whose titles and channels a year's edition prints."""
    return tuple(
        Leak(f"{_ACTIVITY} {each.number}", _("标题"), found)
        for each in done
        for found in leaks(f"{each.title} {each.channel}")
    )


def refuse_leaks(desk: Desk, period: Period, found: tuple[Leak, ...]) -> None:
    """Raise ClerkError for what nobody allowed to leave, place by place."""
    known = allowed(desk, period)
    left = [each for each in found if known is None or each not in known.leaks]
    if left:
        raise ClerkError(
            _("公开版里有 {count} 处不宜公开，没有生成：").format(count=len(left)) + "；".join(map(str, left)) + "。",
            _(
                "用 public hide {period} 任务编号 不印该任务的文字，或用 public allow {period} 理由 说明为何可以公开。"
            ).format(period=period),
        )


def withhold(report: Report, inside: Iterable[str]) -> Report:
    """The report as the public reads it: of these tasks no words, only that they are withheld."""
    kept_in = set(inside)
    entries = tuple(
        replace(entry, narrative=WITHHELD, next_steps="", nil_reason=WITHHELD if entry.nil else "")
        if entry.task_id in kept_in
        else entry
        for entry in report.entries
    )
    return replace(report, entries=entries)


def _kept(desk: Desk, period: Period) -> dict[str, Any]:
    return settings.get(desk.book, f"public:{period}") or {}


def _keep(desk: Desk, period: Period, **changed: Any) -> None:
    value = _kept(desk, period) | changed
    settings.put(desk.book, f"public:{period}", value, at=desk.now(), actor=desk.actor)
