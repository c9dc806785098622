"""The pages at the left of the frame, with their keys, and the help under them."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import N_, _
from ui.theme import icons

DESK = ("reception", N_("收件"))  # only for a unit that others report to
PAGES = (
    ("month", N_("本月")),
    ("fill", N_("填报")),
    ("check", N_("校验")),
    ("send", N_("报送")),
    ("history", N_("历史")),
    ("plan", N_("计划")),
    ("settings", N_("设置")),
)


class Navigation(QFrame):
    """`go` carries the name of a page; `help` asks for the one about the page in view."""

    go = Signal(str)
    help = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setMinimumWidth(120)
        self.buttons: dict[str, QPushButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 14, 1, 14)
        box.setSpacing(4)
        group = QButtonGroup(self)
        self.keys = QLabel()
        for place, (name, word) in enumerate((*PAGES, DESK), 1):
            button = self._button(name, _(word), f"Ctrl+{place}")
            QShortcut(f"Ctrl+{place}", window, button.click)
            group.addButton(button)
            box.addWidget(button)
        box.addStretch(1)
        self.keys.setObjectName("muted")
        self.keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self.keys)
        ask = QPushButton(_("帮助　F1"))
        ask.setObjectName("chip")
        ask.clicked.connect(self.help)
        QShortcut("F1", window, self.help.emit)
        box.addWidget(ask, 0, Qt.AlignmentFlag.AlignCenter)

    def show_desk(self, *, shown: bool) -> None:
        """收件 is there where towns or departments report to this unit; a hidden button hears no keys."""
        self.buttons[DESK[0]].setVisible(shown)
        self.buttons[DESK[0]].setEnabled(shown)
        self.keys.setText(_("Ctrl+1…{last}\n换页").format(last=len(PAGES) + shown))

    def _button(self, name: str, word: str, keys: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName("nav")
        button.setText(word)
        button.setIconSize(QSize(22, 22))
        icons.dress(button, name)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # to a screen reader one of seven, not a box to tick
        button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        button.setToolTip(keys)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.go.emit(name))
        self.buttons[name] = button
        return button
