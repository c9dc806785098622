"""The form of one task: every field of its entry, linked figures, last month's words, findings under their fields."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.desk import save_entry
from desktop_app.desk.month import Row
from desktop_app.errors import ClerkError
from desktop_app.language import N_, _
from desktop_app.model.entry import Evidence
from ui.autosave import EXPLAIN
from ui.fields.text_field import TextField
from ui.pages.entry_sheet import EntrySheet
from ui.pages.last_months_words import LastMonthsWords
from ui.pages.linked_figures import LinkedFigures
from ui.pages.public_marks import PublicMarks
from ui.pages.steps_back import StepsBack
from ui.session import Session

SEALED = N_("本月月报已经签署封存，只能查看，不能再改。如需更正，要在收到退回后另起一版。")


class EntryForm(EntrySheet):
    """Three verbs: `load` a row, note what is typed (autosave writes it), show what the checks find."""

    edited = Signal()
    changes = Signal(str, str)  # task id, its title: show who changed what
    figure_done = Signal(str)  # Enter in a figure: on to the same one of the next task
    column = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.row: Row | None = None
        self._loading = False
        self.last_figure = "this_month"
        self.linked = LinkedFigures(self.numbers, self)
        self.borrowed = LastMonthsWords(self)
        self.public = PublicMarks(session, self)
        self._steps = StepsBack()
        self._connect()

    def _connect(self) -> None:
        self.status.edited.connect(lambda value: self._note("status", value))
        self.nil.toggled.connect(self._nil_toggled)
        for name, line in self.numbers.items():
            line.edited.connect(lambda text, name=name: self._note(name, text))
            line.edited.connect(lambda text, name=name: self.linked.typed(name, text))
            line.left.connect(lambda name=name: self._figure_left(name))
            line.returnPressed.connect(lambda name=name: self.figure_done.emit(name))
            line.column.connect(lambda name=name: self._column_pasted(name))
            line.back.connect(lambda name=name: self._step_back(name))
        for name, text_field in self.texts.items():
            text_field.edited.connect(lambda text, name=name: self._note(name, text))
            text_field.left.connect(self.save_now)
            text_field.back.connect(lambda name=name: self._step_back(name))
        for notes in (self.task_notes, *(box.notes for box in self.boxes.values())):
            notes.explained.connect(lambda code, text: self._note(EXPLAIN + code, text))
            notes.left.connect(self.save_now)
        self.linked.worked_out.connect(self._note)
        self.borrowed.status_taken.connect(lambda status: self._note("status", status.value))
        self.borrow.clicked.connect(self.borrowed.take_over)
        self.stand.clicked.connect(self.borrowed.confirm)
        QShortcut("Alt+Y", self.borrow, self.borrowed.take_over)  # a button's own shortcut waits a tenth of a second
        QShortcut("Alt+Q", self.stand, self.borrowed.confirm)
        self.record.clicked.connect(self._show_record)
        QShortcut("Alt+H", self.record, self._show_record)
        QShortcut("Alt+G", self, self.public.toggle)
        self.evidence.added.connect(self._attach)
        self.evidence.removed.connect(self._detach)
        self.session.autosave.refused.connect(self._refused)
        self.session.row_changed.connect(self._row_changed)

    @property
    def locked(self) -> bool:
        """Whether this can only be read: the month is sealed, or the plan holds the task no longer."""
        return self.session.view.sealed or self.session.desk.read_only or (self.row is not None and self.row.dropped)

    def load(self, row: Row) -> None:
        """Show a task: what the book holds, and over it what was typed and could not be saved."""
        self.row = row
        self._steps.begin(self.session.desk)
        for notes in (self.task_notes, *(box.notes for box in self.boxes.values())):
            notes.clear()
        self._loading = True
        self.head.show_row(row, self.session.period)
        self.flags.show_row(row, self.session.view)
        self.show_entry(row.entry)
        self.linked.load(row, row.entry)
        self.evidence.show_files(row.evidence, self._all_evidence())
        self._show_pending(row)
        self._loading = False
        self.show_extent(row)
        self.lock(locked=self.locked, reason=_(SEALED) if self.session.view.sealed else "")
        self.show_findings()
        self.borrowed.load(row.previous, writable=not self.locked)
        self.public.load(row)

    def save_now(self) -> None:
        """Leaving a field writes at once."""
        self.session.autosave.flush()

    def _figure_left(self, name: str) -> None:
        self.last_figure = name
        self.save_now()

    def _column_pasted(self, name: str) -> None:
        self.last_figure = name
        self.column.emit()

    def toggle_nil(self) -> None:
        """零报告 in one key; the reason's field is where the cursor goes."""
        if self.nil.isEnabled():
            self.nil.toggle()
            (self.texts["nil_reason"] if self.nil.isChecked() else self.texts["narrative"]).setFocus()

    def focus_field(self, name: str | None) -> None:
        """Put the cursor into a field; the first one where a finding names none."""
        if name == "nil":
            self.nil.setFocus()
        elif name in self.boxes and not self.boxes[name].isHidden():
            self.boxes[name].field.setFocus()
        else:
            self.status.setFocus()

    def show_findings(self) -> None:
        """Each finding under its field; those about no field under the task's head."""
        if self.row is None:
            return
        findings = self.session.findings.get(self.row.task.id, ())
        writable, stale = not self.locked, self.session.stale_of(self.row.task.id)
        for name, box in self.boxes.items():
            own = tuple(finding for finding in findings if finding.field == name)
            box.show_findings(own, writable=writable, stale=stale)
        rest = tuple(f for f in findings if f.field not in self.boxes or self.boxes[f.field].isHidden())
        self.task_notes.show_findings(rest, writable=writable, stale=stale)

    def _show_pending(self, row: Row) -> None:
        autosave, place = self.session.autosave, (self.session.period, row.task.id)
        self.show_refused(autosave.pending(*place), {name: autosave.refusal(*place, name) for name in self.boxes})

    def _note(self, name: str, value: object) -> None:
        if self._loading or self.row is None:
            return
        if name in self.boxes:
            self.boxes[name].refuse("")
        self.session.autosave.note(self.session.period, self.row.task.id, name, value)
        self.borrowed.show()
        self.edited.emit()

    def _nil_toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.boxes["nil_reason"].setVisible(checked)
        self._note("nil", checked)
        if not self._loading:
            self.save_now()

    def _step_back(self, name: str) -> None:
        """Ctrl+Z when the field's own steps are used up: what it said before, kept like anything typed."""
        if self.row is None or self.locked:
            return
        self.save_now()
        field = self.texts[name] if name in self.texts else self.numbers[name]
        now = field.toPlainText() if isinstance(field, TextField) else field.text()
        try:
            old = self._steps.step(self.session.desk, self.session.period, self.row.task.id, name, now)
        except ClerkError as problem:
            self.session.messages.refuse(problem)
            return
        if old is None:
            self.session.messages.note(_("这一项没有更早的内容了。"))
            return
        field.show_text(old)
        self._note(name, old)
        self.save_now()
        self.session.messages.good(_("已退回上一次保存的内容；再按 Ctrl+Z 继续往前退。"))

    def _show_record(self) -> None:
        if self.row is not None:
            self.save_now()
            self.changes.emit(self.row.task.id, self.row.task.title or self.row.task.measure[:40])

    def _refused(self, _period: object, task_id: str, field: str, reason: str) -> None:
        if self.row is not None and self.row.task.id == task_id and field in self.boxes:
            self.boxes[field].refuse(reason)

    def _row_changed(self, task_id: str) -> None:
        """After a save: what the checks say now. No field is touched, so the cursor stays."""
        if self.row is None or self.row.task.id != task_id:
            return
        self.row = self.session.view.row(task_id)
        self.head.draw(self.row, self.session.period)
        self.evidence.show_files(self.row.evidence, self._all_evidence())
        self.show_findings()

    def _attach(self, files: list[Path]) -> None:
        if self.row is None:
            return
        task_id = self.row.task.id
        self.save_now()
        desk, period = self.session.desk, self.session.period
        for file in files:
            self.session.attempt(partial(save_entry.attach, desk, period, task_id, file))
        self.session.reread(task_id)

    def _all_evidence(self) -> tuple[Evidence, ...]:
        return tuple(item for row in self.session.view.rows for item in row.evidence)

    def _detach(self, sha256: str) -> None:
        if self.row is None or self.locked:
            return
        task_id, desk, period = self.row.task.id, self.session.desk, self.session.period
        if self.session.attempt(lambda: save_entry.detach(desk, period, task_id, sha256)):
            self.session.reread(task_id)
