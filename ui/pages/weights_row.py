"""评分权重: what a score of the performance ledger is made of, set where it is read."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.desk import set_back, settings
from desktop_app.desk import weights as scores
from desktop_app.desk.weights import PARTS, WEIGHTS, WORDS, Weights
from desktop_app.language import _
from desktop_app.model.plain import decimal_text
from ui.fields.number_field import NumberField
from ui.session import Session

WIDTH = 64  # px of a figure
LETTERS = "FKP"  # with Alt, one for each part


class WeightsRow(QWidget):
    """A figure counts when its field is left; one that makes no sense is refused and the old one comes back."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.fields = {part: NumberField() for part in PARTS}
        self._shown: dict[str, str] = {}
        self.sum = QLabel()
        self.about = QLabel()
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.restore = QPushButton(_("恢复默认(&O)"))
        self._lay_out()
        self.restore.clicked.connect(self.restore_defaults)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for (part, field), letter in zip(self.fields.items(), LETTERS, strict=True):
            field.setFixedWidth(WIDTH)
            field.setAccessibleName(_(PARTS[part]))
            field.setToolTip(_(PARTS[part]))
            field.left.connect(lambda part=part: self.keep(part))
            field.returnPressed.connect(lambda part=part: self.keep(part))
            label = QLabel(_("{part}(&{letter})").format(part=_(WORDS[part]), letter=letter))
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
        row.addWidget(self.sum)
        row.addStretch(1)
        row.addWidget(self.restore)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.about)

    @property
    def writers(self) -> tuple[QWidget, ...]:
        """What changes the book."""
        return (*self.fields.values(), self.restore)

    def show_values(self) -> None:
        """Read the weights from the book, and say what they come to."""
        found, usual = scores.weights(self.session.desk), Weights()
        self._shown = {part: decimal_text(value) for part, value in zip(PARTS, found.values, strict=True)}
        for part, field in self.fields.items():
            field.show_text(self._shown[part])
        self.sum.setText(_("合计 {sum}").format(sum=decimal_text(sum(found.values, Decimal(0)))))
        self.about.setText(
            _("得分为三项的加权平均：{shares}；不能计的一项不算，其余照比例分。默认 {usual}；权重印在台账上。").format(
                shares=_("、").join(f"{_(WORDS[part])} {decimal_text(share)}%" for part, share in found.shares.items()),
                usual=_plain(usual),
            )
        )
        writable = not self.session.desk.read_only
        for field in self.fields.values():
            field.setEnabled(writable)
        self.restore.setEnabled(writable and found != usual)

    def keep(self, part: str) -> None:
        """Settle one figure as it stands in its field; an empty field takes the default."""
        text = self.fields[part].text().strip()
        if text != self._shown.get(part):  # asked of no book: a field is left, too, when the window closes
            name = f"{WEIGHTS}.{part}"
            self._settle(lambda: settings.change(self.session.desk, name, text or settings.DEFAULT))

    def restore_defaults(self) -> None:
        """All three as they were at first."""
        self._settle(lambda: scores.restore(self.session.desk))

    def _settle(self, verb: Callable[[], object]) -> None:
        desk = self.session.desk
        back = set_back.way_back(desk, WEIGHTS)
        if self.session.attempt(verb):
            said = _("权重现在是 {weights}。").format(weights=_plain(scores.weights(desk)))
            self.session.messages.good(said, (_("撤回"), lambda: self._back(back)))
            self.changed.emit()
        self.show_values()

    def _back(self, back: Callable[[], None]) -> None:
        if self.session.attempt(back):
            self.show_values()
            self.changed.emit()


def _plain(found: Weights) -> str:
    return " / ".join(decimal_text(value) for value in found.values)
