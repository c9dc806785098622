"""A long day at the window: thousands of edits with saves, checks, other tasks, other pages and steps back.

What must not grow: memory, objects of Qt and of Python, windows, threads, open files. The book grows by what was
written, and by no more.
"""

import ctypes
import gc
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from itertools import combinations
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.model.entry import Status
from ui import background

SOME_PAGES = ("check", "month", "history")
ALL_PAGES = (*SOME_PAGES, "send", "plan", "settings")
A_ROW_OF_THE_JOURNAL = 1200  # bytes at most for an edit of a few words, its indexes and the row of the entry


@dataclass(frozen=True)
class Stock:
    """What there is between two edits: counts, and memory in kilobytes.

    `used` is what the C library has handed out, `blocks` what Python has; `memory` is what the system has given, with
    the holes between: under threads that make pages these grow for a long time while nothing is kept.
    """

    children: int
    windows: int
    threads: int
    files: int
    objects: int
    blocks: int
    used: int
    memory: int


class Mallinfo(ctypes.Structure):
    """struct mallinfo2 of glibc 2.33 and later, over all its arenas."""

    _fields_ = (
        ("before", ctypes.c_size_t * 4),
        ("hblkhd", ctypes.c_size_t),
        ("between", ctypes.c_size_t * 2),
        ("uordblks", ctypes.c_size_t),
        ("rest", ctypes.c_size_t * 2),
    )


def handed_out() -> int:
    """Kilobytes that the C library has handed out and not got back; 0 where it does not say."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return 0
    ask.restype = Mallinfo
    found = ask()
    return int(found.uordblks + found.hblkhd) // 1024


def stock(clerk) -> Stock:
    """At rest on one page and one task, so that two of them can be compared."""
    clerk.window.go("fill")
    clerk.window.fill.choose(clerk.window.fill.model.row_at(0).task.id)
    clerk.window.session.messages.hush()
    background.wait()  # pages of a report that are still being drawn
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return Stock(
        children=len(clerk.window.findChildren(QWidget)),
        windows=len(QApplication.topLevelWidgets()),
        threads=threading.active_count(),
        files=len(list(Path("/proc/self/fd").iterdir())),
        objects=len(gc.get_objects()),
        blocks=sys.getallocatedblocks(),
        used=handed_out(),
        memory=int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024,
    )


def edit(clerk, number: int, pages: Sequence[str]) -> None:
    """One edit as a clerk makes it, saved, checked and shown; now and then a step back or a look at another page."""
    fill = clerk.window.fill
    fill.step(1)
    form = fill.form
    form.focus_field("narrative")
    form.texts["narrative"].setPlainText(f"完成第{number}次现场核查，发现问题{number % 7}个。")
    if not form.boxes["this_month"].isHidden():
        form.numbers["this_month"].setText(str(number % 40))
        form.numbers["this_month"].edited.emit(str(number % 40))
    status = (Status.ON_TRACK, Status.BEHIND)[number % 2]
    form.status.setCurrentIndex(form.status.findData(status))
    clerk.window.session.autosave.flush()
    assert clerk.window.session.autosave.clean
    QApplication.processEvents()
    if number % 10 == 0:
        fill.take_back()
    if number % 15 == 0:
        clerk.window.go(pages[number // 15 % len(pages)])
        QApplication.processEvents()
        clerk.window.go("fill")
    if fill.task_id == fill.model.row_at(fill.model.rowCount() - 1).task.id:
        fill.choose(fill.model.row_at(0).task.id)


def work(clerk, edits: int, stop: int, pages: Sequence[str] = SOME_PAGES) -> list[Stock]:
    """So many edits; the stock at each stop. Every page was seen before, for it comes when it is first wanted."""
    found: list[Stock] = []
    for page in pages:
        clerk.window.go(page)
    stock(clerk)
    for number in range(1, edits + 1):
        edit(clerk, number, pages)
        if number % stop == 0:
            found.append(stock(clerk))
    return found


def slope(values: list[int]) -> float:
    """Growth per stop that one jump does not move: the median of the slopes between any two (Theil and Sen)."""
    pairs = combinations(range(len(values)), 2)
    return median((values[later] - values[sooner]) / (later - sooner) for sooner, later in pairs)


def judge(found: list[Stock], stop: int, used_a_hundred: float, memory_a_hundred: float) -> Stock:
    """Hold the last two thirds flat; kilobytes per hundred edits. The growth per stop, kind by kind."""
    late = found[len(found) // 3 :]
    growth = Stock(*(slope(list(values)) for values in zip(*map(astuple, late), strict=True)))
    assert growth.children == 0, ("children", [each.children for each in late])
    assert growth.windows == 0, ("windows", [each.windows for each in late])
    assert growth.threads == 0, ("threads", [each.threads for each in late])
    assert growth.files == 0, ("files", [each.files for each in late])
    assert growth.objects <= stop / 2, ("objects", [each.objects for each in late])
    assert growth.blocks <= stop * 4, ("blocks", [each.blocks for each in late])
    assert growth.used * 100 / stop <= used_a_hundred, ("used", [each.used for each in late])
    assert growth.memory * 100 / stop <= memory_a_hundred, ("memory", [each.memory for each in late])
    return growth


def book_size(clerk) -> int:
    """The book as one file, with all that stood in its log."""
    clerk.window.session.desk.rest()
    return clerk.book.stat().st_size


def test_three_hundred_edits_leave_nothing_behind(clerk):
    clerk.window.go("fill")
    before = book_size(clerk)
    judge(work(clerk, 300, 25), 25, used_a_hundred=600, memory_a_hundred=2000)
    assert book_size(clerk) - before <= 3 * 300 * A_ROW_OF_THE_JOURNAL


@pytest.mark.long
def test_three_thousand_edits_leave_nothing_behind(clerk, count: Callable[[str], None]):
    clerk.window.go("fill")
    before = book_size(clerk)
    found = work(clerk, 3000, 100, ALL_PAGES)
    growth = judge(found, 100, used_a_hundred=200, memory_a_hundred=1000)  # the book's page cache may grow to 2 MB
    grown = book_size(clerk) - before
    count(
        f"3,000 edits: memory {found[0].memory // 1024} MB after 100, {found[-1].memory // 1024} MB at the end; per "
        f"hundred {growth.used:+.0f} KB in use, {growth.memory:+.0f} KB with holes, {growth.objects:+.0f} objects, "
        f"{growth.blocks:+.0f} blocks; book +{grown / 3000:.0f} bytes an edit"
    )
    assert grown <= 3 * 3000 * A_ROW_OF_THE_JOURNAL


def errands() -> int:
    """How many errands there are when all are home, and those they sent for."""
    while background.busy():
        background.wait()
        QApplication.processEvents()
    gc.collect()
    return sum(type(each) is background.Errand for each in gc.get_objects())


def test_no_errand_outlives_its_answer(clerk, monkeypatch):
    """One that is held for ever holds what it was about: a whole report, or the bytes of its pages."""
    monkeypatch.setattr("ui.session.LARGE", 1)  # the rules are run aside
    before = errands()
    for page in ("send", "check", "send"):
        clerk.window.go(page)
        assert errands() == before


@pytest.mark.parametrize("what", ["label", "window", "words"])
def test_what_an_edit_leaves_behind_is_seen(clerk, monkeypatch, what):
    """The judge is judged: a widget, a window, or a list of words kept with every task that is shown."""
    kept: list[object] = []
    form = clerk.window.fill.form
    loaded = type(form).load

    def leaving(form, row):
        kept.append({"label": lambda: QLabel("x", form), "window": lambda: QLabel("x"), "words": lambda: [row]}[what]())
        loaded(form, row)

    monkeypatch.setattr(type(form), "load", leaving)
    with pytest.raises(AssertionError, match={"label": "children", "window": "windows", "words": "objects"}[what]):
        judge(work(clerk, 60, 15), 15, used_a_hundred=1e9, memory_a_hundred=1e9)
