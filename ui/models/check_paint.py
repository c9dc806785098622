"""How a line of 校验 looks: the sign of its severity, the task and field, what is wrong, and its word and code."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.check_items import SIGNS, CheckItem
from ui.theme.colours import Hairline, Pair, Stroke

ITEM_ROLE = Qt.ItemDataRole.UserRole
PAIRS = {"error": Pair.BAD, "warning": Pair.WARN, "hint": Pair.NOTE, "unchecked": Pair.IDLE}
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
BEFORE, AFTER, AIR = 14, 10, 6  # px left of the words, right of the pill, above and below


class CheckPaint(QStyledItemDelegate):
    """A heading in one line; a finding in two, or more where its words need them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """As high as what is said is at the list's width."""
        font: QFont = option.font  # type: ignore[attr-defined]
        line, item = QFontMetrics(font).height(), index.data(ITEM_ROLE)
        if not isinstance(item, CheckItem):
            return QSize(0, line + 12)
        return QSize(0, line + _room(self._width(), item, font).height() + 2 * AIR)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background, then either a heading or a finding."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        painter.save()
        item = index.data(ITEM_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(box, Pair.CHOSEN.ground)
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), Stroke.FOCUS.ink)
        painter.setPen(Hairline.LINE.ink)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if isinstance(item, CheckItem):
            _finding(painter, box, item, font)
        else:
            painter.fillRect(box, Pair.HEADING.ground)
            painter.setPen(Pair.HEADING.ink)
            painter.drawText(box.adjusted(BEFORE, 0, -8, 0), LEFT, str(index.data()))
        painter.restore()

    def _width(self) -> int:
        view = self.parent()
        return view.viewport().width()  # type: ignore[attr-defined, no-any-return]


def _finding(painter: QPainter, box: QRect, item: CheckItem, font: QFont) -> None:
    line, pair = QFontMetrics(font).height(), PAIRS[item.kind]
    taken = _pill(painter, box, item, font)
    bold = QFont(font)
    bold.setBold(True)
    room = box.width() - BEFORE - taken
    painter.setFont(bold)
    painter.setPen(pair.ink)
    sign = QRect(box.left() + BEFORE, box.top() + AIR, line, line)
    painter.drawText(sign, LEFT, SIGNS[item.kind])
    painter.setPen(Pair.PLAIN.ink)
    head = QFontMetrics(bold).elidedText(item.place, Qt.TextElideMode.ElideRight, room - line - 4)
    painter.drawText(QRect(sign.right() + 4, sign.top(), room - line - 4, line), LEFT, head)
    painter.setFont(font)
    painter.setPen(Pair.QUIET.ink)
    painter.drawText(_room(box.width(), item, font).translated(box.left(), box.top() + AIR + line), WRAPPED, item.wrong)


def _room(width: int, item: CheckItem, font: QFont) -> QRect:
    """Where what is wrong is said, under the head, in a list of this width (px)."""
    metrics = QFontMetrics(font)
    left = BEFORE + metrics.height() + 4
    room = max(width - left - _pill_width(item, metrics) - 2 * AFTER, 120)
    needed = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAPPED, item.wrong)
    return QRect(left, 0, room, needed.height())


def _word(item: CheckItem) -> str:
    return f"{item.word} {item.code}"


def _pill_width(item: CheckItem, metrics: QFontMetrics) -> int:
    return metrics.horizontalAdvance(_word(item)) + 16


def _pill(painter: QPainter, box: QRect, item: CheckItem, font: QFont) -> int:
    """Severity and code at the right end; the room they take."""
    pair, metrics = PAIRS[item.kind], QFontMetrics(font)
    width, height = _pill_width(item, metrics), metrics.height() + 2
    pill = QRectF(box.right() - width - AFTER, box.top() + (box.height() - height) / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pair.ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(pair.ink)
    painter.setFont(font)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, _word(item))
    return width + 2 * AFTER
