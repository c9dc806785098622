"""Words: a text box that grows with them, says when they really changed, and never eats the Tab key."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.fields.undo_keys import goes_back
from ui.restyle import restyle

FRAME = 12  # px above and below the lines, border and padding together


class TextField(QPlainTextEdit):
    """A text of one entry. `edited` carries text that a person changed; what is still being composed is not text."""

    edited = Signal(str)
    left = Signal()
    back = Signal()

    def __init__(self, lines: int, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._most = most
        self._known = ""
        self._borrowed = False
        self._over: tuple[int, int, str] | None = None  # anchor, position and words of what is being composed over
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(1)
        self.textChanged.connect(self._changed)
        self._fit()

    @property
    def borrowed(self) -> bool:
        """Whether the text is last month's and nobody has stood for it yet."""
        return self._borrowed

    def show_text(self, text: str) -> None:
        """Show a text of the book; the same text leaves the cursor where it is."""
        self._lend(borrowed=False)
        if text != self.toPlainText():
            self._known = text
            self.setPlainText(text)
        self._known = text

    def borrow(self, text: str) -> None:
        """Show last month's words in grey: they count as nothing until touched or confirmed."""
        self._known = text
        self.setPlainText(text)
        self._lend(borrowed=True)

    def confirm(self) -> None:
        """Stand for borrowed words as they are."""
        if self._borrowed:
            self._lend(borrowed=False)
            self.edited.emit(self.toPlainText())

    def own_text(self) -> str:
        """The words somebody stands for."""
        return "" if self._borrowed else self.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let window-wide keys pass that a text box would swallow."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        if not self.isReadOnly() and goes_back(event, own_steps=self.document().isUndoAvailable()):
            self.back.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Chosen words that are composed over are gone when something is committed, not when composing begins."""
        cursor = self.textCursor()
        if event.commitString():
            self._over = None
        elif event.preeditString() and cursor.hasSelection():
            self._over = (cursor.anchor(), cursor.position(), cursor.selection().toPlainText())
        super().inputMethodEvent(event)
        if not event.preeditString():
            self._uncover()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving a field saves at once."""
        super().focusOutEvent(event)
        self._uncover()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrower box needs more lines."""
        super().resizeEvent(event)
        self._fit()

    def _changed(self) -> None:
        self._fit()
        text = self.toPlainText()
        if text == self._known or self._over is not None:  # Qt tells of changes while an input method composes
            return
        self._known = text
        self._lend(borrowed=False)
        self.edited.emit(text)

    def _uncover(self) -> None:
        """Composing was given up: the words it stood over are there again, and chosen as before."""
        if self._over is None:
            return
        anchor, position, words = self._over
        cursor = self.textCursor()
        cursor.joinPreviousEditBlock()  # one step with their removal: undo goes on where it was
        cursor.setPosition(min(anchor, position))
        cursor.insertText(words)
        cursor.endEditBlock()
        self._over = None
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _lend(self, *, borrowed: bool) -> None:
        if borrowed != self._borrowed:
            self._borrowed = borrowed
            restyle(self, "borrowed", "true" if borrowed else "false")

    def _fit(self) -> None:
        wanted = max(self._lines, min(self._most, int(self.document().size().height())))
        block = self.document().firstBlock()
        drawn = block.layout().lineCount()  # a line of Chinese from another face may be higher than the font says
        height = self.document().documentLayout().blockBoundingRect(block).height() / drawn if drawn else 0
        self.setFixedHeight(math.ceil(wanted * max(height, self.fontMetrics().lineSpacing())) + FRAME)
