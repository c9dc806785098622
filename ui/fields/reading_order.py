"""Tab goes as the eye goes: through the layouts in their order, whenever their parts were made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QFormLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

_WHOLE = (QComboBox, QAbstractSpinBox, QAbstractItemView)  # what is inside these is their own affair
_ROW = (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole, QFormLayout.ItemRole.SpanningRole)


def follow(part: QWidget) -> None:
    """Put what can hold the cursor inside `part` into the order in which it is read."""
    for here, there in pairwise(stops(part)):
        QWidget.setTabOrder(here, there)


def stops(part: QWidget) -> Iterator[QWidget]:
    """What can hold the cursor, from above."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    if isinstance(part, _WHOLE):
        return
    for inner in _inside(part):
        yield from stops(inner)


def _inside(part: QWidget) -> Iterator[QWidget]:
    found: list[QWidget | None]
    if isinstance(part, QScrollArea):
        found = [part.widget()]
    elif isinstance(part, QStackedWidget):
        found = [part.currentWidget()]
    elif isinstance(part, QSplitter):
        found = [part.widget(place) for place in range(part.count())]
    else:
        found = list(_laid_out(part.layout()))
    yield from (widget for widget in found if widget is not None and not widget.isHidden())


def _laid_out(layout: QLayout | None) -> Iterator[QWidget | None]:
    for item in _items(layout):
        if item is not None and item.layout() is not None:
            yield from _laid_out(item.layout())
        elif item is not None:
            yield item.widget()


def _items(layout: QLayout | None) -> Iterator[QLayoutItem | None]:
    """A form's rows come label first; other layouts have their items as they were put in."""
    if isinstance(layout, QFormLayout):
        for row in range(layout.rowCount()):
            yield from (layout.itemAt(row, role) for role in _ROW)
    elif layout is not None:
        yield from (layout.itemAt(place) for place in range(layout.count()))
