"""The recovery key of an encrypted book on one page, to be printed and locked away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.rendering.blocks import Space, Text, row
from desktop_app.rendering.faces import FANG, HEI
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import PORTRAIT
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.styles import BODY, BODY_WIDTH, TITLE, Align, Style
from desktop_app.rendering.wording import day

_LABEL = Style(HEI, 12.0, 20.0, Align.LEFT)
_VALUE = Style(FANG, 12.0, 20.0, Align.LEFT)
_NUMBER = Style(FANG, 12.0, 34.0, Align.RIGHT)
_GROUP = Style(HEI, 16.0, 34.0, Align.LEFT, tracking=1.5)
_COLUMNS = (40.0, BODY_WIDTH / 3 - 40.0) * 3
_ACROSS = 3
_WORDS = (
    "凭本页可以打开这本加密的填报簿。系统密码库丢失（重装系统、换电脑、换用户）时，没有本页，填报簿和它的加密备份都无法再打开，"
    "任何人都不能代为恢复。请打印后锁好，不要拍照，不要与电脑放在一起。",
    "使用时照样键入各组字符，大小写不限；没有字母 I、L、O、U。每组最后一个字符用来核对，输错时程序会指出是第几组。",
)


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """What the page says: whose book, its number, the groups of the key in order, the day it was printed."""

    unit: str
    book_id: str
    groups: Sequence[str]
    printed_on: date


def render_recovery(page: RecoveryPage) -> Rendered:
    """The page as a PDF."""
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.add(Text.of("填报簿恢复密钥", TITLE, BODY_WIDTH))
    flow.add(Space(16.0))
    for label, value in (("单位", page.unit), ("填报簿编号", page.book_id), ("打印日期", day(page.printed_on))):
        flow.add(row((label, value), (120.0, BODY_WIDTH - 120.0), (_LABEL, _VALUE)))
    flow.add(Space(16.0))
    numbered = [cell for place, group in enumerate(page.groups, 1) for cell in (f"{place}", group)]
    for start in range(0, len(numbered), _ACROSS * 2):
        cells = numbered[start : start + _ACROSS * 2]
        cells += [""] * (_ACROSS * 2 - len(cells))
        flow.add(row(tuple(cells), _COLUMNS, (_NUMBER, _GROUP) * _ACROSS))
    flow.add(Space(16.0))
    for words in _WORDS:
        flow.add(Text.of(words, BODY, BODY_WIDTH))
    imprint = Imprint(
        f"{page.unit}　填报簿恢复密钥　{page.book_id}", "", "填报簿恢复密钥", page.unit, page.book_id, "恢复密钥",
        draft=False,
    )  # fmt: skip
    return press(flow.pages, imprint)
