"""What a text says: nothing, a placeholder, something that must stay inside."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORDS = re.compile(r"[\W_]+")

_NOTHING = re.compile(
    r"(目前|现阶段|暂时|本月|当月)?(暂)?(无|没有|未发现|不存在|不涉及|无需|none|na|nil)"
    r"(明显|突出|重大|其他|其它|新增|新的)?(存在)?(的)?(问题|困难|障碍|原因|事项|情况|进展|变化|内容|协调)*"
)

_PLACEHOLDERS = frozenset((
    "待填", "待填写", "待填报", "待补", "待补充", "待定", "待报", "待完善", "待核实", "稍后填写",
    "同上", "同上月", "同前", "略", "省略", "从略", "暂略", "暂缺", "内容", "测试", "测试内容", "测试数据",
    "未填", "未填写", "空", "请填写", "请输入", "在此填写", "此处填写", "如题", "示例", "样例",
    "见附件", "详见附件", "见材料", "详见材料", "test", "testing", "todo", "tbd", "fixme",
))  # fmt: skip
_LONGEST = 60  # a longer text is more than a placeholder
_ONE_SIGN = re.compile(r"(.)\1*")
_DIGITS = re.compile(r"\d+")

_LEFTOVERS = re.compile(
    r"待填(?!埋)|待补充|请填写|请输入|在此填写|此处填写|TODO|TBD|(?<![0-9A-Za-z])[Xx]{2,}(?![0-9A-Za-z])|[×*\uff0a]{2,}|"
    r"_{3,}|□{2,}|〇{3,}|【\s*】|\[\s*\]|（\s*）|\(\s*\)|(?<!…)…{6,}"
)

# What any of these begins with, so that most texts are read once and quickly.
_TRACES = re.compile(
    r"待填|待补|请填|请输|在此填|此处填|T[OB]D|X[Xx]|x[Xx]|×[×*\uff0a]|\*[×*\uff0a]|\uff0a[×*\uff0a]|___|□□|〇〇〇|【\s*】|\[\s*\]|（\s*）|\(\s*\)|……"
)
_SENSITIVE = ("密", "内部", "公开")
# 机密 and 绝密 also come about where two words meet: 司机密切配合, 计算机密码, 杜绝密闭作业.
_CLASSIFIED = re.compile(
    r"(?<![杜拒断隔谢])绝密(?![封闭码集切])|(?<![司飞手算动微话电主洗相投叉])机密(?![性度切闭封码集布实钥植])|秘密\s*[★☆*\uff0a]|秘密级|"
    r"(?<!不含)(?<!不涉及)(?<!没有)(?<!无)国家秘密|(?<![加精紧严机秘])密级|(?<![精紧加])密件|内部文件|内部资料|内部参考|仅供内部|"
    r"不[得宜予](?:对外)?公开|不对外公开"
)


@lru_cache(maxsize=256)
def squeezed(text: str) -> str:
    """A text as it is compared: compatibility forms folded, without blanks, marks and case."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def says_nothing(text: str) -> bool:
    """Blank, marks only, or one of the ways to write 「无」."""
    if len(text) > _LONGEST:
        return False
    core = squeezed(text)
    return not core or bool(_NOTHING.fullmatch(core))


def is_placeholder(text: str) -> bool:
    """Whether the whole text only keeps a place: 待填, 同上, xxx, 111, …… or a sole mark. A blank text is none."""
    if not text.strip():
        return False
    if len(text) > _LONGEST:
        return text == text[0] * len(text)
    core = squeezed(text)
    return (
        not core
        or core in _PLACEHOLDERS
        or bool(_ONE_SIGN.fullmatch(core) or _DIGITS.fullmatch(core) or _NOTHING.fullmatch(core))
    )


def keeps_a_place(text: str) -> bool:
    """Whether a short text (a name, a number) is one of the words that keep a place, or a way to write 「无」."""
    core = squeezed(text)
    return not core or core in _PLACEHOLDERS or bool(_NOTHING.fullmatch(core))


def gives_reason(text: str) -> bool:
    """Whether a text can stand as a reason: something is said, and it is no placeholder."""
    return bool(text.strip()) and not is_placeholder(text)


def leftovers(text: str) -> tuple[str, ...]:
    """Pieces of a template that were left standing in a longer text."""
    if not _TRACES.search(text):
        return ()
    return tuple(dict.fromkeys(found.group() for found in _LEFTOVERS.finditer(text)))


def classified_words(text: str) -> tuple[str, ...]:
    """Words that mark a classified or internal document."""
    if not any(word in text for word in _SENSITIVE):
        return ()
    return tuple(dict.fromkeys(_CLASSIFIED.findall(text)))
