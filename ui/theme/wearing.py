"""Which palette is to be on: the clerk's choice, or what the system shows everything else in."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.language import N_
from ui.theme.colours import Look, contrast

STARK = 19.5  # : 1 and more between the system's own letters and windows: somebody asked for high contrast there


class Choice(StrEnum):
    """What can be chosen, and what is remembered."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"
    HIGH_DARK = "high-dark"


CHOICE_WORDS = {
    Choice.SYSTEM: N_("跟随系统"),
    Choice.LIGHT: N_("浅色"),
    Choice.DARK: N_("深色"),
    Choice.HIGH: N_("高对比度（白底黑字）"),
    Choice.HIGH_DARK: N_("高对比度（黑底白字）"),
}


class Wearing(QObject):
    """`changed` comes after the palette and the style sheet are on, for those few that keep what they have drawn."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._again: Callable[[], None] | None = None
        self._listening = False

    def follow(self, again: Callable[[], None] | None) -> None:
        """Do this whenever the system changes its colours; None to leave the system alone."""
        self._again = again
        if not self._listening:
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
            self._listening = True

    def _system_changed(self) -> None:
        if self._again is not None:
            self._again()


WEARING = Wearing()


def choice_of(remembered: str) -> Choice:
    """The choice of this name; a name that is none follows the system."""
    return Choice(remembered) if remembered in set(Choice) else Choice.SYSTEM


def look_of(choice: Choice, application: QApplication) -> Look:
    """The palette for a choice; the system is asked for its own colours with ours taken off."""
    if choice is not Choice.SYSTEM:
        return Look(choice.value)
    application.setPalette(QPalette())
    return system_look(application.palette(), _scheme())


def _scheme() -> Qt.ColorScheme:
    return QGuiApplication.styleHints().colorScheme()


def system_look(palette: QPalette, scheme: Qt.ColorScheme) -> Look:
    """The palette nearest to what the system shows: its letters on its windows, and what it says of itself."""
    ink, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    dark = ink.lightnessF() > ground.lightnessF() or scheme == Qt.ColorScheme.Dark
    if contrast(ink, ground) >= STARK:
        return Look.HIGH_DARK if ink.lightnessF() > ground.lightnessF() else Look.HIGH
    return Look.DARK if dark else Look.LIGHT
