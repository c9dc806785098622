"""One line of words: what is chosen in it and composed over comes back when composing is given up."""

from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit


class WordLine(QLineEdit):
    """A line for words in any script. Qt takes chosen words away when composing begins; here they go when it ends."""

    _over: tuple[int, bool, str] | None = None  # where they began, whether chosen backwards, the words themselves

    def setText(self, text: str | None) -> None:  # noqa: N802 - Qt's name
        """Other words take the place of all that stands here, and of what is out of sight."""
        self._over = None
        super().setText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Chosen words that are composed over are gone when something is committed, not when composing begins."""
        if event.commitString():
            self._over = None
        elif event.preeditString() and self.hasSelectedText():
            start = self.selectionStart()
            self._over = (start, self.cursorPosition() == start, self.selectedText())
        super().inputMethodEvent(event)
        if not event.preeditString():
            self._uncover()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Who keeps a line that is left is told of it below, and finds the words there."""
        self._uncover()
        super().focusOutEvent(event)

    def _uncover(self) -> None:
        """Composing was given up: the words it stood over are there again, and chosen as before."""
        if self._over is None:
            return
        start, backwards, words = self._over
        self._over = None
        self.setCursorPosition(start)
        self.insert(words)
        length = len(words.encode("utf-16-le")) // 2  # Qt counts so
        if backwards:
            self.setSelection(start + length, -length)
        else:
            self.setSelection(start, length)
