"""The journal's rows as a clerk reads them: what was changed, and what the book's own words for a value mean."""

from desktop_app.language import N_, _
from desktop_app.model.disclosure import MARK_LABELS, SAY_WORDS, Say
from desktop_app.model.entry import FIELD_LABELS, Status
from desktop_app.model.listed import ACTION_WORDS, MarkAction
from desktop_app.model.report import MonthState

STATE_WORDS = {
    MonthState.DRAFT: N_("草稿"),
    MonthState.SEALED: N_("已封存，待审签"),
    MonthState.SIGNED: N_("已签署"),
    MonthState.HANDED_IN: N_("已报送"),
    MonthState.RECEIVED: N_("已办结"),
    MonthState.RETURNED: N_("已退回"),
}
_WHAT = {
    "state": N_("月报状态"),
    "reason": N_("更正原因"),
    "statement": N_("签署时的声明"),
    "signed_pdf": N_("签署的文件"),
    "handed_in": N_("报送"),
    "plan": N_("任务表"),
    "task": N_("任务编号"),
}
_ABOUT = {
    "plan": N_("任务表"),
    "setting": N_("设置"),
    "explanation": N_("情况说明"),
    "explanation_values": N_("情况说明所依据的数值"),
    "received": N_("收到"),
    "enrolled": N_("登记证书"),
    "report": N_("收到月报"),
    "answer": N_("答复"),
    "listed": N_("挂账事项"),
    "activity": N_("宣传公开登记"),
    "public": N_("公开或内部"),
    "consent": N_("可以公开的说明"),
}
_SHORT_NAME, _LONG_NAME = 12, 32  # a plan's id is longer than that; so much of it will do


def field_words(field: str) -> str:
    """What a row is about; the book's own word where there is no other."""
    if field in FIELD_LABELS:
        return _(FIELD_LABELS[field])
    if field in _WHAT:
        return _(_WHAT[field])
    about, colon, name = field.partition(":")
    if about == "public" and name in MARK_LABELS:
        name = _(MARK_LABELS[name])
    name = name[:_SHORT_NAME] if len(name) > _LONG_NAME else name
    return f"{_(_ABOUT[about])} {name}" if colon and about in _ABOUT else field


def value_words(field: str, value: str | None) -> str | None:
    """A value in the words of the form: 正常推进 for on_track."""
    if field == "status" and value in set(Status):
        return _(Status(value).label)
    if field == "state" and value in set(MonthState):
        return _(STATE_WORDS[MonthState(value)])
    if field == "nil":
        return {"true": _("是"), "false": _("否")}.get(value or "", value)
    if field.startswith("public:") and value in set(Say):
        return _(SAY_WORDS[Say(value)])
    if field.startswith("listed:") and value:
        action, blank, rest = value.partition(" ")
        return _(ACTION_WORDS[MarkAction(action)]) + blank + rest if action in set(MarkAction) else value
    return value


def change_words(field: str, old: str | None, new: str | None) -> str:
    """本月进展：旧 → 新."""
    was, now = (value_words(field, value) for value in (old, new))
    return _("{what}：{was} → {now}").format(what=field_words(field), was=was, now=now)
