"""The foot of the form: who answers for it, places for visible signatures, and room for the seal."""

from desktop_app.model.report import ROLE_LABELS, Role
from desktop_app.model.report_body import Report
from desktop_app.rendering.blocks import Block, Drawn, Space, Text
from desktop_app.rendering.editions import Shown
from desktop_app.rendering.faces import FANG, HEI
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.letter import SEAL
from desktop_app.rendering.page import Page, Rule
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import BODY_WIDTH, SECTION, Align, Style
from desktop_app.rendering.wording import day

_LABEL = Style(HEI, 14.0, 20.0, Align.CENTRE)
_NAME = Style(FANG, 14.0, 20.0, Align.CENTRE)
_PLAIN = Style(FANG, 14.0, 22.0, Align.LEFT)
_NOTE = Style(FANG, 10.5, 15.0)
_SEAL_NOTE = Style(FANG, 10.5, 15.0, Align.RIGHT)
_ROW, _HEAD = 62.0, 28.0
_COLUMNS = (92.0, 120.0, BODY_WIDTH - 212.0)
_DECLARATION = (
    "签署后的电子文件附有软件数字签名（防篡改校验），不是电子印章。纸质件与电子文件的内容应当一致，"
    "可凭每页所印的版次和校验码核对。"
)


def write(flow: Flow, report: Report, shown: Shown, *, blank: bool = False) -> None:
    """Set the sign-off block in one piece."""
    people = report.people
    names = {Role.PREPARER: people.preparer, Role.REVIEWER: people.reviewer, Role.APPROVER: people.approver}
    blocks: tuple[Block, ...] = (
        Text.of("签　署", SECTION, BODY_WIDTH, Kind.SECTION),
        Drawn(_HEAD, lambda page, x, top: _cells(page, x, top, _HEAD, ("职责", "姓名", "签名"), (_LABEL,) * 3)),
        *(_person(role, names[role]) for role in ROLE_LABELS),
        Space(10.0),
        _foot(report, shown, blank=blank),
        Space(6.0),
        *(() if blank else (Text.of(_DECLARATION, _NOTE, BODY_WIDTH),)),
        *(() if blank else _journal_head(report.journal_head)),
    )
    flow.need(sum(block.height for block in blocks) + 14.0)
    flow.bookmark(0, "签署")
    if not flow.fresh:
        flow.add(Space(14.0))
    for block in blocks:
        flow.add(block)


def _journal_head(head: str) -> tuple[Block, ...]:
    """Where the unit's journal stood: whoever rewrites it later cannot rewrite this."""
    if not head:
        return ()
    groups = " ".join(head[start : start + 8] for start in range(0, len(head), 8))
    return (Text.of(f"日志校验值：{groups}", _NOTE, BODY_WIDTH),)


def _person(role: Role, name: str) -> Drawn:
    """One role: label, printed name, and an empty place for the signature."""
    height = max(_ROW, Text.of(name, _NAME, _COLUMNS[1] - 8.0).height + 8.0)

    def draw(page: Page, x: float, top: float) -> None:
        _cells(page, x, top, height, (ROLE_LABELS[role], name, ""), (_LABEL, _NAME, _NAME))
        left = x + _COLUMNS[0] + _COLUMNS[1]
        page.boxes[role] = (left + 3.0, top - height + 3.0, x + BODY_WIDTH - 3.0, top - 3.0)

    return Drawn(height, draw)


def _cells(page: Page, x: float, top: float, height: float, texts: tuple[str, ...], styles: tuple[Style, ...]) -> None:
    page.frame_box(x, top, BODY_WIDTH, height)
    for text, style, column in zip(texts, styles, _COLUMNS, strict=True):
        made = Text.of(text, style, column - 8.0)
        made.draw(page, x + 4.0, top - (height - made.height) / 2)
        x += column
        page.rules.append(Rule(x, top - height, x, top, 0.5))


def _foot(report: Report, shown: Shown, *, blank: bool) -> Drawn:
    """Telephone and dates at the left; at the right 50 mm square kept blank for the seal."""
    lines = [f"报送单位：{report.unit.name}"]
    if "phone" in shown:
        lines.append(f"联系电话：{report.people.phone}")
    lines += ["填报日期：" if blank else f"填报日期：{day(report.prepared_on)}", f"统计截止日期：{day(report.as_of)}"]
    made = Text.of("\n".join(lines), _PLAIN, BODY_WIDTH - SEAL - 70.0)

    def draw(page: Page, x: float, top: float) -> None:
        made.draw(page, x, top - 8.0)
        left = x + BODY_WIDTH - SEAL
        Text.of("（公章）", _SEAL_NOTE, 60.0).draw(page, left - 62.0, top - SEAL + 12.0)
        page.frame_box(left, top - 4.0, SEAL, SEAL, 0.25)

    return Drawn(max(SEAL + 12.0, made.height + 12.0), draw)
