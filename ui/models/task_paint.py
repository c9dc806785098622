"""How one task looks in the list: light, number, star, title, the measure's beginning, and its state as a word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate

from desktop_app.desk.month import Row
from ui.models.task_list import LIGHT_ROLE, ROW_ROLE, Heading, plan_word, shown_id, state_word
from ui.theme.colours import Hairline, Pair, Stroke
from ui.theme.lights import LIGHT_PAIRS, Light, paint_light

if TYPE_CHECKING:  # each of Qt's classes takes its time when it is first named
    from PySide6.QtWidgets import QStyleOptionViewItem

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TaskPaint(QStyledItemDelegate):
    """Two lines a task. The list is asked what is chosen in it: QStyle is slow to be named for the first time."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: "QStyleOptionViewItem", _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Two lines and air; a heading too, so that a list of thousands need not ask for each."""
        line = option.fontMetrics.height()  # type: ignore[attr-defined]
        return QSize(240, line * 2 + 12)

    def paint(
        self, painter: QPainter, option: "QStyleOptionViewItem", index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background, then either a heading or a task."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        chosen = self._view.selectionModel().isSelected(index)
        painter.save()
        if chosen:
            painter.fillRect(box, Pair.CHOSEN.ground)
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), Stroke.FOCUS.ink)
        painter.setPen(Hairline.LINE.ink)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        item = index.data(ROW_ROLE)
        if isinstance(item, Heading):
            painter.fillRect(box, Pair.HEADING.ground)
            painter.setPen(Pair.HEADING.ink)
            painter.drawText(box.adjusted(12, 0, -8, 0), LEFT, item.text)
        elif isinstance(item, Row):
            _task(painter, box, item, Light(index.data(LIGHT_ROLE)), font)
        painter.restore()


def _task(painter: QPainter, box: QRect, row: Row, light: Light, font: QFont) -> None:
    metrics = QFontMetrics(font)
    line = metrics.height()
    paint_light(painter, QRectF(box.left() + 12, box.top() + (box.height() - 17) / 2, 17, 17), light)
    word_width = _word(painter, box, state_word(row, light), Light.EMPTY if row.dropped else light, font)
    left, top = box.left() + 40, box.top() + 5
    room = box.width() - 40 - word_width - 20
    bold = QFont(font)
    bold.setBold(True)
    star = "★ " if row.task.key else ""
    head = f"{shown_id(row.task.id)}　{star}{row.task.title}"
    room -= _changed(painter, QRect(left, top, room, line), row, font)
    painter.setFont(bold)
    painter.setPen(Pair.PLAIN.ink)
    head = QFontMetrics(bold).elidedText(head, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRect(left, top, room, line), LEFT, head)
    painter.setFont(font)
    painter.setPen(Pair.QUIET.ink)
    room = box.width() - 40 - word_width - 20
    rest = metrics.elidedText(row.task.measure, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRect(left, top + line, room, line), LEFT, rest)


def _changed(painter: QPainter, box: QRect, row: Row, font: QFont) -> int:
    """The word for a task that a revision altered, at the right end of the first line; the room it takes."""
    word = plan_word(row)
    if not word:
        return 0
    painter.setFont(font)
    painter.setPen(Pair.AMBER.ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
    return QFontMetrics(font).horizontalAdvance(word) + 8


def _word(painter: QPainter, box: QRect, word: str, light: Light, font: QFont) -> int:
    """The state as a pill at the right end; its width."""
    pair = LIGHT_PAIRS[light]
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(word) + 16, metrics.height() + 2
    pill = QRectF(box.right() - width - 10, box.top() + (box.height() - height) / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pair.ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(pair.ink)
    painter.setFont(font)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
    return width
