"""From filled pages to the bytes of a PDF: furniture on every page, outline, metadata. Same pages, same bytes."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop_app.model.report import Role
from desktop_app.rendering import cidfont, matrix_code
from desktop_app.rendering.blocks import Text
from desktop_app.rendering.faces import FANG, HEI, names, own
from desktop_app.rendering.outline import trace
from desktop_app.rendering.page import A4, Page, SignatureBox, Words
from desktop_app.rendering.structure import Kind, Node
from desktop_app.rendering.styles import FURNITURE, KERN, MM, PAGE_NUMBER, kerns, runs, text_width
from desktop_app.rendering.tagging import Tagging

_LOCK = Lock()  # reportlab knows fonts by name for the whole process
_DRAFT = "草稿"
_DRAFT_SIZE, _DRAFT_GREY = 150.0, 0.9
_NUMBER_BELOW, _LINE_ABOVE, _CODE_ABOVE = 7 * MM, 5 * MM, 4 * MM
_TAKEN = f"[{1000 * KERN:g}] TJ"  # moves on by less, in thousandths of an em
_CODE_SAYS = "二维码，内容与本页所印的单位、报告期、版次和校验码一致，供扫码核对纸质件与电子文件"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed document. `boxes` are the places kept free for visible signatures; `faces` what it is set in."""

    pdf: bytes
    pages: int
    boxes: Mapping[Role, SignatureBox]
    faces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page repeats, and what the file says about itself; no check code where it is no report.

    `matrix` is what the two-dimensional code says.
    """

    left: str
    check_code: str
    title: str
    author: str
    subject: str
    keywords: str
    draft: bool
    matrix: str = ""


@dataclass(frozen=True, slots=True)
class _Press:
    """A document being drawn."""

    canvas: Any
    fonts: Mapping[str, cidfont.CidFont]
    imprint: Imprint
    count: int
    tagging: Tagging


def press(pages: Sequence[Page], imprint: Imprint) -> Rendered:
    """Draw all pages."""
    with _LOCK:
        fonts = cidfont.begin(names())
        rl_config.useA85 = 0
        buffer = io.BytesIO()
        canvas = _canvas(buffer, imprint)
        if imprint.matrix:
            matrix_code.embed(canvas, imprint.matrix)
        work = _Press(canvas, fonts, imprint, len(pages), Tagging())
        for number, page in enumerate(pages, 1):
            _page(work, page, number)
        work.tagging.write(canvas._doc, [f"Page{number}" for number in range(1, len(pages) + 1)])  # noqa: SLF001
        canvas.save()
    boxes = {
        role: SignatureBox(index, *corners) for index, page in enumerate(pages) for role, corners in page.boxes.items()
    }
    used = tuple(font.base_name for font in fonts.values() if font.used)
    return Rendered(buffer.getvalue(), len(pages), boxes, used)


def _canvas(buffer: io.BytesIO, imprint: Imprint) -> Any:
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
    return canvas


def _page(work: _Press, page: Page, number: int) -> None:
    """One page: turned if it is a landscape page; marks behind, then what every page repeats, then its own words."""
    canvas = work.canvas
    canvas.setPageRotation(90 if page.frame.landscape else 0)
    canvas.setPageSize((page.frame.width, page.frame.height))  # as read: reportlab swaps the sides of a turned sheet
    work.tagging.page()
    code = canvas._code  # noqa: SLF001 - what is drawn is written here, for reportlab measures every text again
    code.append("/Artifact BMC")
    _words(work, [_page_number(number)])
    canvas.saveState()
    if page.frame.landscape:  # reading it, the sheet's left edge is up
        canvas.transform(0, 1, -1, 0, A4[0], 0)
    _backdrop(canvas, page, draft=work.imprint.draft)
    for level, title, top in page.bookmarks:
        key = f"{number}-{level}-{title}"
        canvas.bookmarkHorizontal(key, 0, top)
        canvas.addOutlineEntry(title, key, level, closed=False)
    _words(work, _furniture(page, number, work.count, work.imprint))
    code.append("EMC")
    if work.imprint.matrix:
        _matrix(work, page, first=number == 1)
    _words(work, page.words)
    canvas.restoreState()
    canvas.showPage()


def _matrix(work: _Press, page: Page, *, first: bool) -> None:
    """The two-dimensional code at the right above the type area; read out once, on the first page."""
    frame = page.frame
    x, y = frame.left + frame.body_width - matrix_code.SIDE, frame.top + _CODE_ABOVE
    begin = "/Artifact BMC"
    if first:
        begin = f"/Figure <</MCID {work.tagging.mark(Node(Kind.FIGURE, alt=_CODE_SAYS))}>> BDC"
    work.canvas._code.extend([begin, matrix_code.placed(work.canvas, x, y), "EMC"])  # noqa: SLF001


def _backdrop(canvas: Any, page: Page, *, draft: bool) -> None:
    """Draft mark, tints and rules, all behind the text. The mark is drawn as outlines: nothing to extract."""
    if draft:
        canvas.saveState()
        canvas.translate(page.frame.width / 2, page.frame.height / 2)
        canvas.rotate(35)
        canvas.translate(-_DRAFT_SIZE, -0.38 * _DRAFT_SIZE)
        canvas.setFillGray(_DRAFT_GREY)
        path = canvas.beginPath()
        trace(path, own(HEI), _DRAFT, _DRAFT_SIZE)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()
    code = canvas._code  # noqa: SLF001
    for grey, tints in groupby(page.tints, attrgetter("grey")):
        code.append(f"{grey:g} g")
        code.extend(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f" for x, y, width, height, _grey in tints)
    for points, grey in page.shapes:
        code.append(f"{grey:g} g {_through(points)} f")
    code.append("0 g")
    for line, frames in groupby(page.frames, attrgetter("line")):
        code.append(f"{line:g} w")
        code.extend(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re S" for x, y, width, height, _line in frames)
    for width, rules in groupby(page.rules, attrgetter("width")):
        code.append(f"{width:g} w")
        code.extend(f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S" for x1, y1, x2, y2, _width in rules)
    for points, width, dash, grey in page.curves:
        pieces = " ".join(f"{piece:g}" for piece in dash)
        code.append(f"q 1 j {width:g} w {grey:g} G [{pieces}] 0 d {_through(points)} S Q")


def _through(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.3f} {y:.3f} {'l' if place else 'm'}" for place, (x, y) in enumerate(points))


def _words(work: _Press, words: Sequence[Words]) -> None:
    """All words in one text object, in the order given; each element's pieces are marked as its own."""
    code, now, grey = ["BT"], ("", 0.0, 0.0), 0.0
    for node, lines in groupby(words, attrgetter("node")):
        if node is not None:
            code.append(f"/{node.kind} <</MCID {work.tagging.mark(node)}>> BDC")
        for x, y, line, name, size, spacing, _node, ink in lines:
            if ink != grey:
                code.append(f"{ink:g} g")
                grey = ink
            code.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
            for part in _parts(name, line):
                for run_face, piece in runs(name, part):
                    if (run_face, size) != now[:2]:
                        code.append(f"{work.canvas._doc.getInternalFontName(run_face)} {size:g} Tf")  # noqa: SLF001
                    if spacing != now[2]:
                        code.append(f"{spacing:.4f} Tc")
                    now = (run_face, size, spacing)
                    code.append(f"<{work.fonts[run_face].hex_codes(piece)}> Tj")
                code.append(_TAKEN)
            code.pop()
        if node is not None:
            code.append("EMC")
    work.canvas._code.append("\n".join([*code, "ET", *(["0 g"] if grey else [])]))  # noqa: SLF001


def _parts(name: str, line: str) -> list[str]:
    """A line, cut where half an em is taken between two marks."""
    places = [0, *(place + 1 for place in kerns(name, line)), len(line)]
    return [line[start:end] for start, end in pairwise(places)]


def _furniture(page: Page, number: int, count: int, imprint: Imprint) -> list[Words]:
    """Above the type area, left of the code: what it is, and under that page and check code."""
    frame, style = page.frame, FURNITURE
    room = frame.body_width - (matrix_code.SIDE + 2 * style.size if imprint.matrix else 0.0)
    last = f"第{number}页 共{count}页" + (f"　校验码 {imprint.check_code}" if imprint.check_code else "")
    lines = [*(line.text for line in Text.of(imprint.left, style, room).lines), last]
    upper = frame.top + _LINE_ABOVE + style.leading * (len(lines) - 1)
    return [
        Words(frame.left, upper - index * style.leading, line, style.face, style.size, 0.0)
        for index, line in enumerate(lines)
    ]


def _page_number(number: int) -> Words:
    """「— 1 —」 7 mm below the type area, one character in, odd pages right and even pages left (GB/T 9704 7.5)."""
    text, style = f"— {number} —", PAGE_NUMBER
    left, right, foot = 28 * MM, A4[0] - 26 * MM, A4[1] - (37 + 225) * MM
    x = right - style.size - text_width(style, text) if number % 2 else left + style.size
    return Words(x, foot - _NUMBER_BELOW - 0.86 * style.size, text, style.face, style.size, 0.0)
