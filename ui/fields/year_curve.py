"""The same curve large: months below, percents at the side, the last figures written at their points."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.language import _
from ui.fields.curve import MONTHS
from ui.theme.colours import Hairline, Pair, Stroke

Points = tuple[tuple[int, float], ...]
LEFT, TOP, RIGHT, BOTTOM = 52, 34, 64, 30  # px round the field


class YearCurve(QWidget):
    """Dashed: the schedule. Solid with dots: what was reported. Drawn by the painter, sharp at every scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schedule: Points = ()
        self._done: Points = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide rather than high."""
        return QSize(520, 260)

    def draw(self, schedule: Points, done: Points, said: str) -> None:
        """Points are (month 0-12, percent); `said` is the same in words for a screen reader."""
        self._schedule, self._done = schedule, done
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    @property
    def top(self) -> float:
        """The percent at the upper edge: 100, or the next quarter above what was reached."""
        most = max([100.0, *(value for _month, value in (*self._schedule, *self._done))])
        return -(-most // 25) * 25

    def at(self, month: int, percent: float) -> QPointF:
        """Where a point lies."""
        area = self._area()
        height = max(0.0, percent) / self.top * area.height()
        return QPointF(area.left() + area.width() * month / MONTHS, area.bottom() - height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Grid and figures, the two curves, and what they are called."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._grid(painter)
        self._line(painter, self._schedule, QPen(Stroke.SCHEDULE.ink, 1.6, Qt.PenStyle.DashLine))
        self._line(painter, self._done, QPen(Stroke.DONE.ink, 2.6))
        painter.setBrush(Stroke.DONE.ink)
        for month, value in self._done:
            painter.drawEllipse(self.at(month, value), 4, 4)
        self._figures(painter)

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)

    def _grid(self, painter: QPainter) -> None:
        area, right = self._area(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for step in range(0, int(self.top) + 1, 25):
            y = self.at(0, step).y()
            painter.setPen(QPen(Hairline.LINE.ink, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(Pair.QUIET.ink)
            painter.drawText(QRectF(0, y - 10, LEFT - 8, 20), right, f"{step}%")
        for month in range(1, MONTHS + 1):
            x = self.at(month, 0).x()
            word = _("{month}月").format(month=month)
            painter.drawText(QRectF(x - 24, area.bottom() + 5, 48, 20), Qt.AlignmentFlag.AlignHCenter, word)
        legend = QRectF(LEFT, 4, area.width(), 22)
        painter.drawText(legend, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _("┄ 序时　─ 实际"))

    def _line(self, painter: QPainter, points: Points, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(points) > 1:
            painter.drawPolyline(QPolygonF([self.at(*point) for point in points]))

    def _figures(self, painter: QPainter) -> None:
        """The last percent reported beside its dot, above the line where there is room."""
        if self._done:
            month, value = self._done[-1]
            spot = self.at(month, value)
            bold = painter.font()
            bold.setBold(True)
            painter.setFont(bold)
            painter.setPen(Pair.ACCENT.ink)
            words = f"{value:.1f}".removesuffix(".0") + "%"
            painter.drawText(QRectF(spot.x() + 8, spot.y() - 22, 90, 20), Qt.AlignmentFlag.AlignLeft, words)
