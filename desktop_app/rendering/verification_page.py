"""What a verification found, on paper: the verdict, the signatures, and every sentence for and against."""

from dataclasses import dataclass

from desktop_app.rendering.blocks import Row, Space, Text, row
from desktop_app.rendering.faces import FANG, printable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import PORTRAIT
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.styles import (
    BODY_WIDTH,
    CELL,
    HEAD,
    LABEL,
    NOTE,
    SECTION,
    TEXT,
    TITLE,
    Align,
    Style,
)

_FACTS = (110.0, BODY_WIDTH - 110.0)
_SIGNATURES = (72.0, 92.0, 96.0, BODY_WIDTH - 260.0)
_VERDICT = Style(TITLE.face, 20.0, 32.0, Align.CENTRE)


@dataclass(frozen=True)
class VerificationSheet:
    """What is printed, in words: rows of (label, value), and of (role, signer, time, standing and fingerprint)."""

    verdict: str
    facts: tuple[tuple[str, str], ...]
    signatures: tuple[tuple[str, str, str, str], ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    made: str
    check_code: str


def render_verification(sheet: VerificationSheet) -> Rendered:
    """The sheet as a PDF. A character that no face has is printed as □: names come from files of strangers."""
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.bookmark(0, "核验结果")
    flow.add(Text.of("核 验 结 果", TITLE, BODY_WIDTH))
    flow.add(Text.of(_plain(sheet.verdict), _VERDICT, BODY_WIDTH))
    flow.add(Space(10.0))
    for fact in sheet.facts:
        flow.add(row([_plain(part) for part in fact], _FACTS, (LABEL, TEXT)))
    if sheet.signatures:
        flow.add(Space(12.0))
        flow.add(Text.of("签名", SECTION, BODY_WIDTH))
        flow.table([_row(("身份", "签名人", "签署时间", "情况"), HEAD)], [_row(one, CELL) for one in sheet.signatures])
    for title, sentences in (("问题", sheet.problems), ("说明", sheet.notes)):
        if sentences:
            flow.add(Space(12.0))
            flow.add(Text.of(title, SECTION, BODY_WIDTH))
            for number, sentence in enumerate(sentences, 1):
                flow.add(Text.of(f"{number}．{_plain(sentence)}", TEXT, BODY_WIDTH))
    flow.add(Space(14.0))
    flow.add(Text.of(_plain(sheet.made), NOTE, BODY_WIDTH))
    return press(
        flow.pages,
        Imprint("核验结果", sheet.check_code, "核验结果", "月报", sheet.verdict, "核验结果", draft=False),
    )


def _row(texts: tuple[str, ...], style: Style) -> Row:
    return row([_plain(text) for text in texts], _SIGNATURES, style)


def _plain(text: str) -> str:
    return "".join(character if printable(FANG, character) else "□" for character in " ".join(text.split()))
