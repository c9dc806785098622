"""One voice: everything the window says to the clerk goes through here, in a bar in the window and not in a box."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop_app.errors import ClerkError
from desktop_app.language import _
from ui.restyle import restyle

log = logging.getLogger("yuebao")


class Messages(QObject):
    """The voice. Pages call it; the bar shows it. `unexpected` is raised for what is our own bug."""

    said = Signal(str, str)  # kind (good, note, bad), text
    hushed = Signal()
    unexpected = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.action: tuple[str, Callable[[], None]] | None = None

    def good(self, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Something is done; an action is a button's word and what it does."""
        self._say("good", text, action)

    def note(self, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Something to know; an action is a button's word and what it does."""
        self._say("note", text, action)

    def refuse(self, problem: Exception, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """A refusal in plain words; anything that was not written for the clerk is our bug and shown as one."""
        if isinstance(problem, ClerkError):
            self._say("bad", str(problem), action)
        else:
            log.error("unexpected error", exc_info=problem)
            self.unexpected.emit(problem)

    def hush(self) -> None:
        """Take the last message away."""
        self.hushed.emit()

    def _say(self, kind: str, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        self.action = action
        self.said.emit(kind, text)


class MessageBar(QFrame):
    """The last thing said, with what can be done about it, until it is closed or something else is said."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._messages = messages
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.act = QPushButton()
        self.act.clicked.connect(self._do)
        close = QPushButton(_("知道了"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.act)
        row.addWidget(close)
        messages.said.connect(self.show_message)
        messages.hushed.connect(self.hide)
        self.hide()

    def show_message(self, kind: str, text: str) -> None:
        """Show it, and tell a screen reader."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        restyle(self, "kind", kind)
        self.text.setText(text)
        self.setAccessibleName(text)
        action = self._messages.action
        self.act.setVisible(action is not None)
        self.act.setText(action[0] if action else "")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _do(self) -> None:
        action = self._messages.action
        self.hide()
        if action:
            action[1]()
