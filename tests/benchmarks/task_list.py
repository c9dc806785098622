"""The list of 5,000 tasks in the window: a key of the search, a filter, the whole list set anew, and the next task.

Each beside the least it could be: a plain list view of as many strings, set anew and painted, and a bare Python pass
that looks for a word in all of them. Judged by processor time, painting included; the time by the clock of a busy
machine would say how busy it is.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from tests.benchmarks import _window_book
from tests.benchmarks._window_runs import answer

NAME = "list"
SIZE_NAME = "tasks"
SIZE = 5_000
ROUNDS = 9
ROW = "  {what}: {milliseconds:.1f} ms"
LIMITS = {"a key of the search": 30.0, "a filter": 30.0, "the list set anew": 60.0, "the next task": 16.0}
FLOOR, PASS = "plain list view set anew", "Python pass over the texts"
_WORDS = ("完", "完成", "任务4", "rw", "任务49", "治理 4", "3-4")


def measure(size: int, rounds: int) -> dict[str, Any]:
    """Medians in milliseconds of the processor; ratios are to the limit in milliseconds, so that 1 is the limit."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(tempfile.mkdtemp(prefix="yuebao-bench-"))
    try:
        found = _measured(folder, size, rounds)
    finally:
        shutil.rmtree(folder)
    rows = [{"what": what, "milliseconds": round(1000 * seconds, 2)} for what, seconds in found.items()]
    return answer(NAME, SIZE_NAME, size, rows, {what: (1000 * found[what], LIMITS[what]) for what in LIMITS})


def _measured(folder: Path, size: int, rounds: int) -> dict[str, float]:
    from desktop_app.desk.open_book import open_desk
    from ui.app import make_application
    from ui.main_window import MainWindow
    from ui.messages import Messages
    from ui.models.task_list import Choice
    from ui.pages.fill import FillPage
    from ui.session import Session

    make_application()
    desk = open_desk(_window_book.make(folder / "book.yuebao", size), today=_window_book.DAY)
    window = MainWindow(Session(desk, _window_book.MONTH, Messages()))
    window.resize(1366, 728)
    window.show()
    window.go("fill")
    page: FillPage = window.fill
    filters = [choice for choice in Choice if choice is not Choice.ALL]
    try:
        return {
            **_floor(size, rounds),
            "a key of the search": _each(page.search.setText, [*_WORDS, ""], rounds),
            "a filter": _each(lambda choice: page.chips[choice].setChecked(True), [*filters, Choice.ALL], rounds),
            "the list set anew": _each(lambda _round: page.show_month(), range(1), rounds),
            "the next task": _each(lambda _turn: page.step(1), range(10), rounds),
        }
    finally:
        window.copies.leave = lambda: None  # type: ignore[method-assign]
        window.close()
        window.deleteLater()


def _floor(size: int, rounds: int) -> dict[str, float]:
    from PySide6.QtCore import QStringListModel
    from PySide6.QtWidgets import QListView

    texts = [f"3-{number} 任务{number} 完成治理 已填" for number in range(size)]
    model, view = QStringListModel(), QListView()
    view.setModel(model)
    view.resize(400, 600)
    view.show()
    found = {
        PASS: _each(lambda word: [text for text in texts if word in text.casefold()], _WORDS, rounds),
        FLOOR: _each(lambda _round: model.setStringList(texts), range(1), rounds),
    }
    view.close()
    return found


def _each(act: Callable[[Any], object], arguments: Iterable[Any], rounds: int) -> float:
    """The median seconds of the processor that an act takes with its painting; the slowest argument counts."""
    from PySide6.QtWidgets import QApplication

    def once(argument: Any) -> float:
        began = process_time()
        act(argument)
        QApplication.processEvents()
        return process_time() - began

    QApplication.processEvents()
    taken = [[once(argument) for argument in arguments] for _round in range(rounds)]
    return max(median(times) for times in zip(*taken, strict=True))
