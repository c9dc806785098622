"""The light of a task: a shape and a colour and a word, so that no one needs the colour."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop_app.language import N_
from ui.theme.colours import Pair

SEVERITY_SIGNS: Mapping[str, str] = {"error": "✕", "warning": "△", "hint": "○"}  # by the value of a Severity


class Light(StrEnum):
    """Where a task's row stands, worst first; the clerk sees the word beside the shape."""

    ERROR = "error"
    WARNING = "warning"
    EMPTY = "empty"
    STARTED = "started"
    LATE = "late"
    DONE = "done"


LIGHT_WORDS = {
    Light.ERROR: N_("有错误"),
    Light.WARNING: N_("待说明"),
    Light.EMPTY: N_("未填"),
    Light.STARTED: N_("未填完"),
    Light.LATE: N_("滞后"),
    Light.DONE: N_("已填"),
}
LIGHT_PAIRS = {
    Light.ERROR: Pair.BAD,
    Light.WARNING: Pair.WARN,
    Light.EMPTY: Pair.IDLE,
    Light.STARTED: Pair.NOTE,
    Light.LATE: Pair.AMBER,
    Light.DONE: Pair.GOOD,
}


def paint_light(painter: QPainter, box: QRectF, light: Light) -> None:
    """Draw the shape into a square box: square with a bar, triangle, ring, half ring, clock hand, or tick."""
    colour = LIGHT_PAIRS[light].ink
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(1.5, box.width() / 8))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    _SHAPES[light](painter, box.adjusted(1.5, 1.5, -1.5, -1.5), colour)
    painter.restore()


def _cross(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.fillRect(box.adjusted(-1, -1, 1, 1), colour)
    inner = box.adjusted(2.5, 2.5, -2.5, -2.5)
    painter.setPen(QPen(Pair.PLAIN.ground, 1.8))
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _triangle(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
    painter.setPen(QPen(Pair.PLAIN.ground, 1.8))
    middle = box.center().x()
    painter.drawLine(QPointF(middle, box.top() + box.height() * 0.4), QPointF(middle, box.top() + box.height() * 0.7))


def _ring(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)


def _half(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.drawEllipse(box)
    painter.setBrush(colour)
    painter.drawPie(box, 90 * 16, 180 * 16)


def _clock(painter: QPainter, box: QRectF, _colour: QColor) -> None:
    painter.drawEllipse(box)
    painter.drawLine(box.center(), QPointF(box.center().x(), box.top() + 2))
    painter.drawLine(box.center(), QPointF(box.right() - 2.5, box.center().y()))


def _tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(box)
    painter.setPen(QPen(Pair.PLAIN.ground, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    left, top, width, height = box.left(), box.top(), box.width(), box.height()
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(left + width * 0.25, top + height * 0.53),
                QPointF(left + width * 0.43, top + height * 0.7),
                QPointF(left + width * 0.76, top + height * 0.32),
            ]
        )
    )


_SHAPES = {
    Light.ERROR: _cross,
    Light.WARNING: _triangle,
    Light.EMPTY: _ring,
    Light.STARTED: _half,
    Light.LATE: _clock,
    Light.DONE: _tick,
}
