"""The receiving side: the very same rules over a report that arrived, from nothing but its own bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.checks.catalogue import CATALOGUE_VERSION
from desktop_app.checks.context import CheckContext
from desktop_app.checks.run import check as run
from desktop_app.checks.run import explain as attach
from desktop_app.checks.thresholds import Thresholds, label
from desktop_app.desk.check_report import Checked
from desktop_app.desk.plan_in_force import going_on
from desktop_app.language import _
from desktop_app.model.entry import Entry, Evidence
from desktop_app.model.finding import Explanation, Finding
from desktop_app.model.plan import Change, Plan
from desktop_app.model.report_body import CheckBasis, Curve, Problems, Report


@dataclass(frozen=True)
class Rechecked:
    """What the rules find in a report, and sentences on where this desk would see it otherwise."""

    checked: Checked
    notes: tuple[str, ...]


def basis_of(context: CheckContext, tasks: Sequence[str]) -> CheckBasis:
    """What a report on these tasks must carry, so that its checks can be run again without the unit's book."""
    earlier = context.earlier
    return CheckBasis(
        catalogue=CATALOGUE_VERSION,
        thresholds=tuple(context.thresholds.changed().items()),
        curves=tuple(Curve(task, context.curves[task]) for task in tasks if task in context.curves),
        previous=tuple(context.previous[task] for task in tasks if task in context.previous),
        earlier=None
        if earlier is None
        else tuple(
            Problems(task, earlier[task].problems) for task in tasks if task in earlier and earlier[task].problems
        ),
        changes=tuple(change for task in tasks for change in context.changes.get(task, ())),
    )


def recheck(report: Report, previous: Report | None, own: Thresholds | None = None) -> Rechecked:
    """Check a report by the bounds, schedules and history that it carries.

    `previous` is the unit's last report as this desk holds it, `own` this desk's thresholds: where they differ from
    what the report rests on, a note says so. A report of an older program carries no history: then it is `previous`.
    Judged as of the day it was prepared, so that the same bytes give the same findings on any day.
    """
    basis = report.checks
    before = _previous(report, previous) if previous else {}
    checked = _check(report, _history(basis, before))
    notes = [*_differing_bounds(basis, own or Thresholds()), *_differing_history(basis, before), *_of_the_rules(report)]
    if basis.catalogue == CATALOGUE_VERSION and _said(report.findings) != _said(checked.findings):
        notes.append(_("报告所记的校验结果与复核结果不一致，请留意复核结果。"))
    return Rechecked(checked, tuple(notes))


def _check(report: Report, history: Mapping[str, Entry]) -> Checked:
    from desktop_app.rendering import unprintable

    basis = report.checks
    evidence: dict[str, list[Evidence]] = {}
    for item in report.evidence:
        evidence.setdefault(item.task_id, []).append(item)
    changes: dict[str, tuple[Change, ...]] = {}
    for change in basis.changes:
        changes[change.id] = (*changes.get(change.id, ()), change)
    earlier = None if basis.earlier is None else {row.task: Entry(row.task, problems=row.text) for row in basis.earlier}
    result = run(
        CheckContext(
            unit=report.unit,
            period=report.period,
            plan=_plan_of(report),
            tasks=tuple(row.task for row in report.tasks if row.required),
            optional=tuple(row.task for row in report.tasks if not row.required),
            entries={entry.task_id: entry for entry in report.entries},
            previous=history,
            evidence={task: tuple(items) for task, items in evidence.items()},
            people=report.people,
            due=report.due,
            today=report.prepared_on,
            thresholds=Thresholds.from_mapping(dict(basis.thresholds)),
            unprintable=unprintable,
            curves={curve.task: curve.percents for curve in basis.curves},
            earlier=earlier,
            changes=changes,
            as_of=report.as_of,
        )
    )
    given = tuple(
        Explanation(finding.task, finding.code, finding.explanation, finding.values)
        for finding in report.findings
        if finding.explanation
    )
    return Checked(attach(result.findings, given), result.unchecked)


def _history(basis: CheckBasis, before: Mapping[str, Entry]) -> Mapping[str, Entry]:
    if basis.previous is None:
        return before
    return {entry.task_id: entry for entry in basis.previous}


def _differing_bounds(basis: CheckBasis, own: Thresholds) -> list[str]:
    """Where the unit checks by other bounds than this desk, in one sentence; its own schedules in another."""
    theirs, ours = Thresholds.from_mapping(dict(basis.thresholds)).texts(), own.texts()
    listed = "、".join(
        _("「{name}」{theirs}（本处 {ours}）").format(name=label(name), theirs=theirs[name], ours=ours[name])
        for name in theirs
        if theirs[name] != ours[name]
    )
    notes = [_("报送单位的校验阈值与本处不同：{list}。").format(list=listed)] if listed else []
    if basis.curves:
        notes.append(_("有 {count} 项任务按报送单位自己的进度曲线校验。").format(count=len(basis.curves)))
    return notes


def _differing_history(basis: CheckBasis, before: Mapping[str, Entry]) -> list[str]:
    """Whether last month, as the report tells it, is what this desk received for last month."""
    if basis.previous is None or not before:
        return []
    told = {entry.task_id: entry for entry in basis.previous}
    other = sorted(task for task in told.keys() & before.keys() if told[task] != before[task])
    if not other:
        return []
    return [
        _("报告所依据的上月数据与本处收到的上月月报有 {count} 项不同：{tasks}。").format(
            count=len(other), tasks="、".join(other[:5])
        )
    ]


def _of_the_rules(report: Report) -> list[str]:
    version = report.checks.catalogue
    if version == CATALOGUE_VERSION:
        return []
    return [
        _("报告按第 {theirs} 版校验规则校验，本处用的是第 {ours} 版，结果可能不同。").format(
            theirs=version, ours=CATALOGUE_VERSION
        )
    ]


def _said(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    """What findings say, in no language."""
    return [(each.code, each.severity, each.task, each.field, each.values, each.explanation) for each in findings]


def _previous(report: Report, before: Report) -> dict[str, Entry]:
    """The last report's entries under this one's ids; none where it answered another year's plan."""
    entries = {entry.task_id: entry for entry in before.entries}
    if report.plan.sha256 == before.plan.sha256:
        return entries
    names = going_on(before.plan, [row.task for row in before.tasks], report.plan, [row.task for row in report.tasks])
    return {names[was]: replace(entry, task_id=names[was]) for was, entry in entries.items() if was in names}


def _plan_of(report: Report) -> Plan:
    """The plan as far as a report carries it."""
    said = report.plan
    return Plan(
        id=said.sha256,
        year=said.year,
        title=said.title,
        document_number=said.document_number,
        revision=said.revision,
        source="",
        sample=said.sample,
        annexes=(),
        tasks=tuple(row.task for row in report.tasks),
        indicators=report.indicators,
    )
