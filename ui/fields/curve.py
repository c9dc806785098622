"""序时进度 against what was done, as a small painted curve over the year."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.language import _
from ui.theme.colours import Hairline, Pair, Stroke

MONTHS = 12


class Curve(QWidget):
    """Dashed: the schedule, month by month. Solid with dots: what was done. Both in percent of the target."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schedule: tuple[tuple[int, float], ...] = ()
        self._done: tuple[tuple[int, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small: it stands beside the task's text."""
        return QSize(190, 84)

    def draw(self, schedule: tuple[tuple[int, float], ...], done: tuple[tuple[int, float], ...]) -> None:
        """Points are (month 0-12, percent). The same is said in words for a screen reader."""
        self._schedule, self._done = schedule, done
        said = _("序时进度 {expected}%").format(expected=_round(schedule[-1][1])) if schedule else _("没有序时进度")
        if done:
            said += _("，实际完成 {done}%").format(done=_round(done[-1][1]))
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Axes, quarter lines, the two curves, their words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(4, 18, -6, -4)
        painter.setPen(QPen(Hairline.LINE.ink, 1))
        for quarter in range(5):
            x = area.left() + area.width() * quarter / 4
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        top = max([100.0, *(value for _month, value in self._schedule + self._done)])
        self._line(painter, area, self._schedule, top, QPen(Stroke.SCHEDULE.ink, 1.4, Qt.PenStyle.DashLine))
        self._line(painter, area, self._done, top, QPen(Stroke.DONE.ink, 2.2))
        painter.setBrush(Stroke.DONE.ink)
        for month, value in self._done:
            painter.drawEllipse(_at(area, month, value, top), 3, 3)
        small = self.font()
        small.setPointSizeF(small.pointSizeF() * 0.86)
        painter.setFont(small)
        words = _("┄ 序时　─ 实际")
        painter.setPen(Pair.QUIET.ink)
        painter.drawText(QRectF(4, 0, self.width() - 8, 17), Qt.AlignmentFlag.AlignRight, words)

    def _line(
        self, painter: QPainter, area: QRectF, points: tuple[tuple[int, float], ...], top: float, pen: QPen
    ) -> None:
        painter.setPen(pen)
        if len(points) > 1:
            painter.drawPolyline(QPolygonF([_at(area, month, value, top) for month, value in points]))


def _at(area: QRectF, month: int, value: float, top: float) -> QPointF:
    height = max(0.0, min(value, top)) / top * area.height()
    return QPointF(area.left() + area.width() * month / MONTHS, area.bottom() - height)


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
