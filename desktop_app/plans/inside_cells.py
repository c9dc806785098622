"""What one cell says for several columns: 规定动作 or 特色任务, roles named inside, a figure and its unit apart."""

import re
from collections.abc import Iterable

from desktop_app.plans.cells import one_line, squeeze

MANDATORY = "mandatory"
DISTRICT_SPECIFIC = "district_specific"
_OWN = re.compile("特色|自选|自定动作|自主动作|自定任务")
_ASKED = re.compile("规定动作|规定任务|必选|必做|规定性")
_PREFIX = re.compile(
    r"^(?:[【\[(<《](?P<in>规定动作|规定任务|(?:区级?)?特色任务|特色|自选动作|自选任务)[】\])>》]|(?P<out>规定动作|特色任务|自选动作)[::])"
)
_ROLE = re.compile(
    r"(?:^|(?<=[\s;；。,，、)）]))[(（【]?"
    r"(?P<role>牵头|主责|责任|承办|落实|协办|配合|参与)(?:责任)?(?:单位|部门|主体)?[)）】]?[:：]"
)
_ROLES = {"牵头": "lead", "协办": "supporters", "配合": "supporters", "参与": "supporters"}
_BARE = re.compile(r"(?:≥|≤|>|<|>=|<=|约|不少于|不低于|不超过|不高于)?\d[\d,]*(?:\.\d+)?")
_TICKS = ("√", "✓", "✔", "●", "■", "☑", "★", "▲", "是", "〇", "○")
NOTHING = ("", "/", "-", "--", "—", "——", "–", "\\", "无", "不涉及", "×")


def obligation_of(text: str) -> str:
    """Whether words (a cell, a heading of a section) speak of 规定动作 or of 特色任务; "" for neither or both."""
    plain = squeeze(text)
    own, asked = bool(_OWN.search(plain)), bool(_ASKED.search(plain))
    return "" if own == asked else (DISTRICT_SPECIFIC if own else MANDATORY)


def obligation_prefix(measure: str) -> str:
    """What a measure says of itself before it begins: 【特色任务】…, 规定动作：…"""
    found = _PREFIX.match(squeeze(measure[:20]))
    return obligation_of(found["in"] or found["out"]) if found else ""


def split_roles(text: str) -> dict[str, str]:
    """「牵头：市水务局；配合：各区政府」 by role; a text that names no role is the owners'."""
    marks = list(_ROLE.finditer(text))
    if not marks:
        return {"owners": text}
    found = {"owners": text[: marks[0].start()].strip(" \n;；。,，、(（【")}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        name = _ROLES.get(mark["role"], "owners")
        words = text[mark.end() : following.start() if following else None].strip(" \n;；。,，、(（【")
        found[name] = "、".join(part for part in (found.get(name, ""), words) if part)
    return found


def with_unit(figure: str, unit: str) -> str:
    """A bare figure with the measure word of its own column: 120 and 家 make 120家."""
    return f"{figure}{unit}" if _BARE.fullmatch(squeeze(figure)) and squeeze(unit) not in NOTHING else figure


def only_ticked(shares: Iterable[tuple[str, str]]) -> str:
    """The districts whose columns are ticked (√), where ticks are all that the columns hold; "" otherwise."""
    given = [(name, squeeze(text)) for name, text in shares if squeeze(text) not in NOTHING]
    return "、".join(name for name, _text in given) if given and all(text in _TICKS for _name, text in given) else ""


def share_out(goal: str, shares: Iterable[tuple[str, str]], unit: str) -> str:
    """The goal with each district's part in words, as a measure would say it: 300家，其中东城区10家、西城区12家."""
    parts = [(name, one_line(text)) for name, text in shares if squeeze(text) not in NOTHING]
    said = "、".join(f"{name}{with_unit(text, unit)}" for name, text in parts)
    if not said:
        return goal
    return f"{goal}，其中{said}" if goal else said
