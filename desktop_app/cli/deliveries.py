"""Commands that carry: handing in to one place or several, going on with what was cut off, outbox and inbox."""

import sys
from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.opening import opened
from desktop_app.cli.places import confirmed, secret
from desktop_app.desk import collect, deliveries, places
from desktop_app.desk.deliveries import Arrived, Outcome, Outgoing
from desktop_app.desk.desk import Desk
from desktop_app.errors import ClerkError, UsageError
from desktop_app.language import _
from desktop_app.model.period import Period
from desktop_app.model.place import Place


def hand_in(options: Namespace) -> Answer:
    """hand-in PERIOD --to PLACE… | --resume | --abandon; with none of them to the default place."""
    period = Period.parse(options.period)
    if bool(options.to) + options.resume + options.abandon > 1:
        raise UsageError(_("请写 --to 地点、--resume 或 --abandon 其中一个。"))
    with opened(options) as desk:
        if options.abandon:
            return _abandoned(desk, period, options)
        if options.resume:
            where = [place for place, _attempt in deliveries.unfinished(desk, period)]
            if not where:
                raise ClerkError(_("{period} 没有中断的报送。").format(period=period.spoken))
        else:
            where = [places.find(desk, word) for word in options.to] or [_default(desk)]
        where = [confirmed(place, options) for place in where]
        secrets = {place: secret(place, options) for place in where}
        outcomes = deliveries.send(desk, period, where, lambda place: secrets[place], _watch())
    if len(where) == 1 and outcomes[0].problem is not None:
        raise outcomes[0].problem
    return _said(outcomes)


def outbox(options: Namespace) -> Answer:
    """outbox [PERIOD]."""
    with opened(options) as desk:
        rows = deliveries.outbox(desk, Period.parse(options.period) if options.period else None)
    return Answer({"outbox": [_outgoing(row) for row in rows]}, [_line(row) for row in rows] or [_("还没有报送过。")])


def inbox(options: Namespace) -> Answer:
    """inbox: what was taken in and what was refused."""
    with opened(options) as desk:
        rows = collect.inbox(desk)
    return Answer(
        {
            "inbox": [
                {
                    "at": row.at.isoformat(),
                    "file": row.name,
                    "kind": row.kind,
                    "taken": row.taken,
                    "effect": row.effect,
                    "sha256": row.sha256,
                }
                for row in rows
            ]
        },
        [f"{row.at:%Y-%m-%d %H:%M}  {'✓' if row.taken else '✗'}  {row.name}  {row.effect}" for row in rows]
        or [_("还没有收到过文件。")],
    )


def _default(desk: Desk) -> Place:
    place = places.default(desk)
    if place is None:
        raise UsageError(
            _("请写 --to 地点、--resume 或 --abandon 其中一个。"), _("也可以用 place default 名称 设一个默认地点。")
        )
    return place


def _abandoned(desk: Desk, period: Period, options: Namespace) -> Answer:
    rows = deliveries.unfinished(desk, period)
    for place, attempt in rows:
        reachable = confirmed(place, options)
        deliveries.give_up(desk, reachable, attempt, secret(reachable, options))
    return Answer(
        {"abandoned": [{"place": place.said, "file": attempt.name} for place, attempt in rows]},
        [_("已放弃，{place} 上没有留下半个文件。").format(place=place.said) for place, _attempt in rows]
        or [_("{period} 没有中断的报送。").format(period=period.spoken)],
    )


def _said(outcomes: tuple[Outcome, ...]) -> Answer:
    """The first that arrived stands on top, so that one place reads as it always did."""
    rows = [_outcome(each) for each in outcomes]
    top = next((row for row in rows if row["state"] == deliveries.ARRIVED), {})
    lines: list[str] = []
    for each in outcomes:
        if each.arrived:
            lines += _arrived_lines(each.arrived)
        else:
            lines.append(_("没有送到 {place}：{reason}").format(place=each.place.said, reason=each.problem))
    code = max((each.problem.exit_code for each in outcomes if each.problem), default=0)
    document = {key: value for key, value in top.items() if key not in ("state", "reason")}
    return Answer({**document, "places": rows}, lines, code)


def _outcome(each: Outcome) -> dict[str, Any]:
    done = each.arrived
    if done is None:
        return {"place": each.place.said, "state": deliveries.FAILED, "reason": str(each.problem)}
    return {
        "place": each.place.said,
        "state": deliveries.ARRIVED,
        "path": done.path,
        "sha256": done.sha256,
        "check_code": done.check_code,
        "verified": done.verified,
        "safe_to_remove": done.safe,
        "resumed_at": done.resumed,
    }


def _arrived_lines(done: Arrived) -> list[str]:
    lines = [_("已报送：{path}").format(path=done.path)]
    if done.resumed:
        lines.append(_("接着上次的 {count} 字节继续。").format(count=done.resumed))
    lines.append(_("校验码 {code}，写后读回一致。").format(code=done.check_code))
    words = deliveries.removal_words(done)
    return [*lines, words] if words else lines


def _outgoing(row: Outgoing) -> dict[str, Any]:
    return {
        "period": str(row.period),
        "revision": row.revision,
        "place": row.place,
        "place_name": row.place_name or None,
        "file": row.name,
        "sha256": row.sha256,
        "check_code": row.check_code,
        "state": "interrupted" if row.state == "under_way" else row.state,
        "bytes_arrived": None if row.state == deliveries.ARRIVED else row.arrived,
        "size": row.size or None,
        "reason": row.reason,
        "receipt": row.receipt or None,
        "at": row.at.isoformat(),
        "actor": row.actor,
    }


def _line(row: Outgoing) -> str:
    words = [f"{row.at:%Y-%m-%d %H:%M}", f"{row.period} v{row.revision}", _(deliveries.STATES[row.state])]
    words += [row.place_name or row.place, row.name, row.actor, row.reason]
    return "  ".join(filter(None, words))


def _watch() -> deliveries.Watch:
    """Progress in one line, only where somebody looks at it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return deliveries.Watch()

    def tell(stage: str, done: int, total: int) -> None:
        share = 100 * done // total if total else 100
        end = "\n" if stage == "check" and done >= total else ""
        print(f"\r{_(deliveries.STAGES[stage])} {share}%", end=end, file=sys.stderr, flush=True)  # noqa: T201

    return deliveries.Watch(tell)
