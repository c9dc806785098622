"""All that travels as plain data and back; the law is to_report(report_json(r)) == r, and so for every kind."""

from collections.abc import Iterable
from typing import Any, TypeVar

from desktop_app.errors import ClerkError
from desktop_app.exchange.schema import CALENDAR, PLAN, RECEIPT, REPORT, RETURN, title, validate
from desktop_app.language import _
from desktop_app.model import finding
from desktop_app.model.correction import ReturnNote
from desktop_app.model.packs import CalendarPack, PlanPack
from desktop_app.model.period import Period
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.model.receipt import Receipt
from desktop_app.model.report import People, Role
from desktop_app.model.report_body import Report

_T = TypeVar("_T")

NOTICE = "示例任务集（非官方文本）"  # stands in the data of every report on a sample plan, in no language but its own
_ONLY_IN_JSON = ("format", "version", "notice", "signers")


def report_json(report: Report) -> dict[str, Any]:
    """report.json, version 1. ClerkError names the place where a value does not fit the format."""
    data = _plain(report)
    validate(data)
    return data


def _plain(report: Report) -> dict[str, Any]:
    return {
        "format": REPORT,
        "version": 1,
        "notice": NOTICE if report.plan.sample else "",
        "signers": _signers(report.people),
        **to_plain(report),
        "program": {"name": "yuebao", "version": report.program},
    }


def to_report(data: dict[str, Any]) -> Report:
    """The report in valid data; ClerkError where it is not valid or contradicts itself."""
    _require(data, REPORT)
    report = kept_report(data)
    problem = next(iter(_contradictions(report, data)), None)
    if problem:
        raise ClerkError(problem, _("请让对方重新生成。"))
    return report


def kept_report(data: dict[str, Any]) -> Report:
    """The report in data that this program wrote itself and kept under a digest: not held against the format again."""
    values = {name: value for name, value in data.items() if name not in _ONLY_IN_JSON}
    return _structure(Report, {**values, "program": data["program"]["version"]}, REPORT)


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """receipt.json, version 1; the time of receipt to the second."""
    return _letter(receipt, RECEIPT)


def to_receipt(data: dict[str, Any]) -> Receipt:
    """The receipt in valid data; ClerkError where it is not valid."""
    return _value(Receipt, data, RECEIPT)


def return_json(note: ReturnNote) -> dict[str, Any]:
    """return.json, version 1."""
    return _letter(note, RETURN)


def to_return(data: dict[str, Any]) -> ReturnNote:
    """The return in valid data; ClerkError where it is not valid."""
    return _value(ReturnNote, data, RETURN)


def plan_json(pack: PlanPack) -> dict[str, Any]:
    """plan.json, version 1; a sample says so in the data."""
    return _letter(pack, PLAN, notice=NOTICE if pack.sample else "")


def to_plan_pack(data: dict[str, Any]) -> PlanPack:
    """The pack in valid data; ClerkError where it is not valid."""
    return _value(PlanPack, data, PLAN)


def calendar_json(pack: CalendarPack) -> dict[str, Any]:
    """calendar.json, version 1."""
    return _letter(pack, CALENDAR)


def to_calendar_pack(data: dict[str, Any]) -> CalendarPack:
    """The year in valid data; ClerkError where it is not valid."""
    return _value(CalendarPack, data, CALENDAR)


def _letter(value: object, document: str, **said: str) -> dict[str, Any]:
    data = {"format": document, "version": 1, **said, **to_plain(value)}
    validate(data)
    return data


def _value(kind: type[_T], data: dict[str, Any], document: str) -> _T:
    _require(data, document)
    left_out = ("format", "version", "notice") if document == PLAN else ("format", "version")
    return _structure(kind, {name: value for name, value in data.items() if name not in left_out}, document)


def _require(data: dict[str, Any], document: str) -> None:
    """Raise ClerkError for data that is not valid, or is of another kind."""
    validate(data)
    if data["format"] != document:
        raise ClerkError(_("{name} 里装的不是{name}的数据。").format(name=title(document)), _("请让对方重新生成。"))


def _signers(people: People) -> list[dict[str, str]]:
    """Who is to sign, in the order of signing; a role without a name does not sign."""
    names = ((role.value, getattr(people, role.value)) for role in Role)
    return [{"role": role, "name": name} for role, name in names if name]


def _structure(kind: type[_T], values: dict[str, Any], document: str) -> _T:
    """The value; what the schema lets pass and the value cannot take (30 February) is refused in a sentence."""
    try:
        return from_plain(kind, values)
    except (LookupError, ClerkError, ValueError, ArithmeticError, TypeError) as reason:
        raise ClerkError(
            _("{document} 里有不存在的日期、报告期或数值。").format(document=title(document)), _("请让对方重新生成。")
        ) from reason


def _contradictions(report: Report, data: dict[str, Any]) -> Iterable[str]:
    """What no schema can say: names that must be one, and references that must lead somewhere."""
    known = [row.task.id for row in report.tasks]
    if len(set(known)) < len(known):
        yield _("report.json 里同一个任务出现了两次。")
    filled = [entry.task_id for entry in report.entries]
    if len(set(filled)) < len(filled):
        yield _("report.json 里同一个任务填报了两次。")
    referred = {*filled, *(item.task_id for item in report.evidence)}
    referred |= {row.task for row in report.findings if row.task != finding.REPORT}
    referred |= {row.task for row in report.answers if row.task != finding.REPORT}
    referred |= {row.task for row in report.activities if row.task}
    if stray := sorted(referred - set(known)):
        yield _("report.json 提到了任务 {task}，但其中没有这个任务。").format(task=stray[0])
    if report.follows is not None and report.follows.revision >= report.revision:
        yield _("report.json 说它更正的是第{earlier}版，自己却是第{revision}版。").format(
            earlier=report.follows.revision, revision=report.revision
        )
    if report.due.period != report.period:
        yield _("report.json 的报送期限不属于它的报告期。")
    if any(Period(row.day.year, row.day.month) != report.period for row in report.activities):
        yield _("report.json 里有不属于这个报告期的宣传公开活动。")
    for name, value in _plain(report).items():
        if value != data[name]:
            yield _("report.json 的「{place}」自相矛盾或写法不规范。").format(place=name)
