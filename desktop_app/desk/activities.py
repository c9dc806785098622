"""宣传公开: enter what was done in public, list it, take it off again."""

from datetime import date

from desktop_app.checks.characters import hidden_characters, named
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.activity import ACTIVITY_WORDS, Activity, ActivityKind
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
    if day > desk.today():
        raise ClerkError(_("{day} 还没有到。").format(day=day.isoformat()), _("登记的是已经做了的事。"))
    period = Period.parse(f"{day:%Y-%m}")
    what, where, at = _words(title, _("标题")), _words(channel, _("渠道")), _words(link, _("链接或文号"))
    if not what:
        raise ClerkError(_("没有写标题。"), _("请写明做了什么，例如「公布全年空气质量目标」。"))
    if task and not any(plan.task(task) for plan in plans.plans(desk.book)):
        raise ClerkError(
            _("任务表里没有 {task}。").format(task=task[:40]), _("用 plan show 查看任务编号；不写就是不针对某项任务。")
        )
    return kept.add(desk.book, Activity(0, period, kind, day, what, where, at, task, desk.now(), desk.actor))


def remove(desk: Desk, number: int) -> Activity:
    """Take one off; ClerkError where there is none of this number."""
    for each in kept.activities(desk.book):
        if each.number == number:
            kept.remove(desk.book, each, desk.now(), desk.actor)
            return each
    raise ClerkError(_("没有编号为 {number} 的活动。").format(number=number), _("用 activity list 查看编号。"))


def of_year(desk: Desk, year: int, period: Period | None = None) -> tuple[Activity, ...]:
    """Those of a year, or of one month, by day."""
    found = kept.activities(desk.book)
    return tuple(each for each in found if each.period.year == year and period in (None, each.period))


def _words(text: str, what: str) -> str:
    cleaned = " ".join(text.split())
    if len(cleaned) > LONGEST:
        raise ClerkError(_("{what}超过 {limit} 个字。").format(what=what, limit=LONGEST))
    if unseen := hidden_characters(cleaned):
        raise ClerkError(_("{what}里有看不见的字符：{list}。").format(what=what, list=named(unseen)))
    return cleaned
