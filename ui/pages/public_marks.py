"""公开、内部 in the form: each field's mark as the book has it, and what pressing it does."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk import withholding
from desktop_app.desk.month import Row
from desktop_app.desk.withholding import Marked
from desktop_app.language import _
from desktop_app.model.disclosure import COVERED, MARK_LABELS
from ui.pages.entry_sheet import EntrySheet
from ui.session import Session


class PublicMarks(QObject):
    """`load` a row; `toggle` the mark of the field with the cursor. They speak of the public edition only.

    So they can be set when the month is signed, too: nothing that was signed changes by it.
    """

    changed = Signal()

    def __init__(self, session: Session, sheet: EntrySheet) -> None:
        super().__init__(sheet)
        self.session = session
        self.sheet = sheet
        self.task_id = ""
        for mark in sheet.marks.values():
            mark.asked.connect(lambda field=mark.field: self._turn(field))

    def load(self, row: Row) -> None:
        """Show how the fields of a task are marked."""
        self.task_id = row.task.id
        writable = not (self.session.desk.read_only or row.dropped)
        for mark in self.sheet.marks.values():
            mark.setEnabled(writable)
        self._show()

    def toggle(self) -> None:
        """Turn the mark of the field that has the cursor; say so where that is never published."""
        name = self._field_with_cursor()
        field = next((field for field, covered in COVERED.items() if name in covered), None)
        if field is not None and self.sheet.marks[field].isEnabled():
            self._turn(field)
        elif name in ("problems", "coordination", "evidence"):
            self.session.messages.note(_("这一栏只供内部，公开版从来不印。"))

    def _field_with_cursor(self) -> str:
        here: QWidget | None = self.sheet.focusWidget()
        return next((name for name, box in self.sheet.boxes.items() if here and box.isAncestorOf(here)), "")

    def _turn(self, field: str) -> None:
        show = self.sheet.marks[field].isChecked()
        done: list[Marked] = []
        desk, period, task = self.session.desk, self.session.period, self.task_id
        self.session.autosave.flush()
        if self.session.attempt(lambda: done.append(withholding.hide(desk, period, task, [field], show=show))):
            self._show()
            said = _("{task}「{field}」标为公开。") if show else _("{task}「{field}」标为内部，公开版不印。")
            said = said.format(task=task, field=_(MARK_LABELS[field]))
            self.session.messages.good(said, (_("撤回"), lambda: self._back(done[0])))

    def _back(self, done: Marked) -> None:
        if self.session.attempt(lambda: withholding.put_back(self.session.desk, done)):
            self.session.messages.good(_("已撤回。"))
            self._show()

    def _show(self) -> None:
        period = self.session.period
        inside = {each.field: each for each in withholding.withheld(self.session.desk, period, self.task_id)}
        for field, mark in self.sheet.marks.items():
            mark.show_mark(inside.get(field), period)
        self.changed.emit()
