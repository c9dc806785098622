"""Small curves of a year, one for each task, side by side: reported, scheduled, and where the pace leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QSizePolicy, QWidget

from ui.fields.curve import MONTHS
from ui.theme.colours import Hairline, Pair, Stroke

Points = tuple[tuple[int, float], ...]
GAP, ROOM = 10, 6  # px between charts, and round the words of one
LETTERS = 28  # as many wide characters as a chart is wide


@dataclass(frozen=True)
class YearPicture:
    """What a small chart shows, in percents of the target; `band` is low, middle and high at the end of the year."""

    name: str
    words: str
    said: str
    schedule: Points
    done: Points
    before: Points = ()
    band: tuple[float, float, float] | None = None

    @property
    def top(self) -> float:
        """The percent at the upper edge."""
        seen = (*self.schedule, *self.done, *self.before)
        most: float = max([100.0, *(value for _month, value in seen), *(self.band or ())])
        return most * 1.04


class SmallYear(QWidget):
    """One task. Solid: reported; dashed: schedule; dotted: last year; the wedge: from the slowest to the fastest."""

    clicked = Signal()

    def __init__(self, picture: YearPicture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.chosen = False
        self.setAccessibleName(picture.said)
        self.setToolTip(picture.said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """By the letters, so that enlarged ones find room."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("月") * LETTERS // 2 + 2 * ROOM, metrics.height() * 7 + 2 * ROOM)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """No smaller."""
        return self.sizeHint()

    def choose(self, *, on: bool) -> None:
        """Mark it as the one under the cursor of the list."""
        self.chosen = on
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click chooses it in the list."""
        super().mousePressEvent(event)
        self.clicked.emit()

    @property
    def area(self) -> QRectF:
        """Where the curves lie."""
        high = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(ROOM + self._side, ROOM + 2 * high + 6, -ROOM - 4, -ROOM - high)

    @property
    def _side(self) -> int:
        """px for the words at the left of the curves."""
        return self.fontMetrics().horizontalAdvance("100%") + 4

    def at(self, month: float, percent: float) -> QPointF:
        """Where a point lies."""
        area = self.area
        height = max(0.0, percent) / self.picture.top * area.height()
        return QPointF(area.left() + area.width() * month / MONTHS, area.bottom() - height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Edge, words, lines at 0 and 100 percent, the wedge, the curves."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Stroke.FOCUS.ink, 2) if self.chosen else QPen(Hairline.LINE.ink, 1))
        painter.setBrush(Pair.PLAIN.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        self._words(painter)
        self._grid(painter)
        self._wedge(painter)
        self._line(painter, self.picture.schedule, QPen(Stroke.SCHEDULE.ink, 1.2, Qt.PenStyle.DashLine))
        self._line(painter, self.picture.before, QPen(Stroke.EDGE.ink, 1.4, Qt.PenStyle.DotLine))
        self._line(painter, self.picture.done, QPen(Stroke.DONE.ink, 2.2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Stroke.DONE.ink)
        for month, value in self.picture.done:
            painter.drawEllipse(self.at(month, value), 2.4, 2.4)

    def _words(self, painter: QPainter) -> None:
        metrics = self.fontMetrics()
        room = self.width() - 2 * ROOM - 2
        for place, (text, pair) in enumerate(((self.picture.name, Pair.PLAIN), (self.picture.words, Pair.QUIET))):
            painter.setPen(pair.ink)
            line = QRectF(ROOM + 1, ROOM + place * (metrics.height() + 1), room, metrics.height())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))

    def _grid(self, painter: QPainter) -> None:
        area, metrics = self.area, self.fontMetrics()
        for percent in (0, 100):
            y = self.at(0, percent).y()
            painter.setPen(QPen(Hairline.LINE.ink, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(Pair.QUIET.ink)
        high = metrics.height()
        for percent in (0, 100):
            line = QRectF(ROOM, self.at(0, percent).y() - high / 2, self._side - 4, high)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{percent}%")
        for month in (3, 6, 9, 12):
            word = str(month)
            spot = self.at(month, 0).x() - metrics.horizontalAdvance(word) / 2
            painter.drawText(QPointF(min(spot, self.width() - ROOM - metrics.horizontalAdvance(word)),
                                     area.bottom() + high * 0.85), word)  # fmt: skip

    def _wedge(self, painter: QPainter) -> None:
        """From the last month reported to what the year's end may be, with the mean pace in it."""
        if self.picture.band is None or not self.picture.done or self.picture.done[-1][0] >= MONTHS:
            return
        here = self.at(*self.picture.done[-1])
        low, mid, high = (self.at(MONTHS, value) for value in self.picture.band)
        painter.setPen(QPen(Stroke.EDGE.ink, 1))
        painter.setBrush(Pair.CHOSEN.ground)
        painter.drawPolygon(QPolygonF([here, high, low]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Stroke.DONE.ink, 1.2))
        painter.drawLine(here, mid)

    def _line(self, painter: QPainter, points: Points, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(points) > 1:
            painter.drawPolyline(QPolygonF([self.at(*point) for point in points]))


class SmallYears(QWidget):
    """All of them, as many in a row as there is room for. `clicked` says which one."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.charts: list[SmallYear] = []
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # or it never became narrower

    def draw(self, pictures: Sequence[YearPicture]) -> None:
        """Other charts than before."""
        for chart in self.charts:
            self._grid.removeWidget(chart)
            chart.deleteLater()
        self.charts = [SmallYear(picture, self) for picture in pictures]
        for place, chart in enumerate(self.charts):
            chart.clicked.connect(lambda place=place: self.clicked.emit(place))
        self._across = 0
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One chart wide, and as high as they stand now."""
        wide = self.charts[0].sizeHint().width() if self.charts else 0
        return QSize(wide, self._grid.minimumSize().height())

    def choose(self, place: int) -> SmallYear | None:
        """Mark one; the chart itself, None where there is none."""
        for number, chart in enumerate(self.charts):
            chart.choose(on=number == place)
        return self.charts[place] if 0 <= place < len(self.charts) else None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may have room for more in a row, or for fewer."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if not self.charts:
            return
        across = max(1, (self.width() + GAP) // (self.charts[0].sizeHint().width() + GAP))
        if across == self._across:
            return
        for column in range(max(self._across, across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for place, chart in enumerate(self.charts):
            self._grid.addWidget(chart, place // across, place % across)
            chart.show()
        self.updateGeometry()
