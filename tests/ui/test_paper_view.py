"""The preview: every page has its place, and only those that are looked at are drawn and held."""

import io
import threading

import pytest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desktop_app.desk import make_report
from ui import background
from ui.pages.paper_view import KEPT, PAGE_WIDTH, PaperView

PAGES = 200


def paper(pages: int = PAGES) -> bytes:
    """Pages of which each is of a colour of its own; every third lies on its side."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for index in range(pages):
        size = (842, 595) if index % 3 == 2 else (595, 842)
        canvas.setPageSize(size)
        canvas.setFillColorRGB(index / 255, 0.5, 0.25)
        canvas.rect(0, 0, *size, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """Which pages were drawn."""
    found: list[int] = []
    draw = make_report.page_images

    def drawn(pdf, indices, width):
        found.extend(indices)
        return draw(pdf, indices, width)

    monkeypatch.setattr(make_report, "page_images", drawn)
    return found


@pytest.fixture
def view(qtbot, asked):
    failed: list[Exception] = []
    made = PaperView(failed.append)
    qtbot.addWidget(made)
    made.resize(700, 800)
    made.show()
    yield made
    assert failed == []


def rest() -> None:
    for _again in range(3):  # what comes home may send for more
        background.wait()
        QApplication.processEvents()
    assert not background.busy()


def colour(view: PaperView, index: int) -> int:
    """The red of a page's middle: its index."""
    picture = view.pages[index].pixmap().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).red()


def test_only_what_is_looked_at_is_drawn(view, asked):
    view.show_paper(paper)
    rest()
    assert view.page_count == PAGES
    assert asked == [0, 1] or asked == [0, 1, 2]
    assert [colour(view, index) for index in asked] == asked
    assert view.pages[150].text() == view.pages[150].accessibleName() == "第 151 页，共 200 页"
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    rest()
    assert colour(view, PAGES - 1) == PAGES - 1
    assert len(set(asked)) < 8


def test_few_pictures_are_held_however_far_one_reads(view, asked):
    view.show_paper(paper)
    rest()
    bar = view.verticalScrollBar()
    heights = [page.size() for page in view.pages]
    for place in range(0, bar.maximum() // 2, bar.pageStep()):
        bar.setValue(place)
        rest()
    held = [index for index, page in enumerate(view.pages) if not page.pixmap().isNull()]
    assert KEPT - 4 <= len(held) <= KEPT
    assert sorted(view.drawn) == held
    assert [colour(view, index) for index in held] == held
    assert [page.size() for page in view.pages] == heights, "a page without its picture keeps its place"
    bar.setValue(0)
    rest()
    assert colour(view, 0) == 0


def test_scrolling_in_haste_draws_where_one_comes_to_rest(view, asked):
    view.show_paper(paper)
    rest()
    before = len(asked)
    bar = view.verticalScrollBar()
    for place in range(0, bar.maximum(), 400):
        bar.setValue(place)
    bar.setValue(view.pages[120].y())
    rest()
    assert colour(view, 120) == 120
    assert len(asked) - before < 12, "not every page that flew by"


def test_pages_lie_as_they_are_and_another_paper_takes_their_place(view):
    view.show_paper(lambda: paper(6))
    rest()
    sides = {(page.width(), page.height()) for page in view.pages}
    assert sides == {(PAGE_WIDTH, round(PAGE_WIDTH * 842 / 595)), (PAGE_WIDTH, round(PAGE_WIDTH * 595 / 842))}
    bar = view.verticalScrollBar()
    bar.setValue(view.pages[3].y())
    view.show_paper(lambda: paper(9))
    view.show_paper(lambda: paper(7))
    rest()
    assert view.page_count == 7
    assert bar.value() == view.pages[3].y(), "one goes on reading where one was"
    assert colour(view, 3) == 3


def test_an_older_paper_that_comes_late_is_not_shown(view):
    newer = threading.Event()

    def slow() -> bytes:
        assert newer.wait(20)
        return paper(5)

    view.show_paper(slow)
    view.show_paper(lambda: paper(3))
    while not view.page_count:
        QApplication.processEvents()
    newer.set()
    rest()
    assert view.page_count == 3


def test_nothing_is_drawn_that_cannot_be_seen(view, asked):
    view.hide()
    view.show_paper(paper)
    rest()
    assert (view.page_count, asked) == (PAGES, [])
    view.show()
    rest()
    assert asked[0] == 0


def test_a_paper_that_cannot_be_read_is_said(qtbot):
    failed: list[Exception] = []
    view = PaperView(failed.append)
    qtbot.addWidget(view)
    view.show_paper(lambda: b"none")
    rest()
    assert len(failed) == 1
    assert view.page_count == 0
