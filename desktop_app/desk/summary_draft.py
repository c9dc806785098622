"""A summary's first draft: the months' own sentences under their tasks, and sentences that only name signed figures."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop_app.checks.provenance import mark, sentences
from desktop_app.checks.words import is_placeholder, says_nothing, squeezed
from desktop_app.desk.signed_months import SignedMonth
from desktop_app.model.activity import ACTIVITY_WORDS, Publicised
from desktop_app.model.entry import TEXT_FIELDS, Status
from desktop_app.model.plain import decimal_text
from desktop_app.model.report_body import ReportTask

_ONES = "零一二三四五六七八九"
_STANDING = ("problems", "coordination")


@dataclass(frozen=True)
class Drafted:
    """The text, the sentences in it that are made of figures, and what the months say by task and month."""

    text: str
    figures: tuple[str, ...]
    said: Mapping[tuple[str, int], str]


def drafted(months: Sequence[SignedMonth], title: str, done: Sequence[Publicised] = ()) -> Drafted:
    """Draft from signed months; the words are Chinese, as the reports are. `done` is what was done in public."""
    newest: dict[str, tuple[SignedMonth, ReportTask]] = {}
    for month in months:
        newest |= {name: (month, item) for name, item in month.tasks.items() if not month.entry(item).empty}
    order = {name: place for place, name in enumerate(months[-1].tasks)}
    names = sorted(newest, key=lambda name: order.get(name, len(order)))
    figures = [_count(months[-1])]
    lines = [title, "一、总体情况", figures[0] + mark([months[-1].period.month]), "二、各项任务进展"]
    for number, name in enumerate(names, 1):
        source, item = newest[name]
        lines.append(_heading(number, name, item))
        if stands := _figures(source, item):
            figures.append(stands)
            lines.append(stands + mark([source.period.month]))
        lines += _told(name, months)
    lines += _last(months[-1], names, "三、存在问题和需协调事项", _STANDING)
    lines += _last(months[-1], names, "四、下一步工作安排", ("next_steps",))
    if done:
        lines.append("五、宣传引导和信息公开")
        signed = {(month.period.month, each) for month in months for each in _publicised(month)}
        told = [(each.day.month, _done(each)) for each in done]
        lines += [words + (mark([at]) if (at, words) in signed else "") for at, words in told]
    return Drafted("\n".join(lines), tuple(figures), what_is_said(months))


def what_is_said(months: Sequence[SignedMonth]) -> dict[tuple[str, int], str]:
    """Every word of every entry, by task and month; what was done in public under no task."""
    said = {
        (name, month.period.month): "\n".join(getattr(month.entry(item), field) for field in TEXT_FIELDS)
        for month in months
        for name, item in month.tasks.items()
    }
    return said | {("", month.period.month): "\n".join(_publicised(month)) for month in months}


def _publicised(month: SignedMonth) -> list[str]:
    """What a signed month tells of what was done in public."""
    return [_done(each) for each in month.report.activities]


def _done(each: Publicised) -> str:
    where = "，".join(filter(None, (each.channel, each.link)))
    title = each.title.rstrip("。")
    return f"{each.day.month}月{each.day.day}日，{ACTIVITY_WORDS[each.kind]}：{title}" + (
        f"（{where}）。" if where else "。"
    )


def _told(name: str, months: Sequence[SignedMonth]) -> Iterator[str]:
    """What the months tell of a task, each sentence once, with the months that say it."""
    found: dict[str, tuple[str, list[int]]] = {}
    for month in months:
        item = month.tasks.get(name)
        if item is None:
            continue
        entry = month.entry(item)
        for sentence in sentences(entry.narrative or entry.nil_reason):
            at = found.setdefault(squeezed(sentence), (sentence, []))[1]
            if squeezed(sentence) and month.period.month not in at and not is_placeholder(sentence):
                at.append(month.period.month)
    told = [(sentence, at) for sentence, at in found.values() if at]
    for at, group in groupby(told, key=lambda each: each[1]):
        yield "".join(_closed(sentence) for sentence, _months in group) + mark(at)


def _last(month: SignedMonth, names: Sequence[str], heading: str, fields: Sequence[str]) -> Iterator[str]:
    """What the last month says of all tasks in some fields, under headings; nothing where it says nothing."""
    found = []
    for name in names:
        item = month.tasks.get(name)
        texts = [getattr(month.entry(item), field) for field in fields] if item is not None else []
        words = "".join(_closed(sentence) for text in texts if not says_nothing(text) for sentence in sentences(text))
        if words and item is not None:
            found.append((name, item, words))
    if found:
        yield heading
    for number, (name, item, words) in enumerate(found, 1):
        yield _heading(number, name, item)
        yield words + mark([month.period.month])


def _heading(number: int, name: str, item: ReportTask) -> str:
    return f"（{_numeral(number)}）{item.task.title.lstrip('★').strip()}（{name}）"


def _count(month: SignedMonth) -> str:
    """How the tasks stood at the end, by status."""
    items = [(item, month.entry(item)) for item in month.report.tasks if item.required]
    counts = Counter(entry.status for _item, entry in items if entry.status)
    parts = [f"{status.label}{counts[status]}项" for status in Status if counts[status]]
    rest = len(items) - sum(counts.values())
    parts += [f"没有填写状态{rest}项"] if rest else []
    return f"截至{month.period.month}月底，主责任务{len(items)}项：" + "，".join(parts) + "。"


def _figures(month: SignedMonth, item: ReportTask) -> str:
    """What the newest month states of a task in figures; "" where it states none."""
    entry, target = month.entry(item), item.task.target_for(month.report.unit.code)
    parts = []
    if entry.cumulative is not None:
        parts.append(f"累计完成{decimal_text(entry.cumulative)}{target.unit if target else ''}")
    if target is not None and target.value:
        whose = "目标" if target.scope else "计划目标"
        parts.append(f"{whose}{decimal_text(target.value)}{target.unit}")
    if entry.percent is not None:
        parts.append(f"完成率{decimal_text(entry.percent)}%")
    if entry.status is not None:
        parts.append(f"进展状态为{entry.status.label}")
    return f"截至{month.period.month}月底，" + "，".join(parts) + "。" if parts else ""


def _closed(sentence: str) -> str:
    return sentence if sentence[-1] in "。！？”」』）" else f"{sentence.rstrip('，；、：,;:')}。"


def _numeral(number: int) -> str:
    """1 to 999 in Chinese: 十, 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_ONES[hundreds]}百" + ("零" if rest and not tens else "") if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _ONES[tens]) + "十"
    return said + (_ONES[ones] if ones else "")
