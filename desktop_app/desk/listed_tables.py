"""督察台账 and 问题台账 laid out as tables, and the months in which each item was followed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop_app.language import _
from desktop_app.model.ledger import Cell, CellKind, Column, Sheet, Tally, Total
from desktop_app.model.listed import KIND_WORDS, STATE_WORDS, Followed, ItemState, ListedItem

_SHORT = 12  # digits of a file's sha256 that tell it from others


def inspection_sheet(items: Sequence[ListedItem]) -> Sheet:
    """拉条挂账、督办、销号: one row an item, from the month that listed it to who confirmed the end of it."""
    columns = (
        Column("item", _("编号"), 18, total=Total.COUNT, paper=68),
        Column("task", _("任务编号"), 8),
        Column("title", _("重点任务"), 20, paper=52),
        Column("kind", _("事项类别"), 12, paper=30),
        Column("state", _("状态"), 9, paper=37),
        Column("listed", _("挂账月份"), 10, paper=40),
        Column("words", _("挂账内容"), 32, paper=80),
        Column("months_open", _("反映月数"), 9, CellKind.NUMBER, Total.SUM, paper=28),
        Column("latest", _("最近反映"), 40),
        Column("latest_period", _("最近反映月份"), 12),
        Column("steps", _("整改安排"), 32),
        Column("outcome", _("整改结果"), 32, paper=92),
        Column("evidence", _("随月报的佐证"), 26),
        Column("closed", _("销号日期"), 12, CellKind.DAY, paper=52),
        Column("closing", _("销号依据"), 24, paper=57),
        Column("person", _("确认人"), 10, paper=37),
        Column("closing_file", _("销号佐证文件"), 26),
        Column("recorded", _("登记人"), 14),
        *_sources(first=65),
    )
    return Sheet(_("督察台账"), columns, tuple(_inspection_row(item) for item in items), _tallies(items))


def _inspection_row(item: ListedItem) -> tuple[Cell, ...]:
    closing, silent = item.closing, item.silent_since
    files = dict.fromkeys(file for month in item.months for file in month.evidence)
    return (
        item.id,
        item.task_id,
        item.title,
        _kind(item),
        _(STATE_WORDS[item.state]),
        str(item.first.period),
        item.first.words,
        Decimal(item.months_open),
        item.last.words,
        str(item.last.period),
        item.last.next_steps,
        f"{silent.period}：{silent.narrative}" if silent else "",
        "；".join(f"{name}（{sha256[:_SHORT]}）" for name, sha256 in files),
        closing.day if closing else None,
        closing.said if closing else "",
        closing.person if closing else "",
        f"{closing.file_name}（{closing.file_sha256}）" if closing and closing.file_sha256 else "",
        closing.actor if closing else "",
        *_source(item),
    )


def follow_sheet(items: Sequence[ListedItem]) -> Sheet:
    """督办: what each signed month says of each item while it is listed."""
    columns = (
        Column("item", _("编号"), 18, total=Total.COUNT, paper=68),
        Column("period", _("报告期"), 10, paper=40),
        Column("words", _("当月反映"), 40, paper=150),
        Column("status", _("进展状态"), 10, paper=40),
        Column("narrative", _("本月进展"), 44, paper=120),
        Column("steps", _("下一步工作安排"), 32, paper=71),
        Column("answers", _("退回意见及答复"), 32, paper=60),
        Column("evidence", _("随月报的佐证"), 26),
        Column("revision", _("版次"), 6, CellKind.NUMBER, paper=24),
        Column("check_code", _("校验码"), 22, paper=65),
    )
    rows = tuple(_follow_row(item, month) for item in items for month in _telling(item))
    return Sheet(_("逐月督办"), columns, rows)


def _telling(item: ListedItem) -> Iterator[Followed]:
    """Every month that reports it, and of those that do no longer the first, which says what came of it."""
    words = ""
    for month in item.months:
        if month.words or words:
            yield month
        words = month.words


def _follow_row(item: ListedItem, month: Followed) -> tuple[Cell, ...]:
    said = _("意见：{remark} 答复：{answer}")
    return (
        item.id,
        str(month.period),
        month.words or _("（不再反映）"),
        _(month.status.label) if month.status else "",
        month.narrative,
        month.next_steps,
        "；".join(said.format(remark=each.remark, answer=each.text) for each in month.answers),
        "；".join(f"{name}（{sha256[:_SHORT]}）" for name, sha256 in month.evidence),
        Decimal(month.revision),
        month.check_code,
    )


def problems_sheet(items: Sequence[ListedItem]) -> Sheet:
    """问题台账: what is not struck off, the longest first."""
    columns = (
        Column("item", _("编号"), 18, total=Total.COUNT, paper=68),
        Column("title", _("重点任务"), 20, paper=60),
        Column("kind", _("事项类别"), 12, paper=46),
        Column("state", _("状态"), 9, paper=38),
        Column("listed", _("挂账月份"), 10, paper=40),
        Column("latest_period", _("最近反映月份"), 12, paper=40),
        Column("months_open", _("反映月数"), 9, CellKind.NUMBER, Total.SUM, paper=28),
        Column("latest", _("最近反映"), 44, paper=140),
        Column("steps", _("下一步工作安排"), 36, paper=85),
        *_sources(revision=24, last=65),
    )
    standing = [item for item in items if item.state is not ItemState.CLOSED]
    standing.sort(key=lambda item: (-item.months_open, item.first.period, item.id))
    rows = tuple(
        (
            item.id,
            item.title,
            _kind(item),
            _(STATE_WORDS[item.state]),
            str(item.first.period),
            str(item.last.period),
            Decimal(item.months_open),
            item.last.words,
            item.last.next_steps,
            *_source(item),
        )
        for item in standing
    )
    return Sheet(_("问题台账"), columns, rows, _tallies(standing))


def _kind(item: ListedItem) -> str:
    word = _(KIND_WORDS[item.kind])
    return _("{kind}（上年结转）").format(kind=word) if item.carried else word


def _sources(*, first: int = 0, revision: int = 0, last: int = 0) -> tuple[Column, ...]:
    """Where an item is read from, with the widths on paper."""
    return (
        Column("first_code", _("挂账月报校验码"), 22, paper=first),
        Column("source", _("最近来源月报"), 12),
        Column("revision", _("版次"), 6, CellKind.NUMBER, paper=revision),
        Column("check_code", _("最近月报校验码"), 22, paper=last),
    )


def _source(item: ListedItem) -> tuple[Cell, ...]:
    last = item.last
    return item.first.check_code, str(last.period), Decimal(last.revision), last.check_code


def _tallies(items: Sequence[ListedItem]) -> tuple[Tally, ...]:
    found = [_(STATE_WORDS[item.state]) for item in items]
    return tuple(
        Tally(word, "state", word, found.count(word)) for word in map(_, STATE_WORDS.values()) if word in found
    )
