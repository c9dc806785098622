"""Run all rules over a month, or over one row of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop_app.checks.catalogue import REPORT_CHECKS, ROW_CHECKS
from desktop_app.checks.completeness import missing_entry
from desktop_app.checks.context import CheckContext
from desktop_app.checks.follow_up import remark_unanswered
from desktop_app.checks.row import Row, make_row
from desktop_app.checks.rule import Found, NotChecked
from desktop_app.checks.words import gives_reason
from desktop_app.language import _
from desktop_app.model.finding import REPORT, Explanation, Finding, Severity, Unchecked
from desktop_app.model.plan import Task

_LOOKS = tuple((rule, rule.look) for rule in ROW_CHECKS)
_ON_BLANK = tuple((rule, rule.look) for rule in (missing_entry, remark_unanswered))
_AFTER_THE_PLAN = 1 << 30


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything that was found, in the plan's order and then by code, findings about the whole report last.

    `unchecked` are the questions that had no answer because a value is missing.
    """

    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def not_checked(self) -> int:
        """How many questions had no answer."""
        return len(self.unchecked)


def check(context: CheckContext) -> CheckResult:
    """Look for everything everywhere: one complete list, never only the first error."""
    findings: list[Finding] = []
    unanswered: list[Unchecked] = []
    for task, required in _in_plan_order(context):
        _look_at_row(make_row(context, task, required=required), findings, unanswered)
    findings += _look_at_report(context)
    return CheckResult(tuple(findings), tuple(unanswered))


def check_task(context: CheckContext, task_id: str) -> CheckResult:
    """Exactly what check() finds for this task (or for REPORT), without looking at the others."""
    if task_id == REPORT:
        return CheckResult(tuple(_look_at_report(context)))
    for tasks, required in ((context.tasks, True), (context.optional, False)):
        for task in tasks:
            if task.id == task_id:
                found: list[Finding] = []
                unanswered: list[Unchecked] = []
                _look_at_row(make_row(context, task, required=required), found, unanswered)
                return CheckResult(tuple(found), tuple(unanswered))
    return CheckResult(())


def explain(findings: Iterable[Finding], explanations: Iterable[Explanation]) -> tuple[Finding, ...]:
    """The findings with the explanations (情况说明) that belong to them.

    Only a warning can be explained, only in words (「无」 and 「略」 are none), and only while its values are those
    the text was written for. Of several that fit, the last counts.
    """
    written = {
        (item.task, item.code, item.values): item.text.strip() for item in explanations if gives_reason(item.text)
    }
    return tuple(
        replace(finding, explanation=written.get((finding.task, finding.code, finding.values)))
        if finding.severity is Severity.WARNING
        else replace(finding, explanation=None)
        for finding in findings
    )


def is_stale(explanation: Explanation, findings: Iterable[Finding]) -> bool:
    """Whether the warning still stands with other values than those that the explanation was written for."""
    standing = [item for item in findings if (item.task, item.code) == (explanation.task, explanation.code)]
    return bool(standing) and all(item.values != explanation.values for item in standing)


def _in_plan_order(context: CheckContext) -> Iterator[tuple[Task, bool]]:
    """Every task once with whether it is required; one that is both is required."""
    wanted = {task.id: (task, False) for task in context.optional}
    wanted |= {task.id: (task, True) for task in context.tasks}
    place = {task.id: number for number, task in enumerate(context.plan.tasks)}
    order = sorted(wanted, key=lambda task_id: (place.get(task_id, _AFTER_THE_PLAN), task_id))
    return (wanted[task_id] for task_id in order)


def _look_at_row(row: Row, found: list[Finding], unanswered: list[Unchecked]) -> None:
    """Add the findings of one row and the questions that had no answer; a blank row is only missing or asked about."""
    for rule, look in _ON_BLANK if row.blank else _LOOKS:
        answer = look(row)
        if answer is None:
            continue
        if isinstance(answer, NotChecked):
            unanswered.append(Unchecked(rule.rule.code, row.task.id, answer.lacks))
        else:
            message = _("{task}：{message}").format(task=row.label, message=answer.message)
            found.append(rule.finding(answer, row.task.id, message))


def _look_at_report(context: CheckContext) -> list[Finding]:
    answers = ((rule, rule.look(context)) for rule in REPORT_CHECKS)
    return [rule.finding(answer, REPORT, answer.message) for rule, answer in answers if isinstance(answer, Found)]
