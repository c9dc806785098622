"""Commands on what is said in public: the register of activities, and what a public edition may print."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.desk import activities, disclosure, public_edition
from desktop_app.desk.disclosure import Leak
from desktop_app.language import _
from desktop_app.model.activity import ACTIVITY_WORDS, Activity
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


def remove(options: Namespace) -> Answer:
    """activity remove NUMBER."""
    with opened(options) as desk:
        gone = activities.remove(desk, options.number)
    return Answer(_activity(gone), [_("已取消登记：{line}").format(line=_line(gone))])


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
    """public check PERIOD: exit 1 while something would be given away that nobody allowed."""
    period = Period.parse(options.period)
    with opened(options, reading=True) as desk:
        found = public_edition.look(desk, period)
        inside, known = disclosure.hidden(desk, period), disclosure.allowed(desk, period)
    left = [each for each in found if known is None or each not in known.leaks]
    document = {
        "leaks": [_leak(each, left) for each in found],
        "hidden": list(inside),
        "reason": known.reason if known else None,
    }
    said = [str(each) for each in left] or [_("公开版没有查出不宜公开的内容。")]
    return Answer(document, said, code=1 if left else 0)


def _leak(each: Leak, left: list[Leak]) -> dict[str, Any]:
    return {"task": each.task, "field": each.field, "found": each.found, "allowed": each not in left}


def hide(options: Namespace) -> Answer:
    """public hide PERIOD TASK."""
    return _hidden(options, show=False)


def unhide(options: Namespace) -> Answer:
    """public show PERIOD TASK."""
    return _hidden(options, show=True)


def _hidden(options: Namespace, *, show: bool) -> Answer:
    period = Period.parse(options.period)
    with opened(options) as desk:
        inside = public_edition.hide(desk, period, options.task, show=show)
    said = _("{period} 的公开版不印这些任务的文字：{tasks}。").format(
        period=period.spoken, tasks="、".join(inside) or _("无")
    )
    return Answer({"period": str(period), "hidden": list(inside)}, [said])


def allow(options: Namespace) -> Answer:
    """public allow PERIOD REASON."""
    period = Period.parse(options.period)
    with opened(options) as desk:
        done = public_edition.allow(desk, period, options.reason)
    document = {"period": str(period), "reason": done.reason, "leaks": [_leak(each, []) for each in done.leaks]}
    return Answer(
        document, [_("已记下：{count} 处经说明可以公开。").format(count=len(done.leaks)), *map(str, done.leaks)]
    )


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
