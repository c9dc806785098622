"""The whole list at once: what the bureau would find, known before the report leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.checks import catalogue
from desktop_app.checks.context import CheckContext
from desktop_app.checks.run import check as run
from desktop_app.checks.run import check_task as run_task
from desktop_app.checks.run import explain as attach
from desktop_app.checks.thresholds import Thresholds
from desktop_app.checks.words import gives_reason
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import MonthView, kept_month, open_month, previous_entries
from desktop_app.desk.plan_in_force import one_notice
from desktop_app.desk.save_entry import refuse_sealed
from desktop_app.desk.settings import thresholds as settled
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import Entry, Evidence
from desktop_app.model.finding import Explanation, Finding, Severity
from desktop_app.model.period import Period
from desktop_app.model.plan import Plan
from desktop_app.model.report import Report
from desktop_app.plans import same_measures
from desktop_app.store import explanations as kept


@dataclass(frozen=True)
class Checked:
    """All findings of a month, in the plan's order; `not_checked` counts rules that lacked a value to look at."""

    findings: tuple[Finding, ...]
    not_checked: int

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def errors(self) -> int:
        """Findings that block signing."""
        return self._count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """Findings that pass with a 情况说明."""
        return self._count(Severity.WARNING)

    @property
    def unexplained(self) -> int:
        """Warnings whose 情况说明 is missing or stale."""
        return sum(finding.severity is Severity.WARNING and finding.blocks for finding in self.findings)

    @property
    def hints(self) -> int:
        """Findings that only inform."""
        return self._count(Severity.HINT)

    @property
    def passes(self) -> bool:
        """Whether the report may be signed."""
        return not any(finding.blocks for finding in self.findings)


def context(desk: Desk, view: MonthView) -> CheckContext:
    """What the rules look at."""
    from desktop_app.rendering import unprintable

    return CheckContext(
        unit=desk.unit,
        period=view.period,
        plan=view.plan,
        tasks=tuple(row.task for row in view.rows if row.required),
        optional=tuple(row.task for row in view.rows if not row.required),
        entries={row.task.id: row.entry for row in view.rows if not row.entry.empty},
        previous=previous_entries(desk, view.period),
        evidence={row.task.id: row.evidence for row in view.rows},
        people=view.people,
        due=view.due,
        today=view.handed_in_at.date() if view.handed_in_at else desk.today(),
        thresholds=settled(desk),
        unprintable=unprintable,
    )


def check(desk: Desk, period: Period) -> Checked:
    """Every rule over the whole month, with the explanations that still hold."""
    return check_view(desk, open_month(desk, period))


def check_view(desk: Desk, view: MonthView) -> Checked:
    """The same over a month already read."""
    result = run(context(desk, view))
    return Checked(attach(result.findings, kept.explanations(desk.book, view.id)), result.not_checked)


def check_task(desk: Desk, period: Period, task_id: str) -> tuple[Finding, ...]:
    """The findings of one task, as one types."""
    view = open_month(desk, period)
    return attach(run_task(context(desk, view), task_id), kept.explanations(desk.book, view.id))


def explain(desk: Desk, period: Period, task: str, code: str, text: str) -> Finding:
    """Keep a 情况说明 for a warning that stands; ClerkError where there is no such warning to explain."""
    month = kept_month(desk, period)
    refuse_sealed(month)
    if not gives_reason(text):
        raise ClerkError(_("「{text}」没有说明原因。").format(text=text.strip()), _("请写明具体原因。"))
    standing = [finding for finding in check(desk, period).findings if finding.task == task and finding.code == code]
    found = next((finding for finding in standing if finding.severity is Severity.WARNING), None)
    if found is None:
        raise ClerkError(
            _("{period} 的 {task} 没有编号为 {code} 的警示。").format(period=period, task=task, code=code),
            _("情况说明只用于警示；错误要改正，提示不必说明。"),
        )
    note = Explanation(task, code, text.strip(), found.values)
    kept.put(desk.book, month, note, desk.now(), desk.actor)
    return found


def withdraw(desk: Desk, period: Period, task: str, code: str) -> None:
    """Take a 情况说明 back: the warning stands unexplained again. Nothing happens where there was none."""
    month = kept_month(desk, period)
    refuse_sealed(month)
    if any((note.task, note.code) == (task, code) for note in kept.explanations(desk.book, month.id)):
        kept.put(desk.book, month, Explanation(task, code, ""), desk.now(), desk.actor)


def rules() -> tuple[Mapping[str, str], ...]:
    """The catalogue: every rule with its code, severity, meaning, remedy and source clause."""
    return tuple(catalogue.as_plain())


def recheck(report: Report, previous: Report | None, thresholds: Thresholds | None = None) -> Checked:
    """The very same rules over a report that arrived, with the unit's last report as its history.

    Judged as of the day it was prepared, so that the same bytes give the same findings on any day.
    """
    from desktop_app.rendering import unprintable

    evidence: dict[str, list[Evidence]] = {}
    for item in report.evidence:
        evidence.setdefault(item.task_id, []).append(item)
    result = run(
        CheckContext(
            unit=report.unit,
            period=report.period,
            plan=_plan_of(report),
            tasks=tuple(row.task for row in report.tasks if row.required),
            optional=tuple(row.task for row in report.tasks if not row.required),
            entries={entry.task_id: entry for entry in report.entries},
            previous=_previous(report, previous) if previous else {},
            evidence={task: tuple(items) for task, items in evidence.items()},
            people=report.people,
            due=report.due,
            today=report.prepared_on,
            thresholds=thresholds or Thresholds(),
            unprintable=unprintable,
        )
    )
    given = tuple(
        Explanation(finding.task, finding.code, finding.explanation, finding.values)
        for finding in report.findings
        if finding.explanation
    )
    return Checked(attach(result.findings, given), result.not_checked)


def _previous(report: Report, before: Report) -> dict[str, Entry]:
    """The last report's entries under this one's ids; none where it answered another plan."""
    entries = {entry.task_id: entry for entry in before.entries}
    if report.plan.sha256 == before.plan.sha256:
        return entries
    if not one_notice(report.plan, before.plan):
        return {}
    names = dict(same_measures([row.task for row in before.tasks], [row.task for row in report.tasks]))
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
