"""The form of one task: every field of its entry, linked figures, last month's words, findings under their fields."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import save_entry
from desktop_app.desk.month import Row
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import NUMBER_FIELDS, Entry, Evidence
from ui.autosave import EXPLAIN
from ui.fields.evidence_field import EvidenceField
from ui.fields.field_box import FieldBox
from ui.fields.finding_notes import FindingNotes
from ui.fields.number_field import NumberField
from ui.fields.status_field import StatusField
from ui.fields.text_field import TextField
from ui.pages.figures import cumulative_from, figure, number, percent_of, this_month_from
from ui.pages.plan_flags import PlanFlags
from ui.pages.steps_back import StepsBack
from ui.pages.task_head import TaskHead
from ui.session import Session

TEXTS = {"narrative": 3, "problems": 2, "next_steps": 2, "coordination": 1}
ROW = ("status", *NUMBER_FIELDS)
BORROWED = ("narrative", "problems", "next_steps")


class EntryForm(QWidget):
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
        self._auto_percent = ""
        self.last_figure = "this_month"
        self.head = TaskHead()
        self.flags = PlanFlags()
        self.reason = QLabel()
        self.reason.setObjectName("badgeWarn")
        self.reason.setWordWrap(True)
        self.task_notes = FindingNotes()
        self.boxes: dict[str, FieldBox] = {}
        self.status = StatusField()
        self.numbers = {name: NumberField() for name in NUMBER_FIELDS}
        self.texts = {name: TextField(lines) for name, lines in TEXTS.items()}
        self.texts["nil_reason"] = TextField(1)
        self.nil = QCheckBox(_("本月无新增进展（零报告）　Ctrl+0"))
        self.evidence = EvidenceField()
        self.borrow = QPushButton(_("沿用上月文字　Alt+Y"))
        self.stand = QPushButton(_("确认沿用　Alt+Q"))
        self.record = QPushButton(_("修改记录　Alt+H"))
        self._steps = StepsBack()
        self._make_boxes()
        self._lay_out()
        self._connect()

    def _make_boxes(self) -> None:
        labels = {
            "status": _("进展状态(&S)"),
            "this_month": _("本月完成(&M)"),
            "cumulative": _("累计完成(&L)"),
            "percent": _("完成率%(&R)"),
            "under_way": _("在施(&Z)"),
            "nil_reason": _("零报告原因(&0)"),
            "narrative": _("本月进展(&J)"),
            "problems": _("存在问题（原因）(&W)"),
            "next_steps": _("下一步工作安排(&X)"),
            "coordination": _("需市级协调事项(&C)"),
            "evidence": _("佐证材料(&E)"),
        }
        fields: dict[str, QWidget] = {"status": self.status, "evidence": self.evidence, **self.numbers, **self.texts}
        for name, label in labels.items():
            self.boxes[name] = FieldBox(label, fields[name], narrow=name in ROW)
        self.evidence.attach.setAccessibleName(_("附加佐证材料"))

    def _lay_out(self) -> None:
        figures = QGridLayout()
        figures.setHorizontalSpacing(10)
        for column, name in enumerate(ROW):
            figures.addWidget(self.boxes[name], 0, column, Qt.AlignmentFlag.AlignTop)
            figures.setColumnStretch(column, 4 if name == "status" else 3)
        for button in (self.borrow, self.stand):
            button.setObjectName("chip")
            self.boxes["narrative"].beside_label(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 10, 16, 10)
        page.setSpacing(8)
        for widget in (self.head, self.flags, self.reason, self.task_notes):
            page.addWidget(widget)
        page.addLayout(figures)
        words = QVBoxLayout()
        words.setSpacing(0)
        for name in ROW:
            words.addWidget(self.boxes[name].words)
        page.addLayout(words)
        nil = QHBoxLayout()
        nil.addWidget(self.nil)
        nil.addStretch(1)
        self.record.setObjectName("chip")
        self.record.setToolTip(_("谁在什么时候把什么改成了什么；在一项里按 Ctrl+Z 可以一步步退回"))
        nil.addWidget(self.record)
        page.addLayout(nil)
        for name in ("nil_reason", *TEXTS, "evidence"):
            page.addWidget(self.boxes[name])
        page.addStretch(1)

    def _connect(self) -> None:
        self.status.edited.connect(lambda value: self._note("status", value))
        self.nil.toggled.connect(self._nil_toggled)
        for name, line in self.numbers.items():
            line.edited.connect(lambda text, name=name: self._figure_typed(name, text))
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
        self.borrow.clicked.connect(self.take_over)
        self.stand.clicked.connect(self.confirm)
        QShortcut("Alt+Y", self.borrow, self.take_over)  # a button's own shortcut waits a tenth of a second
        QShortcut("Alt+Q", self.stand, self.confirm)
        self.record.clicked.connect(self._show_record)
        QShortcut("Alt+H", self.record, self._show_record)
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
        self._show_entry(row.entry)
        self._show_pending(row)
        self._loading = False
        self._show_extent(row)
        self._show_lock()
        self.show_findings()
        self._show_borrowing()

    def save_now(self) -> None:
        """Leaving a field writes at once."""
        self.session.autosave.flush()

    def _figure_left(self, name: str) -> None:
        self.last_figure = name
        self.save_now()

    def _column_pasted(self, name: str) -> None:
        self.last_figure = name
        self.column.emit()

    def take_over(self) -> None:
        """Put last month's words into the empty fields, in grey."""
        before = self.row.previous if self.row else None
        for name in BORROWED:
            words = getattr(before, name) if before else ""
            if words and not self.texts[name].toPlainText().strip():
                self.texts[name].borrow(words)
        self._show_borrowing()
        self.texts["narrative"].setFocus()

    def confirm(self) -> None:
        """Stand for all borrowed words at once, and for last month's status where there is none yet."""
        before = self.row.previous if self.row else None
        grey = any(self.texts[name].borrowed for name in BORROWED)
        if grey and before is not None and before.status is not None and not self.status.currentData():
            self.status.show_status(before.status)
            self._note("status", before.status.value)
        for name in BORROWED:
            self.texts[name].confirm()
        self._show_borrowing()

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
            box.notes.show_findings(own, writable=writable, stale=stale)
        rest = tuple(f for f in findings if f.field not in self.boxes or self.boxes[f.field].isHidden())
        self.task_notes.show_findings(rest, writable=writable, stale=stale)

    def _show_entry(self, entry: Entry) -> None:
        self.status.show_status(entry.status)
        for name, line in self.numbers.items():
            line.show_text(figure(getattr(entry, name)))
        for name, text_field in self.texts.items():
            text_field.show_text(getattr(entry, name))
        self.nil.setChecked(entry.nil)
        self.boxes["nil_reason"].setVisible(entry.nil)
        self._suggest_percent(entry)
        if self.row is not None:
            self.evidence.show_files(self.row.evidence, self._all_evidence())

    def _show_pending(self, row: Row) -> None:
        autosave = self.session.autosave
        pending = autosave.pending(self.session.period, row.task.id)
        for name, value in pending.items():
            if name in self.numbers:
                self.numbers[name].show_text(str(value))
            elif name in self.texts:
                self.texts[name].show_text(str(value))
        for name, box in self.boxes.items():
            box.refuse(autosave.refusal(self.session.period, row.task.id, name))

    def _show_extent(self, row: Row) -> None:
        """Tasks without an amount have no figures, unless some were filled in."""
        shown = row.target is not None or any(getattr(row.entry, name) is not None for name in NUMBER_FIELDS)
        unit = row.target.unit if row.target else ""
        for name in NUMBER_FIELDS:
            self.boxes[name].setVisible(shown)
            self.boxes[name].words.setVisible(shown)
            self.boxes[name].aside.setText(unit if name != "percent" else "")

    def _show_lock(self) -> None:
        sealed = self.locked
        for line in self.numbers.values():
            line.setReadOnly(sealed)
        for text_field in self.texts.values():
            text_field.setReadOnly(sealed)
        self.status.setEnabled(not sealed)
        self.nil.setEnabled(not sealed)
        self.evidence.set_writable(writable=not sealed)
        self.reason.setVisible(self.session.view.sealed)
        self.reason.setText(_("本月月报已经签署封存，只能查看，不能再改。如需更正，要在收到退回后另起一版。"))

    def _show_borrowing(self) -> None:
        before = self.row.previous if self.row else None
        words = before is not None and bool(before.narrative)
        free = not self.texts["narrative"].toPlainText().strip() and not self.locked
        self.borrow.setVisible(words and free)
        grey = any(self.texts[name].borrowed for name in BORROWED)
        self.stand.setVisible(grey)
        said = _("灰色是上月文字，改动或确认后才算填报") if grey else ""
        if grey and before is not None and before.status is not None and not self.status.currentData():
            said += _("；确认时状态填「{status}」").format(status=_(before.status.label))
        self.boxes["narrative"].aside.setText(said)

    def _note(self, name: str, value: object) -> None:
        if self._loading or self.row is None:
            return
        if name in self.boxes:
            self.boxes[name].refuse("")
        self.session.autosave.note(self.session.period, self.row.task.id, name, value)
        self._show_borrowing()
        self.edited.emit()

    def _figure_typed(self, name: str, text: str) -> None:
        """本月 and 累计 follow each other; the percent follows them until the clerk writes another."""
        if self.row is None:
            return
        self._note(name, text)
        other, linked = {
            "this_month": ("cumulative", cumulative_from(self.row, text)),
            "cumulative": ("this_month", this_month_from(self.row, text)),
        }.get(name, ("", None))
        if linked is not None:
            self.numbers[other].show_text(linked)
            self._note(other, linked)
        if name in ("this_month", "cumulative"):
            self._follow_percent()

    def _follow_percent(self) -> None:
        if self.row is None:
            return
        worked_out = figure(percent_of(self.row, number(self.numbers["cumulative"].text())))
        line = self.numbers["percent"]
        if worked_out and line.text() in ("", self._auto_percent):
            line.show_text(worked_out)
            self._note("percent", worked_out)
        self._auto_percent = worked_out
        self._hint_percent()

    def _suggest_percent(self, entry: Entry) -> None:
        self._auto_percent = figure(percent_of(self.row, entry.cumulative)) if self.row else ""
        self._hint_percent()

    def _hint_percent(self) -> None:
        line = self.numbers["percent"]
        line.setPlaceholderText(self._auto_percent)
        line.setToolTip(_("按目标计算为 {percent}%").format(percent=self._auto_percent) if self._auto_percent else "")

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
