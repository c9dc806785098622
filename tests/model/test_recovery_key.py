"""A key on paper: it comes back whole, and a slip of the pen is found in its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.errors import ClerkError
from desktop_app.model import recovery_key

KEYS = st.binary(min_size=32, max_size=32)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(KEYS, st.sampled_from([" ", "-", "\n", "", "　"]))
def test_what_was_written_is_read(key: bytes, gap: str) -> None:
    text = gap.join(recovery_key.written(key))
    assert recovery_key.read(text) == key
    assert recovery_key.read(f"# 编号 12345 67890\n{text.lower()}\n") == key


@given(KEYS, st.integers(0, 12), st.integers(0, 4), st.sampled_from(ALPHABET))
def test_a_wrong_character_is_found_in_its_group(key: bytes, place: int, column: int, other: str) -> None:
    groups = list(recovery_key.written(key))
    was = groups[place]
    groups[place] = was[:column] + other + was[column + 1 :]
    if groups[place] == was:
        return
    with pytest.raises(ClerkError, match=rf"第 {place + 1} 组不对"):
        recovery_key.read(" ".join(groups))


@given(KEYS, st.integers(0, 12), st.integers(0, 3))
def test_two_characters_that_changed_places_are_found(key: bytes, place: int, column: int) -> None:
    groups = list(recovery_key.written(key))
    was = groups[place]
    groups[place] = was[:column] + was[column + 1] + was[column] + was[column + 2 :]
    if groups[place] == was:
        return
    with pytest.raises(ClerkError, match=rf"第 {place + 1} 组不对"):
        recovery_key.read(" ".join(groups))


@given(KEYS, st.integers(0, 11))
def test_two_groups_that_changed_places_are_found(key: bytes, place: int) -> None:
    groups = list(recovery_key.written(key))
    groups[place], groups[place + 1] = groups[place + 1], groups[place]
    with pytest.raises(ClerkError, match=f"第 {place + 1}、{place + 2} 组"):
        recovery_key.read(" ".join(groups))


def test_letters_that_look_like_figures_are_read_as_such() -> None:
    groups = recovery_key.written(bytes(32))
    text = " ".join(groups).replace("0", "O").replace("1", "l")
    assert recovery_key.read(text) == bytes(32)
    assert recovery_key.read("".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in " ".join(groups))) == bytes(32)


@pytest.mark.parametrize("text", ["", "ABCDE", "ABCDE " * 14, "x" * 10_000, "#" * 100])
def test_what_is_no_key_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ClerkError, match="组"):
        recovery_key.read(text)


def test_a_short_group_is_named() -> None:
    groups = list(recovery_key.written(b"\xff" * 32))
    groups[6] = groups[6][:4]
    with pytest.raises(ClerkError, match="第 7 组"):
        recovery_key.read(" ".join(groups))
