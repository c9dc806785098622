"""Pages on a printer that Qt knows, where the system does not take a PDF as it is: 300 dots an inch, one at a time."""

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop_app.desk.printing import Choice
from desktop_app.errors import WorldError
from desktop_app.language import _

DOTS = 300  # an inch: what an office printer shows of text
_SIZES = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}


def printers() -> tuple[str, ...]:
    """The printers that Qt knows, its default first."""
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name)))


def made_ready(choice: Choice) -> QPrinter:
    """A printer set up as chosen, its pages to the very edge: the margins are in the document."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if choice.printer:
        printer.setPrinterName(choice.printer)
    printer.setResolution(DOTS)
    printer.setFullPage(True)
    size = QPageSize(_SIZES.get(choice.paper, QPageSize.PageSizeId.A4))
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    duplex = QPrinter.DuplexMode.DuplexLongSide if choice.duplex else QPrinter.DuplexMode.DuplexNone
    printer.setDuplex(duplex)
    return printer


def print_pages(printer: QPrinter, pdf: bytes) -> int:
    """Draw every page, a turned one as it lies on its sheet; how many. WorldError where the printer refuses."""
    from desktop_app.desk.make_report import page_count, page_image

    painter = QPainter()
    if not painter.begin(printer):
        raise WorldError(_("打印机没有接收。"), _("请检查打印机后再试；文件没有改变。"))
    count = page_count(pdf)
    try:
        for index in range(count):
            if index and not printer.newPage():
                raise WorldError(_("打印中断在第 {page} 页。").format(page=index + 1), _("请检查打印机后再试。"))
            image = page_image(pdf, index, DOTS)
            picture = QImage(image.rgb, image.width, image.height, image.width * 3, QImage.Format.Format_RGB888)
            if image.width > image.height:  # a landscape page: its head goes to the sheet's left edge
                picture = picture.transformed(QTransform().rotate(-90))
            painter.drawImage(QRectF(painter.viewport()), picture)
    finally:
        painter.end()
    return count
