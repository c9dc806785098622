"""Thresholds are data, and nonsense is refused with a sentence."""

from decimal import Decimal

import pytest

from desktop_app.checks import Thresholds
from desktop_app.errors import UsageError


def test_defaults_are_those_of_the_field():
    assert (Thresholds().behind, Thresholds().serious) == (Decimal(10), Decimal(30))
    assert Thresholds.from_mapping({}) == Thresholds()


def test_numbers_and_their_texts_are_the_same():
    assert Thresholds.from_mapping({"behind": 0.1}) == Thresholds(behind=Decimal("0.1"))
    assert Thresholds.from_mapping({"behind": "5", "serious": 20, "short_narrative": 0}) == Thresholds(
        behind=Decimal(5), serious=Decimal(20), short_narrative=0
    )


@pytest.mark.parametrize(
    "data",
    [
        {"behnid": 10},
        {"behind": "ten"},
        {"behind": True},
        {"behind": None},
        {"behind": [10]},
        {"behind": "NaN"},
        {"behind": float("inf")},
        {"behind": 0},
        {"behind": -1},
        {"serious": 5},
        {"serious": 101},
        {"percent_ceiling": 99},
        {"rate_tolerance": -1},
        {"sum_tolerance": "-0.1"},
        {"short_narrative": 2.5},
        {"short_narrative": 5000},
    ],
)
def test_nonsense_is_refused(data):
    with pytest.raises(UsageError) as refused:
        Thresholds.from_mapping(data)
    assert next(iter(data)) in str(refused.value)
    assert refused.value.advice
