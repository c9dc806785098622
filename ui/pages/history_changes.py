"""What changed between any two revisions, of one month or of two."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.desk import year
from desktop_app.desk.year import LABELS, Difference, Place
from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.fields.columns import Columns
from ui.fields.reading_table import ReadingTable
from ui.models.year_words import place_words
from ui.session import Session


class ChangesPane(QWidget):
    """Two choices and a table; the chosen line of the year stands at the right, the one before it at the left."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.before, self.after = QComboBox(), QComboBox()
        self.said = QLabel()
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        headings = (_("任务"), _("填报项"), _("原来"), _("现在"))
        self.table = ReadingTable(headings, (2, 3), _("两版之间的不同"))
        Columns(self.table, "differences", session.remembered, (2, 3))
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, choice in ((_("从(&B)"), self.before), (_("到(&A)"), self.after)):
            label = QLabel(words)
            label.setBuddy(choice)
            row.addWidget(label)
            row.addWidget(choice, 1)
            choice.activated.connect(lambda _place: self.compare())
        self.before.setAccessibleName(_("从哪一版"))
        self.after.setAccessibleName(_("到哪一版"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addWidget(self.table, 1)

    def show_place(self, place: Place | None) -> None:
        """Compare a revision with the one before it, of the same month or of the month before."""
        found = year.places(self.session.desk)
        for choice in (self.before, self.after):
            choice.clear()
            for each in found:
                choice.addItem(place_words(each), each)
            choice.setMinimumWidth(choice.sizeHint().width())  # what Qt keeps as the least is that of an empty choice
        at = found.index(place) if place in found else 0
        self.after.setCurrentIndex(at)
        self.before.setCurrentIndex(min(at + 1, len(found) - 1))
        self.compare()

    def compare(self) -> None:
        """Read both and show what differs."""
        before, after = self.before.currentData(), self.after.currentData()
        found: tuple[Difference, ...] = ()
        if not isinstance(before, Place) or not isinstance(after, Place) or before == after:
            self.said.setText(_("请选两个不同的版本。"))
            self.table.show_rows(())
            return
        try:
            found = year.changed(self.session.desk, before, after)
        except ClerkError as problem:
            self.session.messages.refuse(problem)
        left = self.table.show_rows([_cells(each) for each in found])
        said = _("有 {count} 处不同。").format(count=len(found)) if found else _("两版填的内容相同。")
        self.said.setText(said + (_("这里列出前面的，另有 {left} 处没有列。").format(left=left) if left else ""))


def _cells(each: Difference) -> tuple[str, str, str, str]:
    values = [_(text) if each.field == "status" and text else text or "—" for text in (each.before, each.after)]
    return each.task_id, _(LABELS[each.field]), values[0], values[1]
