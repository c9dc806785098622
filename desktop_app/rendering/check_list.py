"""The list of findings as plain pages, to work through with a pencil. It is no report: no check code, no signature."""

from itertools import groupby
from operator import attrgetter

from desktop_app.model.check_list import CheckLine, CheckList
from desktop_app.rendering.blocks import Row, Space, Text, row
from desktop_app.rendering.faces import unprintable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import LANDSCAPE
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.styles import BODY_HEIGHT, CELL, CELL_CENTRE, HEAD, NOTE, TITLE, Align, Style
from desktop_app.rendering.wording import NONE, SAMPLE

_WIDTH = BODY_HEIGHT  # the portrait type area, turned
_SHARES = (44, 120, 74, 214, 170, 130)
_COLUMNS = [share * _WIDTH / sum(_SHARES) for share in _SHARES]
_HEADS = ("代码", "任务", "填报项", "问题", "怎么办", "情况说明")
_STYLES = (CELL_CENTRE, CELL, CELL, CELL, CELL, CELL)
_GROUP = Style(HEAD.face, 12.0, 16.0, Align.LEFT)
_WHOLE = 200.0


def render_check_list(found: CheckList) -> Rendered:
    """Print the list; what no face has is printed as its code point, for a list of faults must not fail by one."""
    flow = Flow()
    flow.begin(LANDSCAPE)
    flow.bookmark(0, "校验结果清单")
    flow.add(Text.of(_clean(found.title), TITLE, _WIDTH))
    flow.add(Text.of(_clean(found.summary), Style(NOTE.face, 12.0, 18.0, Align.CENTRE), _WIDTH))
    if found.sample:
        flow.add(Text.of(SAMPLE, Style(NOTE.face, 12.0, 18.0, Align.CENTRE), _WIDTH))
    for group, lines in groupby(found.lines, attrgetter("group")):
        rows = [_row(line) for line in lines]
        caption = f"{group}（{len(rows)}）"
        flow.add(Space(10.0))
        flow.need(90.0)
        flow.bookmark(1, caption)
        flow.table([row([caption], [_WIDTH], _GROUP, grey=0.92), row(_HEADS, _COLUMNS, HEAD, grey=0.92)], rows)
    left = "　".join([f"{found.unit.name}　{found.period.label}　第{found.revision}版　校验结果清单", *_marks(found)])
    about = f"校验结果清单 {found.period}"
    return press(flow.pages, Imprint(_clean(left), "", _clean(found.title), found.unit.name, about, about, draft=False))


def _marks(found: CheckList) -> list[str]:
    return [SAMPLE] if found.sample else []


def _row(line: CheckLine) -> Row:
    task = f"{line.task}　{line.place}".strip()
    cells = (line.code, task, line.field or NONE, line.message, line.remedy, line.explanation or NONE)
    return row([_clean(cell) for cell in cells], _COLUMNS, _STYLES, whole=_WHOLE)


def _clean(text: str) -> str:
    for character in unprintable(text):
        text = text.replace(character, f"U+{ord(character):04X}")
    return text
