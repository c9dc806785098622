"""Figures: a line that takes digits and leaves "empty" different from 0."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.fields.clipboard_column import is_column
from ui.fields.undo_keys import goes_back

# What may stand in a figure, full-width forms too; whether it is one the desk says.
FIGURE = QRegularExpression(r"[+\-＋－]?[0-9０-９,，.．]{0,24}[%％]?")


class NumberField(QLineEdit):
    """A figure as text. `edited` carries the text a person typed; "" is "not filled"."""

    edited = Signal(str)
    left = Signal()
    back = Signal()
    column = Signal()  # a whole column is being pasted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(QRegularExpressionValidator(FIGURE, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(74)
        self.setReadOnly(False)
        self.textEdited.connect(self.edited)

    def setReadOnly(self, read_only: bool) -> None:  # noqa: N802, FBT001 - Qt's name
        """Figures pass by the input method: digits and the point arrive as typed, also while it writes Chinese."""
        super().setReadOnly(read_only)  # this would let it in again
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_text(self, text: str) -> None:
        """Show a figure of the book, the cursor staying where it is if nothing changed."""
        if text != self.text():
            self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Undo beyond the line's own steps is asked for; a column does not go into one line."""
        if not self.isReadOnly() and goes_back(event, own_steps=self.isUndoAvailable()):
            self.back.emit()
            return
        pasting = event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly()
        if pasting and is_column(QGuiApplication.clipboard().text()):
            self.column.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving a field saves at once."""
        super().focusOutEvent(event)
        self.left.emit()
