"""The bureau's receipt 回执 on one portrait page."""

from desktop_app.model.receipt import Receipt
from desktop_app.model.report import Role
from desktop_app.rendering.blocks import Drawn, Space, Text, row
from desktop_app.rendering.faces import FANG, HEI
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.letter import SEAL
from desktop_app.rendering.matrix_code import identity
from desktop_app.rendering.page import PORTRAIT, Page
from desktop_app.rendering.press import Imprint
from desktop_app.rendering.structure import Kind
from desktop_app.rendering.styles import BODY, BODY_FLUSH, BODY_WIDTH, TITLE, Align, Style
from desktop_app.rendering.wording import day

_LABEL = Style(HEI, 12.0, 20.0, Align.LEFT)
_VALUE = Style(FANG, 12.0, 20.0, Align.LEFT)
_COLUMNS = (120.0, BODY_WIDTH - 120.0)
_PLACE = (190.0, 70.0)


def made(receipt: Receipt) -> Page:
    """The page, with the place for the bureau's signature under the approver's role."""
    flow = Flow()
    flow.begin(PORTRAIT)
    flow.bookmark(0, "回执")
    flow.add(Text.of("报送回执", TITLE, BODY_WIDTH, Kind.TITLE))
    flow.add(Space(20.0))
    flow.add(Text.of(f"{receipt.unit_name}：", BODY_FLUSH, BODY_WIDTH))
    flow.add(
        Text.of(
            f"你单位{receipt.period.label}工作进展情况报告（第{receipt.revision}版）已收到，情况如下。",
            BODY,
            BODY_WIDTH,
        )
    )
    flow.add(Space(8.0))
    for label, value in _facts(receipt):
        flow.add(row((label, value), _COLUMNS, (_LABEL, _VALUE)))
    flow.add(Space(24.0))
    flow.add(Drawn(SEAL + 30.0, lambda page, x, top: _foot(page, x, top, receipt)))
    return flow.page


def _facts(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    at = receipt.received_at
    return (
        ("报送单位", f"{receipt.unit_name}（{receipt.unit_code}）"),
        ("报告期", receipt.period.label),
        ("版次", f"第{receipt.revision}版"),
        ("收到时间", f"{day(at.date())}{at.hour}时{at.minute:02d}分"),
        ("应报送日期", day(receipt.due)),
        ("是否按期", "按期" if receipt.on_time else "逾期"),
        ("报告校验码", receipt.check_code),
        ("报告文件 SHA-256", receipt.report_sha256),
        ("报告数据 SHA-256", receipt.data_sha256),
    )


def _foot(page: Page, x: float, top: float, receipt: Receipt) -> None:
    """Place for the signature at the left; name and date under the seal at the right."""
    width, height = _PLACE
    page.frame_box(x, top - 20.0, width, height, 0.25)
    Text.of("签名", _LABEL, 60.0).draw(page, x, top)
    page.boxes[Role.APPROVER] = (x + 2.0, top - 18.0 - height, x + width - 2.0, top - 22.0)
    style = Style(FANG, 16.0, 29.0, Align.CENTRE)
    signed = Text.of(f"{receipt.bureau}\n{day(receipt.received_at.date())}", style, BODY_WIDTH - width - 20.0)
    signed.draw(page, x + width + 20.0, top - SEAL / 2)


def imprint(receipt: Receipt, check_code: str, sha256: str) -> Imprint:
    """What the page repeats and the file says about itself."""
    title = f"{receipt.unit_name}{receipt.period.label}报送回执"
    return Imprint(
        f"{receipt.unit_name}　{receipt.period.label}　第{receipt.revision}版　回执", check_code,
        title, receipt.bureau, f"回执 {receipt.period}", f"回执, {receipt.period}, {check_code}", draft=False,
        matrix=identity("RECEIPT", receipt.unit_code, receipt.period, receipt.revision, sha256 or check_code),
    )  # fmt: skip
