"""本月, 累计 and 完成率 in the form: two follow each other, the third follows them until the clerk writes another."""

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.month import Row
from desktop_app.language import _
from desktop_app.model.entry import Entry
from ui.fields.number_field import NumberField
from ui.pages.figures import cumulative_from, figure, number, percent_of, this_month_from


class LinkedFigures(QObject):
    """`worked_out` carries a figure that followed another: field and text. It is kept like anything typed."""

    worked_out = Signal(str, str)

    def __init__(self, numbers: dict[str, NumberField], parent: QObject) -> None:
        super().__init__(parent)
        self._numbers = numbers
        self._row: Row | None = None
        self._percent = ""

    def load(self, row: Row, entry: Entry) -> None:
        """Another task, or the same one read afresh."""
        self._row = row
        self._percent = figure(percent_of(row, entry.cumulative))
        self._hint()

    def typed(self, name: str, text: str) -> None:
        """A person changed one of the figures."""
        if self._row is None:
            return
        other, linked = {
            "this_month": ("cumulative", cumulative_from(self._row, text)),
            "cumulative": ("this_month", this_month_from(self._row, text)),
        }.get(name, ("", None))
        if linked is not None:
            self._numbers[other].show_text(linked)
            self.worked_out.emit(other, linked)
        if name in ("this_month", "cumulative"):
            self._follow(self._row)

    def _follow(self, row: Row) -> None:
        worked_out = figure(percent_of(row, number(self._numbers["cumulative"].text())))
        line = self._numbers["percent"]
        if worked_out and line.text() in ("", self._percent):
            line.show_text(worked_out)
            self.worked_out.emit("percent", worked_out)
        self._percent = worked_out
        self._hint()

    def _hint(self) -> None:
        line = self._numbers["percent"]
        line.setPlaceholderText(self._percent)
        line.setToolTip(_("按目标计算为 {percent}%").format(percent=self._percent) if self._percent else "")
