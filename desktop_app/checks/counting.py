"""Figures as such: which can be reckoned with, how many decimals they have, what is counted in whole pieces."""

import re
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from desktop_app.model.plan import Target

_LARGEST_EXPONENT = 14
_MOST_DECIMALS = 10
_HUNDRED = Decimal(100)
_PIECES = re.compile(
    r"(个\w*|[家户台辆处项件条座栋村次口块所人套遍宗份场期名眼架艘只株户盏头天](次|数)?|辆次|台次|人次|频次)"
)


def believable(value: Decimal) -> bool:
    """Whether a number can be reckoned with: finite, below 10^15, at most ten decimals."""
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and value.adjusted() <= _LARGEST_EXPONENT and -_MOST_DECIMALS <= exponent <= 15


def decimals(value: Decimal) -> int:
    """How many decimals a number needs: 1.50 has one."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@lru_cache(maxsize=512)
def counts_pieces(unit: str) -> bool:
    """Whether a measure word counts what cannot be halved: 家, 台, 个村; never 万家, 公里 or 亩."""
    return bool(_PIECES.fullmatch(unit))


def in_whole_pieces(expected: Decimal, amount: Target | None) -> Decimal:
    """The percent expected of an amount in whole pieces: of one yearly drill nothing is expected before its deadline.

    From a hundred pieces on it makes no difference worth a word.
    """
    if amount is None or amount.value is None or not 0 < amount.value < _HUNDRED or expected >= _HUNDRED:
        return expected
    if amount.value != amount.value.to_integral_value() or not counts_pieces(amount.unit):
        return expected
    return (expected * amount.value / _HUNDRED).to_integral_value(ROUND_FLOOR) * _HUNDRED / amount.value
