"""A summary as pages: its text in the type of official papers, and the signed reports that it draws on."""

from collections.abc import Sequence

from desktop_app.checks.provenance import is_heading
from desktop_app.rendering.blocks import Space, Text, row
from desktop_app.rendering.faces import unprintable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import PORTRAIT
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import (
    BODY,
    BODY_LEADING,
    BODY_WIDTH,
    CELL_CENTRE,
    HEAD,
    LEVEL_ONE,
    LEVEL_TWO,
    NOTE,
    TITLE,
    Align,
    Style,
)
from desktop_app.rendering.wording import SAMPLE

_COLUMNS = (110.0, 60.0, BODY_WIDTH - 170.0)
_MARKED = Style(NOTE.face, 14.0, 22.0, Align.CENTRE)
_NOTE = Style(NOTE.face, 12.0, 18.0)


def render_summary(
    lines: Sequence[str], notes: Sequence[str], sources: Sequence[tuple[str, str, str]], author: str, *, sample: bool
) -> Rendered:
    """Portrait pages; the first line is the title, headings are told by their numbers."""
    title = _clean(lines[0].strip() if lines else "") or author
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.bookmark(0, title)
    if sample:
        flow.add(Text.of(SAMPLE, _MARKED, BODY_WIDTH))
    flow.add(Text.of(title, TITLE, BODY_WIDTH, Kind.TITLE))
    flow.add(Space(BODY_LEADING / 2))
    for line in lines[1:]:
        if text := _clean(line.strip()):
            _paragraph(flow, text)
    flow.add(Space(BODY_LEADING / 2))
    for note in notes:
        flow.add(Text.of(_clean(note), _NOTE, BODY_WIDTH))
    flow.add(Space(6.0))
    heads = row(("来源月报", "版次", "校验码"), _COLUMNS, HEAD, grey=0.92, middle=True)
    flow.table([heads], [row(each, _COLUMNS, CELL_CENTRE, whole=60.0) for each in sources])
    left = "　".join([title, *([SAMPLE] if sample else [])])
    return press(flow.pages, Imprint(left, "", title, author, title, title, draft=False))


def _paragraph(flow: Flow, text: str) -> None:
    if not is_heading(text):
        flow.add(Text.of(text, BODY, BODY_WIDTH))
        return
    first = not text.startswith("（")
    flow.need(3 * BODY_LEADING)
    if first:
        flow.bookmark(1, text)
    flow.add(Text.of(text, LEVEL_ONE if first else LEVEL_TWO, BODY_WIDTH, Kind.SECTION))


def _clean(text: str) -> str:
    for character in unprintable(text):
        text = text.replace(character, f"U+{ord(character):04X}")
    return text
