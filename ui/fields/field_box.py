"""A field with all that belongs to it: its label, the field, why its text cannot be taken, and what the checks say."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.language import _
from desktop_app.model.finding import Finding
from ui.fields.finding_notes import NOTHING, FindingNotes
from ui.fields.flow import Flow
from ui.restyle import restyle


class FieldBox(QWidget):
    """Label above field. The label is the field's buddy: its letter jumps there and a screen reader reads it.

    A narrow field has no room for sentences: its `words` are left for the form to put where they fit, each beginning
    with the label.
    """

    def __init__(self, label: str, field: QWidget, *, narrow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._required = False
        self.label = QLabel(label)
        self.label.setBuddy(field)
        self.name = label.split("(&")[0]
        field.setAccessibleName(self.name)
        self._prefix = _("{field}：").format(field=self.name) if narrow else ""
        self.aside = QLabel()
        self.aside.setObjectName("muted")
        self.refusal = QLabel()
        self.refusal.setObjectName("badgeBad")
        self.refusal.setWordWrap(True)
        self.refusal.setTextFormat(Qt.TextFormat.PlainText)
        self.refusal.hide()
        self.notes = FindingNotes(self._prefix)
        self.words = QWidget()
        words = QVBoxLayout(self.words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.refusal)
        words.addWidget(self.notes)
        head = QHBoxLayout() if narrow else Flow()
        head.setSpacing(8)
        head.addWidget(self.label)
        head.addWidget(self.aside)
        if isinstance(head, QHBoxLayout):
            head.addStretch(1)
        self._head = head
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(head)
        box.addWidget(field)
        if not narrow:
            box.addWidget(self.words)

    def beside_label(self, widget: QWidget) -> None:
        """Put a small button at the right end of the label's line, which a narrow field has no room for."""
        if isinstance(self._head, Flow):
            self._head.to_the_right(widget)

    def require(self, *, required: bool) -> None:
        """Whether the month cannot be signed while the field is empty."""
        self._required = required
        self._describe()

    def show_findings(
        self, findings: tuple[Finding, ...], *, writable: bool, stale: Mapping[str, str] = NOTHING
    ) -> None:
        """What the checks say of this field."""
        self.notes.show_findings(findings, writable=writable, stale=stale)
        self._describe()

    def refuse(self, reason: str) -> None:
        """Say why the text cannot be taken; "" takes it back."""
        self.refusal.setText(self._prefix + reason if reason else "")
        self.refusal.setVisible(bool(reason))
        if isinstance(self.field, QLineEdit | QPlainTextEdit):
            restyle(self.field, "refused", "true" if reason else "false")
        self._describe()

    def _describe(self) -> None:
        """What a screen reader says after the name. Qt passes on neither "required" nor "invalid": words have to."""
        said = [_("必填")] if self._required else []
        said += [self.refusal.text()] if self.refusal.text() else []
        said += [note.accessibleName() for note in self.notes.notes]
        self.field.setAccessibleDescription("；".join(said))
