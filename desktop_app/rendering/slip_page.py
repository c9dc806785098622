"""交接单: the page that goes with a stick or a disc, signed by hand on both sides."""

from desktop_app.model.handover import Handover
from desktop_app.rendering.blocks import Drawn, Row, Space, Text, row
from desktop_app.rendering.faces import FANG, HEI
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.matrix_code import identity
from desktop_app.rendering.page import PORTRAIT, Page
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import BODY_WIDTH, TITLE, Align, Style
from desktop_app.rendering.wording import SAMPLE, day

_LABEL = Style(HEI, 10.5, 15.5, Align.LEFT)
_VALUE = Style(FANG, 11.0, 15.5, Align.LEFT)
_NOTE = Style(FANG, 10.5, 16.0)
_COLUMNS = (132.0, BODY_WIDTH - 132.0)
_SIDES = ("移交人", "接收人")
_SIDE_LINES = ("单位：", "姓名（签字）：", "联系电话：", "时间：　　　年　　月　　日　　时")
_SIDE_HEIGHT = 122.0
_NOTES = (
    "一、接收人核对文件名、大小和校验码后签字；可用扫码枪扫右上角二维码，与电子文件核对。",
    "二、介质只用于本次交接，不得录入涉密信息；文件可多次复制，以 SHA-256 相同为准。",
    "三、本单一式两份，双方各执一份。",
)


def render_slip(handover: Handover) -> Rendered:
    """Print the slip on one page."""
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.bookmark(0, "交接单")
    flow.add(Text.of("月报电子文件交接单", TITLE, BODY_WIDTH, Kind.TITLE))
    flow.add(Space(14.0))
    flow.table([], [_row(label, value) for label, value in _facts(handover)])
    flow.add(Space(14.0))
    flow.add(Drawn(_SIDE_HEIGHT, _sides))
    flow.add(Space(12.0))
    for note in _NOTES:
        flow.add(Text.of(note, _NOTE, BODY_WIDTH))
    return press(flow.pages, _imprint(handover))


def _facts(handover: Handover) -> tuple[tuple[str, str], ...]:
    return (
        ("报送单位", f"{handover.unit.name}（{handover.unit.code}）"),
        ("报告期和版次", f"{handover.period.label}　第{handover.revision}版"),
        ("文件名", handover.name),
        ("文件大小", f"{handover.size} 字节"),
        ("页数和签名", f"{handover.pages}页，{handover.signatures}个数字签名"),
        ("文件 SHA-256", handover.sha256),
        ("数据 SHA-256", handover.data_sha256),
        ("校验码", handover.check_code),
        ("存放位置", handover.place or "（尚未报送）"),
        ("报送日期", day(handover.on) if handover.on else "（尚未报送）"),
        ("经办人", handover.giver or "—"),
        ("介质编号", ""),
    )


def _row(label: str, value: str) -> Row:
    return row((label, value or " "), _COLUMNS, (_LABEL, _VALUE))


def _sides(page: Page, x: float, top: float) -> None:
    """Who hands over at the left, who receives at the right."""
    width = BODY_WIDTH / 2
    for index, side in enumerate(_SIDES):
        left = x + index * width
        page.frame_box(left, top, width, _SIDE_HEIGHT)
        Text.of(side, Style(HEI, 14.0, 24.0, Align.CENTRE), width).draw(page, left, top - 4.0)
        for place, line in enumerate(_SIDE_LINES):
            Text.of(line, _VALUE, width - 16.0).draw(page, left + 8.0, top - 32.0 - place * 22.0)


def _imprint(handover: Handover) -> Imprint:
    marks = "　".join(["交接单", *([SAMPLE] if handover.sample else [])])
    return Imprint(
        f"{handover.unit.name}　{handover.period.label}　第{handover.revision}版　{marks}", handover.check_code,
        f"{handover.unit.name}{handover.period.label}月报交接单", handover.unit.name, "交接单",
        f"交接单, {handover.period}, {handover.check_code}", draft=False,
        matrix=identity("REPORT", handover.unit.code, handover.period, handover.revision, handover.data_sha256),
    )  # fmt: skip
