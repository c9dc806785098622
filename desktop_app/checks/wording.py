"""T5 文字: what is written says something, can be printed, and may be shown."""

from collections.abc import Callable

from desktop_app.checks import sources
from desktop_app.checks.characters import hidden_characters, named, safely
from desktop_app.checks.private import contacts, may_hold_contacts, may_hold_numbers, private_numbers
from desktop_app.checks.progress import lagging
from desktop_app.checks.row import Row
from desktop_app.checks.rule import Answer, Check, Found, Rule, checking
from desktop_app.checks.words import classified_words, is_placeholder, leftovers, says_nothing
from desktop_app.language import N_, _
from desktop_app.model.entry import FIELD_LABELS, TEXT_FIELDS
from desktop_app.model.finding import Severity

_WRITTEN = (*TEXT_FIELDS, "evidence")


@checking(
    Rule(
        "T501",
        Severity.ERROR,
        N_("占位文字"),
        N_("本月进展或零报告原因只有待填、同上、略、xxx、/ 之类的占位文字，等于没有填。"),
        N_("请写明实际进展；确无新增进展的，勾选零报告并写明原因。"),
        sources.NIL_REPORT,
        ("narrative", "nil_reason"),
    )
)
def placeholder(row: Row) -> Answer:
    """A placeholder for a narrative or for a nil report's reason."""
    entry = row.entry
    required = (("narrative", entry.narrative), ("nil_reason", entry.nil_reason if entry.nil else ""))
    wrong = [(name, _quoted(row, text)) for name, text in required if is_placeholder(text)]
    if entry.nil:
        # 「无」 beside a stated nil report is harmless, and C104 asks for the reason.
        wrong = [] if not wrong or _only_says_nothing(row) else wrong
    return _per_field(wrong, _("只有占位文字：{list}。"))


@checking(
    Rule(
        "T502",
        Severity.WARNING,
        N_("疑似未删净的模板文字"),
        N_("文字中留有待填、XX、空括号之类的模板痕迹。"),
        N_("请补上实际内容；文字本来如此的，请写情况说明。"),
        sources.FORM,
        TEXT_FIELDS,
    )
)
def template_traces(row: Row) -> Answer:
    """Pieces of a template within a text."""
    if not leftovers(row.writing):
        return None
    wrong = []
    for name, text in row.texts:
        if name == "evidence" or (name in ("narrative", "nil_reason") and is_placeholder(text)):
            continue
        pieces = leftovers(text)
        if pieces:
            wrong.append((name, _quoted(row, " ".join(pieces))))
    return _per_field(wrong, _("留有模板文字：{list}。"))


@checking(
    Rule(
        "T503",
        Severity.ERROR,
        N_("打印字体中没有的字"),
        N_("文字中有所有字体都没有的字，打印出来会是空框。"),
        N_("请换用通行的写法，或把这个字报给技术支持。"),
        sources.LAYOUT,
        _WRITTEN,
    )
)
def unprintable(row: Row) -> Answer:
    """Characters that no font has; one look at all texts, closer where there is something."""
    look = row.context.unprintable
    if not row.writing or not look(row.writing):
        return None
    return _characters(
        row.texts, lambda text: _without(look(text), hidden_characters(text)), _("有打印不出的字：{list}。")
    )


@checking(
    Rule(
        "T504",
        Severity.ERROR,
        N_("看不见的字符"),
        N_("文字中有零宽、方向控制等看不见的字符，多半是从网页或聊天软件粘贴来的。"),
        N_("请删去这些字符；可以先粘贴为纯文本，或重新键入这一段。"),
        sources.LAYOUT,
        _WRITTEN,
    )
)
def hidden(row: Row) -> Answer:
    """Characters that cannot be seen."""
    if not hidden_characters(row.writing):
        return None
    return _characters(row.texts, hidden_characters, _("有看不见的字符：{list}。"))


@checking(
    Rule(
        "T505",
        Severity.WARNING,
        N_("滞后任务的进展过于简短"),
        N_("进度落后的任务，本月进展应写明做了什么、差多少（默认不少于 40 字）。"),
        N_("请补充本月进展，或写情况说明。"),
        sources.SUPERVISION,
        ("narrative",),
    )
)
def too_short(row: Row) -> Answer:
    """Few words about a task that is behind."""
    narrative = "".join(row.entry.narrative.split())
    least = row.context.thresholds.short_narrative
    if not narrative or row.entry.nil or len(narrative) >= least or is_placeholder(narrative) or not lagging(row):
        return None
    length = str(len(narrative))
    return Found(
        _("进度落后，「本月进展」只有 {length} 字（不少于 {least} 字）。").format(length=length, least=least),
        (("length", length),),
    )


@checking(
    Rule(
        "T506",
        Severity.WARNING,
        N_("个人电话、身份证或银行卡号"),
        N_("文字或佐证文件名中有手机、身份证或银行卡号码，公开版会把它发布出去。"),
        N_("请删去号码；确需保留的，请写情况说明。"),
        sources.PUBLICITY,
        _WRITTEN,
    )
)
def private(row: Row) -> Answer:
    """Mobile, identity or bank card numbers, masked in what is said about them."""
    if not may_hold_numbers(row.writing):
        return None
    wrong = [(name, "、".join(found)) for name, text in row.texts if (found := private_numbers(text))]
    return _per_field(wrong, _("有个人号码：{list}。"))


@checking(
    Rule(
        "T507",
        Severity.WARNING,
        N_("疑似涉密或内部内容"),
        N_("文字中有绝密、机密、国家秘密、内部文件等字样。本软件不得录入涉密信息。"),
        N_("涉密内容请立即删去，按保密规定另行报送；不涉密的，请写情况说明。"),
        sources.SECRECY,
        _WRITTEN,
    )
)
def classified(row: Row) -> Answer:
    """Words of classified or internal documents."""
    if not classified_words(row.writing):
        return None
    wrong = [(name, "、".join(found)) for name, text in row.texts if (found := classified_words(text))]
    return _per_field(wrong, _("有疑似涉密或内部的字样：{list}。"))


@checking(
    Rule(
        "T508",
        Severity.HINT,
        N_("座机号码或电子邮箱"),
        N_("文字中有座机号码或电子邮箱，公开版会把它发布出去；单位公开的电话、邮箱可以保留。"),
        N_("请确认可以公开；不宜公开的，请删去。"),
        sources.PUBLICITY,
        _WRITTEN,
    )
)
def reachable(row: Row) -> Answer:
    """Landline numbers and e-mail addresses."""
    if not may_hold_contacts(row.writing):
        return None
    wrong = [(name, "、".join(found)) for name, text in row.texts if (found := contacts(text))]
    wrong = [(name, _quoted(row, text)) for name, text in wrong]
    return _per_field(wrong, _("有联系方式：{list}。"))


def _quoted(row: Row, text: str) -> str:
    return safely(text, row.context.unprintable)


def _without(characters: str, others: str) -> str:
    return "".join(character for character in characters if character not in others)


def _only_says_nothing(row: Row) -> bool:
    """Whether the placeholders of a nil report are only ways to write 「无」."""
    texts = (row.entry.narrative, row.entry.nil_reason)
    return all(says_nothing(text) for text in texts if is_placeholder(text))


def _characters(texts: tuple[tuple[str, str], ...], find: Callable[[str], str], sentence: str) -> Answer:
    wrong = [(name, named(characters)) for name, text in texts if (characters := find(text))]
    return _per_field(wrong, sentence)


def _per_field(wrong: list[tuple[str, str]], sentence: str) -> Answer:
    """One finding for all fields, the first one marked."""
    if not wrong:
        return None
    listed = "；".join(_("「{field}」 {what}").format(field=_(FIELD_LABELS[name]), what=what) for name, what in wrong)
    return Found(sentence.format(list=listed), tuple(wrong), wrong[0][0])


CHECKS: tuple[Check[Row], ...] = (
    placeholder,
    template_traces,
    unprintable,
    hidden,
    too_short,
    private,
    classified,
    reachable,
)
