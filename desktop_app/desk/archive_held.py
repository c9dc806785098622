"""An archive held against what its signed files make of it again: every list, every table, every page of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

from desktop_app import __version__
from desktop_app.desk.archive_again import ReadReport, everything_again, months_again
from desktop_app.desk.archive_alike import Alike, alike
from desktop_app.desk.archive_papers import plan_data
from desktop_app.desk.plan_in_force import one_notice
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.language import N_, _
from desktop_app.model.archive import CONTENTS, INDEX, Archive, ArchivedReport, Basis
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan, Task
from desktop_app.model.report import MonthState

_FIELDS = {
    "reason": N_("更正原因"),
    "data_sha256": N_("数据 SHA-256"),
    "pdf_sha256": N_("文件 SHA-256"),
    "signatures": N_("签名"),
    "letters": N_("回执和退回单"),
    "evidence": N_("佐证材料"),
}
_LISTS = ("sample", "tables", "plans", "ledgers", "certificates", "more")
_SETTLED = ("measure", "title", "section", "number", "annex")  # what nobody settles after the import


@dataclass(frozen=True)
class Held:
    """`problems` speak against the archive, `notes` do not; `months` are its signed months, read from its reports."""

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    months: tuple[SignedMonth, ...] = ()


def held_against(
    made: Archive, reports: Sequence[ReadReport], plans: Sequence[Plan], read: Callable[[str], bytes | None]
) -> Held:
    """Make everything again and compare. `read` gives a file's bytes, None for one that is damaged or not there."""
    problems = [*_listed(made, reports), *_of_plans(plans, reports)]
    basis = made.basis
    if basis is None:
        return Held((*problems, _("{name} 里没有台账的依据，台账没有重算。").format(name=CONTENTS)), ())
    try:
        months = months_again(reports, {plan.id: plan for plan in plans}, basis)
        again, files = everything_again(made, basis, reports, plans, months)
        files[INDEX] = _index(again, reports)
    except (LookupError, ValueError, ArithmeticError, TypeError):
        return Held((*problems, _("{name} 里的台账依据不全，台账没有重算。").format(name=CONTENTS)), ())
    problems += [*_of_basis(basis, reports), *_lists(made, again)]
    notes = list(_doubts(reports))
    for name, data in files.items():
        kept = read(name)
        if kept is None:
            continue
        found = alike(name, kept, data, same_program=made.program == __version__)
        if found is Alike.DIFFER:
            problems.append(_("{name} 与签名月报里的数据算出来的不一致。").format(name=name))
        elif found is Alike.SAY:
            said = _("{name} 的内容与重新算出来的一致；版面是别的版本或别的字体排的，没有逐字节核对。")
            notes.append(said.format(name=name))
    return Held(tuple(problems), tuple(notes), months)


def _index(again: Archive, reports: Sequence[ReadReport]) -> bytes:
    from desktop_app.rendering.archive_index import index_page

    return index_page(again, [each.report for each in reports]).encode()


def _lists(made: Archive, again: Archive) -> Iterator[str]:
    for name in _LISTS:
        if getattr(made, name) != getattr(again, name):
            yield _("{name} 里的 {field} 与文件不符。").format(name=CONTENTS, field=name)
    for was, now in zip(made.reports, again.reports, strict=True):
        wrong = [_(_FIELDS[each.name]) for each in fields(was) if _differs(was, now, each.name)]
        if wrong:
            said = _("{name} 里写的{fields}与 {report} 里的不符。")
            yield said.format(name=CONTENTS, fields=_("、").join(wrong), report=was.pdf)


def _differs(was: ArchivedReport, now: ArchivedReport, name: str) -> bool:
    return bool(getattr(was, name) != getattr(now, name))


def _listed(made: Archive, reports: Sequence[ReadReport]) -> Iterator[str]:
    """What the list of contents says of a month beyond its report, as far as a signed file says it too."""
    for each in reports:
        listed = each.listed
        kinds = {letter.kind for letter in each.letters}
        asked = {MonthState.RECEIVED: "receipt", MonthState.RETURNED: "return"}.get(listed.state)
        if asked is not None and asked not in kinds:
            yield _("{report} 写着的状态没有回执或退回单为证。").format(report=listed.pdf)
        if listed.state in (MonthState.SIGNED, MonthState.HANDED_IN) and kinds:
            yield _("{report} 有回执或退回单，写着的状态却没有办结。").format(report=listed.pdf)
        due = each.report.due
        if due.certain and listed.last_day not in (due.due, due.due - timedelta(days=1)):
            yield _("{report} 写着的最迟报送日与月报上的截止日期不符。").format(report=listed.pdf)
        unit = each.report.unit
        if each.report.period.year != made.year or (unit.code, unit.name) != (made.unit.code, made.unit.name):
            yield _("{report} 不是这个单位这一年的月报。").format(report=listed.pdf)
    there = {each.report.period for each in reports}
    said = "".join(made.left_out)
    for period in (Period(made.year, number) for number in range(1, 13)):
        if period not in there and period.label not in said:
            yield _("{period} 没有月报，也没有写明没有归入。").format(period=period.spoken)


def _doubts(reports: Sequence[ReadReport]) -> Iterator[str]:
    """A rehearsed day, or a clock that was set back, gives such an order as well."""
    for each in reports:
        signed = [one.signed_at for one in each.found.signatures if one.signed_at is not None]
        handed_in = each.listed.handed_in_at
        if handed_in is not None and signed and handed_in < max(signed).replace(microsecond=0):
            yield _("{report} 写着的报送时间早于签署：用过演练日期或调过时钟的会这样。").format(report=each.listed.pdf)


def _of_basis(basis: Basis, reports: Sequence[ReadReport]) -> Iterator[str]:
    """What the book noted is no one's signature; where a signed file says the same, it has to agree."""
    last = {each.listed.period: each.listed.last_day for each in reports}
    for due in basis.deadlines:
        if due.period in last and due.last_day != last[due.period]:
            yield _("{name} 里 {period} 的最迟报送日前后不一。").format(name=CONTENTS, period=due.period.spoken)
    for each, at in zip(reports, basis.sealed_at, strict=True):
        signed = [one.signed_at for one in each.found.signatures if one.signed_at is not None]
        if signed and min(abs(at - one) for one in signed) > timedelta(days=1):
            yield _("{name} 里写的签署日期不是 {report} 签名的日期。").format(name=CONTENTS, report=each.listed.pdf)


def _of_plans(plans: Sequence[Plan], reports: Sequence[ReadReport]) -> Iterator[str]:
    """Whether each report's own measures stand in its plan in the same words, the newest also with the same aims."""
    known = {plan.id: (number, plan) for number, plan in enumerate(plans, 1)}
    newest = {each.report.plan.sha256: each.report for each in reports}
    for each in reports:
        found = known.get(each.report.plan.sha256)
        if found is None or not one_notice(each.report.plan, found[1]):
            yield _("没有 {report} 所依据的任务表。").format(report=each.listed.pdf)
            continue
        number, plan = found
        tasks = {task.id: task for task in (*plan.tasks, *plan.dropped)}
        whole = newest[plan.id] is each.report
        if any(not _stands(item.task, tasks.get(item.task.id), plan, whole=whole) for item in each.report.tasks):
            yield _("{name} 里的任务与 {report} 签署的不一致。").format(name=plan_data(number), report=each.listed.pdf)


def _stands(signed: Task, kept: Task | None, plan: Plan, *, whole: bool) -> bool:
    """A person may have settled an owner or an aim since; the decision then says so."""
    if kept is None or any(getattr(signed, name) != getattr(kept, name) for name in _SETTLED):
        return False
    settled = any(each.id.startswith((f"{kept.id}.", f"{kept.id}-")) for each in plan.decisions)
    return not whole or settled or signed == kept
