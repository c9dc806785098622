"""Where a main window stood when it was last closed, and how it stands there again."""

from typing import TYPE_CHECKING

from desktop_app.desk import month
from desktop_app.errors import ClerkError
from desktop_app.model.period import Period
from ui.main_window import MainWindow
from ui.pages.navigation import PAGES
from ui.remembered import WIDTHS, Remembered

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray


def keep(window: MainWindow, remembered: Remembered) -> None:
    """Remember size and place, page and month, and the width of the task list where it was looked at."""
    session = window.session
    widths = {WIDTHS: _text(window.fill.split.saveState())} if "fill" in vars(window) else {}
    remembered.keep(
        geometry=_text(window.saveGeometry()),
        page=window.page,
        month=str(session.period),
        book=str(session.desk.book_path),
        newest=str(month.latest_period(session.desk)),
        **widths,
    )


def month_to_show(session_book: str, newest: Period, remembered: Remembered) -> Period:
    """The month last looked at in this book, unless another one has come due since."""
    same = (remembered.text("book"), remembered.text("newest")) == (session_book, str(newest))
    try:
        return Period.parse(remembered.text("month")) if same else newest
    except ClerkError:
        return newest


def restore(window: MainWindow, remembered: Remembered) -> bool:
    """Stand where the window stood; False where nothing is known or it fits no screen any more."""
    if remembered.text("book") == str(window.session.desk.book_path) and remembered.text("page") in dict(PAGES):
        window.go(remembered.text("page"))
    geometry = remembered.text("geometry")
    return bool(geometry) and window.restoreGeometry(_bytes(geometry))


def _text(state: "QByteArray") -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> "QByteArray":
    from PySide6.QtCore import QByteArray

    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
