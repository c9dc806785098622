"""No control is cut off or lies over another: each page and dialog in both languages, all letters, two screens."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableWidget,
    QWidget,
)

from tests.ui import gallery
from tests.ui.test_seen_and_read import cut, spoken, visible  # noqa: F401 - a fixture among them
from ui.theme.style import FITS, dress

SCREENS = ((1366, 728), (1024, 660))  # px, without the system's own bar
NARROWER = (1280, 680)  # here too nothing has to be moved from side to side
USUAL, HARDEST = ("zh", 100, SCREENS[0]), ("en", 150, SCREENS[1])  # longest words, largest letters, smallest screen
REST = [
    (language, percent, screen)
    for language in ("zh", "en")
    for percent in (100, FITS, 150)
    for screen in SCREENS
    if (language, percent, screen) not in (USUAL, HARDEST)
] + [(language, FITS, NARROWER) for language in ("zh", "en")]
ARROW = 28  # px of a combo box that are not its words
INSIDE = 14  # px of a line edit that are not its words


def troubles(shown: QWidget) -> list[str]:
    """What is wrong in a window, in words; nothing where all is well."""
    found = []
    for widget in (shown, *visible(shown, QWidget)):
        if widget.window() is not shown.window():
            continue
        text = _text(widget)
        if isinstance(widget, QLabel | QAbstractButton) and cut(widget):
            found.append(f"cut: {text!r} {widget.size().toTuple()} < {widget.sizeHint().toTuple()}")
        found += _short(widget) + _outside(widget) + _overlaps(widget)
    screen = shown.window()
    if screen.minimumSizeHint().width() > screen.width() or screen.minimumSizeHint().height() > screen.height():
        found.append(f"larger than the screen: {screen.minimumSizeHint().toTuple()} in {screen.size().toTuple()}")
    return found


def _text(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else widget.accessibleName()
    return f"{type(widget).__name__} {said}"


def _short(widget: QWidget) -> list[str]:
    """Fields, choices and heads of tables that do not show all their words."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QComboBox):
        elides = widget.sizeAdjustPolicy() is QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        room = widget.width() - ARROW
        if not elides and any(
            metrics.horizontalAdvance(widget.itemText(n)) > room for n in range(min(widget.count(), 40))
        ):
            return [f"choice: {widget.currentText()!r} in {room}"]
    if isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox):
        room = widget.width() - INSIDE
        words = widget.placeholderText() if not widget.text() else ""
        if metrics.horizontalAdvance(words) > room or widget.height() < metrics.height() + 4:
            return [f"field: {words!r} {metrics.horizontalAdvance(words)} in {widget.size().toTuple()}"]
    if isinstance(widget, QHeaderView) and isinstance(widget.parent(), QTableWidget):
        return _heads(widget)
    return []


def _heads(header: QHeaderView) -> list[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return []
    found = []
    for column in range(header.count()):
        words = str(header.model().headerData(column, Qt.Orientation.Horizontal))
        if header.fontMetrics().horizontalAdvance(words) + 10 > header.sectionSize(column):
            found.append(f"head: {words!r} in {header.sectionSize(column)}")
    return found


def _outside(widget: QWidget) -> list[str]:
    """A widget that sticks out of the one it is in; what a scroll area holds may be larger."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return []
    if isinstance(parent, QAbstractScrollArea | QAbstractItemView | QLineEdit | QComboBox | QAbstractSpinBox):
        return []
    if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        return [f"outside: {_text(widget)!r} {widget.geometry().getRect()} of {parent.size().toTuple()}"]
    return []


def _overlaps(parent: QWidget) -> list[str]:
    """Two children over each other."""
    if isinstance(parent, QAbstractScrollArea | QStackedWidget | QSplitter | QLineEdit | QComboBox | QAbstractSpinBox):
        return []
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and not child.size().isEmpty()
    ]
    boxes: list[tuple[QWidget, QRect]] = [(child, child.geometry()) for child in children]
    return [
        f"over each other: {_text(one)!r} and {_text(other)!r}"
        for place, (one, box) in enumerate(boxes)
        for other, there in boxes[place + 1 :]
        if box.intersects(there) and min(box.intersected(there).width(), box.intersected(there).height()) > 1
    ]


def _scrolls(widget: QWidget) -> bool:
    """Whether a page or a dialog as a whole must be moved from side to side."""
    areas = widget.findChildren(QScrollArea, "room") + widget.findChildren(QScrollArea, "form")
    return any(area.isVisible() and area.horizontalScrollBar().isVisible() for area in areas)


def walk(book, folder, percent: int, screen: tuple[int, int], monkeypatch) -> tuple[int, dict[str, list[str]]]:
    """How many pages and dialogs were looked at, and what was wrong in which."""
    application = QApplication.instance()
    dress(application, percent)
    seen, found = 0, {}
    monkeypatch.setattr("ui.roomy.room", lambda _window: QSize(*screen))
    try:
        with gallery.main_window(book, *screen) as window:
            for shown in (gallery.pages(window), gallery.dialogs(window, folder)):
                for name, widget in shown:
                    seen += 1
                    if wrong := troubles(widget):
                        found[name] = wrong
                    if percent <= FITS and screen in (SCREENS[0], NARROWER) and _scrolls(widget):
                        found.setdefault(name, []).append("scrolls sideways where it should fit")
                    if widget.width() > screen[0] or widget.height() > screen[1]:
                        found.setdefault(name, []).append(f"larger than the screen: {widget.size().toTuple()}")
    finally:
        dress(application)
    return seen, found


@pytest.mark.parametrize(("spoken", "percent", "screen"), [USUAL, HARDEST], indirect=["spoken"])
def test_every_word_is_whole_and_nothing_lies_over_anything(spoken, percent, screen, book, tmp_path, monkeypatch):  # noqa: F811
    seen, found = walk(book, tmp_path, percent, screen, monkeypatch)
    assert seen >= 34
    assert found == {}


@pytest.mark.long
@pytest.mark.parametrize(("spoken", "percent", "screen"), REST, indirect=["spoken"])
def test_so_it_is_in_between(spoken, percent, screen, book, tmp_path, monkeypatch):  # noqa: F811
    seen, found = walk(book, tmp_path, percent, screen, monkeypatch)
    assert seen >= 34
    assert found == {}


def test_what_is_wrong_is_seen(qtbot):
    """The measure itself: each of the faults it looks for, planted."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    area = QScrollArea(window)
    area.setGeometry(0, 150, 100, 50)
    area.setWidget(QLabel("a line that is much longer than the area is wide", area))
    label, other = QLabel("这些字放不下", window), QLabel("over it", window)
    label.setGeometry(10, 10, 30, 20)
    other.setGeometry(20, 12, 100, 20)
    field = QLineEdit(window)
    field.setPlaceholderText("a hint that nobody can read to its end")
    field.setGeometry(10, 50, 60, 24)
    choice = QComboBox(window)
    choice.addItems(["短", "一个很长很长很长很长的选项"])
    choice.setGeometry(150, 50, 60, 26)
    table = QTableWidget(0, 1, window)
    table.setHorizontalHeaderLabels(["一个很长很长的表头"])
    table.setColumnWidth(0, 30)
    table.setGeometry(150, 80, 180, 60)
    window.show()
    gallery.settle()
    kinds = {said.partition(":")[0] for said in troubles(window)}
    assert kinds == {"cut", "over each other", "field", "choice", "head", "outside"}
