"""公开、内部: the small mark at a field that says whether the public edition prints it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.language import _
from desktop_app.model.disclosure import MARK_LABELS, Withheld
from desktop_app.model.period import Period


class PublicMark(QPushButton):
    """Pressed in: internal. `asked` says that somebody wants it the other way; what it shows, it is told.

    A `short` one has no room for the month since which it is so; that is in what is read aloud and in the tooltip.
    """

    asked = Signal()

    def __init__(self, field: str, *, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._short = short
        self.setObjectName("chip")
        self.setCheckable(True)
        self.show_mark(None, None)
        self.clicked.connect(self._pressed)

    def show_mark(self, inside: Withheld | None, period: Period | None) -> None:
        """Internal or public, and since when where it was marked in an earlier month."""
        label = _(MARK_LABELS[self.field])
        self.setAccessibleName(_("{label}：只供内部").format(label=label))
        public, internal = _("公开|内部").split("|")  # one text: 公开 by itself is also a kind of activity
        said = public if inside is None else internal
        self.setText(said)
        if inside is not None and inside.since != period:
            said = _("内部（{month}月起）").format(month=inside.since.month)
        if not self._short:
            self.setText(said)
        self.setChecked(inside is not None)
        told = _("公开版不印这一栏。按下改为公开。") if inside else _("公开版印这一栏。按下改为内部。")
        self.setAccessibleDescription(f"{said}；{told}")
        self.setToolTip(f"{label}：{said}　Alt+G\n{told}")

    def _pressed(self) -> None:
        self.setChecked(not self.isChecked())  # as it was: the book decides what it shows
        self.asked.emit()
