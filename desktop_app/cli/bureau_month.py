"""Commands of the receiving desk on a whole month, and on what it sends back and out."""

from argparse import Namespace
from typing import Any

from desktop_app.cli.answer import Answer
from desktop_app.cli.bureau import signer
from desktop_app.cli.opening import opened_desk
from desktop_app.cli.sharing import published
from desktop_app.desk import bureau_month, bureau_return, publish
from desktop_app.desk.publish import publisher
from desktop_app.desk.settle_plan import read_answers
from desktop_app.language import _
from desktop_app.model.collation import STANDING_WORDS, Standing, UnitStanding
from desktop_app.model.period import Period


def send_back(options: Namespace) -> Answer:
    """bureau return REPORT [--remarks FILE]: a signed return with remarks at fields."""
    with opened_desk(options) as desk:
        key, secret = signer(options, desk)
        done = bureau_return.return_report(desk, options.report, options.remarks, secret, options.out, key_name=key)
    note = done.note
    return Answer(
        {
            "path": str(done.path),
            "return_pdf": str(done.path),
            "sha256": done.sha256,
            "unit": note.unit_code,
            "period": str(note.period),
            "revision": note.revision,
            "check_code": note.check_code,
            "remarks": [{"task": each.task, "field": each.field or None, "text": each.text} for each in note.remarks],
        },
        [_("退回单已出具，共 {count} 条意见：{path}").format(count=len(note.remarks), path=done.path)],
    )


def publish_plan(options: Namespace) -> Answer:
    """bureau publish-plan FILE --out FILE.pdf [--answers FILE]."""
    answers = read_answers(options.answers) if options.answers else {}
    with opened_desk(options) as desk:
        done = publish.publish_plan(publisher(desk, *signer(options, desk)), options.file, options.out, answers=answers)
    return published(done)


def publish_calendar(options: Namespace) -> Answer:
    """bureau publish-calendar FILE --out FILE.pdf."""
    with opened_desk(options) as desk:
        done = publish.publish_calendar(publisher(desk, *signer(options, desk)), options.file, options.out)
    return published(done)


def status(options: Namespace) -> Answer:
    """bureau status PERIOD: the month by unit."""
    with opened_desk(options) as desk:
        found = bureau_month.status(desk, Period.parse(options.period))
    counts = {str(each): found.count(each) for each in Standing}
    document = {
        "period": str(found.period),
        "last_day": found.last_day.isoformat(),
        "units": [_unit(unit) for unit in found.units],
        "counts": {"units": len(found.units), **counts, "on_time": found.on_time, "late": found.late},
    }
    lines = [_line(unit) for unit in found.units]
    lines.append(
        _(
            "共 {units} 家：未报 {missing}，已收到 {received}，已退回 {returned}，已接收 {accepted}；"
            "按时 {on_time}，逾期 {late}。"
        ).format(units=len(found.units), on_time=found.on_time, late=found.late, **counts)
    )
    return Answer(document, lines)


def _unit(unit: UnitStanding) -> dict[str, Any]:
    return {
        "unit": unit.code,
        "name": unit.name,
        "state": str(unit.standing),
        "revision": unit.revision or None,
        "on_time": unit.on_time,
        "late": unit.late,
        "received_at": unit.received_at.isoformat() if unit.received_at else None,
        "check_code": unit.check_code or None,
        "sha256": unit.sha256 or None,
        "findings": {
            "errors": unit.errors,
            "warnings": unit.warnings,
            "unexplained": unit.unexplained,
            "hints": unit.hints,
        },
    }


def _line(unit: UnitStanding) -> str:
    if unit.standing is Standing.MISSING:
        return f"{unit.name}  " + (_("逾期未报") if unit.late else _("未报"))
    timely = _("按时") if unit.on_time else _("逾期")
    words = f"{unit.name}  {_(STANDING_WORDS[unit.standing])}  " + _("第{revision}版").format(revision=unit.revision)
    found = (
        ""
        if unit.errors is None
        else _("{errors} 个错误，{warnings} 个警示").format(errors=unit.errors, warnings=unit.warnings)
    )
    return f"{words}  {timely}  {found}".rstrip()


def collate(options: Namespace) -> Answer:
    """bureau collate PERIOD --out FILE.xlsx|FILE.csv."""
    with opened_desk(options) as desk:
        done = bureau_month.collate(desk, Period.parse(options.period), options.out)
    lines = [_("已汇总 {units} 家 {rows} 行：{path}").format(units=done.units, rows=done.rows, path=done.path)]
    if done.missing:
        lines.append(_("没有汇总进去的：{units}").format(units="、".join(done.missing)))
    return Answer(
        {"path": str(done.path), "units": done.units, "rows": done.rows, "missing": list(done.missing)}, lines
    )
