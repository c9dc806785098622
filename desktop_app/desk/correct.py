"""更正: the next revision of a signed month, and the answers to what the bureau remarked on the one before."""

from dataclasses import dataclass

from desktop_app.checks.characters import hidden_characters, named
from desktop_app.checks.words import gives_reason
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import MonthView, due, kept_month, open_month
from desktop_app.desk.save_entry import LONGEST_TEXT, refuse_sealed
from desktop_app.errors import ClerkError
from desktop_app.language import _
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.finding import REPORT
from desktop_app.model.period import Period
from desktop_app.model.report import MonthState
from desktop_app.model.standing_remark import StandingRemark
from desktop_app.store import correcting, months
from desktop_app.store import remarks as kept

LONGEST_REASON = 500
WHOLE = ""  # the field of a remark on a whole task


@dataclass(frozen=True)
class Opened:
    """A revision that was opened. `late`: its day is past, so that the check will ask for a reason."""

    view: MonthView
    late: bool


def correct(desk: Desk, period: Period, reason: str) -> Opened:
    """Open the next revision of a signed month with every word of it; the signed file stays as it is."""
    said = _said(reason, LONGEST_REASON)
    month = months.month(desk.book, period)
    if month is None or month.state is MonthState.DRAFT:
        raise ClerkError(
            _("{period}的月报还没有签署，不用更正。").format(period=period.spoken), _("草稿可以直接修改。")
        )
    correcting.next_revision(desk.book, month, said, desk.now(), desk.actor)
    view = open_month(desk, period)
    return Opened(view, desk.today() > due(period, desk).last_day)


def remarks(desk: Desk, period: Period) -> tuple[StandingRemark, ...]:
    """What came back with earlier revisions of a month, in order, with its answers."""
    return open_month(desk, period).remarks


def answer(desk: Desk, period: Period, task: str, field: str, text: str) -> tuple[StandingRemark, ...]:
    """Answer the open remarks at a place, or all at it anew where none is open; `field` by name, label, or "".

    ClerkError where there is no remark, or no draft to answer in.
    """
    month = kept_month(desk, period)
    place = (REPORT if task in ("全表", REPORT) else task, field_name(field))
    found = [each for each in remarks(desk, period) if (each.task, each.field) == place and not each.closed]
    if not found:
        raise ClerkError(
            _("{period} 的 {task} 没有待答复的退回意见。").format(period=period, task=task),
            _("用 month {period} 查看退回意见在哪一项。").format(period=period),
        )
    if month.state is MonthState.RETURNED:
        raise ClerkError(
            _("{period}的月报已退回，还没有打开新的一版。").format(period=period.spoken),
            _("请先另起一版：correct {period} --reason 原因。").format(period=period),
        )
    refuse_sealed(month)
    said = _said(text, LONGEST_TEXT)
    mine = kept.answered_in(desk.book, month.id)
    for each in [one for one in found if one.open or one.id in mine]:
        kept.answer(desk.book, month, each, said, desk.now(), desk.actor)
    return tuple(each for each in remarks(desk, period) if (each.task, each.field) == place)


def field_name(word: str) -> str:
    """A field by its name, its label or the words that remarks use; "" is the whole task. ClerkError for another."""
    word = word.strip()
    if word in ("", "-", "—", "整项", "全部"):
        return WHOLE
    known = {label: name for name, label in FIELD_LABELS.items()}
    known |= {label.partition("（")[0]: name for name, label in FIELD_LABELS.items()}
    name = known.get(word, word)
    if name not in FIELD_LABELS:
        raise ClerkError(
            _("没有「{field}」这个填报项。").format(field=word[:40]),
            _("可写：{names}；不写就是整项任务。").format(names="、".join(FIELD_LABELS.values())),
        )
    return name


def _said(text: str, longest: int) -> str:
    said = text.strip()
    if not gives_reason(said):
        raise ClerkError(_("「{text}」没有说明原因。").format(text=said[:40]), _("请写明具体原因。"))
    if hidden := hidden_characters(said):
        raise ClerkError(_("文字里有看不见的字符：{list}。").format(list=named(hidden)), _("请重新键入。"))
    if len(said) > longest:
        raise ClerkError(_("写了 {count} 个字，超过 {limit} 字。").format(count=len(said), limit=longest))
    return said
