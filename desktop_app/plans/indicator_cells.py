"""One cell of a district indicator, and the heading over it: figure, direction, unit."""

import re
from decimal import Decimal

from desktop_app.model.plan import Direction, Target, TargetKind
from desktop_app.plans.cells import one_line, squeeze
from desktop_app.plans.target import trend_of

_NOT_APPLICABLE = ("", "/", "-", "--", "—", "——", "–", "\\", "无", "不涉及", "×", "不适用", "无此项", "N/A")
_UPPER = r"≤|<=|<|不高于|不超过|不大于|不多于|低于|小于|控制在|控制到|下?降(?:低)?[至到]|至多|最多|上限"
_LOWER = r"≥|>=|>|不低于|不少于|不小于|高于|大于|达到|至少|最少|下限|完成"
_CELL = re.compile(
    rf"(?P<before>{_UPPER}|{_LOWER}|约|为)?(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>%|‰|个百分点)?(?P<rest>[^\d]*)"
)
_CHANGE = re.compile(
    r"(?:同比|比\S{1,6}年)?(?:力争)?(?P<way>下降|降低|减少|削减|提高|上升|增长|增加|提升)(?:比例)?(?:不低于|不少于|达到|至少|≥)?"
    r"(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>%|‰|个百分点)?(?:以上|左右)?"
)
_DOWN = ("下降", "降低", "减少", "削减")
_RULE = re.compile(
    r"未注明方向的[,、]?(?P<named>.+?)为(?P<way>上限|下限)[,、;]?(?:其余|其他|其它)(?:均)?为(?:上限|下限)"
)
_UPPER_BY_NATURE = re.compile(r"浓度|降尘|劣[VⅤ5五]类|超标|不合格|投诉|重污染天数|能耗|用水总量|排放总量")
_WAYS = {"改善": Direction.IMPROVE, "提升": Direction.INCREASE, "下降": Direction.DECREASE, "稳定": Direction.STABLE}
_UNIT_ALONE = re.compile(
    r"(?:百|千|万|亿)*(?:%|‰|个百分点|家|户|台|辆|个|个村|村|蒸吨|吨|公里|千米|处|公顷|亩|平方米|平方公里|立方米|[微毫]克/立方米"
    r"|[微毫]克/升|吨/平方公里[··.•]?\(?月\)?|个断面|天|项|条|座|人|家次|辆次|台次|人次|户次|次|千瓦时|千瓦|吨标准煤|μg/m3|ug/m3|元|块|套|所|株|米)"
)
_DIRECTION = re.compile(rf"(?:{_UPPER})|(?:{_LOWER})")


def name_and_unit(heading: str) -> tuple[str, str, bool | None]:
    """A heading such as 降尘量(≤,吨/平方公里·月) as name, unit and direction (True: at most, None: not said).

    An abbreviation in brackets, (EI), stays in the name.
    """
    heading, stated = _without_direction(heading)
    found = re.fullmatch(r"(.+?)[(（\[【]([^()（）\[\]【】]+(?:\([^()]*\))?)[)）\]】]", heading)
    if not found:
        return heading, "", stated
    inside = found[2].strip()
    if re.fullmatch(r"[A-Z][A-Za-z0-9.]*", inside):
        return heading, "", stated
    words = []
    for word in re.split(r"[,，;；]", inside):
        bare, direction = _without_direction(word.strip())
        stated = direction if direction is not None else stated
        words.append(bare)
    unit = "".join(words).strip().removeprefix("单位").lstrip(":：").replace("％", "%")
    name, further = _without_direction(found[1].strip())
    return name, unit, further if stated is None else stated


def bracketed_unit(text: str) -> str:
    """The unit in brackets that a heading or an indicator ends with: 任务数（户）, 检查单位（家次）; "" for none."""
    name, unit, _stated = name_and_unit(one_line(text))
    return unit if name != text and unit_alone(unit) else ""


def _without_direction(text: str) -> tuple[str, bool | None]:
    """The text without a direction at its end (or where it is all of it, or a sign before a unit)."""
    plain = text.strip()
    found = re.fullmatch(rf"(.*?)[(（]?({_UPPER}|{_LOWER})[)）]?", plain)
    if found and not _left_open(found[1]) and found[2] not in ("完成", "达到", "低于", "高于", "大于", "小于"):
        return found[1].strip(), direction_stated(found[2])
    signed = re.match(r"[≤≥<>]=?", plain)
    if signed:
        return plain[signed.end() :].strip(), direction_stated(signed[0])
    return text, None


def _left_open(text: str) -> bool:
    return len(re.findall("[(（]", text)) > len(re.findall("[)）]", text))


def direction_stated(text: str) -> bool | None:
    """True for an upper bound, False for a lower one, None where the words say neither."""
    plain = squeeze(text)
    if re.search(rf"{_UPPER}|越小|逆向|负向", plain):
        return True
    return False if re.search(rf"{_LOWER}|越大|正向", plain) else None


def unit_alone(text: str) -> bool:
    """Whether a heading is only the unit under a name: %, (微克/立方米)."""
    return bool(_UNIT_ALONE.fullmatch(re.sub(r"^\((?:单位[::])?(.*)\)$", r"\1", squeeze(text))))


def upper_by_rule(name: str, notes: tuple[str, ...]) -> bool:
    """Whether a bare figure is an upper bound: by the table's own note, else by the nature of what is measured."""
    plain = squeeze(name)
    for note in notes:
        if rule := _RULE.search(squeeze(note)):
            named = any(word and word in plain for word in re.split("[、,和及]", rule["named"]))
            return named == (rule["way"] == "上限")
    return bool(_UPPER_BY_NATURE.search(plain))


def read_cell(text: str, name: str, unit: str, code: str, *, upper: bool) -> Target | None:
    """One district's target as the cell states it; None where the indicator does not apply to the district."""
    plain = squeeze(text)
    if plain in _NOT_APPLICABLE:
        return None
    raw = one_line(text)
    if change := _CHANGE.fullmatch(plain):
        way = Direction.DECREASE if change["way"] in _DOWN else Direction.INCREASE
        own = change["unit"] or unit
        kind = TargetKind.RATIO if own in ("%", "‰", "个百分点") else TargetKind.QUANTITY
        return Target(name, kind, way, _decimal(change["value"]), own, code, raw)
    found = _CELL.fullmatch(plain)
    if not found:
        direction = _way(plain)
        kind = TargetKind.QUALITATIVE if direction is Direction.NONE else TargetKind.TREND
        return Target(name, kind, direction, unit=unit, scope=code, raw=raw)
    before, rest = found["before"] or "", found["rest"]
    if re.fullmatch(_UPPER, before) or re.search("以下|以内|之内", rest):
        upper = True
    elif re.fullmatch(_LOWER, before) or "以上" in rest:
        upper = False
    counted = re.sub("(?:及)?(?:以上|以下|以内|之内|左右)$", "", rest)
    unit = found["unit"] or unit or (counted if unit_alone(counted) else "")
    amount = TargetKind.RATIO if unit in ("%", "‰", "个百分点") else TargetKind.QUANTITY
    return Target(
        indicator=name,
        kind=TargetKind.CEILING if upper else amount,
        direction=Direction.AT_MOST if upper else Direction.AT_LEAST,
        value=_decimal(found["value"]),
        unit=unit,
        scope=code,
        raw=raw,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _way(plain: str) -> Direction:
    if trend := trend_of(plain):
        return trend[0]
    return next((way for word, way in _WAYS.items() if plain.endswith(word)), Direction.NONE)
