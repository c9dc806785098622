"""The foot that dialogs share: the sentence on what went wrong, and two buttons of which one is filled."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton


def foot(trouble: QLabel, do: QPushButton, cancel: QPushButton) -> QHBoxLayout:
    """Dress the three and lay the buttons out at the right; the sentence is hidden until there is one."""
    trouble.setObjectName("badgeBad")
    trouble.setWordWrap(True)
    trouble.hide()
    do.setObjectName("primary")
    do.setDefault(True)
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    buttons.addWidget(cancel)
    buttons.addWidget(do)
    return buttons
