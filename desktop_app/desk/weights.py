"""What a task's score is made of, and how much each part weighs: the unit's own setting, printed on every ledger."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from desktop_app.desk.desk import Desk
from desktop_app.errors import UsageError
from desktop_app.language import N_, _
from desktop_app.model.plain import from_plain, to_plain
from desktop_app.store import settings as kept

WEIGHTS = "weights"
PARTS: Mapping[str, str] = {
    "progress": N_("绩效台账：完成情况占多少分"),
    "on_time": N_("绩效台账：按时报送占多少分"),
    "first_pass": N_("绩效台账：一次通过（未被退回）占多少分"),
}
WORDS: Mapping[str, str] = {
    "progress": N_("完成情况"),
    "on_time": N_("按时报送"),
    "first_pass": N_("一次通过"),
}
_LARGEST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of a hundred, or any other whole: a score is the weighed mean of the parts that can be judged."""

    progress: Decimal = Decimal(60)
    on_time: Decimal = Decimal(20)
    first_pass: Decimal = Decimal(20)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """In the order of PARTS."""
        return (self.progress, self.on_time, self.first_pass)

    @property
    def shares(self) -> Mapping[str, Decimal]:
        """What each part makes of a score where all can be judged, in percent to one place."""
        whole = sum(self.values, Decimal(0)) or Decimal(1)
        pairs = zip(PARTS, self.values, strict=True)
        return {part: (value * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) for part, value in pairs}

    def score(self, points: Sequence[Decimal | None]) -> Decimal | None:
        """The weighed mean to one place, halves up; None where nothing that weighs anything can be judged."""
        pairs = [(value, weight) for value, weight in zip(points, self.values, strict=True) if value is not None]
        whole = sum((weight for _value, weight in pairs), Decimal(0))
        if not whole:
            return None
        weighed = sum((value * weight for value, weight in pairs), Decimal(0))
        return (weighed / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def weights(desk: Desk) -> Weights:
    """The weights as they are settled here."""
    found = kept.get(desk.book, WEIGHTS)
    return from_plain(Weights, found) if found else Weights()


def set_weight(desk: Desk, part: str, value: str | None) -> Weights:
    """One weight, None for its default; UsageError for no number from 0 to 100, or where none weighs anything."""
    weight = getattr(Weights(), part) if value is None else _number(value)
    settled = replace(weights(desk), **{part: weight})
    if not any(settled.values):
        raise UsageError(_("三项权重不能都是 0。"), _("至少一项要大于 0。"))
    if settled != weights(desk):
        kept.put(desk.book, WEIGHTS, to_plain(settled), at=desk.now(), actor=desk.actor)
    return settled


def restore(desk: Desk) -> Weights:
    """All of them as they were at first."""
    if weights(desk) != Weights():
        kept.put(desk.book, WEIGHTS, to_plain(Weights()), at=desk.now(), actor=desk.actor)
    return Weights()


def _number(text: str) -> Decimal:
    word = text.strip()
    if not re.fullmatch(r"\d{1,3}(\.\d)?", word, re.ASCII) or Decimal(word) > _LARGEST:
        raise UsageError(
            _("「{value}」不是权重。").format(value=text[:40]), _("请写 0 到 100 之间的数，最多一位小数。")
        )
    return Decimal(word)
