"""Unit phrases: which units a cell of 牵头、主责 or 协办 names, and what only a person can say."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.language import N_
from desktop_app.model.sentence import Sentence, say
from desktop_app.model.unit import Directory, Unit, UnitKind
from desktop_app.plans import unit_words as words
from desktop_app.plans.unit_names import Named, Names, names_of
from desktop_app.plans.unit_spelling import count, ends_other_name, spelled_out

_UNREADABLE = "?"
_BRACKETS = str.maketrans("〔〕[]【】{}", "()()()()")
_BRACKET = re.compile(r"\(([^()]{0,120})\)")
_CACHED = 4096


@dataclass(frozen=True)
class Units:
    """What was understood of a phrase: codes in its order, and the words that a person must settle.

    `vague` holds phrases such as 相关区政府, `etc` the 等部门 after named units, `unknown` names not in the directory,
    `suggested` answers that fit the vague ones.
    """

    codes: tuple[str, ...]
    vague: tuple[str, ...] = ()
    etc: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    suggested: tuple[str, ...] = ()


class _Phrase:
    """One reading of one phrase, left to right."""

    def __init__(
        self, text: str, names: Names, answers: Mapping[str, tuple[str, ...]], *, beside: bool = False
    ) -> None:
        parts = [spelled_out(part, names) for part in unicodedata.normalize("NFKC", text).translate(_BRACKETS).split()]
        self.text = "".join(parts)
        self.breaks: set[int] = set()
        place = 0
        for part in parts:
            place += len(part)
            self.breaks.add(place)
        self.names = names
        self.directory = names.directory
        self.answers = answers
        self.codes: list[str] = []
        self.vague: list[str] = []
        self.etc: list[str] = []
        self.unknown: list[str] = []
        self.warnings: list[Sentence] = []
        self.suggested: list[str] = []
        self._gap = ""
        self._beside = beside  # whether the last thing read was a unit, with no list mark since
        self._bare: tuple[int, str] | None = None  # where a vague phrase ended: a bracket after it may list its units

    def read(self) -> Units:
        at = len(self.text) if self.text in words.NOTHING else 0
        while at < len(self.text):
            at = self._step(at)
        self._close_gap()
        return Units(
            tuple(self.codes),
            tuple(self.vague),
            tuple(self.etc),
            tuple(self.unknown),
            tuple(self.warnings),
            tuple(dict.fromkeys(self.suggested)),
        )

    def _step(self, at: int) -> int:
        """Take what stands at this place and return the place after it."""
        if at in self.breaks:
            self._close_gap()
        if end := self._group(at) if not self._gap else self._area_of(at):
            return end
        named = None if ends_other_name(self._gap) else self.names.at(self.text, at)
        if named and not self._goes_on(named):
            self._gap = "" if self._gap.endswith(words.PLACE) else self._gap
            self._close_gap()
            self._add((named.unit.code,))
            self._beside = True
            return self._after_unit(named)
        return self._bracket(at) or self._step_over_words(at)

    def _add(self, codes: Iterable[str]) -> None:
        self.codes.extend(code for code in codes if code not in self.codes)

    def _group(self, at: int) -> int:
        """Take 各区政府, 除…外各区, 16个区 standing here; 0 where none does."""
        group = words.GROUP.match(self.text, at)
        if not group or not self._ends_here(group.end()):
            return 0
        notes = _Notes(self.names, group["note"] or "")
        listed = not (group["but"] or group["names"] or notes.excluded)
        if listed and (few := words.FEW.match(self.text, at)) and count(few["count"]) not in (16, 17):
            self._take_few(few)
            return few.end()
        self._take_group(group, notes)
        self._beside = True
        return group.end()

    def _area_of(self, at: int) -> int:
        """Take 各区政府 after words that fit only some districts (沿线各区, 流域内各区); 0 where none stands here."""
        group = words.GROUP.match(self.text, at)
        if not group or not group[0].startswith("各区") or self._gap.endswith(words.OFFICE_ENDS):
            return 0
        phrase, self._gap = self._gap + group[0], ""
        self._settle(phrase, self.vague)
        self._beside = True
        return group.end()

    def _ends_here(self, end: int) -> bool:
        """Whether a group's name may end at this place (各区政府 does not in 各区生态环境局)."""
        if end in self.breaks or not "\u4e00" <= self.text[end : end + 1] <= "\u9fff":
            return True
        known = (words.FILLER, words.ETC, words.VAGUE, words.AFTER_SHORT, words.GROUP, words.TITLE)
        return any(pattern.match(self.text, end) for pattern in known) or bool(self.names.at(self.text, end))

    def _goes_on(self, named: Named) -> bool:
        """Whether a name is only the beginning of another one (东城区园林局, 昌平科技园)."""
        end = named.end
        if end in self.breaks or not "\u4e00" <= self.text[end : end + 1] <= "\u9fff":
            return False
        if named.short and not self.text[:end].endswith("政府"):
            return not words.AFTER_SHORT.match(self.text, end) and not self.names.at(self.text, end)
        return self.text[end - 1] in "区县" and not self._ends_here(end)

    def _after_unit(self, named: Named) -> int:
        """The place after a unit's name, and after the office inside it where one follows (市水务局节水处)."""
        end = named.end
        if named.unit.kind is UnitKind.DISTRICT or end in self.breaks or self.names.at(self.text, end):
            return end
        office = words.INNER_OFFICE.match(self.text, end)
        if not office or len(office[0]) < 2 or any(end < place < office.end() for place in self.breaks):
            return end
        if any(self.names.at(self.text, place) for place in range(end, office.end())) or "等" in office[0]:
            return end
        text = N_("「{phrase}」按{unit}登记。")
        self.warnings.append(say(text, phrase=named.word + office[0], unit=named.unit.short_name))
        return office.end()

    def _bracket(self, at: int) -> int:
        """Take a bracket that says more of what stands before it; 0 where there is none or it is read like the rest."""
        found = _BRACKET.match(self.text, at)
        if not found or self._gap:
            return 0
        inside = found[1]
        if re.search(r"^(?:除|不含|不包括|不包含)|除外$", inside):
            excluded = _units_but(inside, self.names)
            if _UNREADABLE in excluded:
                return 0
            self.codes = [code for code in self.codes if code not in excluded]
            return found.end()
        if self._bare and self._bare[0] == at and (codes := _only_units(inside, self.names)):
            self.vague.remove(self._bare[1])
            self._add(codes)
            return found.end()
        if self._beside and (codes := _only_units(re.sub(r"^(?:含|包含|包括|并含)", "", inside), self.names)):
            self._add(codes)
            return found.end()
        if self._beside and words.INNER_OFFICE.fullmatch(inside) and not _only_units(inside, self.names):
            return found.end()
        if self._beside and words.SHARE_OF_WORK.fullmatch(inside):
            return found.end()
        return 0

    def _step_over_words(self, at: int) -> int:
        if not self._gap:
            if few := words.FEW.match(self.text, at):
                self._take_few(few)
                return few.end()
            if self.codes and (etc := words.ETC.match(self.text, at)) and self._ends_here(etc.end()):
                self._take_etc(etc)
                return etc.end()
            if end := self._vague(at):
                return end
        if mark := words.LABEL.match(self.text, at) or words.TITLE.match(self.text, at):
            self._close_gap()
            return mark.end()
        filler = words.FILLER.match(self.text, at)
        if filler and self._separates(filler):
            self._close_gap()
            self._beside = self._beside and filler[0] in "(:-)"
            return filler.end()
        self._gap += self.text[at]
        return at + 1

    def _separates(self, filler: re.Match[str]) -> bool:
        """Whether a word such as 和 or 落实 stands between names here, and not inside an unknown one."""
        if filler[0] in words.JOINTS:
            return bool(self._beside and not self._gap) or self._parts(filler.end())
        return not self._gap or filler[0] not in words.VERBS or self._parts(filler.end())

    def _parts(self, after: int) -> bool:
        """Whether a 和 here parts two units, rather than standing inside one unknown name."""
        known = (words.GROUP, words.FEW, words.VAGUE)
        if self._gap.endswith(words.OFFICE_ENDS) or self.names.at(self.text, after):
            return True
        return after >= len(self.text) or any(pattern.match(self.text, after) for pattern in known)

    def _vague(self, at: int) -> int:
        """Take 相关区政府, 属地政府, 生态涵养区 standing here; 0 where none does."""
        vague = words.VAGUE.match(self.text, at)
        if not vague:
            return 0
        end = vague.end()
        while end < len(self.text) and end not in self.breaks and "\u4e00" <= self.text[end] <= "\u9fff":
            if self._ends_here(end):
                break
            end += 1
        phrase = self.text[at:end]
        self._offer(phrase)
        self._settle(phrase, self.vague)
        self._beside = True
        self._bare = (end, phrase) if phrase in self.vague else None
        return end

    def _offer(self, phrase: str) -> None:
        for area, names in words.AREAS.items():
            if area in phrase and area not in words.OFFERED_ELSEWHERE:
                self.suggested.append(names)
                return

    def _close_gap(self) -> None:
        gap, self._gap = self._gap.removesuffix("等").strip("'\"“”"), ""
        if not gap or gap in words.NOTHING or gap in ("由", "请"):
            return
        if gap not in self.answers and self._is_person(gap):
            self.warnings.append(say(N_("「{name}」看来是人名，没有登记。"), name=gap))
            return
        doubtful = re.search(r"[有相]关|^各|区政府$|属地|所在", gap)
        self._settle(gap, self.vague if doubtful else self.unknown)

    def _is_person(self, gap: str) -> bool:
        found = words.PERSON.fullmatch(gap)
        return bool(self._beside and found and not gap.endswith(words.OFFICE_ENDS))

    def _settle(self, phrase: str, open_list: list[str]) -> None:
        """A phrase that needs a person: the answer where there is one, else one more open phrase."""
        if phrase in self.answers:
            self._add(self.answers[phrase])
        else:
            open_list.append(phrase)

    def _take_group(self, group: re.Match[str], noted: "_Notes") -> None:
        stated = count(group["count"]) or noted.stated
        but = group["but"] or group["names"] or ""
        excluded = (_units_but(but, self.names) if but else ()) + noted.excluded
        with_area = noted.with_area or (stated == 17 and not excluded)
        found = [unit.code for unit in self.directory.districts(with_development_area=with_area)]
        codes = [code for code in found if code not in excluded]
        if but == "" and not noted.excluded and words.THE_OTHERS.match(group[0]) and not self._districts_named():
            self._settle(group[0], self.vague)  # the others than whom?
        elif _UNREADABLE in excluded or noted.unclear:
            self._offer_rest(codes, group[0])
            self._settle(group[0], self.vague)
        elif stated is None or stated == len(codes):
            self._add([*codes, *(code for code in noted.added if code not in codes)])
        else:
            self._doubt(group, stated, codes)

    def _offer_rest(self, codes: list[str], but: str) -> None:
        """For 除核心区外各区政府: the districts that are left if the area is what it usually is."""
        area = next((names for word, names in words.AREAS.items() if word in but), None)
        if area:
            left = [code for code in codes if code not in read_units(area, self.directory).codes]
            self.suggested.append(self._named(left))

    def _doubt(self, group: re.Match[str], stated: int, codes: list[str]) -> None:
        """A stated count that disagrees with the names: taken by the names until a person has decided."""
        text = N_("「{phrase}」写明{stated}个区，按名称推算是{found}个，请核对。")
        self.warnings.append(say(text, phrase=group[0], stated=group["count"] or stated, found=len(codes)))
        self.suggested.append(self._named(codes))
        if group[0] not in self.answers:
            self._add(codes)
        self._settle(group[0], self.vague)

    def _named(self, codes: list[str]) -> str:
        units = (self.directory.find(code) for code in codes)
        return "、".join(unit.short_name for unit in units if unit)

    def _take_few(self, few: re.Match[str]) -> None:
        """「东城、西城、朝阳三区政府」: the count must be that of the districts named just before."""
        stated = count(few["count"])
        named = self._districts_named()
        if stated in (16, 17) and not named:
            self._add(unit.code for unit in self.directory.districts(with_development_area=stated == 17))
        elif stated != len(named):
            text = N_("「{phrase}」写明{stated}个区，前面列出了{found}个，请核对。")
            self.warnings.append(say(text, phrase=few[0], stated=stated or few["count"], found=len(named)))
            self._settle(few[0], self.vague)

    def _take_etc(self, etc: re.Match[str]) -> None:
        """「东城区、西城区等2个区」 lists all of them; 等6个区 and 等部门 leave some to a person."""
        named = self._districts_named() if "区" in (etc["what"] or "") else set(self.codes)
        if count(etc["count"]) != len(named):
            self._settle(etc[0], self.etc)
        self._beside = True

    def _districts_named(self) -> set[str]:
        return self.names.districts.intersection(self.codes)


class _Notes:
    """The brackets after a group: 含北京经济技术开发区管委会, 除东城区外, 共17个."""

    def __init__(self, names: Names, text: str) -> None:
        self.excluded: tuple[str, ...] = ()
        self.added: tuple[str, ...] = ()
        self.stated: int | None = None
        self.unclear = False
        for note in re.split(r"[(),;]+(?=除|不含|不包|含|包括|包含|并含|共|$|\()|[()]+", text):
            self._take(note, names)
        inner = {unit.code for unit in names.directory.districts(with_development_area=False)}
        area = {unit.code for unit in names.directory.districts(with_development_area=True)} - inner
        self.with_area = not area.isdisjoint(self.added)

    def _take(self, note: str, names: Names) -> None:
        if re.match(r"除|不含|不包", note) or note.endswith("除外"):
            self.excluded += _units_but(note, names)
        elif counted := re.fullmatch(rf"共?({words.COUNT})个?区?", note):
            self.stated = count(counted[1])
        elif note:
            bare = re.sub(r"^(?:均?包?含|并含|包括|包含)", "", note)
            found = _Phrase(bare, names, {}, beside=True).read()
            some_only = bare == note and any(code.isdigit() for code in found.codes)
            self.unclear = self.unclear or some_only or bool(found.unknown or found.vague or found.etc)
            self.added += found.codes


def _only_units(text: str, names: Names) -> tuple[str, ...]:
    """The units that these words name, () where they say anything else."""
    found = _Phrase(text, names, {}).read()
    return () if found.unknown or found.vague or found.etc else found.codes


def _units_but(text: str, names: Names) -> tuple[str, ...]:
    """The units that a 「除…外」 names; with _UNREADABLE where it names others too."""
    bare = re.sub(r"^\(?(?:除|不含|不包括|不包含)?(.*?)(?:除外|之外|以外|外)?\)?$", r"\1", text)
    found = _Phrase(bare, names, {}).read()
    return (*found.codes, _UNREADABLE) if found.unknown or found.vague or found.etc else found.codes


_read: dict[tuple[int, str], tuple[Names, Units]] = {}


def read_units(text: str, directory: Directory, answers: Mapping[str, tuple[str, ...]] | None = None) -> Units:
    """The units of a phrase, longest known name first; `answers` gives the units for phrases already settled.

    A plan says 各区政府 in hundreds of rows: readings without answers are kept.
    """
    names = names_of(directory)
    if answers:
        return _Phrase(text, names, answers).read()
    kept = _read.get((id(names), text))
    if kept is not None and kept[0] is names:
        return kept[1]
    found = _Phrase(text, names, {}).read()
    if len(_read) >= _CACHED:
        _read.clear()
    _read[id(names), text] = names, found
    return found


def units_inside(text: str, directory: Directory) -> Unit | None:
    """The unit whose name this text begins with, None where it begins with none."""
    found = names_of(directory).at("".join(unicodedata.normalize("NFKC", text).split()), 0)
    return found.unit if found else None


def district(text: str, directory: Directory) -> Unit | None:
    """The district that this cell names and nothing else, blanks inside the name or not."""
    unit = names_of(directory).words.get("".join(unicodedata.normalize("NFKC", text).split()))
    return unit if unit and unit.kind is UnitKind.DISTRICT else None
