"""Printing from the window: the dialog remembers, the print system gets the bytes, Qt draws where there is none."""

from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtPrintSupport import QPrinter

from desktop_app.desk import printing
from desktop_app.desk.printing import Choice
from desktop_app.errors import WorldError
from desktop_app.model.period import Period
from desktop_app.rendering import render_report, render_slip
from tests.rendering import conftest
from tests.rendering.test_editions import HANDOVER
from ui import printing as drawn
from ui.dialogs.print_dialog import PrintDialog

MARCH = Period(2023, 3)
report = conftest.report


def test_the_dialog_offers_what_was_chosen_last_time(clerk, qtbot):
    session = clerk.window.session
    dialog = PrintDialog(session, ("一楼", "九楼"), Choice("九楼", "A3", duplex=False), clerk.window)
    qtbot.addWidget(dialog)
    assert (dialog.printer.currentText(), dialog.paper.currentText(), dialog.duplex.isChecked()) == (
        "九楼",
        "A3",
        False,
    )
    dialog.printer.setCurrentText("一楼")
    dialog.duplex.setChecked(True)
    dialog.do.click()
    assert dialog.choice == printing.remembered(session.desk) == Choice("一楼", "A3", duplex=True)


def test_without_a_printer_the_dialog_says_what_to_do(clerk, qtbot):
    dialog = PrintDialog(clerk.window.session, (), Choice(), clerk.window)
    qtbot.addWidget(dialog)
    assert not dialog.do.isEnabled()


def test_the_page_prints_through_the_print_system(clerk, qtbot, monkeypatch):
    got = []
    monkeypatch.setattr(printing, "direct", lambda: True)
    monkeypatch.setattr(printing, "printers", lambda: ("九楼",))
    monkeypatch.setattr(printing, "send", lambda pdf, choice, title: got.append((pdf, choice, title)) or "job-1")
    clerk.window.go("send")
    clerk.window.send.papers.print.click()
    (dialog,) = clerk.window.findChildren(PrintDialog)
    dialog.do.click()
    qtbot.waitUntil(lambda: bool(got), timeout=30000)
    pdf, choice, title = got[0]
    assert pdf.startswith(b"%PDF-")
    assert (choice.printer, title) == ("九楼", "朝阳区 2023-03")
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_pages_drawn_by_qt_lie_as_they_should(report, tmp_path, qtbot):
    """At 300 dots the two-dimensional code is still read, also from a landscape page turned onto its sheet."""
    made = render_report(report, "3F2A-9C01-77AB-0D4E")
    printer = drawn.made_ready(Choice(duplex=True))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    first = _pages(made.pdf, 3)
    assert drawn.print_pages(printer, first) == 3
    printed = pypdfium2.PdfDocument((tmp_path / "out.pdf").read_bytes())
    assert len(printed) == 3
    for page in printed:
        assert [round(side) for side in page.get_size()] == [595, 842]
        picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        (code,) = zxingcpp.read_barcodes(picture)
        assert code.text.startswith("YUEBAO:1:REPORT:110105:2023-03:2:")
    turned = zxingcpp.read_barcodes(printed[2].render(scale=200 / 72, grayscale=True).to_pil().convert("L"))[0]
    assert turned.position.top_left.x < 600  # the head of a landscape page is at the sheet's left edge


def _pages(pdf, count):
    """The first pages of a file."""
    document = pypdfium2.PdfDocument(pdf)
    for _page in range(len(document) - count):
        document.del_page(len(document) - 1)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(qtbot, tmp_path):
    printer = drawn.made_ready(Choice())
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    with pytest.raises(WorldError, match="打印机没有接收"):
        drawn.print_pages(printer, render_slip(HANDOVER).pdf)
