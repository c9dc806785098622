"""Last month's words in this month's form: grey until somebody stands for them."""

from PySide6.QtCore import QObject, Signal

from desktop_app.language import _
from desktop_app.model.entry import Entry, Status
from ui.pages.entry_sheet import EntrySheet

BORROWED = ("narrative", "problems", "next_steps")


class LastMonthsWords(QObject):
    """`status_taken` carries last month's status where it is taken along with the words."""

    status_taken = Signal(object)

    def __init__(self, sheet: EntrySheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._before: Entry | None = None
        self._writable = False

    def load(self, before: Entry | None, *, writable: bool) -> None:
        """Another task, or the same one read afresh."""
        self._before, self._writable = before, writable
        self.show()

    def take_over(self) -> None:
        """Put last month's words into the empty fields, in grey."""
        for name in BORROWED:
            words = getattr(self._before, name) if self._before else ""
            if words and not self._sheet.texts[name].toPlainText().strip():
                self._sheet.texts[name].borrow(words)
        self.show()
        self._sheet.texts["narrative"].setFocus()

    def confirm(self) -> None:
        """Stand for all borrowed words at once, and for last month's status where there is none yet."""
        status = self._status_along()
        if status is not None:
            self._sheet.status.show_status(status)
            self.status_taken.emit(status)
        for name in BORROWED:
            self._sheet.texts[name].confirm()
        self.show()

    def show(self) -> None:
        """What can be done about last month's words now."""
        words = self._before is not None and bool(self._before.narrative)
        free = not self._sheet.texts["narrative"].toPlainText().strip() and self._writable
        self._sheet.borrow.setVisible(words and free)
        self._sheet.stand.setVisible(self._grey)
        said = _("灰色是上月文字，改动或确认后才算填报") if self._grey else ""
        status = self._status_along()
        if status is not None:
            said += _("；确认时状态填「{status}」").format(status=_(status.label))
        self._sheet.boxes["narrative"].aside.setText(said)

    @property
    def _grey(self) -> bool:
        return any(self._sheet.texts[name].borrowed for name in BORROWED)

    def _status_along(self) -> Status | None:
        taken = self._grey and self._before is not None and not self._sheet.status.currentData()
        return self._before.status if taken and self._before is not None else None
