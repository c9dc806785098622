"""Targets in a measure's words: amounts, ceilings, ratios and trends, each as written."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from desktop_app.model.plan import Direction, Target, TargetKind
from desktop_app.model.unit import Directory
from desktop_app.plans.numerals import CHINESE, chinese_number
from desktop_app.plans.owners import units_inside
from desktop_app.plans.unit_names import is_short

# One character for one, so that places in the plain text are places in the text as written.
_PLAIN = str.maketrans("０１２３４５６７８９％．（）：；≧≦", "0123456789%.():;≥≤")

_AREA = "平方米|平方公里|立方米|公顷|亩|㎡|㎥"
_THINGS = (
    "千瓦时|千瓦|兆瓦|蒸吨|公里|千米|家次|台次|辆次|人次|架次|户次|个断面|个村|个百分点|标准煤|"
    "家|户|台|辆|个|处|条|块|眼|件|项|批次|批|次|遍|名|种|株|座|套|方|吨|起|份|场|期|栋|片|段|口|支|元|艘|部|组|村|宗|"
    "册|例|对|只|头|根|棵|所|桩|人|米|公斤|千克|升|度|t|km"
)
_MIXED = "微克/立方米|毫克/立方米|毫克/升|吨/平方公里·月|吨/平方公里|克/平方米|千克/[万亿]?元|吨/万元|立方米/万元"
_TIMES = "个工作日|工作日|个月|小时|分钟|天"
_UNIT = rf"(?:{_MIXED}|%|‰|{_TIMES}|(?:[百千万亿]|百万|千万)*(?:{_AREA}|{_THINGS})|[万亿](?![一-鿿]))"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<figure>{_FIGURE}|{CHINESE}{{2,}}|{CHINESE}(?={_UNIT}(?:以上|左右)?(?:[，。；;,]|$)))"
    rf"(?:[-—–~～至到](?:{_FIGURE}))?余?(?P<unit>{_UNIT})?(?P<after>及?以上|左右|以内|及?以下|之内|内|以上)?"
)
# Figures that name or describe something and ask for nothing.
_NO_TARGET = re.compile(
    r"“[^”]*”|《[^》]*》|附[件表]\d+|第(?:\d+|[一二三四五六七八九十]+)|国[\d\u2160-\u216b一二三四五六]+|[A-Za-z₀-₉][A-Za-z]*[.\-]?\d[\d.]*"
    r"|\d+[A-Za-z]级|\d+(?:[.\-/]\d+)*(?:年度?|月份?|日|时|号|级|类|型)(?!均)|分(?:\d+|[一二两三四五六七八九十]+)批"
    r"|\d+个?(?:地区|区)(?!域)|20\d\d(?=[-—–至])|发现一(?P<thing>.)[、，]?[一-鿿]{2}一(?P=thing)"
)
_AT_MOST = re.compile(
    r"(?:不(?:高于|超过|多于|大于|超)|(?<!不)低于|少于(?<!不少于)|小于(?<!不小于)|控制在|控制到|压减至|压减到|≤|<)[^\d]{0,4}$"
)
_AT_LEAST = re.compile(
    r"(?:不(?:低于|少于|小于|足)|至少|达到?|力争达到?|保持|高于|超过|≥|>|提高到|提升至|提升到|提高至)[^\d]{0,6}$"
)
_SHRINKING = re.compile(r"(?:下降|降低|减少|削减|压减)(?!率|比例)[^\d，。；]{0,3}$")
_UPPER_BY_NATURE = re.compile(r"浓度|降尘量|残存量|超标率|不合格|劣[ⅤV5五]类|重污染天数")
_PHYSICAL = re.compile(rf"(?:{_AREA}|蒸吨|吨|千瓦|米|公里|%|年|级|t|km)$")
_TREND = (
    (Direction.IMPROVE, re.compile(r"稳中向好|持续向好|(?:同比|持续|逐步|总体|进一步)+改善")),
    (
        Direction.DECREASE,
        re.compile(r"(?:同比|持续|逐年|逐步|较上年|比上年)+(?:有所)?(?:下降|减少|降低)|稳中有降|只减不增"),
    ),
    (
        Direction.INCREASE,
        re.compile(r"(?:同比|持续|逐年|逐步|较上年|比上年)+(?:有所)?(?:增加|上升|增长|提高|提升)|稳中有升|只增不减"),
    ),
    (Direction.STABLE, re.compile(r"保持(?:基本|总体)?稳定|稳定达标|基本稳定|总体稳定")),
)
_SMALL_WORDS = re.compile(r"^(?:全年|年内|其中|力争|共计?|总计|合计|各区|全市|本市|确保|将|对|在|每|原则上|、)+")
_VERBS = re.compile(
    r"^(?:完成|实现|新增|新建|改建|扩建|改造|推广|扩大|实施|建成|建设|恢复|开展|组织|抽查|淘汰|退出|推动|推进|编制|办理|投放|回收|创建|治理|"
    r"清掏|封填|补设|布设|设置|整治|修复|遴选|更新|新设|督促|核查|落地|纳入|覆盖|累计|记录|分别|修订|制定|至少)+"
)
_TRAILING = re.compile(
    r"(?:不(?:高于|超过|多于|大于|低于|少于|小于)|至少|力争|达到?|控制在|控制到|保持|高于|低于|超过|规模|面积|共|平均|均|约|为|在|"
    r"原则上|清掏|回收|完成|新增|[≥≤<>:])+$"
)
_LONGEST_NAME = 30
_MOST = 40  # more figures than this are no measure
_WINDOW = 80  # characters on either side that can have to do with a figure


@dataclass(frozen=True)
class _Amount:
    """A number that asks for something, and the words of its clause before it."""

    found: re.Match[str]
    before: str


def read_targets(text: str, directory: Directory) -> tuple[Target, ...]:
    """All targets of a measure in its order; one of trend or quality where it holds no figure."""
    plain = text.translate(_PLAIN)
    masked = _NO_TARGET.sub(lambda found: "〓" * len(found[0]), plain)
    amounts = (amount for found in _NUMBER.finditer(masked) if (amount := _amount(found, plain, masked)))
    targets: list[Target] = []
    for amount in islice(amounts, _MOST):
        targets.append(_target(amount, text, targets, directory))
    return tuple(targets) or (_wordy(text),)


def _amount(found: re.Match[str], plain: str, masked: str) -> _Amount | None:
    """The amount at this number, None where the number only describes something."""
    nearby = max(0, found.start() - _WINDOW)
    start = max(nearby, 1 + max(plain.rfind(mark, nearby, found.start()) for mark in "，。；;"))
    pause = plain.rfind("、", start, found.start()) + 1
    if pause and _NUMBER.search(masked, start, pause):
        start = pause
    before = plain[start : found.start()]
    compared = bool(_AT_MOST.search(before) or _AT_LEAST.search(before))
    unit, after = found["unit"] or "", found["after"] or ""
    if not unit and not compared:
        return None
    if re.fullmatch(_TIMES, unit) and not compared and after not in ("内", "以内", "之内"):
        return None
    rest = masked[found.end() : found.end() + 1]
    describes = "\u4e00" <= rest <= "\u9fff"
    if after.endswith(("以上", "以下")) and _PHYSICAL.search(unit) and describes and not compared:
        return None
    return _Amount(found, before)


def _target(amount: _Amount, text: str, earlier: list[Target], directory: Directory) -> Target:
    found, unit = amount.found, amount.found["unit"] or ""
    kind, direction = _sense(amount)
    place = found.start() - len(amount.before)
    scope, before = _scope(text[place : found.start()], directory)
    name = _name(before, kind, text[found.end() : found.end() + _WINDOW], text[max(0, place - _WINDOW) : place])
    if scope and not _TRAILING.sub("", before):
        name = next((target.indicator for target in earlier if target.unit == unit and not target.scope), name)
    return Target(
        indicator=name,
        kind=kind,
        direction=direction,
        value=_value(found["figure"]),
        unit=text[found.start("unit") : found.end("unit")] if unit else "",
        scope=scope,
        raw=text[place : found.end()].strip(),
    )


def _value(figure: str) -> Decimal:
    number = chinese_number(figure)
    return Decimal(figure.replace(",", "")) if number is None else Decimal(number)


def _sense(amount: _Amount) -> tuple[TargetKind, Direction]:
    """What the figure asks for, from the words around it, else from the nature of what is counted."""
    unit, after = amount.found["unit"] or "", amount.found["after"] or ""
    share = unit in ("%", "‰", "个百分点")
    if after in ("以内", "之内", "内", "以下", "及以下") or _AT_MOST.search(amount.before):
        return TargetKind.CEILING, Direction.AT_MOST
    if share and _SHRINKING.search(amount.before):
        return TargetKind.RATIO, Direction.DECREASE
    stated = _AT_LEAST.search(amount.before) and "/" not in unit
    if not stated and not after and _UPPER_BY_NATURE.search(amount.before):
        return TargetKind.CEILING, Direction.AT_MOST
    return (TargetKind.RATIO if share or not unit else TargetKind.QUANTITY), Direction.AT_LEAST


def _scope(before: str, directory: Directory) -> tuple[str | None, str]:
    """The unit that a figure is for, where its words begin with one; and the words after the unit's name."""
    words = before.removeprefix("其中").removeprefix(":")
    unit = units_inside(words, directory)
    if unit is None:
        return None, before
    name = max((word for word in (unit.name, *unit.aliases) if words.startswith(word)), key=len, default="")
    return (None, before) if not name or is_short(name) else (unit.code, words.removeprefix(name))


def _name(before: str, kind: TargetKind, after: str, earlier: str) -> str:
    """A short noun phrase for the figure: the words before it, else those after it, else the clause before."""
    name = _bare(before, kind)
    if len(name) < 2:
        clause = re.split(r"[，。；;]", after, maxsplit=1)[0]
        name = re.sub(rf"^(?:、(?:{_FIGURE})(?:{_UNIT}))+|^的", "", clause).split("、")[0]
    if len(name) < 2:
        clause = re.split(r"[，。；;]", earlier.rstrip("，。；;、"))[-1]
        name = _bare(clause, kind) or clause
    return (name or before).strip()[:_LONGEST_NAME]


def _bare(words: str, kind: TargetKind) -> str:
    """The words without comparison, and for an amount of work without the verb that asks for it."""
    name = _SMALL_WORDS.sub("", _TRAILING.sub("", words).strip())
    if kind is TargetKind.QUANTITY:
        name = _SMALL_WORDS.sub("", _VERBS.sub("", name))
    return name.rstrip("（(")


def trend_of(text: str) -> tuple[Direction, re.Match[str]] | None:
    """Which way the words say it should go, and where they say so."""
    return next(((way, found) for way, pattern in _TREND if (found := pattern.search(text))), None)


def _wordy(text: str) -> Target:
    """The one target of a measure without figures: a trend where the words name one, else a quality."""
    if trend := trend_of(text):
        direction, found = trend
        start = max(text.rfind(mark, 0, found.start()) for mark in "，。；;") + 1
        name = text[start : found.start()].removesuffix("力争")[:_LONGEST_NAME]
        return Target(name or text[:_LONGEST_NAME], TargetKind.TREND, direction, raw=text[start : found.end()])
    name = re.split(r"[，。；;]", text, maxsplit=1)[0]
    return Target(name[:_LONGEST_NAME], TargetKind.QUALITATIVE, Direction.NONE, raw=text)


def in_unit(target: Target, unit: str) -> Target | None:
    """The target counted in another measure word of the same thing (600 亩 -> 0.06 万亩); None where none fits."""
    factor = _factor(target.unit, unit)
    if factor is None or target.value is None:
        return None
    return replace(target, value=Decimal(format((target.value * factor).normalize(), "f")), unit=unit)


def _factor(own: str, other: str) -> Decimal | None:
    places = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
    own_place, other_place = (re.match("[百千万亿]?", word)[0] for word in (own, other))  # type: ignore[index]
    bare, wanted = own.removeprefix(own_place), other.removeprefix(other_place)
    if bare != wanted and not (bare and wanted and (bare.startswith(wanted) or wanted.startswith(bare))):
        return None
    return Decimal(places[own_place]) / Decimal(places[other_place])
