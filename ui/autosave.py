"""Typing on its way to the book. What is called saved has been written; what could not be is kept and tried again."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.desk import save_entry
from desktop_app.desk.desk import Desk
from desktop_app.desk.steps import Outcome, Steps
from desktop_app.errors import ClerkError, WorldError
from desktop_app.language import _
from desktop_app.model.period import Period

log = logging.getLogger("yuebao")

PAUSE_MS = 500
RETRY_MS = 3000
REST_MS = 5000  # after the last save: what stands in the log goes home, and the book can be copied as one file
EXPLAIN = "explain:"  # a change of a 情况说明 is kept under this and the rule's code

Place = tuple[Period, str]


class Other(NamedTuple):
    """A text that is no month's: `keep` saves it and says why it could not, "" where nothing is left over."""

    keep: Callable[[], str]
    let_go: Callable[[], None]


class Autosave(QObject):
    """Changes not yet on disk, by month and task, and the word on how things stand.

    `mark` says ("saved", time), ("typing", "") or ("unsaved", reason); "saved" only after the desk has returned.
    """

    mark = Signal(str, str)
    saved = Signal(object, str)  # period, task id
    refused = Signal(object, str, str, str)  # period, task id, field, reason

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open: dict[Place, dict[str, object]] = {}
        self._refusals: dict[tuple[Period, str, str], str] = {}
        self._fault = ""
        self.others: list[Other] = []
        self.state: tuple[str, str] = ("", "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._settle_down)

    def note(self, period: Period, task_id: str, field: str, value: object) -> None:
        """Remember a change and save it when the typing pauses."""
        self._open.setdefault((period, task_id), {})[field] = value
        self._refusals.pop((period, task_id, field), None)
        self._show("typing", "")
        self._timer.start(PAUSE_MS)

    def pending(self, period: Period, task_id: str) -> dict[str, object]:
        """What was typed into a task and is not on disk."""
        return dict(self._open.get((period, task_id), {}))

    def refusal(self, period: Period, task_id: str, field: str) -> str:
        """Why a field's text cannot be taken; empty where it can."""
        return self._refusals.get((period, task_id, field), "")

    @property
    def clean(self) -> bool:
        """Whether everything typed is on disk."""
        return not self._open

    def flush(self) -> bool:
        """Save everything now; True when nothing is left over."""
        self._timer.stop()
        if self._open:
            self._fault = ""
            written: datetime | None = None
            for place in list(self._open):
                written = self._save_place(place) or written
            self._tell(written)
        reasons = [reason for other in self.others if (reason := other.keep())]
        if reasons:
            self._show("unsaved", reasons[0])
        return self.clean and not reasons

    def before_each(self, steps: Steps[Outcome]) -> Steps[Outcome]:
        """A verb that needs the book, with what is typed meanwhile saved before each of its steps there."""
        value, problem = None, None
        try:
            while True:
                self.flush()
                work = steps.send(value) if problem is None else steps.throw(problem)
                try:
                    value, problem = (yield work), None
                except Exception as caught:  # noqa: BLE001 - the verb itself says what it means
                    problem = caught
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        finally:
            steps.close()

    def give_up(self) -> None:
        """Let go of what cannot be saved: only when the clerk says so."""
        self._timer.stop()
        self._open.clear()
        for other in self.others:
            other.let_go()

    def _save_place(self, place: Place) -> datetime | None:
        """Write what is open for one task, together where possible, else field by field; when it was written."""
        period, task_id = place
        changes = dict(self._open[place])
        values = {field: value for field, value in changes.items() if not field.startswith(EXPLAIN)}
        notes = {field: value for field, value in changes.items() if field.startswith(EXPLAIN)}
        written = self._try(place, values) if values else None
        if written is None and len(values) > 1 and not self._fault:
            for field, value in values.items():
                written = self._try(place, {field: value}) or written
        for field, value in notes.items():
            written = self._try_note(place, field, str(value)) or written
        if written:
            self.saved.emit(period, task_id)
        return written

    def _try(self, place: Place, values: dict[str, object]) -> datetime | None:
        period, task_id = place
        try:
            at = save_entry.save(self._desk, period, task_id, values).at
        except WorldError as problem:
            self._fault = str(problem)
        except ClerkError as problem:
            if len(values) == 1:
                self._refuse(place, next(iter(values)), str(problem))
        except Exception:  # noqa: BLE001 - whatever broke, the words stay and are not called saved
            self._break()
        else:
            self._settle(place, values)
            return at
        return None

    def _try_note(self, place: Place, field: str, text: str) -> datetime | None:
        from desktop_app.desk import check_report

        period, task_id = place
        try:
            if text.strip():
                check_report.explain(self._desk, period, task_id, field.removeprefix(EXPLAIN), text)
            else:
                check_report.withdraw(self._desk, period, task_id, field.removeprefix(EXPLAIN))
        except WorldError as problem:
            self._fault = str(problem)
        except ClerkError as problem:
            self._refuse(place, field, str(problem))
        except Exception:  # noqa: BLE001
            self._break()
        else:
            self._settle(place, {field: text})
            return self._desk.now()
        return None

    def _break(self) -> None:
        log.exception("saving failed")
        self._fault = _("程序出错，没有存上；文字还在，将自动重试。")

    def _refuse(self, place: Place, field: str, reason: str) -> None:
        self._refusals[(*place, field)] = reason
        self.refused.emit(*place, field, reason)

    def _settle(self, place: Place, values: dict[str, object]) -> None:
        left = self._open.get(place, {})
        for field, value in values.items():
            if left.get(field) == value:
                left.pop(field, None)
        if not left:
            self._open.pop(place, None)

    def _tell(self, written: datetime | None) -> None:
        if self._fault:
            self._show("unsaved", self._fault)
            self._timer.start(RETRY_MS)
        elif self._open:
            self._show("unsaved", next(iter(self._refusals.values()), ""))
        elif written:
            self._show("saved", f"{written:%H:%M:%S}")
        else:
            self._show("", "")
        if written:
            self._rest.start(REST_MS)

    def _settle_down(self) -> None:
        try:
            self._desk.rest()
        except WorldError:  # everything is durable where it is; the next rest or the next opening brings it home
            log.warning("the book could not be brought to rest", exc_info=True)

    def _show(self, state: str, text: str) -> None:
        self.state = (state, text)
        self.mark.emit(state, text)
