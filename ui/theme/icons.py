"""Our icons in the colours of the window: one line, in the accent of the palette that is on."""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from desktop_app import assets
from ui.theme.colours import Stroke
from ui.theme.wearing import WEARING


def dress(button: QAbstractButton, name: str) -> None:
    """Give a button its icon, now and whenever the palette changes."""
    _Dressed(button, name)


class _Dressed(QObject):
    """Lives as long as its button."""

    def __init__(self, button: QAbstractButton, name: str) -> None:
        super().__init__(button)
        self._button, self._name = button, name
        WEARING.changed.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """The icon afresh."""
        self._button.setIcon(tinted(self._name, self._button.iconSize()))


def tinted(name: str, size: QSize) -> QIcon:
    """A line drawing in the accent, `size` in logical px, drawn for the sharpest screen there is."""
    ratio = QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
    pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
    picture, ink = QPixmap(pixels), QPixmap(pixels)
    picture.fill(Qt.GlobalColor.transparent)
    ink.fill(Stroke.FOCUS.ink)
    painter = QPainter(picture)
    QIcon(str(assets.path("icons", f"{name}.svg"))).paint(painter, QRect(0, 0, pixels.width(), pixels.height()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.drawPixmap(0, 0, ink)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)
