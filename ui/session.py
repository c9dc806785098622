"""What all pages share: the open desk, the month in view, its findings, and the one place where typing is saved."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_app.desk import month
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import MonthView, Row
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import REPORT, Status
from desktop_app.model.period import Period
from ui.autosave import Autosave
from ui.background import send
from ui.long_work import LongWork
from ui.messages import Messages
from ui.remembered import Remembered
from ui.theme.lights import Light
from ui.watching import Watching

if TYPE_CHECKING:
    from desktop_app.checks.context import CheckContext
    from desktop_app.desk.check_report import Checked
    from desktop_app.model.finding import Finding, Unchecked

LARGE = 120  # tasks; over fewer all rules run within a frame or two
BEHIND_CODES = ("S401", "S402", "S403", "S404", "S405", "S406")  # behind schedule, or past its deadline


class Session(QObject):
    """One sitting with one book. Pages read `view` and `findings` here and redraw on the signals.

    `later`: the rules run when somebody first asks what they say, so that the window is painted before. Over a large
    plan they run aside: `known` is false until they have said something of this month, `rechecked` tells of it.
    """

    month_changed = Signal()
    row_changed = Signal(str)
    rechecked = Signal()
    strangers_met = Signal(object)  # files of offices that are not enrolled: their fingerprints are to be compared

    def __init__(
        self,
        desk: Desk,
        period: Period,
        messages: Messages,
        parent: QObject | None = None,
        remembered: Remembered | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.messages = messages
        self.remembered = remembered or Remembered()
        self.autosave = Autosave(desk, self)
        self.autosave.saved.connect(self._after_save)
        self.watching = Watching(self)
        self.work = LongWork(messages, self)
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._standing: dict[str, tuple[Row, Light, bool]] = {}
        self.unchecked: dict[str, tuple[Unchecked, ...]] = {}
        self.stale: dict[tuple[str, str], str] = {}
        self.known = False
        self.over = False  # whether the book has been let go of
        self._aside: object | None = None  # what the rules were asked last, until they answer
        self._touched: set[str] = set()
        self.view: MonthView = month.open_month(desk, period)
        if not later:
            self.recheck()

    @property
    def period(self) -> Period:
        """The month in view."""
        return self.view.period

    @property
    def findings(self) -> "Mapping[str, tuple[Finding, ...]]":
        """What the rules say of each task; they run now where they have not yet, and do not run aside either."""
        if not (self.known or self.checking):
            self.recheck()
        return self._findings

    @property
    def checking(self) -> bool:
        """Whether the rules run aside just now."""
        return self._aside is not None

    def know(self) -> None:
        """Have the rules run where they have not yet."""
        if not (self.known or self.checking):
            self.recheck_aside()

    def choose(self, period: Period) -> None:
        """Show another month; what is typed is saved first."""
        self.autosave.flush()
        try:
            self.view = month.open_month(self.desk, period)
        except ClerkError as problem:
            self.messages.refuse(problem)
        else:
            self._forget_all()
            self.recheck_aside()
        self.month_changed.emit()

    def refresh(self) -> None:
        """Read the month afresh: after signing, handing in, a receipt."""
        self.choose(self.period)

    def recheck(self) -> None:
        """All rules over the whole month."""
        from desktop_app.desk import check_report

        self._aside = None
        self._context: CheckContext = check_report.context(self.desk, self.view)
        self._know(check_report.check_context(self.desk, self.view.id, self._context))

    def recheck_aside(self) -> None:
        """The same in the background where the plan is large; what is known stays until then. The newest counts."""
        if len(self.view.rows) < LARGE:
            self.recheck()
            return
        from desktop_app.desk import check_report

        self._context = check_report.context(self.desk, self.view)
        self._touched = set()
        asked = self._aside = object()
        work = check_report.over(self.desk, self.view.id, self._context)
        send(work, lambda checked: self._home(asked, checked), lambda problem: self._lost(asked, problem))

    def leave(self) -> None:
        """The book is closing: nobody waits for the rules any more, and nothing under way goes back to it."""
        self.over = True
        self._aside = None
        self.work.leave()

    def _home(self, asked: object, checked: "Checked") -> None:
        """What the rules said, and once more what they say of the tasks that were written on meanwhile."""
        if not isValid(self) or asked is not self._aside:
            return
        self._aside = None
        self._know(checked, self._touched)

    def _lost(self, asked: object, problem: Exception) -> None:
        if isValid(self) and asked is self._aside:
            self._aside = None
            self.messages.refuse(problem)

    def _know(self, checked: "Checked", again: Iterable[str] = ()) -> None:
        self._forget_all()
        self.known = True
        self._take(checked)
        for task in again:
            self._look_at(task)
        self.rechecked.emit()

    def checked(self) -> "Checked":
        """Everything that the rules say now, as one value."""
        from desktop_app.desk.check_report import Checked
        from desktop_app.model.finding import Explanation

        findings = self.all_findings()
        unchecked = tuple(item for task in self._in_order(self.unchecked) for item in self.unchecked[task])
        stale = tuple(Explanation(task, code, text) for (task, code), text in self.stale.items())
        return Checked(findings, unchecked, stale)

    def stale_of(self, task_id: str) -> dict[str, str]:
        """The explanations of a task that were written for other values, by rule code."""
        return {code: text for (task, code), text in self.stale.items() if task == task_id}

    def all_findings(self) -> "tuple[Finding, ...]":
        """Every finding: the whole report's first, then in the order of the tasks."""
        return tuple(finding for task in self._in_order(self.findings) for finding in self.findings[task])

    def reread(self, task_id: str) -> None:
        """Read one task afresh and check it and what is said of the whole report; all tasks where its files changed."""
        from desktop_app.desk import check_report

        fresh, before = month.row(self.desk, self.period, task_id), self.view.row(task_id)
        rows = tuple(fresh if row.task.id == task_id else row for row in self.view.rows)
        self.view = replace(self.view, rows=rows)
        if not (self.known or self.checking) or fresh.evidence != before.evidence:
            self.recheck_aside()  # the same file may lie under another task
        elif not fresh.dropped:
            self._context = check_report.with_row(self._context, fresh)
            self._touched |= {task_id, REPORT}
            for task in (task_id, REPORT):
                self._look_at(task)
        self.row_changed.emit(task_id)

    def _look_at(self, task_id: str) -> None:
        from desktop_app.desk import check_report

        self._forget(task_id)
        self._take(check_report.check_row(self.desk, self.view.id, self._context, task_id))

    def _forget_all(self) -> None:
        self.known = False
        self._findings, self.unchecked, self.stale, self._standing = {}, {}, {}, {}

    def _forget(self, task_id: str) -> None:
        self._findings.pop(task_id, None)
        self._standing.pop(task_id, None)
        self.unchecked.pop(task_id, None)
        for key in [key for key in self.stale if key[0] == task_id]:
            del self.stale[key]

    def _take(self, checked: "Checked") -> None:
        """Add what was found to what is known of each task."""
        for finding in checked.findings:
            self._findings[finding.task] = (*self._findings.get(finding.task, ()), finding)
            stale = checked.stale_text(finding)
            if stale:
                self.stale[(finding.task, finding.code)] = stale
        for item in checked.unchecked:
            self.unchecked[item.task] = (*self.unchecked.get(item.task, ()), item)

    def _in_order(self, tasks: Iterable[str]) -> list[str]:
        """The whole report first, then the tasks as the plan has them."""
        order = {row.task.id: place for place, row in enumerate(self.view.rows)}
        return sorted(tasks, key=lambda task: order.get(task, -1))

    def attempt(self, verb: Callable[[], object]) -> bool:
        """Do something on the desk; a refusal is said in words and False returned."""
        try:
            verb()
        except ClerkError as problem:
            self.messages.refuse(problem)
            return False
        return True

    def unit_name(self, code: str) -> str:
        """What people call a unit, by its code."""
        unit = self.desk.directory.find(code)
        return unit.short_name if unit else code

    def unsaved(self) -> str:
        """Save what is typed; why something could not be, "" where nothing is left over."""
        if self.autosave.flush():
            return ""
        return _("还有填写的内容没有存上（{reason}），请先处理。").format(reason=self.autosave.state[1])

    def settle(self, verb: Callable[[], object]) -> str:
        """Settle something about a plan and read the month afresh; why it was refused, "" where it was not.

        The month in view may go over to another plan, where its tasks have other numbers: what is typed is saved first.
        """
        if reason := self.unsaved():
            return reason
        try:
            verb()
        except ClerkError as problem:
            return str(problem)
        self.refresh()
        return ""

    def light(self, row: Row) -> Light:
        """Where a row stands. An untouched row is 未填, whatever the rules say: none run to paint it."""
        if not (self.known or row.entry.answered):
            return light_of(row, ())
        return self._stands(row)[1]

    def late(self, row: Row) -> bool:
        """Whether a row is behind."""
        return self._stands(row)[2]

    def _stands(self, row: Row) -> tuple[Row, Light, bool]:
        """A row with its light and whether it is behind, worked out once: a list of thousands asks at every key."""
        kept = self._standing.get(row.task.id)
        if kept is None or kept[0] is not row:
            found = self.findings.get(row.task.id, ())
            kept = self._standing[row.task.id] = row, light_of(row, found), is_late(row, found)
        return kept

    def _after_save(self, period: Period, task_id: str) -> None:
        if period != self.period:
            return
        if task_id == REPORT:
            self.recheck_aside()
        else:
            self.reread(task_id)


def light_of(row: Row, findings: "tuple[Finding, ...]") -> Light:
    """The worst that is to be said of a row."""
    entry = row.entry
    if entry.empty:
        return Light.EMPTY
    if not entry.answered:
        return Light.STARTED
    if any(finding.blocks and finding.severity == "error" for finding in findings):
        return Light.ERROR
    if any(finding.blocks for finding in findings):
        return Light.WARNING
    return Light.LATE if is_late(row, findings) else Light.DONE


def is_late(row: Row, findings: "tuple[Finding, ...]") -> bool:
    """Whether the clerk's own status says it (进度滞后, 逾期) or the figures do."""
    return row.entry.status in (Status.BEHIND, Status.OVERDUE) or any(f.code in BEHIND_CODES for f in findings)


def months_to_choose(newest: Period, plan_year: int) -> tuple[Period, ...]:
    """The plan year's months up to the newest one, newest first: nobody reports on a month that has not been."""
    first = Period(plan_year, 1)
    found = [newest]
    while found[-1] > first:
        found.append(found[-1].previous)
    return tuple(found)
