"""Tab, Shift+Tab and arrows reach every control of every window, are trapped nowhere, and go as the eye goes."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.ui.every_window import DIALOGS, PAGES, settle
from tests.ui.test_read_aloud import controls
from ui.pages.history import VIEWS

Key = Qt.Key
NO_MORE = 250  # stops: no window has as many
LOOSE = 6  # px by which neighbours may overlap


def walk(top: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the cursor goes from where it is, once round."""
    seen: list[QWidget] = []
    for _step in range(NO_MORE):
        here = QApplication.focusWidget()
        assert here is not None
        assert here.window() is top.window()
        if here in seen:
            assert here is seen[0], f"trapped between {here!r} and {seen[-1]!r}"
            return seen
        seen.append(here)
        QTest.keyClick(here, key)
    raise AssertionError("no way round")


def with_arrows(stops: list[QWidget]) -> set[QWidget]:
    """The stops, and what arrows reach from those that are one of several."""
    reached = set(stops)
    for stop in stops:
        if isinstance(stop, QAbstractButton) and stop.isCheckable() and (stop.group() or stop.autoExclusive()):
            stop.setFocus()
            for key in (Key.Key_Right, Key.Key_Down):
                for _step in range(len(VIEWS)):
                    QTest.keyClick(QApplication.focusWidget(), key)
                    reached.add(QApplication.focusWidget())
            stop.click()
            stop.setFocus()
    return reached


def usable(top: QWidget) -> set[QWidget]:
    """What a mouse could do something with."""
    return {w for w in controls(top) if w.isEnabled() and w.focusPolicy() != Qt.FocusPolicy.NoFocus}


def place(widget: QWidget, top: QWidget) -> QRect:
    return QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def apart(first: QWidget, second: QWidget) -> tuple[QWidget, QWidget]:
    """The two parts of the window, side by side in one, that hold the one and the other."""
    above = {}
    part: QWidget | None = first
    child = first
    while part is not None:
        above[part] = child
        child, part = part, part.parentWidget()
    child, part = second, second.parentWidget()
    while part is not None and part not in above:
        child, part = part, part.parentWidget()
    assert part is not None
    return above[part], child


def against_the_eye(top: QWidget, stops: list[QWidget]) -> list[str]:
    """Steps that go up without going right, or left in a row, but for the one from the end to the beginning."""
    found = []
    for here, there in zip(stops, stops[1:] + stops[:1], strict=True):
        one, other = apart(here, there)
        if one is other or top in (one, other):
            continue
        a, b = place(one, top), place(other, top)
        up = b.bottom() <= a.top() + LOOSE and b.left() < a.right() - LOOSE
        same_row = b.top() < a.bottom() - LOOSE and a.top() < b.bottom() - LOOSE
        if up or (same_row and b.right() <= a.left() + LOOSE):
            found.append(f"{named(here)} -> {named(there)}")
    return found if len(found) > 1 else []  # once round the end it has to


def named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {text}"


def faults(top: QWidget, known: set[QWidget] = frozenset()) -> list[str]:
    """What keys do not reach, and where they do not go as the eye goes; `known` has been reached elsewhere."""
    forth = walk(top, Key.Key_Tab)
    forth[0].setFocus()
    back = walk(top, Key.Key_Backtab)
    said = [] if back[:1] + back[:0:-1] == forth else ["Shift+Tab goes another way"]
    said += [
        f"not reached: {named(widget)}"
        for widget in usable(top) - known - with_arrows([stop for stop in forth if stop not in known])
    ]
    return said + against_the_eye(top, forth)


def test_every_page_is_walked_by_keys(clerk):
    said, pages_at_the_left = {}, set()
    for page, show in PAGES.items():
        show(clerk.window)
        settle()
        said[page] = faults(clerk.window, pages_at_the_left)
        pages_at_the_left = set(clerk.window.buttons.values())
    assert {page: found for page, found in said.items() if found} == {}


def test_every_dialog_is_walked_by_keys(clerk, qtbot, tmp_path):
    said = {}
    clerk.window.go("fill")
    for name, make in DIALOGS.items():
        dialog = make(clerk.window, tmp_path)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        settle()
        if name != "apart":  # it can only be waited for
            assert QApplication.focusWidget() is not None, name
            said[name] = faults(dialog)
        dialog.close()
    assert {name: found for name, found in said.items() if found} == {}
