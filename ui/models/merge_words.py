"""What merging work done elsewhere would do and has done, in words. No widget."""

from desktop_app.desk.merge import Looked
from desktop_app.desk.merge_town import TEXTS, Offered
from desktop_app.desk.stepping_back import spoken
from desktop_app.language import _
from desktop_app.model.disclosure import MARK_LABELS, SAY_WORDS, Say
from desktop_app.model.entry import FIELD_LABELS
from desktop_app.model.merging import Choice, Drawn, Hand, Merged

MARK = "public:"  # before the name of a field that is kept from the public
SAID = 3  # places that a message names; of the others it tells how many


def place(row: Choice | Drawn) -> str:
    """Month, task and field."""
    return f"{row.period.spoken}　{row.task}　{label(row.field)}"


def label(field: str) -> str:
    """What the form calls a field."""
    mark = field.removeprefix(MARK)
    if mark in MARK_LABELS and mark != field:
        return f"{_('公开或内部')}　{_(MARK_LABELS[mark])}"
    return _(FIELD_LABELS[field]) if field in FIELD_LABELS else _("情况说明")


def value(field: str, told: str) -> str:
    """A value as one reads it; a dash where there is none."""
    if field.startswith(MARK):
        return _(SAY_WORDS[Say(told)]) if told else "—"
    text = spoken(field, told or None)
    return (_(text) if field == "status" else text) or "—"


def hand(known: Hand | None) -> str:
    """Who wrote, and when; "" where that is not known."""
    return _("{who}　{when}").format(who=known.actor, when=f"{known.at:%m-%d %H:%M}") if known else ""


def taking(looked: Looked, field: str) -> str:
    """What choosing theirs does: a town's words are put below the unit's own."""
    return _("加在本簿的后面　2") if isinstance(looked, Offered) and field in TEXTS else _("取对方的　2")


def summary(looked: Looked) -> str:
    """What is about to be taken, and what is to be chosen."""
    words = [_("只有对方写的 {count} 处会采用").format(count=len(looked.drawn))]
    if looked.choices:
        words.append(_("两边都写了的 {count} 处请逐处选，没有选的保持本簿的").format(count=len(looked.choices)))
    if looked.skipped:
        words.append(_("{count} 处没有合并").format(count=len(looked.skipped)))
    return _("；").join(words) + _("。")


def nothing(looked: Looked) -> str:
    """Why there is nothing to take; "" where there is."""
    if looked.drawn or looked.choices:
        return ""
    if looked.again:
        return _("「{name}」以前已经并入过，没有新的内容。").format(name=looked.source)
    return "\n".join([_("「{name}」与本簿没有不同，没有要并入的。").format(name=looked.source), *looked.skipped])


def taken(merged: Merged) -> str:
    """What was taken, what stayed open, what could not be merged."""
    named = [f"{row.task} {label(row.field)}" for row in merged.drawn[:SAID]]
    more = _(" 等") if len(merged.drawn) > SAID else ""
    said = _("已并入「{name}」的 {count} 处").format(name=merged.source, count=len(merged.drawn))
    lines = [f"{said}{_('：') if named else ''}{_('、').join(named)}{more}{_('。')}"]
    if merged.choices:
        left = _("有 {count} 处没有选，保持本簿的；再选这份文件还可以选。")
        lines.append(left.format(count=len(merged.choices)))
    return "\n".join([*lines, *merged.skipped])
