"""The report's pages as they will be, drawn in the background at the screen's own sharpness."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.language import _
from ui.background import Errand

if TYPE_CHECKING:  # making pages is heavy and waits until they are looked at
    from desktop_app.desk.make_report import PageImage

PAGE_WIDTH = 600  # logical px of a portrait page


class PaperView(QScrollArea):
    """`show_paper` takes what makes the PDF bytes; an answer that comes after a newer question is not shown."""

    def __init__(self, failed: Callable[[Exception], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setWidgetResizable(True)
        self.setAccessibleName(_("页面预览"))
        self._failed = failed
        self._errand: Errand | None = None
        self.page_count = 0
        self._show([self._word(_("正在排版…"))])

    def show_paper(self, make: Callable[[], bytes]) -> None:
        """Make the pages and show them; what is there stays until they come."""
        sharp = self.devicePixelRatioF()
        width = round(PAGE_WIDTH * sharp)
        errand = Errand(lambda: _pictures(make(), width))
        self._errand = errand
        errand.brought.connect(lambda images: self._arrived(errand, images, sharp))
        errand.failed.connect(lambda problem: self._lost(errand, problem))
        errand.start()

    def _arrived(self, errand: Errand, images: "list[PageImage]", sharp: float) -> None:
        if errand is not self._errand:
            return
        self.page_count = len(images)
        pages: list[QWidget] = []
        for number, image in enumerate(images, start=1):
            picture = QImage(image.rgb, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888)
            pixmap = QPixmap.fromImage(picture)
            pixmap.setDevicePixelRatio(sharp)
            page = QLabel()
            page.setPixmap(pixmap)
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page.setAccessibleName(_("第 {number} 页，共 {count} 页").format(number=number, count=len(images)))
            pages.append(page)
        self._show(pages)

    def _lost(self, errand: Errand, problem: Exception) -> None:
        if errand is self._errand:
            self.page_count = 0
            self._show([self._word(_("现在排不出页面，原因见上方。"))])
            self._failed(problem)

    def _word(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _show(self, pages: list[QWidget]) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setSpacing(12)
        for page in pages:
            box.addWidget(page)
        box.addStretch(1)
        place = self.verticalScrollBar().value()
        self.setWidget(inner)
        self.verticalScrollBar().setValue(place)


def _pictures(pdf: bytes, width: int) -> "list[PageImage]":
    """Every page as pixels."""
    from desktop_app.desk.make_report import page_images

    return list(page_images(pdf, width))
