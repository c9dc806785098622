"""How a line of a plan looks: what it is, how it goes on, and its state as a word in a pill."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.plan_lines import LINE_ROLE, Line
from ui.models.task_list import Heading
from ui.theme.colours import Hairline, Pair, Stroke

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TONES = {
    "open": Pair.WARN,
    "good": Pair.GOOD,
    "changed": Pair.NOTE,
    "": Pair.IDLE,
}


class PlanPaint(QStyledItemDelegate):
    """Two lines a thing, one a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Two lines and air; a heading has one."""
        line = option.fontMetrics.height()  # type: ignore[attr-defined]
        return QSize(220, line + 14 if isinstance(index.data(LINE_ROLE), Heading) else line * 2 + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background, then either a heading or a line."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(box, Pair.CHOSEN.ground)
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), Stroke.FOCUS.ink)
        painter.setPen(Hairline.LINE.ink)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        item = index.data(LINE_ROLE)
        if isinstance(item, Heading):
            painter.fillRect(box, Pair.HEADING.ground)
            painter.setPen(Pair.HEADING.ink)
            room = box.width() - 20
            text = QFontMetrics(font).elidedText(item.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(box.adjusted(12, 0, -8, 0), LEFT, text)
        elif isinstance(item, Line):
            _line(painter, box, item, font)
        painter.restore()


def _line(painter: QPainter, box: QRect, item: Line, font: QFont) -> None:
    line = QFontMetrics(font).height()
    width = _pill(painter, box, item, font) if item.pill else 0
    left, top = box.left() + 14, box.top() + 5
    bold = QFont(font)
    bold.setBold(True)
    for text, face, pair, room in (
        (item.head, bold, Pair.PLAIN, box.width() - 24 - width),
        (item.rest, font, Pair.QUIET, box.width() - 24 - width),
    ):
        painter.setFont(face)
        painter.setPen(pair.ink)
        words = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top, room, line), LEFT, words)
        top += line


def _pill(painter: QPainter, box: QRect, item: Line, font: QFont) -> int:
    """The state at the right end; the room it takes."""
    pair = TONES[item.tone]
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(item.pill) + 16, metrics.height() + 2
    pill = QRectF(box.right() - width - 10, box.top() + (box.height() - height) / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pair.ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(pair.ink)
    painter.setFont(font)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, item.pill)
    return width + 14
