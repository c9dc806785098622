"""信息公开: what a public edition would give away, and what may leave all the same."""

import re
from collections.abc import Iterable, Iterator, Sequence

from desktop_app.checks.public import leaks
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.activity import ABOUT, Activity, Publicised
from desktop_app.model.disclosure import COVERED, FIGURES, Consent, Leak, Withheld
from desktop_app.model.entry import FIELD_LABELS, Entry
from desktop_app.model.finding import REPORT
from desktop_app.model.plain import decimal_text
from desktop_app.model.report import People
from desktop_app.model.report_body import Report
from desktop_app.store import public_marks

PRINTED = ("narrative", "next_steps", "nil_reason")  # the words of a task that a public edition prints
LABELS = {
    **FIELD_LABELS,
    "reason": N_("更正说明"),
    "title": N_("标题"),
    "channel": N_("渠道"),
    "link": N_("链接或文号"),
}
_SHORT = 3  # digits: a shorter number says nothing by itself, only with its measure word


def leak_words(leak: Leak) -> str:
    """A leak and where it stands, in a line."""
    return _("{where}「{field}」：{found}").format(
        where=place_words(leak), field=_(LABELS.get(leak.field, leak.field)), found=leak.found
    )


def place_words(leak: Leak) -> str:
    """The task's id, the register or the report."""
    if leak.task == REPORT:
        return _("月报")
    number = activity_of(leak)
    return leak.task if number is None else _("登记第 {number} 号").format(number=number)


def activity_of(leak: Leak) -> int | None:
    """The number of the activity in which it stands; None where it stands elsewhere."""
    about, _blank, number = leak.task.partition(" ")
    return int(number) if about == ABOUT and number.isdigit() else None


def names(people: People) -> tuple[str, ...]:
    """Whoever stands at the foot of a report."""
    return tuple(name for name in (people.preparer, people.reviewer, people.approver) if name)


def leaks_of(report: Report, inside: Iterable[Withheld] = (), printed: Sequence[str] = PRINTED) -> tuple[Leak, ...]:
    """What a report's public edition would give away; `inside` is what it does not print anyway."""
    people = names(report.people)
    kept_in: dict[str, set[str]] = {}
    for each in inside:
        kept_in.setdefault(each.task, set()).update(COVERED[each.field])
    units = {item.task.id: target.unit for item in report.tasks if (target := item.task.target_for(report.unit.code))}
    found = [Leak(REPORT, "reason", each) for each in leaks(report.reason, people)]
    for entry in report.entries:
        hidden = kept_in.get(entry.task_id, set())
        amounts = _amounts(entry, units.get(entry.task_id, "")) if hidden.issuperset(COVERED[FIGURES]) else ()
        for field in printed:
            if field not in hidden:
                text = getattr(entry, field)
                found += [Leak(entry.task_id, field, each) for each in (*leaks(text, people), *_said(amounts, text))]
    return (*found, *leaks_of_activities(report.activities, people))


def leaks_of_activities(done: Iterable[Activity | Publicised], people: Sequence[str] = ()) -> tuple[Leak, ...]:
    """The same of the register, whose titles, channels and links are printed."""
    return tuple(
        Leak(f"{ABOUT} {each.number}", field, found)
        for each in done
        for field in ("title", "channel", "link")
        for found in leaks(getattr(each, field), people)
    )


def _amounts(entry: Entry, unit: str) -> tuple[tuple[str, str], ...]:
    """The figures of a task that are withheld: a number, and its measure word."""
    numbers = [(getattr(entry, name), "%" if name == "percent" else unit) for name in COVERED[FIGURES]]
    return tuple((decimal_text(value), word) for value, word in numbers if value)


def _said(amounts: Iterable[tuple[str, str]], text: str) -> Iterator[str]:
    """Withheld figures that the words tell all the same."""
    for number, unit in dict.fromkeys(amounts):
        with_unit = rf"(?<![\d.]){re.escape(number)}\s*{re.escape(unit)}" if unit else None
        alone = rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)" if len(number) >= _SHORT else None
        if any(pattern and re.search(pattern, text) for pattern in (with_unit, alone)):
            yield number + unit


def consents(desk: Desk, edition: str) -> tuple[Consent, ...]:
    """What may leave in an edition: a month YYYY-MM, or a year, where what a month's register may say holds too."""
    kept = public_marks.consents(desk.book)
    of_year = [each for each in kept if each.edition.startswith(f"{edition}-") and activity_of(each.leak) is not None]
    return (*(each for each in kept if each.edition == edition), *of_year)


def not_allowed(desk: Desk, found: Iterable[Leak], *editions: str) -> tuple[Leak, ...]:
    """What nobody allowed to leave in any of these editions."""
    allowed = {each.leak for edition in editions for each in consents(desk, edition)}
    return tuple(each for each in found if each not in allowed)


def allow(desk: Desk, edition: str, found: Sequence[Leak], reason: str) -> None:
    """Let what was found leave, for a reason that is kept; ClerkError without one."""
    said = " ".join(reason.split())
    if not said:
        raise ClerkError(_("没有写理由。"), _("请写明为什么可以公开。"))
    public_marks.consent(desk.book, edition, found, said, desk.now(), desk.actor)


def forbid(desk: Desk, edition: str, found: Sequence[Leak]) -> None:
    """Take back that these may leave."""
    public_marks.consent(desk.book, edition, found, "", desk.now(), desk.actor)


def refuse_leaks(left: Sequence[Leak], edition: str) -> None:
    """Raise ClerkError for what may not leave, place by place."""
    if left:
        raise ClerkError(
            _("公开版里有 {count} 处不宜公开，没有生成：").format(count=len(left))
            + "；".join(map(leak_words, left))
            + "。",
            _(
                "请把栏目标为内部，或写明为何可以公开：public hide 月份 任务编号 栏目，public allow {edition} 理由。"
            ).format(edition=edition),
        )
