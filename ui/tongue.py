"""The language of the window: our words, and Qt's own buttons and menus with them."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app import language
from desktop_app.language import _

_installed: list[QTranslator] = []  # looked for among the children, each of those would be named to Python first


def speak(application: QApplication, code: str) -> None:
    """From now on windows are made in this language; those that are up keep the one they were made in."""
    language.use(code)
    application.setApplicationDisplayName(_("月报"))
    while _installed:
        application.removeTranslator(_installed.pop())
    if code == "zh":
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
            application.installTranslator(translator)
            _installed.append(translator)
