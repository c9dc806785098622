"""What all pages share: the open desk, the month in view, its findings, and the one place where typing is saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.desk import check_report, month
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import MonthView, Row
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import Status
from desktop_app.model.finding import REPORT, Finding
from desktop_app.model.period import Period
from ui.autosave import Autosave
from ui.messages import Messages
from ui.theme.lights import Light

BEHIND_CODES = ("S401", "S402", "S403", "S404", "S405", "S406")  # behind schedule, or past its deadline


class Session(QObject):
    """One sitting with one book. Pages read `view` and `findings` here and redraw on the signals."""

    month_changed = Signal()
    row_changed = Signal(str)
    rechecked = Signal()

    def __init__(self, desk: Desk, period: Period, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.messages = messages
        self.autosave = Autosave(desk, self)
        self.autosave.saved.connect(self._after_save)
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.view: MonthView = month.open_month(desk, period)
        self.recheck()

    @property
    def period(self) -> Period:
        """The month in view."""
        return self.view.period

    def choose(self, period: Period) -> None:
        """Show another month; what is typed is saved first."""
        self.autosave.flush()
        try:
            self.view = month.open_month(self.desk, period)
        except ClerkError as problem:
            self.messages.refuse(problem)
        else:
            self.recheck()
        self.month_changed.emit()

    def refresh(self) -> None:
        """Read the month afresh: after signing, handing in, a receipt."""
        self.choose(self.period)

    def recheck(self) -> None:
        """All rules over the whole month."""
        found: dict[str, list[Finding]] = {}
        for finding in check_report.check_view(self.desk, self.view).findings:
            found.setdefault(finding.task, []).append(finding)
        self.findings = {task: tuple(items) for task, items in found.items()}
        self.rechecked.emit()

    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding: the whole report's first, then in the order of the tasks."""
        order = {row.task.id: place for place, row in enumerate(self.view.rows)}
        tasks = sorted(self.findings, key=lambda task: order.get(task, -1))
        return tuple(finding for task in tasks for finding in self.findings[task])

    def reread(self, task_id: str) -> None:
        """Read one task afresh and check it alone."""
        fresh = month.row(self.desk, self.period, task_id)
        rows = tuple(fresh if row.task.id == task_id else row for row in self.view.rows)
        self.view = replace(self.view, rows=rows)
        self.findings[task_id] = check_report.check_task(self.desk, self.period, task_id)
        self.row_changed.emit(task_id)

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

    def settle(self, verb: Callable[[], object]) -> str:
        """Settle something about a plan and read the month afresh; why it was refused, "" where it was not.

        The month in view may go over to another plan, where its tasks have other numbers: what is typed is saved first.
        """
        if not self.autosave.flush():
            return _("还有填写的内容没有存上（{reason}），请先处理。").format(reason=self.autosave.state[1])
        try:
            verb()
        except ClerkError as problem:
            return str(problem)
        self.refresh()
        return ""

    def light(self, row: Row) -> Light:
        """Where a row stands. An untouched row is 未填, whatever else the rules say of it."""
        return light_of(row, self.findings.get(row.task.id, ()))

    def late(self, row: Row) -> bool:
        """Whether a row is behind."""
        return is_late(row, self.findings.get(row.task.id, ()))

    def _after_save(self, period: Period, task_id: str) -> None:
        if period != self.period:
            return
        if task_id == REPORT:
            self.recheck()
        else:
            self.reread(task_id)


def light_of(row: Row, findings: tuple[Finding, ...]) -> Light:
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


def is_late(row: Row, findings: tuple[Finding, ...]) -> bool:
    """Whether the clerk's own status says it (进度滞后, 逾期) or the figures do."""
    return row.entry.status in (Status.BEHIND, Status.OVERDUE) or any(f.code in BEHIND_CODES for f in findings)


def months_to_choose(newest: Period, plan_year: int) -> tuple[Period, ...]:
    """The plan year's months up to the newest one, newest first: nobody reports on a month that has not been."""
    first = Period(plan_year, 1)
    found = [newest]
    while found[-1] > first:
        found.append(found[-1].previous)
    return tuple(found)


def open_session(book: Path, today: date | None, messages: Messages) -> Session:
    """Open a book at the month to report now."""
    from desktop_app.desk.open_book import open_desk

    desk = open_desk(book, today=today)
    try:
        return Session(desk, month.latest_period(desk), messages)
    except BaseException:
        desk.close()
        raise
