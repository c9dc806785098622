"""宣传公开: enter what was done in public, change it, list it, take it off again."""

from collections.abc import Container
from dataclasses import replace
from datetime import date

from desktop_app.checks.characters import hidden_characters, named
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.activity import ACTIVITY_WORDS, Activity, ActivityKind, Publicised
from desktop_app.model.period import Period
from desktop_app.store import activities as kept
from desktop_app.store import plans

LONGEST = 200


def kind_of(word: str) -> ActivityKind:
    """By its name or its Chinese word; UsageError."""
    for kind, label in ACTIVITY_WORDS.items():
        if word in (kind.value, label):
            return kind
    raise UsageError(
        _("没有「{kind}」这一类。").format(kind=word[:40]),
        _("可写：{kinds}。").format(kinds="、".join(f"{kind}（{_(label)}）" for kind, label in ACTIVITY_WORDS.items())),
    )


def add(
    desk: Desk, kind: ActivityKind, day: date, title: str, *, channel: str = "", link: str = "", task: str = ""
) -> Activity:
    """Enter an activity under the month of its day; ClerkError for a day to come, no title, or a task nobody knows."""
    return kept.add(desk.book, _checked(desk, Publicised(0, kind, day, title, channel, link, task)))


def change(desk: Desk, told: Publicised) -> Activity:
    """What an activity of this number is from now on; the same refusals, and where there is none of this number."""
    was, now = find(desk, told.number), _checked(desk, told)
    if now.told == was.told:
        return was
    kept.put(desk.book, now)
    return now


def remove(desk: Desk, number: int) -> Activity:
    """Take one off; ClerkError where there is none of this number."""
    gone = find(desk, number)
    kept.remove(desk.book, gone, desk.now(), desk.actor)
    return gone


def undo(desk: Desk, number: int) -> Activity | None:
    """Take back the last change of an activity; None where it was entered by it, and is not there any more.

    Once more, and it is as it was changed.
    """
    last = kept.before(desk.book, number)
    if last is None:
        remove(desk, number)
        return None
    before, gone = last
    if gone:
        remove(desk, number)
        return None
    now = replace(before, at=desk.now(), actor=desk.actor)
    kept.put(desk.book, now)
    return now


def find(desk: Desk, number: int) -> Activity:
    """The activity of this number; ClerkError where there is none."""
    for each in kept.activities(desk.book):
        if each.number == number:
            return each
    raise ClerkError(_("没有编号为 {number} 的活动。").format(number=number), _("用 activity list 查看编号。"))


def of_year(desk: Desk, year: int, period: Period | None = None) -> tuple[Activity, ...]:
    """Those of a year, or of one month, by day."""
    found = kept.activities(desk.book)
    return tuple(each for each in found if each.period.year == year and period in (None, each.period))


def told(desk: Desk, period: Period, tasks: Container[str]) -> tuple[Publicised, ...]:
    """A month's as its report tells of them; a task that is not among these is left out."""
    found = (each.told for each in of_year(desk, period.year, period))
    return tuple(each if each.task in tasks else replace(each, task="") for each in found)


def _checked(desk: Desk, told: Publicised) -> Activity:
    if told.day > desk.today():
        raise ClerkError(_("{day} 还没有到。").format(day=told.day.isoformat()), _("登记的是已经做了的事。"))
    period = Period.parse(f"{told.day:%Y-%m}")
    title = _words(told.title, _("标题"))
    channel, link = _words(told.channel, _("渠道")), _words(told.link, _("链接或文号"))
    if not title:
        raise ClerkError(_("没有写标题。"), _("请写明做了什么，例如「公布全年空气质量目标」。"))
    if told.task and not any(plan.task(told.task) for plan in plans.plans(desk.book)):
        raise ClerkError(
            _("任务表里没有 {task}。").format(task=told.task[:40]),
            _("用 plan show 查看任务编号；不写就是不针对某项任务。"),
        )
    return Activity(told.number, period, told.kind, told.day, title, channel, link, told.task, desk.now(), desk.actor)


def _words(text: str, what: str) -> str:
    cleaned = " ".join(text.split())
    if len(cleaned) > LONGEST:
        raise ClerkError(_("{what}超过 {limit} 个字。").format(what=what, limit=LONGEST))
    if unseen := hidden_characters(cleaned):
        raise ClerkError(_("{what}里有看不见的字符：{list}。").format(what=what, list=named(unseen)))
    return cleaned
