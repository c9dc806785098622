"""What a public edition would give away: the list, and for each line the way to its field, hiding it, a reason."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import disclosure, public_edition, withholding
from desktop_app.desk.public_edition import Looked
from desktop_app.language import _
from desktop_app.model.disclosure import COVERED, Leak
from ui.fields.columns import Columns
from ui.fields.reading_table import ReadingTable
from ui.fields.word_line import WordLine
from ui.session import Session

_HEIGHT = 150  # logical px of the list: some four places; the others are scrolled to


class LeaksBox(QWidget):
    """`changed`: the book says something else now. `jump` carries month, task and field, `activity` a number."""

    changed = Signal()
    jump = Signal(object, str, str)
    activity = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.looked: Looked | None = None
        self.table = ReadingTable((_("位置"), _("查出")), (0, 1), _("公开版里不宜公开的内容"))
        Columns(self.table, "leaks", session.remembered, (0, 1))
        self.table.setFixedHeight(_HEIGHT)
        self.see = QPushButton(_("去看这一处(&V)"))
        self.hide_field = QPushButton(_("标为内部(&N)"))
        self.reason = WordLine()
        self.reason.setPlaceholderText(_("例如：对外服务电话"))
        label = QLabel(_("或写明为什么可以公开(&Q)"))
        label.setBuddy(self.reason)
        label.setWordWrap(True)
        self.reason.setAccessibleName(_("为什么可以公开"))
        self.allow = QPushButton(_("这一处可以公开(&U)"))
        row = QGridLayout()
        row.setSpacing(6)
        row.addWidget(self.see, 0, 0)
        row.addWidget(self.hide_field, 0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.table)
        box.addLayout(row)
        for widget in (label, self.reason, self.allow):
            box.addWidget(widget)
        self.table.currentCellChanged.connect(lambda *_cell: self._enable())
        self.table.activated.connect(lambda _index: self.go())
        self.see.clicked.connect(self.go)
        self.hide_field.clicked.connect(self.keep_inside)
        self.allow.clicked.connect(self.let_out)
        self.reason.returnPressed.connect(self.let_out)

    def show_leaks(self, looked: Looked) -> None:
        """The places that are left; nothing is seen where there is none."""
        at = self.table.currentRow()
        self.looked = looked
        self.table.show_rows([(_place(each), each.found) for each in looked.left])
        if looked.left:
            self.table.setCurrentCell(min(max(at, 0), len(looked.left) - 1), 0)
        self.setVisible(bool(looked.left))
        self._enable()

    @property
    def leak(self) -> Leak | None:
        """The one under the cursor."""
        at = self.table.currentRow()
        return self.looked.left[at] if self.looked and 0 <= at < len(self.looked.left) else None

    def go(self) -> None:
        """To the field where it stands, or to the register."""
        leak = self.leak
        if leak is None or self.looked is None:
            return
        number = disclosure.activity_of(leak)
        if number is not None:
            self.activity.emit(number)
        elif _mark(leak):
            self.jump.emit(self.looked.month, leak.task, leak.field)

    def keep_inside(self) -> None:
        """The field is printed no more."""
        leak, looked = self.leak, self.looked
        if leak is None or looked is None:
            return
        done: list[withholding.Marked] = []
        desk = self.session.desk
        if self.session.attempt(lambda: done.append(withholding.hide(desk, looked.month, leak.task, [leak.field]))):
            said = _("{place}标为内部，公开版不印。").format(place=_place(leak))
            self._told(said, lambda: withholding.put_back(desk, done[0]))

    def let_out(self) -> None:
        """It may leave, for the reason that is written; without one the cursor goes there."""
        leak, looked = self.leak, self.looked
        if leak is None or looked is None:
            return
        if not self.reason.text().strip():
            self.session.messages.note(_("请先写明为什么可以公开。"))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, edition = self.session.desk, str(looked.edition)
        if self.session.attempt(lambda: disclosure.allow(desk, edition, [leak], self.reason.text())):
            self.reason.clear()
            said = _("{place}经说明可以公开。").format(place=_place(leak))
            self._told(said, lambda: disclosure.forbid(desk, edition, [leak]))

    def look_again(self, edition: public_edition.Edition) -> Looked | None:
        """Read what is left of an edition and show it; None where it cannot be said, which is told."""
        found: list[Looked] = []
        if not self.session.attempt(lambda: found.append(public_edition.look(self.session.desk, edition))):
            return None
        self.show_leaks(found[0])
        return found[0]

    def _told(self, said: str, back: Callable[[], object]) -> None:
        self.changed.emit()
        self.session.messages.good(said, (_("撤回"), lambda: self._back(back)))

    def _back(self, back: Callable[[], object]) -> None:
        if self.session.attempt(back):
            self.session.messages.good(_("已撤回。"))
            self.changed.emit()

    def _enable(self) -> None:
        leak, writable = self.leak, not self.session.desk.read_only
        in_task = leak is not None and bool(_mark(leak))
        self.see.setEnabled(in_task or (leak is not None and disclosure.activity_of(leak) is not None))
        self.hide_field.setEnabled(writable and in_task)
        for widget in (self.reason, self.allow):
            widget.setEnabled(writable and leak is not None)


def _mark(leak: Leak) -> str:
    """Under which mark its field falls, "" where it stands in no task's words."""
    named = disclosure.activity_of(leak) is not None
    return "" if named else next((mark for mark, fields in COVERED.items() if leak.field in fields), "")


def _place(leak: Leak) -> str:
    field = _(disclosure.LABELS.get(leak.field, leak.field))
    return _("{place}「{field}」").format(place=disclosure.place_words(leak), field=field)
