"""表尾人员: who stands at the foot of the form, this month and the next ones."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFormLayout, QWidget

from desktop_app.desk import month
from desktop_app.language import N_, _
from ui.fields.word_line import WordLine
from ui.pages.settings_card import SettingsCard
from ui.session import Session

LABELS = {
    "preparer": N_("填报人(&1)"),
    "reviewer": N_("审核人(&2)"),
    "approver": N_("单位负责人(&3)"),
    "phone": N_("联系电话(&4)"),
}
LONGEST = 60


class NameField(WordLine):
    """A name or number; `left` tells that the cursor went elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving a field keeps it."""
        super().focusOutEvent(event)
        self.left.emit()


class PeopleCard(SettingsCard):
    """A name counts when the field is left; the checks look at it at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("表尾人员"), _("印在月报表尾；填报人签署时，以签署密钥上的姓名为准。"), parent)
        self.fields = {name: NameField() for name in LABELS}
        form = QFormLayout()
        form.setVerticalSpacing(7)
        for name, label in LABELS.items():
            field = self.fields[name]
            field.setMaxLength(LONGEST)
            field.left.connect(self.keep)
            field.returnPressed.connect(self.keep)
            form.addRow(_(label), field)
        self.box.addLayout(form)
        self._known = month.people(session.desk)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return tuple(self.fields.values())

    def show_values(self) -> None:
        """Read everything from the book."""
        self._known = month.people(self.session.desk)
        for name, field in self.fields.items():
            field.setText(getattr(self._known, name))

    def keep(self) -> None:
        """Keep what stands in the fields, where it is something else than before."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        people = replace(self._known, **typed)
        if people == self._known:  # asked of no book: a field is left, too, when the window closes
            return
        desk = self.session.desk
        if self.session.attempt(lambda: month.set_people(desk, people)):
            self._known = people
            self.session.refresh()
