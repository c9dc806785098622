"""What an office sends out, as pages: title, addressee, a sentence, facts, a table, and the place for the signature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.report import Role
from desktop_app.rendering.blocks import Drawn, Space, Text, row
from desktop_app.rendering.faces import FANG, HEI, unprintable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.letter import SEAL
from desktop_app.rendering.page import LANDSCAPE, PORTRAIT, Page
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import (
    BODY,
    BODY_FLUSH,
    BODY_HEIGHT,
    BODY_WIDTH,
    CELL,
    CELL_CENTRE,
    CELL_FULL,
    HEAD,
    NOTE,
    SECTION,
    TITLE,
    Align,
    Style,
)
from desktop_app.rendering.wording import SAMPLE

_LABEL = Style(HEI, 12.0, 20.0, Align.LEFT)
_VALUE = Style(FANG, 12.0, 20.0, Align.LEFT)
_FACTS = (120.0, BODY_WIDTH - 120.0)
_PLACE = (190.0, 70.0)
_STYLES = {"centre": CELL_CENTRE, "left": CELL, "full": CELL_FULL}


@dataclass(frozen=True)
class Listing:
    """A table: heads, shares of the width, how each column stands (centre, left, full), and the rows' texts."""

    title: str
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    styles: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    landscape: bool = False


@dataclass(frozen=True)
class Notice:
    """Everything on the pages; `closing` stands over the signature, `matrix` is what the two-dimensional code says."""

    title: str
    addressee: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    listings: tuple[Listing, ...]
    closing: tuple[str, ...]
    signer: str
    date: str
    left: str
    subject: str
    matrix: Callable[[str], str]
    sample: bool = False


def render_notice(notice: Notice, check_code: str, *, sha256: str = "") -> Rendered:
    """Print it; ClerkError that names what cannot be printed."""
    _require_printable(notice)
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.bookmark(0, notice.title)
    if notice.sample:
        flow.add(Text.of(SAMPLE, Style(NOTE.face, 14.0, 22.0, Align.CENTRE), BODY_WIDTH))
    flow.add(Text.of(notice.title, TITLE, BODY_WIDTH, Kind.TITLE))
    flow.add(Space(20.0))
    flow.add(Text.of(f"{notice.addressee}：", BODY_FLUSH, BODY_WIDTH))
    flow.add(Text.of(notice.opening, BODY, BODY_WIDTH))
    flow.add(Space(8.0))
    for label, value in notice.facts:
        flow.add(row((label, value), _FACTS, (_LABEL, _VALUE)))
    for listing in [each for each in notice.listings if not each.landscape]:
        _list(flow, listing)
    for text in notice.closing:
        flow.add(Text.of(text, BODY, BODY_WIDTH))
    foot = Drawn(SEAL + 30.0, lambda page, x, top: _foot(page, x, top, notice))
    flow.need(foot.height + 24.0)
    flow.add(Space(24.0))
    flow.add(foot)
    for listing in [each for each in notice.listings if each.landscape]:
        flow.begin(LANDSCAPE)
        _list(flow, listing)
    return press(flow.pages, _imprint(notice, check_code, sha256))


def _list(flow: Flow, listing: Listing) -> None:
    width = BODY_HEIGHT if listing.landscape else BODY_WIDTH
    columns = [share * width / sum(listing.shares) for share in listing.shares]
    if not flow.fresh:
        flow.add(Space(14.0))
    flow.bookmark(1, listing.title)
    flow.add(Text.of(listing.title, SECTION, width, Kind.SECTION))
    styles = [_STYLES[name] for name in listing.styles]
    rows = [row(cells, columns, styles, whole=200.0) for cells in listing.rows]
    flow.table([row(listing.heads, columns, HEAD, grey=0.92, middle=True)], rows)
    flow.add(Space(8.0))


def _foot(page: Page, x: float, top: float, notice: Notice) -> None:
    """Place for the signature at the left; name and date under the seal at the right."""
    width, height = _PLACE
    page.frame_box(x, top - 20.0, width, height, 0.25)
    Text.of("签名", _LABEL, 60.0).draw(page, x, top)
    page.boxes[Role.APPROVER] = (x + 2.0, top - 18.0 - height, x + width - 2.0, top - 22.0)
    style = Style(FANG, 16.0, 29.0, Align.CENTRE)
    signed = Text.of(f"{notice.signer}\n{notice.date}", style, BODY_WIDTH - width - 20.0)
    signed.draw(page, x + width + 20.0, top - SEAL / 2)


def _imprint(notice: Notice, check_code: str, sha256: str) -> Imprint:
    left = "　".join([notice.left, *([SAMPLE] if notice.sample else [])])
    return Imprint(
        left, check_code, notice.title.replace("\n", ""), notice.signer, notice.subject,
        f"{notice.subject}, {check_code}", draft=False, matrix=notice.matrix(sha256 or check_code),
    )  # fmt: skip


def _require_printable(notice: Notice) -> None:
    texts = [notice.title, notice.addressee, notice.opening, notice.signer, *notice.closing]
    texts += [text for fact in notice.facts for text in fact]
    texts += [text for listing in notice.listings for cells in listing.rows for text in cells]
    for text in texts:
        if missing := unprintable(text):
            shown = "、".join(f"U+{ord(character):04X}" for character in missing)
            raise ClerkError(
                _("「{text}」里的字符 {characters} 没有可用的字形，无法打印，文件没有生成。").format(
                    text=text[:20], characters=shown
                ),
                _("请把它换成规范的写法（或删去不可见字符）后再试。"),
            )
