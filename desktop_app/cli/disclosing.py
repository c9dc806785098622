"""Commands on what is said in public: the register of activities, and what a public edition may print."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import activities, public_edition, withholding
from desktop_app.desk.disclosure import leak_words
from desktop_app.language import _
from desktop_app.model.activity import ACTIVITY_WORDS, Activity
from desktop_app.model.disclosure import MARK_LABELS, Leak, Withheld
from desktop_app.model.period import Period


def add(options: Namespace) -> Answer:
    """activity add KIND TITLE [--on DAY] [--channel TEXT] [--link TEXT] [--task ID]."""
    kind = activities.kind_of(options.kind)
    with opened(options) as desk:
        done = activities.add(
            desk, kind, options.on or desk.today(), options.title,
            channel=options.channel, link=options.link, task=options.task,
        )  # fmt: skip
    return Answer(_activity(done), [_("已登记：{line}").format(line=_line(done))])


def change(options: Namespace) -> Answer:
    """activity change NUMBER [--kind KIND] [--title TEXT] [--on DAY] [--channel TEXT] [--link TEXT] [--task ID]."""
    given = {name: getattr(options, name) for name in ("title", "channel", "link", "task")}
    changed: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if options.kind:
        changed["kind"] = activities.kind_of(options.kind)
    if options.on:
        changed["day"] = options.on
    with opened(options) as desk:
        done = activities.change(desk, replace(activities.find(desk, options.number).told, **changed))
    return Answer(_activity(done), [_("已更正：{line}").format(line=_line(done))])


def remove(options: Namespace) -> Answer:
    """activity remove NUMBER."""
    with opened(options) as desk:
        gone = activities.remove(desk, options.number)
    return Answer(_activity(gone), [_("已取消登记：{line}").format(line=_line(gone))])


def undo(options: Namespace) -> Answer:
    """activity undo NUMBER: the last change of it is taken back; once more, and it is made again."""
    with opened(options) as desk:
        now = activities.undo(desk, options.number)
    if now is None:
        return Answer(
            {"number": options.number, "removed": True},
            [_("第 {number} 号不在登记里了。").format(number=options.number)],
        )
    return Answer(_activity(now), [_("已撤回，现在是：{line}").format(line=_line(now))])


def show(options: Namespace) -> Answer:
    """activity list YEAR|PERIOD."""
    period = Period.parse(options.when) if "-" in options.when else None
    year = period.year if period else Period.parse(f"{options.when}-01").year
    with opened(options, reading=True) as desk:
        found = activities.of_year(desk, year, period)
    lines = [_line(each) for each in found] or [_("没有登记的活动。")]
    return Answer({"activities": [_activity(each) for each in found]}, lines)


def _activity(done: Activity) -> dict[str, Any]:
    return {
        "number": done.number,
        "period": str(done.period),
        "kind": str(done.kind),
        "day": done.day.isoformat(),
        "title": done.title,
        "channel": done.channel or None,
        "link": done.link or None,
        "task": done.task or None,
    }


def _line(done: Activity) -> str:
    parts = (str(done.number), done.day.isoformat(), _(ACTIVITY_WORDS[done.kind]), done.title, done.channel, done.link)
    return "  ".join(filter(None, (*parts, done.task)))


def look(options: Namespace) -> Answer:
    """public check PERIOD|YEAR: exit 1 while something would be given away that nobody allowed."""
    edition = _edition(options.period)
    with opened(options, reading=True) as desk:
        found = public_edition.look(desk, edition)
    document = {
        "leaks": [_leak(each, found.left) for each in found.leaks],
        **_inside(found.inside),
        "reasons": list(dict.fromkeys(each.reason for each in found.consents)),
    }
    said = [leak_words(each) for each in found.left] or [_("公开版没有查出不宜公开的内容。")]
    taken_over = [each for each in found.inside if each.since != found.month]
    if taken_over:
        said.append(_("沿用以前月份标为内部的：{fields}。").format(fields="、".join(map(_withheld_words, taken_over))))
    return Answer(document, said, code=1 if found.left else 0)


def _edition(text: str) -> public_edition.Edition:
    """A month YYYY-MM, or a year YYYY."""
    return Period.parse(text) if "-" in text else Period.parse(f"{text}-01").year


def _leak(each: Leak, left: Sequence[Leak]) -> dict[str, Any]:
    return {"task": each.task, "field": each.field, "found": each.found, "allowed": each not in left}


def _inside(withheld: Sequence[Withheld]) -> dict[str, Any]:
    """Which tasks have something that is not printed, and what it is since when."""
    return {
        "hidden": list(dict.fromkeys(each.task for each in withheld)),
        "fields": [{"task": each.task, "field": each.field, "since": str(each.since)} for each in withheld],
    }


def _withheld_words(each: Withheld) -> str:
    return f"{each.task}「{_(MARK_LABELS[each.field])}」"


def hide(options: Namespace) -> Answer:
    """public hide PERIOD TASK [FIELD …]."""
    return _hidden(options, show=False)


def unhide(options: Namespace) -> Answer:
    """public show PERIOD TASK [FIELD …]."""
    return _hidden(options, show=True)


def _hidden(options: Namespace, *, show: bool) -> Answer:
    period = Period.parse(options.period)
    with opened(options) as desk:
        withholding.hide(desk, period, options.task, options.field, show=show)
        inside = withholding.withheld(desk, period)
    said = _("{period} 的公开版不印：{fields}。").format(
        period=period.spoken, fields="、".join(map(_withheld_words, inside)) or _("无")
    )
    return Answer({"period": str(period), **_inside(inside)}, [said])


def allow(options: Namespace) -> Answer:
    """public allow PERIOD|YEAR REASON [--task ID] [--field FIELD]."""
    edition = _edition(options.period)
    with opened(options) as desk:
        done = public_edition.allow(desk, edition, options.reason, options.task, options.field)
    document = {"period": str(edition), "reason": options.reason.strip(), "leaks": [_leak(each, ()) for each in done]}
    return Answer(document, [_("已记下：{count} 处经说明可以公开。").format(count=len(done)), *map(leak_words, done)])


def forbid(options: Namespace) -> Answer:
    """public forbid PERIOD|YEAR [--task ID] [--field FIELD]."""
    edition = _edition(options.period)
    with opened(options) as desk:
        done = public_edition.forbid(desk, edition, options.task, options.field)
    document = {"period": str(edition), "leaks": [_leak(each, done) for each in done]}
    return Answer(document, [_("已撤回说明：{count} 处。").format(count=len(done)), *map(leak_words, done)])


def year(options: Namespace) -> Answer:
    """public year YEAR --out FILE.pdf."""
    with opened(options, reading=True) as desk:
        made = public_edition.year(desk, options.year, options.out)
    document = {
        "path": str(options.out),
        "year": made.year,
        "title": made.title,
        "tasks": len(made.sheets[0].rows),
        "activities": len(made.sheets[1].rows),
    }
    return Answer(document, [_("{title}已写到 {path}。").format(title=made.title, path=options.out)])
