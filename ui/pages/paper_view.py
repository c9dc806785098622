"""The report's pages as they will be: those in view, drawn in the background at the screen's own sharpness."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.language import _
from ui.background import send

if TYPE_CHECKING:  # making pages is heavy and waits until they are looked at
    from desktop_app.desk.make_report import PageImage

PAGE_WIDTH = 600  # logical px of every page
KEPT = 12  # pages that are held as pictures: a page takes 1.5 MB, and 6 MB on a sharp screen


class PaperView(QScrollArea):
    """`show_paper` takes what makes the PDF bytes; an answer that comes after a newer question is not shown.

    Every page has its place at once. Its picture comes with the part of the paper that is looked at, and goes when
    others are looked at.
    """

    def __init__(self, failed: Callable[[Exception], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setWidgetResizable(True)
        self.setAccessibleName(_("页面预览"))
        self._failed = failed
        self._asked: object | None = None
        self._drawing: object | None = None
        self._pdf = b""
        self._sharp = 1.0
        self.pages: list[QLabel] = []
        self.drawn: list[int] = []  # indices of the pages that have their picture, the last looked at last
        self._show([self._word(_("正在排版…"))])
        self.verticalScrollBar().valueChanged.connect(lambda _place: self._look())

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 before they are known."""
        return len(self.pages)

    def show_paper(self, make: Callable[[], bytes]) -> None:
        """Make the pages and show them; what is there stays until they come."""
        asked = self._asked = object()
        send(
            lambda: _shaped(make()),
            lambda found: self._arrived(asked, *found),
            lambda problem: self._lost(asked, problem),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A larger view shows more pages."""
        super().resizeEvent(event)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is drawn that cannot be seen."""
        super().showEvent(event)
        self._look()

    def _arrived(self, asked: object, pdf: bytes, shapes: Sequence[float]) -> None:
        if asked is not self._asked:
            return
        self._pdf, self._sharp, self._drawing = pdf, self.devicePixelRatioF(), None
        self.drawn = []
        self.pages = []
        for number, shape in enumerate(shapes, start=1):
            page = self._word(_("第 {number} 页，共 {count} 页").format(number=number, count=len(shapes)))
            page.setAccessibleName(page.text())
            page.setFixedSize(PAGE_WIDTH, round(PAGE_WIDTH * shape))
            self.pages.append(page)
        self._show(self.pages)
        self._look()

    def _look(self) -> None:
        """Have the pages drawn that are in view and their neighbours, one batch at a time."""
        wanted = self._in_view() if self.isVisible() else []
        missing = [index for index in wanted if index not in self.drawn]
        self.drawn = [index for index in self.drawn if index not in wanted] + [i for i in wanted if i not in missing]
        if not missing or self._drawing is not None:
            return
        pdf, width = self._pdf, round(PAGE_WIDTH * self._sharp)
        drawing = self._drawing = object()
        send(
            lambda: _pictures(pdf, missing, width),
            lambda images: self._draw(drawing, missing, images),
            lambda problem: self._lost(drawing, problem),
        )

    def _draw(self, drawing: object, indices: Sequence[int], images: "Sequence[PageImage]") -> None:
        if drawing is not self._drawing:
            return
        self._drawing = None
        for index, image in zip(indices, images, strict=True):
            picture = QImage(image.rgb, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888)
            pixmap = QPixmap.fromImage(picture)
            pixmap.setDevicePixelRatio(self._sharp)
            self.pages[index].setPixmap(pixmap)
            self.drawn.append(index)
        for index in self.drawn[:-KEPT]:
            self.pages[index].setText(self.pages[index].accessibleName())
        del self.drawn[:-KEPT]
        self._look()

    def _in_view(self) -> list[int]:
        """The pages of which something can be seen, and one before and after them."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        seen = [index for index, page in enumerate(self.pages) if page.y() < bottom and page.geometry().bottom() > top]
        return list(range(max(seen[0] - 1, 0), min(seen[-1] + 2, len(self.pages))))[:KEPT] if seen else []

    def _lost(self, asked: object, problem: Exception) -> None:
        if asked in (self._asked, self._drawing):
            self._drawing = None
            self.pages, self.drawn = [], []
            self._show([self._word(_("现在排不出页面，原因见上方。"))])
            self._failed(problem)

    def _word(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _show(self, pages: Sequence[QWidget]) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setSpacing(12)
        for page in pages:
            box.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        place = self.verticalScrollBar().value()
        self.setWidget(inner)
        self.verticalScrollBar().setValue(place)


def _shaped(pdf: bytes) -> tuple[bytes, tuple[float, ...]]:
    """The paper, and how high its pages are."""
    from desktop_app.desk.make_report import page_shapes

    return pdf, page_shapes(pdf)


def _pictures(pdf: bytes, indices: Sequence[int], width: int) -> "tuple[PageImage, ...]":
    """These pages as pixels."""
    from desktop_app.desk.make_report import page_images

    return page_images(pdf, indices, width)
