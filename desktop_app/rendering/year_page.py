"""The year on one page: a small chart for every task with an amount, in grey, for a wall or a meeting."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from desktop_app.model.outlook import OUTLOOK_WORDS, Outlook, Standing, TaskOutlook
from desktop_app.model.plain import decimal_text
from desktop_app.rendering.blocks import Drawn, Space, Text
from desktop_app.rendering.faces import HEI, unprintable
from desktop_app.rendering.flow import Flow
from desktop_app.rendering.page import LANDSCAPE, Curve, Page, Rule, Shape
from desktop_app.rendering.press import Imprint, Rendered, press
from desktop_app.rendering.structure import Kind, Node
from desktop_app.rendering.styles import BODY_HEIGHT, NOTE, SMALL, TITLE, Align, Style, text_width
from desktop_app.rendering.wording import SAMPLE

MOST = 20  # charts that can still be read on one page
_WIDTH = BODY_HEIGHT  # the portrait type area, turned
_NAME = Style(HEI, 8.5, 11.0, Align.LEFT)
_WORDS = Style(SMALL.face, 8.0, 10.5, Align.LEFT)
_AXIS = Style(SMALL.face, 6.5, 8.0, Align.LEFT)
_NOTE = Style(NOTE.face, 9.0, 12.5, Align.LEFT)
_HEAD = Style(TITLE.face, 18.0, 26.0, Align.CENTRE)
_GAP, _SIDE, _FOOT = 12.0, 22.0, 9.0
_MONTHS = 12
_At = Callable[[float, Decimal], tuple[float, float]]
_BAND, _LAST = 0.84, 0.55
_LEGEND = "实线：实际　虚线：序时进度　灰带：推算的最低到最高，带中细线为按月均推算　点线：上年对应任务"
_FIRST = (Standing.MISSED, Standing.WILL_MISS, Standing.AT_RISK, Standing.OPEN, Standing.ON_COURSE, Standing.DONE)


def render_year(found: Outlook, author: str, title: str, notes: Sequence[str]) -> Rendered:
    """One landscape page; where there are too many tasks, those in doubt are shown and the rest is counted."""
    shown = _chosen(found.tasks)
    left = len(found.tasks) - len(shown)
    more = [f"限于一页，只画出最需要关注的 {len(shown)} 项，另有 {left} 项见清单。"] if left else []
    flow = Flow()
    flow.begin(LANDSCAPE)
    flow.bookmark(0, _clean(title))
    flow.add(Text.of(_clean(title), _HEAD, _WIDTH, Kind.TITLE))
    for text in ([SAMPLE] if found.sample else []) + [*notes, *more, _LEGEND]:
        flow.add(Text.of(_clean(text), _NOTE, _WIDTH))
    flow.add(Space(4.0))
    if shown:
        flow.add(_grid(shown, flow.room - 1.0))
    marks = [SAMPLE] if found.sample else []
    left_words = "　".join([author, f"{found.year}年", "进度图", *marks])
    about = f"进度图 {found.year}"
    return press(flow.pages, Imprint(_clean(left_words), "", _clean(title), author, about, about, draft=False))


def _chosen(tasks: Sequence[TaskOutlook]) -> list[TaskOutlook]:
    """At most as many as there is room for, in the plan's order."""
    if len(tasks) <= MOST:
        return list(tasks)
    kept = {task.id for task in sorted(tasks, key=lambda task: _FIRST.index(task.standing))[:MOST]}
    return [task for task in tasks if task.id in kept]


def _grid(tasks: Sequence[TaskOutlook], height: float) -> Drawn:
    columns = next(count for count, most in ((2, 4), (3, 9), (4, 16), (5, MOST)) if len(tasks) <= most)
    rows = -(-len(tasks) // columns)
    wide, high = (_WIDTH - _GAP * (columns - 1)) / columns, min(150.0, (height - _GAP * (rows - 1)) / rows)

    def draw(page: Page, x: float, top: float) -> None:
        for place, task in enumerate(tasks):
            row, column = divmod(place, columns)
            _chart(page, task, x + column * (wide + _GAP), top - row * (high + _GAP), wide, high)

    return Drawn(rows * high + (rows - 1) * _GAP, draw)


def _chart(page: Page, task: TaskOutlook, x: float, top: float, wide: float, high: float) -> None:
    """Name, field and words of one task; `top` is its upper edge."""
    name, words = chart_name(task), chart_words(task)
    node = Node(Kind.FIGURE, alt=f"折线图：{name}。{words}。")
    _line(page, name, _NAME, x, top, wide, node)
    _line(page, words, _WORDS, x, top - _NAME.leading, wide, node)
    left, right = x + _SIDE, x + wide - 4.0
    bottom, upper = top - high + _FOOT, top - _NAME.leading - _WORDS.leading - 4.0
    most = _most(task)

    def at(month: float, percent: Decimal) -> tuple[float, float]:
        share = float(max(Decimal(0), min(percent, most)) / most)
        return left + (right - left) * month / _MONTHS, bottom + (upper - bottom) * share

    for percent in (Decimal(0), Decimal(100)):
        y = at(0, percent)[1]
        page.rules.append(Rule(left, y, right, y, 0.35))
        _line(page, f"{percent}%", _AXIS, x, y + 4.0, _SIDE, node)
    for month in (3, 6, 9, 12):
        spot = at(month, Decimal(0))[0]
        page.rules.append(Rule(spot, bottom, spot, bottom - 2.0, 0.35))
        wide_word = text_width(_AXIS, f"{month}月")
        _line(page, f"{month}月", _AXIS, spot - wide_word / 2, bottom - 1.5, wide_word + 2.0, node)
    _curves(page, task, at)


def _curves(page: Page, task: TaskOutlook, at: _At) -> None:
    band = task.forecast
    if task.points and band is not None and band.until > task.points[-1][0]:
        here, low, mid, high = (
            task.points[-1],
            *(amount / task.target * 100 for amount in (band.low, band.mid, band.high)),
        )
        page.shapes.append(Shape((at(*here), at(band.until, high), at(band.until, low)), _BAND))
        page.curves.append(Curve((at(*here), at(band.until, mid)), 0.6))
    page.curves.append(Curve((at(0, Decimal(0)), *(at(*point) for point in task.schedule)), 0.7, (3.0, 2.0)))
    if task.last_year is not None and len(task.last_year.percents) > 1:
        page.curves.append(Curve(tuple(at(*point) for point in task.last_year.percents), 0.9, (0.9, 1.8), _LAST))
    if len(task.points) > 1:
        page.curves.append(Curve(tuple(at(*point) for point in task.points), 1.4))
    for month, percent in task.points:
        x, y = at(month, percent)
        page.shapes.append(Shape(((x - 1.6, y), (x, y + 1.6), (x + 1.6, y), (x, y - 1.6)), 0.0))


def _most(task: TaskOutlook) -> Decimal:
    """The percent at the upper edge."""
    seen = [Decimal(100), *(percent for _month, percent in task.points)]
    if task.forecast is not None:
        seen.append(task.forecast.high / task.target * 100)
    if task.last_year is not None:
        seen += [percent for _month, percent in task.last_year.percents]
    return max(seen) * Decimal("1.05")


def chart_name(task: TaskOutlook) -> str:
    """2-4 VOCs全过程治理（120家）."""
    return f"{task.id}　{task.task.title.lstrip('★').strip()}（{decimal_text(task.target)}{task.unit}）"


def chart_words(task: TaskOutlook) -> str:
    """What was reached, and what is to be thought of it."""
    reached = "未填累计" if task.actual is None else f"累计{decimal_text(task.actual)}"
    need = f"，每月需{decimal_text(task.needed)}" if task.needed else ""
    return f"{reached}{need}　{OUTLOOK_WORDS[task.standing]}"


def _line(page: Page, text: str, style: Style, x: float, top: float, room: float, node: Node) -> None:
    """A text on one line, cut where it is too long: it stands whole in the figure's words and in the list."""
    text = _clean(text)
    while text and text_width(style, text) > room:
        text = text[:-2] + "…" if len(text) > 2 else ""
    Text(Text.of(text, style, room + 1.0).lines, style, room + 1.0, node).draw(page, x, top)


def _clean(text: str) -> str:
    for character in unprintable(text):
        text = text.replace(character, f"U+{ord(character):04X}")
    return text
