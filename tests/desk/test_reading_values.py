"""What a clerk types, read as a value or refused by name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.save_entry import parse_number, read_value
from desktop_app.errors import ClerkError
from desktop_app.model.entry import ENTRY_FIELDS, Status


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None), ("  ", None), (None, None), ("0", "0"), ("１２．５", "12.5"), ("8,000", "8000"), ("8，000", "8000"),
        (" 95% ", "95"), ("95％", "95"), ("+3", "3"), ("-3", "-3"), (3, "3"), (Decimal("0.06"), "0.06"),
    ],
)  # fmt: skip
def test_figures_as_they_are_typed(typed: object, number: str | None) -> None:
    assert parse_number(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    "typed", ["很多", "1e5", "nan", "inf", "1,23", "12 34", "0x10", "1.2.3", True, 1.5, [], "1" * 16, "0.1234567", "١٢"]
)
def test_what_is_no_figure_is_refused(typed: object) -> None:
    with pytest.raises(ClerkError) as refused:
        read_value("cumulative", typed)
    assert "累计完成" in str(refused.value)


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_a_refusal(typed: str) -> None:
    try:
        found = parse_number(typed)
    except ClerkError:
        return
    assert found is None or found.is_finite()


@pytest.mark.parametrize("word", ["正常推进", "达到序时进度", "on_track", Status.ON_TRACK, " 正常推进 "])
def test_a_status_has_more_than_one_name(word: object) -> None:
    assert read_value("status", word) is Status.ON_TRACK


def test_values_of_the_wrong_kind_are_named() -> None:
    for field, value in (
        ("status", "飞快"),
        ("nil", "是"),
        ("narrative", 3),
        ("mood", "好"),
        ("narrative", "长" * 20_001),
    ):
        with pytest.raises(ClerkError):
            read_value(field, value)
    assert read_value("narrative", "一\r\n二\r三") == "一\n二\n三"
    assert {field: read_value(field, None) for field in ENTRY_FIELDS if field != "nil"}["problems"] == ""
