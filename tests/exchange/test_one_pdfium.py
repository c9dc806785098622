"""PDFium dies when two threads are in it: drawing pages and reading their codes wait for each other."""

import time
from pathlib import Path
from threading import Thread

import pypdfium2

from desktop_app.desk.make_report import page_count, page_images
from desktop_app.exchange import printed_check_codes

REPORT = Path(__file__).resolve().parents[1] / "keepsakes" / "report-1.pdf"


def test_drawing_and_reading_wait_for_each_other(monkeypatch):
    pdf = REPORT.read_bytes()
    inside, most = [], []
    real = pypdfium2.PdfDocument

    class Watched(real):
        def __init__(self, *args, **kwargs):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.05)
            super().__init__(*args, **kwargs)

        def close(self, *args, **kwargs):
            super().close(*args, **kwargs)
            inside.pop()

    monkeypatch.setattr(pypdfium2, "PdfDocument", Watched)
    work = [lambda: printed_check_codes(pdf), lambda: page_images(pdf, range(2), 80)] * 3
    threads = [Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 6
    assert max(most) == 1


def test_pages_come_whole():
    images = page_images(REPORT.read_bytes(), range(page_count(REPORT.read_bytes())), 80)
    assert len(images) == len(printed_check_codes(REPORT.read_bytes()))
    assert all(image.width == 80 and len(image.rgb) == image.width * image.height * 3 for image in images)
