"""Pages with one embedded face and nothing else, for tests of what comes after drawing."""

import io
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FACE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"  # comes with reportlab


def plain_pages(text: str, count: int) -> bytes:
    """A4 pages that say `text`, with an outline and a colour; same input, same bytes."""
    pdfmetrics.registerFont(TTFont("Vera", str(_FACE), shapable=False))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), initialFontName="Vera", invariant=1)
    for number in range(1, count + 1):
        canvas.setFont("Vera", 12)
        canvas.drawString(72, 700, text)
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.rect(72, 72, 100, 50, fill=1)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"第{number}页", f"p{number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
