"""Targets in a measure's words: amounts, ceilings, ratios and trends, each as written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from desktop_app.model.plan import Direction, Target, TargetKind
from desktop_app.model.unit import Directory
from desktop_app.plans import figures
from desktop_app.plans.figures import FIGURE, UNIT
from desktop_app.plans.numerals import chinese_number
from desktop_app.plans.target_scopes import Scope, scope_of

_STEADY = r"(?:同比|持续|继续|逐年|逐步|稳步|不断|较上年|比上年|较去年|比去年){1,3}(?:有所|显著|明显)?"
_TREND = (
    (
        Direction.IMPROVE,
        re.compile(
            r"稳中向好|持续向好|(?:同比|持续|继续|不断|逐步|总体|进一步|明显|较上年|比上年|较去年|比去年){1,3}(?:有所|显著|明显)?(?:改善|好转)"
        ),
    ),
    (Direction.DECREASE, re.compile(rf"{_STEADY}(?:下降|减少|降低)|稳中有降|只减不增|只降不升|负增长")),
    (Direction.INCREASE, re.compile(rf"{_STEADY}(?:增加|上升|增长|提高|提升)|稳中有升|只增不减|翻[一两]?番")),
    (
        Direction.STABLE,
        re.compile(
            r"保持(?:基本|总体)?稳定|稳定达标|基本稳定|总体稳定|零增长|不(?:下降|降低|减少|恶化|退化|反弹|增加|上升)(?![一-鿿])"
        ),
    ),
)
_SMALL_WORDS = re.compile(r"^(?:全年|年内|其中|力争|共计?|总计|合计|各区|全市|本市|确保|将|对|在|每|原则上|、)+")
_VERBS = re.compile(
    r"^(?:完成|实现|新增|新建|改建|扩建|改造|推广|扩大|实施|建成|建设|恢复|开展|组织|抽查|淘汰|退出|推动|推进|编制|办理|投放|回收|创建|治理|"
    r"清掏|封填|补设|布设|设置|整治|修复|遴选|更新|新设|督促|核查|落地|纳入|覆盖|累计|记录|分别|修订|制定|至少)+"
)
_TRAILING = re.compile(
    r"(?:(?:同比|较上年|比上年|较\d{4}年)?(?:有所)?(?:下降|降低|提高|提升|增长)[到至]?|(?:降|增加|减少)[到至]|百分之|累计"
    r"|不(?:高于|超过|多于|大于|低于|少于|小于)|至少|力争|达到?|控制在|控制到|保持|高于|低于|超过|规模|面积|共|平均|均|约|为|在|"
    r"原则上|清掏|回收|完成|新增|[≥≤<>:])+$"
)
_LONGEST_NAME = 30
_KEPT = re.compile(r"\S|(?<=[A-Za-z0-9])\s(?=\d)")
_LONGEST_ALONE = 40
_MOST = 40  # more figures than this are no measure
_WINDOW = 80  # characters on either side that can have to do with a figure


@dataclass(frozen=True)
class _Amount:
    """A number that asks for something: the words of its clause before it, its unit, and the list it stands in.

    `listed` is its place in a list whose first figure carries the words (26、60微克/立方米: 0, 1), 0 elsewhere.
    """

    found: re.Match[str]
    before: str
    unit: str
    after: str
    listed: int = 0

    @property
    def upper(self) -> bool:
        """Whether the words around it set an upper bound."""
        return self.after in ("以内", "之内", "内", "以下", "及以下") or bool(figures.AT_MOST.search(self.before))


class _Tight:
    """A text without its blanks and line breaks (3.2 万辆), but for one that parts two figures, and its way back."""

    def __init__(self, text: str) -> None:
        self.whole = text
        self.text = text
        self._places: Sequence[int] = range(len(text))
        if text.isprintable() and " " not in text:
            return
        kept = [found.start() for found in _KEPT.finditer(text)]
        self.text = "".join(text[place] for place in kept)
        self._places = kept

    def written(self, start: int, end: int) -> str:
        """What stands in the whole text at these places."""
        return self.whole[self._places[start] : self._places[end - 1] + 1].strip()


def read_targets(text: str, directory: Directory, *, unit: str = "") -> tuple[Target, ...]:
    """All targets of a measure in its order; one of trend or quality where it holds no figure.

    `unit` is the heading's, for a cell that is one figure: 120 under 年度目标（家）.
    """
    tight = _Tight(text)
    plain = tight.text.translate(figures.PLAIN)
    if len(plain) <= _LONGEST_ALONE and (alone := figures.ALONE.fullmatch(plain)):
        return (_alone(alone, text.strip(), unit),)
    targets: list[Target] = []
    for amount in islice(_amounts(plain), _MOST):
        targets.extend(_targets_at(amount, tight, plain, targets, directory))
    return tuple(targets) or (_wordy(text),)


def _alone(found: re.Match[str], text: str, unit: str) -> Target:
    """A cell's one figure, counted in the heading's unit."""
    own = found["unit"]
    unit = own if own.endswith("%") else own + unit
    amount = _Amount(found, found["before"], unit, found["after"] or "")
    upper = amount.upper or (unit.startswith(figures.CONCENTRATION) and not figures.AT_LEAST.search(amount.before))
    compared = figures.AT_LEAST.search(amount.before)
    kind = TargetKind.RATIO if unit in ("%", "‰") or (compared and not unit) else TargetKind.QUANTITY
    return Target(
        indicator=text[:_LONGEST_NAME],
        kind=TargetKind.CEILING if upper else kind,
        direction=Direction.AT_MOST if upper else Direction.AT_LEAST,
        value=_value(found, upper=upper),
        unit=unit,
        raw=text,
    )


def _amounts(plain: str) -> Iterator[_Amount]:
    masked = figures.NO_TARGET.sub(lambda found: "〓" * len(found[0]), plain)
    last: _Amount | None = None
    before = 0
    for found in figures.NUMBER.finditer(masked):
        amount = _amount(found, (plain, masked), last, before)
        before = found.end()
        if amount:
            last = amount
            yield amount


def _amount(found: re.Match[str], texts: tuple[str, str], last: _Amount | None, number: int) -> _Amount | None:
    """The amount at this figure, None where it only describes something; `number` is where the figure before ends."""
    plain, masked = texts
    if last and re.fullmatch("[、和及与]", plain[last.found.end() : found.start()]):
        words = replace(last, found=found, listed=last.listed + 1)
    else:
        words = _Amount(found, _before(found, plain, number), "", "")
    unit, after = found["unit"] or "", found["after"] or ""
    if not unit and (shared := figures.SHARED.match(masked, found.end())):
        unit, after = shared["unit"], shared["after"] or ""
    if not unit and plain.endswith("百分之", 0, found.start()):
        unit = "%"
    if words.listed and unit != last_unit(last):
        words = replace(words, before=_before(found, plain, number), listed=0)
    amount = _Amount(found, words.before, unit, after, words.listed)
    follows = figures.SIZED if found.start() == number else figures.COUNTED
    sized = figures.CAPACITY.search(unit) and not after and follows.match(masked, found.end())
    return None if sized or _describes(amount, masked) else amount


def last_unit(last: _Amount | None) -> str:
    """The unit of the figure before."""
    return last.unit if last else ""


def _before(found: re.Match[str], plain: str, number: int) -> str:
    """The words of the clause before a figure; where another stands in the clause, those after the mark behind it."""
    nearby = max(0, found.start() - _WINDOW)
    start = max(nearby, 1 + max(plain.rfind(mark, nearby, found.start()) for mark in "，。；;"))
    if number > start and (mark := re.compile("[、:(]").search(plain, number, found.start())):
        start = mark.end()
    return plain[start : found.start()]


def _describes(amount: _Amount, masked: str) -> bool:
    """Whether a number only says which things are meant (2000平方米以上的裸露地块)."""
    unit, after, end = amount.unit, amount.after, amount.found.end()
    compared = bool(figures.AT_MOST.search(amount.before) or figures.AT_LEAST.search(amount.before))
    if not unit and not compared:
        return True
    if re.fullmatch(figures.TIMES, unit) and not compared and after not in ("内", "以内", "之内"):
        return not (figures.SHRINKING.search(amount.before) and figures.UPPER_BY_NATURE.search(amount.before))
    if figures.FROM.search(amount.before) and figures.ONWARD.match(masked, end):
        return True
    if compared or not figures.PHYSICAL.search(unit):
        return False
    if figures.REACH.match(masked, end):
        return True
    if unit == "%" and (not amount.before or amount.before.endswith(("完成", "推动", "实现", "确保"))):
        return False
    return (
        after.endswith(("以上", "以下", "内")) and "\u4e00" <= masked[end : end + 1] <= "\u9fff" and not _promise(unit)
    )


def _promise(unit: str) -> bool:
    """Whether 以内 after this unit is a time to be kept (2小时内到达), not a description."""
    return bool(re.fullmatch(figures.TIMES, unit))


def _targets_at(
    amount: _Amount, tight: "_Tight", plain: str, earlier: list[Target], directory: Directory
) -> list[Target]:
    """The targets that one number states: one, or one for each unit of 朝阳区、海淀区各10个."""
    found, unit, text = amount.found, amount.unit, tight.text
    kind, direction = _sense(amount)
    place = found.start() - len(amount.before) if not amount.listed else found.start()
    scope = scope_of(amount.before, directory)
    name = _name(amount, scope, kind, text)
    if scope.codes and not _TRAILING.sub("", scope.rest.strip("各均分别")):
        name = next((target.indicator for target in earlier if target.unit == unit and not target.scope), name)
    target = Target(
        indicator=name or text[:_LONGEST_NAME],
        kind=kind,
        direction=direction,
        value=_value(found, upper=direction is Direction.AT_MOST),
        unit=text[found.start("unit") : found.end("unit")] if found["unit"] else unit,
        raw=tight.written(place, found.end()),
    )
    codes = scope.at(amount.listed, listed=bool(amount.listed or _next_listed(plain, found.end())))
    return [replace(target, scope=code) for code in codes] or [target]


def _next_listed(plain: str, end: int) -> bool:
    return bool(re.match(rf"[、和及与](?:{FIGURE})", plain[end : end + _LONGEST_NAME]))


def _value(found: re.Match[str], *, upper: bool) -> Decimal:
    figure = (found["upto"] if upper else "") or found["figure"]
    number = chinese_number(figure)
    return Decimal(figure.replace(",", "")) if number is None else Decimal(number)


def _sense(amount: _Amount) -> tuple[TargetKind, Direction]:
    """What the figure asks for, from the words around it, else from the nature of what is counted."""
    unit, after = amount.unit, amount.after
    share = unit in ("%", "‰", "个百分点", "倍")
    if amount.upper:
        return TargetKind.CEILING, Direction.AT_MOST
    by_nature = unit.startswith(figures.CONCENTRATION) or (
        bool(figures.UPPER_BY_NATURE.search(amount.before)) and not figures.RID_OF.search(amount.before)
    )
    if (share or by_nature) and figures.SHRINKING.search(amount.before):
        return (TargetKind.RATIO if share else TargetKind.TREND), Direction.DECREASE
    if share and figures.GROWING.search(amount.before):
        return TargetKind.RATIO, Direction.INCREASE
    stated = figures.AT_LEAST.search(amount.before) and "/" not in unit
    if not stated and not after.endswith("以上") and by_nature:
        return TargetKind.CEILING, Direction.AT_MOST
    return (TargetKind.RATIO if share or not unit else TargetKind.QUANTITY), Direction.AT_LEAST


def _name(amount: _Amount, scope: Scope, kind: TargetKind, text: str) -> str:
    """A short noun phrase for the figure: the words before it, else those after it, else the clause before."""
    start = amount.found.start() - len(amount.before)
    own = text[start : amount.found.start()] if not amount.listed else amount.before
    own = own[len(amount.before) - len(scope.rest) :] if scope.codes else own
    if "分别" in own:
        each = re.split("[、和及与]", own.split("分别", maxsplit=1)[0])
        own = each[amount.listed] if len(each) > amount.listed else own
    own = figures.FROM_TO.sub("", own)
    name = _bare(own, kind)
    if len(name) < 2:
        after = text[amount.found.end() : amount.found.end() + _WINDOW]
        clause = re.split(r"[，。；;]", after, maxsplit=1)[0]
        name = re.sub(rf"^(?:、(?:{FIGURE})(?:{UNIT}))+|^的", "", clause)
        name = "" if name.startswith(("（", "(")) else name.split("、")[0]
    if len(name) < 2:
        earlier = text[max(0, start - _WINDOW) : max(0, start)]
        clause = re.split(r"[，。；;]", earlier.rstrip("，。；;、"))[-1]
        name = _bare(clause, kind) or clause
    return (name or own).strip()[:_LONGEST_NAME]


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
