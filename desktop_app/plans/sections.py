"""Rows that run across a table: sections in all their styles, remarks, printed pages' running lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.plans.cells import squeeze
from desktop_app.plans.inside_cells import obligation_of
from desktop_app.plans.numerals import CHINESE, chinese_number

_LEVELS = (
    re.compile(rf"^第(?P<n>{CHINESE}+|\d+)(?:章|篇|编|部分|大类)"),
    re.compile(rf"^(?P<n>{CHINESE}+)[、.,:]|^[IVX]+[.、]"),
    re.compile(rf"^\((?P<n>{CHINESE}+)\)|^第(?P<m>{CHINESE}+|\d+)节"),
    re.compile(r"^(?P<n>\d{1,2})[、.](?!\d)|^\((?P<m>\d{1,2})\)"),
)
_UNNUMBERED = 1
_NOTE = re.compile(r"^(?:注|备注|说明|填表说明|附注|填报说明|注释)\d*[::.、]|^(?:注|备注|说明)$|^[(※*].*[)。]$|^※")
_FOOT = re.compile(
    r"^(?:填报|填表|制表|审核|联系|单位|报送|统计|打印|编制|签发|复核)[\u4e00-\u9fff]{0,6}[::]|^(?:共\d+[项条]|以上|以下空白)"
)
_PAGE = re.compile(
    r"^(?:[-—–]?\d{1,3}[-—–]|[-—–]\d{1,3}[-—–]?|第\d+页.*|续表\d*|\(?续表?\d*\)?|接上[页表]|\(?转下页\)?|.{2,60}\(续(?:表|前|上页)?\d?\))$"
)
_LONGEST = 40
_FEWEST_COUNTED = 2
_LETTERS = tuple("甲乙丙丁戊ABCDEFGH")


def is_note(text: str) -> bool:
    """Whether a row that runs across the table is a remark rather than a section."""
    plain = squeeze(text)
    return bool(_NOTE.match(plain) or _FOOT.match(plain))


def is_page_mark(text: str) -> bool:
    """Whether a line only belongs to the printed page: 第2页, 续表, — 3 —."""
    return bool(_PAGE.match(squeeze(text)))


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns of a form: 1 2 3 4, 甲 乙 1 2."""
    plain = [squeeze(text).strip("()") for text in texts]
    digits = [int(text) for text in plain if text.isdigit()]
    counted = digits == list(range(1, len(digits) + 1)) and len(digits) >= _FEWEST_COUNTED
    return counted and all(text.isdigit() or text in _LETTERS for text in plain)


def level_of(text: str) -> int | None:
    """How deep a numbered section stands (第一章 0, 一、1, （一）2, 1. 3); None without a number."""
    plain = squeeze(text)
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(plain)), None)


def looks_like_section(text: str) -> bool:
    """Whether a short text with nothing beside it is a section: numbered, 【in brackets】, or a plain bold line."""
    plain = squeeze(text)
    if level_of(text) is not None:
        return len(plain) <= 2 * _LONGEST
    return 2 <= len(plain) <= _LONGEST and not plain.endswith(("。", ";", ",")) and not is_note(text)


def ordinal(text: str) -> int | None:
    """The number that a section gives itself."""
    plain = squeeze(text)
    for pattern in _LEVELS:
        if found := pattern.match(plain):
            digits = next((group for group in found.groupdict().values() if group), "")
            return int(digits) if digits.isdigit() else chinese_number(digits)
    return None


@dataclass
class Outline:
    """The sections that stand open at a row, outermost first."""

    open: dict[int, str] = field(default_factory=dict)
    last: str = ""

    def enter(self, text: str) -> None:
        """Begin a section: those of its level and below are over."""
        level = level_of(text)
        level = _UNNUMBERED if level is None else level
        self.open = {each: words for each, words in self.open.items() if each < level}
        self.open[level] = self.last = text

    @property
    def obligation(self) -> str:
        """What the innermost section that speaks of it says on 规定动作 and 特色任务."""
        return next((found for text in reversed(self.open.values()) if (found := obligation_of(text))), "")
