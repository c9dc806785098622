"""The covering letter 报送函, set by GB/T 9704-2012: title, addressee, summary, signature with room for the seal."""

from itertools import accumulate, combinations, pairwise

from desktop_app.model.report_body import Report
from desktop_app.rendering import summary
from desktop_app.rendering.blocks import Drawn, Space, Text
from desktop_app.rendering.breaking import Line, atoms
from desktop_app.rendering.editions import Shown
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import PORTRAIT, Page
from desktop_app.rendering.structure import Kind, Node
from desktop_app.rendering.styles import (
    BODY,
    BODY_FLUSH,
    BODY_LEADING,
    BODY_WIDTH,
    LEVEL_ONE,
    MM,
    NOTE,
    TITLE,
    Align,
    Style,
    text_width,
)
from desktop_app.rendering.wording import DEPARTMENT, NONE, SAMPLE, day

_MOST_TITLE_LINES = 3  # a longer title is set as it comes
_PHRASE_ENDS, _PHRASE_STARTS = "年月日》〉、，。：；—和与及的", "《〈（(—"
SEAL = 50 * MM  # kept blank over name and date: seals are 42 or 45 mm


def title(report: Report) -> str:
    """The title, on its two lines."""
    return f"关于报送《{report.plan.title}》\n{report.period.label}工作进展情况的报告"


def write(flow: Flow, report: Report, shown: Shown, enclosures: list[str]) -> None:
    """Set the letter on portrait pages; the seal space stays with name and date."""
    flow.begin(PORTRAIT)
    flow.bookmark(0, "报告")
    for notice in _notices(report, shown):
        flow.add(Text.of(notice, Style(NOTE.face, 14.0, 22.0, Align.CENTRE), BODY_WIDTH))
    flow.add(_balanced(title(report), TITLE))
    flow.add(Space(BODY_LEADING / 2))
    flow.add(Text.of(f"{DEPARTMENT}：", BODY_FLUSH, BODY_WIDTH))
    reference = f"（{report.plan.document_number}）" if report.plan.document_number else ""
    _say(flow, f"按照《{report.plan.title}》{reference}要求，现将{report.period.label}工作进展情况报告如下。")
    _summary(flow, report)
    if "problems" in shown:
        _open_matters(flow, report)
    _explanations(flow, report, "三" if "problems" in shown else "二")
    signature = _signature(report, shown)
    flow.need(signature.height + (len(enclosures) + 0.5) * BODY_LEADING)  # a seal never stands alone on a page
    flow.add(Space(BODY_LEADING / 2))
    for index, name in enumerate(enclosures, 1):
        head = f"附件：{index}．" if index == 1 else f"　　　{index}．"
        flow.add(Text.of(f"{head}{name}", BODY, BODY_WIDTH))
    flow.add(signature)


def _notices(report: Report, shown: Shown) -> list[str]:
    notices = [SAMPLE] if report.plan.sample else []
    notices += [shown.notice] if shown.notice else []
    return [f"〔{notice}〕" for notice in notices]


def _say(flow: Flow, text: str) -> None:
    flow.add(Text.of(text, BODY, BODY_WIDTH))


def _heading(flow: Flow, text: str) -> None:
    """A heading stays with the first lines below it."""
    flow.need(4 * BODY_LEADING)
    flow.add(Text.of(text, LEVEL_ONE, BODY_WIDTH, Kind.SECTION))


def _balanced(text: str, style: Style) -> Text:
    """A title in as few lines as it takes, about equally long, whose lines end where a phrase does."""
    broken = [line for part in text.split("\n") for line in _title_lines(part, style)]
    return Text(broken, style, BODY_WIDTH, Node(Kind.TITLE))


def _title_lines(text: str, style: Style) -> list[Line]:
    """The best of all ways to break at atoms into the least number of lines."""
    plain = Text.of(text, style, BODY_WIDTH).lines
    if len(plain) == 1 or len(plain) > _MOST_TITLE_LINES:
        return list(plain)
    ends = list(accumulate(map(len, atoms(text))))
    ways = ((0, *cuts, len(text)) for cuts in combinations(ends[:-1], len(plain) - 1))
    made = [[text[start:end] for start, end in pairwise(way)] for way in ways]
    fits = [way for way in made if all(text_width(style, line) <= BODY_WIDTH for line in way)]
    best = min(fits, key=lambda way: _unshapely(way, style), default=None)
    return [line for each in best for line in Text.of(each, style, BODY_WIDTH).lines] if best else list(plain)


def _unshapely(way: list[str], style: Style) -> float:
    """How far lines differ in length, and a punishment for each that ends inside a phrase."""
    wide = [text_width(style, line) for line in way]
    broken = sum(not (line[-1] in _PHRASE_ENDS or following[0] in _PHRASE_STARTS) for line, following in pairwise(way))
    return (max(wide) - min(wide)) / style.size + 4.0 * broken


def _summary(flow: Flow, report: Report) -> None:
    """一、总体情况: numbers in words, then by annex."""
    _heading(flow, "一、总体情况")
    _say(flow, summary.sentence(report))
    summary.write(flow, report)


def _open_matters(flow: Flow, report: Report) -> None:
    """二、存在问题和需协调事项: how many, and where they are written out."""
    _heading(flow, "二、存在问题和需协调事项")
    problems = sum(entry.problems.strip() not in ("", "无", "无。", NONE) for entry in report.entries)
    wishes = sum(entry.coordination.strip() not in ("", "无", "无。", NONE) for entry in report.entries)
    said = [f"{problems}项任务反映了存在问题"] if problems else []
    said += [f"{wishes}项任务需市级协调"] if wishes else []
    _say(flow, "，".join(said) + "，具体内容见附件1。" if said else "本月各项任务未反映存在问题和需市级协调事项。")


def _explanations(flow: Flow, report: Report, order: str) -> None:
    """有关说明: cut-off day, due date, and why a revision was made."""
    _heading(flow, f"{order}、有关说明")
    due = report.due
    estimate = "" if due.certain else "（当年放假安排未发布，系估计）"
    advice = f"宜于{day(due.safe)}前报送" if due.inclusive else f"应于此前报送，最迟{day(due.safe)}"
    _say(
        flow,
        f"统计截止日期为{day(report.as_of)}。按每月第三个工作日前报送上月工作进展情况的要求，"
        f"本期第三个工作日为{day(due.due)}{estimate}，{advice}。",
    )
    if due.source:
        _say(flow, f"工作日依据：{due.source.rstrip('。')}。")
    if report.revision > 1 or report.reason:
        _say(flow, f"本报告为第{report.revision}版" + (f"，更正说明：{report.reason}" if report.reason else "。"))


def _signature(report: Report, shown: Shown) -> Drawn:
    """署名 and 成文日期 centred under a seal of 50 mm that begins within a line of the text; 附注 below."""
    date = day(report.prepared_on)
    contact = "" if "phone" not in shown else "，".join(
        part for part in (report.people.preparer and f"联系人：{report.people.preparer}",
                          report.people.phone and f"联系电话：{report.people.phone}") if part
    )  # fmt: skip
    note = Text.of(f"（{contact}）", BODY, BODY_WIDTH) if contact else None
    style = Style(BODY.face, BODY.size, BODY_LEADING, Align.CENTRE, tracking=BODY.tracking)
    dated, named = text_width(style, date), text_width(style, report.unit.name)
    width = min(BODY_WIDTH, max(named, dated, SEAL) + 2.0)
    signed = Text.of(f"{report.unit.name}\n{date}", style, width)
    sealed = SEAL + 0.5 * BODY_LEADING + signed.height - 2 * BODY_LEADING

    def draw(page: Page, x: float, top: float) -> None:
        centre = x + BODY_WIDTH - max(width / 2, 4 * BODY.size + dated / 2)  # the date four characters in
        signed.draw(page, centre - width / 2, top - (SEAL + 0.5 * BODY_LEADING) / 2)
        if note:
            note.draw(page, x, top - sealed - 4.0)

    return Drawn(sealed + (note.height + 4.0 if note else 0.0), draw)
