"""One section of the settings page: a white card with a title and a word on what it is for."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.language import _
from ui.session import Session


class SettingsCard(QFrame):
    """Sections put what they show into `box`."""

    def __init__(self, session: Session, title: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName("card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(18, 11, 18, 12)
        self.box.setSpacing(6)
        head = QLabel(title)
        head.setObjectName("subtitle")
        self.box.addWidget(head)
        if about:
            self.box.addWidget(muted(about))

    def show_values(self) -> None:
        """Read everything from the book."""
        raise NotImplementedError

    def undoing(self, back: Callable[[], None]) -> tuple[str, Callable[[], None]]:
        """The button beside a message that takes back what it tells of."""

        def take_back() -> None:
            if self.session.attempt(back):
                self.session.refresh()
                self.show_values()
                self.session.messages.good(_("已撤回，和改动前一样。"))

        return _("撤回"), take_back

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return ()


def muted(text: str = "") -> QLabel:
    """A quiet line that may take several."""
    label = QLabel(text)
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label
