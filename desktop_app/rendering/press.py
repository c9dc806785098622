"""From filled pages to the bytes of a PDF: furniture on every page, outline, metadata. Same pages, same bytes."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop_app.model.report import Role
from desktop_app.rendering import cidfont
from desktop_app.rendering.blocks import Text
from desktop_app.rendering.faces import FACES, FANG, HEI, face
from desktop_app.rendering.outline import trace
from desktop_app.rendering.page import A4, Page, SignatureBox, Words
from desktop_app.rendering.styles import FURNITURE, MM, PAGE_NUMBER, runs, text_width

_LOCK = Lock()  # reportlab knows fonts by name for the whole process
_DRAFT = "草稿"
_DRAFT_SIZE, _DRAFT_GREY = 150.0, 0.9
_NUMBER_BELOW, _LINE_ABOVE = 7 * MM, 5 * MM


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed document. `boxes` are the places kept free for visible signatures."""

    pdf: bytes
    pages: int
    boxes: Mapping[Role, SignatureBox]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page repeats, and what the file says about itself; no check code where it is no report."""

    left: str
    check_code: str
    title: str
    author: str
    subject: str
    keywords: str
    draft: bool


def press(pages: Sequence[Page], imprint: Imprint) -> Rendered:
    """Draw all pages."""
    with _LOCK:
        cidfont.begin(FACES)
        rl_config.useA85 = 0
        buffer = io.BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            initialFontName=FANG,  # type: ignore[arg-type]  # a name; the stub says float
            pdfVersion=(1, 7),
            lang="zh-CN",
        )
        canvas.setTitle(imprint.title)
        canvas.setAuthor(imprint.author)
        canvas.setSubject(imprint.subject)
        canvas.setKeywords(imprint.keywords)
        canvas.setCreator("月报")
        canvas.setProducer("yuebao")
        canvas.showOutline()
        for number, page in enumerate(pages, 1):
            _page(canvas, page, number, len(pages), imprint)
        canvas.save()
    boxes = {
        role: SignatureBox(index, *corners) for index, page in enumerate(pages) for role, corners in page.boxes.items()
    }
    return Rendered(buffer.getvalue(), len(pages), boxes)


def _page(canvas: Any, page: Page, number: int, count: int, imprint: Imprint) -> None:
    """One page: turned if it is a landscape page, marks behind, words last but for the furniture."""
    canvas.setPageRotation(90 if page.frame.landscape else 0)
    canvas.setPageSize((page.frame.width, page.frame.height))  # as read: reportlab swaps the sides of a turned sheet
    canvas.saveState()
    if page.frame.landscape:  # reading it, the sheet's left edge is up
        canvas.transform(0, 1, -1, 0, A4[0], 0)
    _backdrop(canvas, page, draft=imprint.draft)
    for level, title, top in page.bookmarks:
        key = f"{number}-{level}-{title}"
        canvas.bookmarkHorizontal(key, 0, top)
        canvas.addOutlineEntry(title, key, level, closed=False)
    _words(canvas, [*_furniture(page, number, count, imprint), *page.words])
    canvas.restoreState()
    _words(canvas, [_page_number(number)])
    canvas.showPage()


def _backdrop(canvas: Any, page: Page, *, draft: bool) -> None:
    """Draft mark, tints and rules, all behind the text. The mark is drawn as outlines: nothing to extract."""
    if draft:
        canvas.saveState()
        canvas.translate(page.frame.width / 2, page.frame.height / 2)
        canvas.rotate(35)
        canvas.translate(-_DRAFT_SIZE, -0.38 * _DRAFT_SIZE)
        canvas.setFillGray(_DRAFT_GREY)
        path = canvas.beginPath()
        trace(path, face(HEI), _DRAFT, _DRAFT_SIZE)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()
    for tint in page.tints:
        canvas.setFillGray(tint.grey)
        canvas.rect(tint.x, tint.y, tint.width, tint.height, stroke=0, fill=1)
    canvas.setFillGray(0)
    for width, drawn in groupby(page.frames, attrgetter("line")):
        canvas.setLineWidth(width)
        for frame in drawn:
            canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke=1, fill=0)
    for width, rules in groupby(page.rules, attrgetter("width")):
        canvas.setLineWidth(width)
        canvas.lines([rule[:4] for rule in rules])


def _words(canvas: Any, words: Sequence[Words]) -> None:
    """All words in one text object, in the order given."""
    text = canvas.beginText()
    for x, y, line, name, size, spacing in words:
        text.setTextOrigin(x, y)
        text.setCharSpace(spacing)
        for run_face, piece in runs(name, line):
            text.setFont(run_face, size)
            text.textOut(piece)
    canvas.drawText(text)


def _furniture(page: Page, number: int, count: int, imprint: Imprint) -> list[Words]:
    """Above the type area: what it is, at the left, page and check code at the right, beside or below it."""
    frame, style = page.frame, FURNITURE
    right = f"第{number}页 共{count}页" + (f"　校验码 {imprint.check_code}" if imprint.check_code else "")
    ends = frame.left + frame.body_width - text_width(style, right)
    lower = frame.top + _LINE_ABOVE
    beside = frame.left + text_width(style, imprint.left) + 2 * style.size < ends
    lines = Text.of(imprint.left, style, frame.body_width).lines
    upper = lower + style.leading * (len(lines) - (1 if beside else 0))
    words = [
        Words(frame.left, upper - index * style.leading, line.text, style.face, style.size, 0.0)
        for index, line in enumerate(lines)
    ]
    return [*words, Words(ends, lower, right, style.face, style.size, 0.0)]


def _page_number(number: int) -> Words:
    """「— 1 —」 7 mm below the type area, one character in, odd pages right and even pages left (GB/T 9704 7.5)."""
    text, style = f"— {number} —", PAGE_NUMBER
    left, right, foot = 28 * MM, A4[0] - 26 * MM, A4[1] - (37 + 225) * MM
    x = right - style.size - text_width(style, text) if number % 2 else left + style.size
    return Words(x, foot - _NUMBER_BELOW - 0.86 * style.size, text, style.face, style.size, 0.0)
