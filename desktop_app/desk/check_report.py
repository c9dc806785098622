"""The whole list at once: what the bureau would find, known before the report leaves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.checks import catalogue
from desktop_app.checks.catalogue_page import catalogue_page
from desktop_app.checks.context import CheckContext
from desktop_app.checks.run import CheckResult, is_stale
from desktop_app.checks.run import check as run
from desktop_app.checks.run import check_task as run_task
from desktop_app.checks.run import explain as attach
from desktop_app.checks.words import gives_reason
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import MonthView, Row, entries_of, kept_month, open_month
from desktop_app.desk.save_entry import refuse_sealed
from desktop_app.desk.settings import thresholds as settled
from desktop_app.desk.settled import curves
from desktop_app.errors import ClerkError
from desktop_app.language import _, speaking
from desktop_app.model.correction import Remark
from desktop_app.model.entry import Entry
from desktop_app.model.finding import LACK_LABELS, REPORT, Explanation, Finding, Severity, Unchecked
from desktop_app.model.period import Period
from desktop_app.model.plan import Change
from desktop_app.store import explanations as kept
from desktop_app.store import months as kept_months


@dataclass(frozen=True)
class Checked:
    """All findings of a month, in the plan's order; `unchecked` are rules that lacked a value to look at.

    `stale` are explanations whose warning still stands with other values than those they were written for.
    """

    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...] = ()
    stale: tuple[Explanation, ...] = ()

    @property
    def not_checked(self) -> int:
        """How many rules had no answer."""
        return len(self.unchecked)

    def stale_text(self, finding: Finding) -> str | None:
        """The 情况说明 that was written for other values, None where there is none."""
        return next((note.text for note in self.stale if (note.task, note.code) == (finding.task, finding.code)), None)

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
        previous={row.task.id: row.previous for row in view.rows if row.previous is not None},
        evidence={row.task.id: row.evidence for row in view.rows if _reported(row)},
        people=view.people,
        due=view.due,
        today=view.handed_in_at.date() if view.handed_in_at else desk.today(),
        thresholds=settled(desk),
        unprintable=unprintable,
        curves=curves(desk, view.plan),
        earlier=_earlier(desk, view.period),
        changes=_fresh_changes(desk, view),
        as_of=view.period.last_day,
        cutoff=view.cutoff,
        remarks=tuple(Remark(each.task, each.field, each.text) for each in view.remarks if each.open),
    )


def with_row(context: CheckContext, row: Row) -> CheckContext:
    """The same month with one row read afresh, without reading anything else again."""
    entries = {**context.entries, row.task.id: row.entry}
    if row.entry.empty:
        del entries[row.task.id]
    evidence = {**context.evidence, row.task.id: row.evidence if _reported(row) else ()}
    return replace(context, entries=entries, evidence=evidence)


def _reported(row: Row) -> bool:
    """Whether a row will be in the report, with its files."""
    return row.required or not row.entry.empty


def check(desk: Desk, period: Period) -> Checked:
    """Every rule over the whole month, with the explanations that still hold."""
    return check_view(desk, open_month(desk, period))


def check_view(desk: Desk, view: MonthView) -> Checked:
    """The same over a month already read."""
    return ready(desk, view)()


def ready(desk: Desk, view: MonthView) -> Callable[[], Checked]:
    """Everything read that the rules look at; the rules themselves may then run in any thread."""
    return over(desk, view.id, context(desk, view))


def over(desk: Desk, month_id: int, context: CheckContext) -> Callable[[], Checked]:
    """The same over what the rules look at."""
    notes = kept.explanations(desk.book, month_id)
    return lambda: _explained(run(context), notes)


def check_context(desk: Desk, month_id: int, context: CheckContext) -> Checked:
    """The same on the spot."""
    return over(desk, month_id, context)()


def check_row(desk: Desk, month_id: int, context: CheckContext, task_id: str) -> Checked:
    """The findings of one task (or of REPORT), as one types."""
    return _explained(run_task(context, task_id), kept.explanations(desk.book, month_id))


def check_task(desk: Desk, period: Period, task_id: str) -> Checked:
    """The findings of one task, the month read afresh."""
    view = open_month(desk, period)
    return check_row(desk, view.id, context(desk, view), task_id)


def _explained(result: CheckResult, notes: Sequence[Explanation]) -> Checked:
    """Findings with the explanations that hold; those that are stale beside them, words and all."""
    found = attach(result.findings, notes)
    stale = tuple(note for note in notes if gives_reason(note.text) and is_stale(note, found))
    return Checked(found, result.unchecked, stale)


def _earlier(desk: Desk, period: Period) -> Mapping[str, Entry] | None:
    """The entries of the month before last; None where that month is not at hand or belongs to another year."""
    past = period.previous.previous
    return entries_of(desk, past, period) if past.year == period.year else None


def _fresh_changes(desk: Desk, view: MonthView) -> dict[str, tuple[Change, ...]]:
    """What a revision altered, in the first month that is reported under it."""
    before, now = kept_months.month(desk.book, view.period.previous), kept_months.month(desk.book, view.period)
    if before is None or now is None or before.plan_id == now.plan_id:
        return {}
    return {row.task.id: row.changes for row in view.rows if row.changes}


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
            _("{period} 的 {task} 没有编号为 {code} 的警示。").format(
                period=period, task=_("整份月报") if task == REPORT else task, code=code
            ),
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


def title(code: str) -> str:
    """What a rule is called."""
    found = catalogue.rule(code)
    return _(found.title) if found else code


def rules_page() -> str:
    """The catalogue as a page to read, in Chinese."""
    with speaking("zh"):
        return catalogue_page()


def lacking_words(item: Unchecked) -> str:
    """Why a rule was not checked: 「累计不等于上月累计加本月」没有校验：缺少上月累计完成。"""
    lacks = "、".join(_(LACK_LABELS.get(name, name)) for name in item.lacks)
    return _("「{rule}」没有校验：缺少{lacks}。").format(rule=title(item.code), lacks=lacks)
