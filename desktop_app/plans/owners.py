"""Unit phrases: which units a cell of 牵头、主责 or 协办 names, and what only a person can say."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.language import _
from desktop_app.model.unit import Directory, Unit, UnitKind
from desktop_app.plans.numerals import CHINESE, chinese_number

_COUNT = rf"(?:\d+|{CHINESE}+)"
_GOVERNMENT = r"(?:人民)?(?:政府)?"
_GROUP = re.compile(
    rf"(?:除(?P<but>[^除]+?)(?:之外|以外|外)[,、]?的?)?"
    rf"(?:全市|本市|其他|其它|其余|余下)*的?(?:(?P<count>{_COUNT})个|各个?)(?:地区|区县?){_GOVERNMENT}"
    r"(?P<note>(?:\([^)]*\))*)"
)
_FEW = re.compile(rf"(?P<count>{_COUNT})个?区{_GOVERNMENT}")
_VAGUE = re.compile(
    rf"(?:市政府|市级|区级|市|其他|其它|各)*(?:有关|相关|所在|涉及的?)各?"
    rf"(?:区|市级|区级|委办局|部门|单位|企业|街道|乡镇|地区|[和及、](?=单位|部门|企业))+{_GOVERNMENT}"
    r"|(?:市级|市政府|市)?各(?:委办局|部门|单位|街道|乡镇|有关方面)"
    rf"|属地(?:区|街道|乡镇)?{_GOVERNMENT}"
    rf"|(?:生态涵养区|(?:首都功能)?核心区|中心城区|城六区|平原新?区|[浅深]?山区|[近远]郊区|(?:城市)?发展新区"
    rf"|(?:重点|试点|示范|涉农|任务|有条件的|有任务的)区)(?:的?各?区)?{_GOVERNMENT}"
)
_ETC = re.compile(rf"等{_COUNT}?个?(?:市级|市|区级)?(?:有关|相关|其他)?(?:部门|单位|委办局|企业|区县?{_GOVERNMENT})?")
_FILLER = re.compile(
    r"[、,;。:/和及与()\s]|\d{1,2}[.、):]?(?=[^\d个])|以及|会同|配合|牵头|负责|主责|分别|共同|按照?职责分工|人民政府|区?政府|管委会"
    r"|各自|具体|组织|实施|落实"
)
_WHOLE = ("区", "政府", "局", "委", "宣传部", "集团", "中心", "公司", "办", "会", "办公室")
_AFTER_SHORT = re.compile(rf"[等外和及与]|以外|之外|除外|{_COUNT}个?区")
_UNREADABLE = "?"
_NOTHING = ("无", "/", "-", "—", "——", "–", "暂无", "不涉及")


@dataclass(frozen=True)
class Units:
    """What was understood of a phrase: codes in its order, and the words that a person must settle.

    `vague` holds phrases such as 相关区政府, `etc` the 等部门 after named units, `unknown` names not in the directory.
    """

    codes: tuple[str, ...]
    vague: tuple[str, ...] = ()
    etc: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()


class _Phrase:
    """One reading of one phrase, left to right."""

    def __init__(self, text: str, directory: Directory, answers: Mapping[str, tuple[str, ...]]) -> None:
        parts = unicodedata.normalize("NFKC", text).split()
        self.text = "".join(parts)
        self.breaks = {sum(map(len, parts[:index])) for index in range(1, len(parts) + 1)}
        self.directory = directory
        self.answers = answers
        self.codes: list[str] = []
        self.vague: list[str] = []
        self.etc: list[str] = []
        self.unknown: list[str] = []
        self.warnings: list[str] = []
        self.suggested: list[str] = []
        self._gap = ""

    def read(self) -> Units:
        at = 0
        while at < len(self.text):
            at = self._step(at)
        self._close_gap()
        return Units(
            tuple(dict.fromkeys(self.codes)),
            tuple(self.vague),
            tuple(self.etc),
            tuple(self.unknown),
            tuple(self.warnings),
            tuple(self.suggested),
        )

    def _step(self, at: int) -> int:
        """Take what stands at this place and return the place after it."""
        if at in self.breaks:
            self._close_gap()
        if not self._gap and (group := _GROUP.match(self.text, at)):
            if (few := _FEW.match(self.text, at)) and _count(few["count"]) not in (16, 17):
                self._take_few(few)
                return few.end()
            self._take_group(group)
            return group.end()
        named = None if _ends_other_name(self._gap) else _names(self.directory).match(self.text, at)
        if named and not self._goes_on(named):
            self._close_gap()
            self.codes.append(_lookup(self.directory)[_named(named)].code)
            return named.end()
        return self._step_over_words(at)

    def _goes_on(self, named: re.Match[str]) -> bool:
        """Whether a name is only the beginning of another one (东城区园林局, 昌平科技园)."""
        end = named.end()
        if end in self.breaks or not "\u4e00" <= self.text[end : end + 1] <= "\u9fff":
            return False
        if is_short(_named(named)):
            return not _AFTER_SHORT.match(self.text, end)
        known = (_FILLER, _ETC, _FEW, _VAGUE, _GROUP, _AFTER_SHORT, _names(self.directory))
        return named[0].endswith("区") and not any(pattern.match(self.text, end) for pattern in known)

    def _step_over_words(self, at: int) -> int:
        if not self._gap:
            if few := _FEW.match(self.text, at):
                self._take_few(few)
                return few.end()
            if vague := _VAGUE.match(self.text, at):
                self._settle(vague[0], self.vague)
                return vague.end()
            if self.codes and (etc := _ETC.match(self.text, at)):
                self._settle(etc[0], self.etc)
                return etc.end()
        if filler := _FILLER.match(self.text, at):
            self._close_gap()
            return filler.end()
        self._gap += self.text[at]
        return at + 1

    def _close_gap(self) -> None:
        words, self._gap = self._gap.removesuffix("等"), ""
        if words and words not in _NOTHING:
            self._settle(words, self.vague if re.search(r"[有相]关|各区|区政府$", words) else self.unknown)

    def _settle(self, words: str, open_list: list[str]) -> None:
        """A phrase that needs a person: the answer where there is one, else one more open phrase."""
        if words in self.answers:
            self.codes.extend(self.answers[words])
        else:
            open_list.append(words)

    def _take_group(self, group: re.Match[str]) -> None:
        notes = group["note"] or ""
        stated = _count(group["count"])
        excluded = self._inside(group["but"]) if group["but"] else ()
        with_area = stated == 17 and not excluded
        if re.match(r"\((?:含|包括|包含|并含)", notes):
            with_area = "开发区" in notes or "经开区" in notes or with_area
        elif re.search(r"^\((?:除|不含|不包括|不包含)|除外\)$", notes):
            excluded += self._inside(notes)
        found = [unit.code for unit in self.directory.districts(with_development_area=with_area)]
        codes = [code for code in found if code not in excluded]
        if _UNREADABLE in excluded:
            self._settle(group[0], self.vague)
        elif stated is None or stated == len(codes):
            self.codes.extend(codes)
        else:
            self._doubt(group, codes)

    def _doubt(self, group: re.Match[str], codes: list[str]) -> None:
        """A stated count that disagrees with the names: taken by the names until a person has decided."""
        text = _("「{phrase}」写明{stated}个区，按名称推算是{found}个，请核对。")
        self.warnings.append(text.format(phrase=group[0], stated=group["count"], found=len(codes)))
        names = (self.directory.find(code) for code in codes)
        self.suggested.append("、".join(unit.short_name for unit in names if unit))
        if group[0] not in self.answers:
            self.codes.extend(codes)
        self._settle(group[0], self.vague)

    def _inside(self, words: str) -> tuple[str, ...]:
        """The units that a 「除…外」 names; with _UNREADABLE where it names others too."""
        bare = re.sub(r"^\(?(?:除|不含|不包括|不包含)?(.*?)(?:除外|之外|以外|外)?\)?$", r"\1", words)
        found = read_units(bare, self.directory)
        return (*found.codes, _UNREADABLE) if found.unknown or found.vague or found.etc else found.codes

    def _take_few(self, few: re.Match[str]) -> None:
        """「东城、西城、朝阳三区政府」: the count must be that of the districts named just before."""
        stated = _count(few["count"])
        named = {code for code in self.codes if self._is_district(code)}
        if stated in (16, 17) and not named:
            self.codes.extend(unit.code for unit in self.directory.districts(with_development_area=stated == 17))
        elif stated != len(named):
            text = _("「{phrase}」写明{stated}个区，前面列出了{found}个，请核对。")
            self.warnings.append(text.format(phrase=few[0], stated=stated, found=len(named)))
            self._settle(few[0], self.vague)

    def _is_district(self, code: str) -> bool:
        unit = self.directory.find(code)
        return unit is not None and unit.kind is UnitKind.DISTRICT


def read_units(text: str, directory: Directory, answers: Mapping[str, tuple[str, ...]] | None = None) -> Units:
    """The units of a phrase, longest known name first; `answers` gives the units for phrases already settled."""
    return _Phrase(text, directory, answers or {}).read()


def units_inside(text: str, directory: Directory) -> Unit | None:
    """The unit whose name this text begins with, None where it begins with none."""
    found = _names(directory).match("".join(unicodedata.normalize("NFKC", text).split()))
    return _lookup(directory)[_named(found)] if found else None


def district(text: str, directory: Directory) -> Unit | None:
    """The district that this cell names and nothing else, blanks inside the name or not."""
    unit = _lookup(directory).get("".join(unicodedata.normalize("NFKC", text).split()))
    return unit if unit and unit.kind is UnitKind.DISTRICT else None


def _named(found: re.Match[str]) -> str:
    return str(found[found.lastindex or 0])


def _ends_other_name(gap: str) -> bool:
    """Whether a name here would be the middle of a longer, unknown one (中关村科技园区海淀园)."""
    return bool(gap) and gap not in ("北京", "北京市", "市", "由")


def _count(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else chinese_number(text)


@lru_cache(maxsize=4)
def _lookup(directory: Directory) -> dict[str, Unit]:
    return {"".join(unicodedata.normalize("NFKC", word).split()): unit for word, unit in directory.words().items()}


@lru_cache(maxsize=4)
def _names(directory: Directory) -> re.Pattern[str]:
    """All names, longest first; a district's may be followed by the word for its government."""
    words = sorted(_lookup(directory), key=len, reverse=True)
    choices = (f"({re.escape(word)})" + ("(?:人民政府|区?政府)?" if word.endswith("区") else "") for word in words)
    return re.compile(rf"(?:北京市)?(?:{'|'.join(choices)})")


def is_short(name: str) -> bool:
    """Whether a name is a short form such as 朝阳 or 开发区, which only counts where a word ends after it."""
    return name == "开发区" or (not name.isascii() and not name.endswith(_WHOLE))
