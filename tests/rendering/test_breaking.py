"""Laws of the line breaker: nothing lost, nothing too wide, no mark where it must not stand."""

import re
import struct
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import assets
from desktop_app.rendering import faces, styles
from desktop_app.rendering.breaking import NO_END, NO_START, atoms, lines
from desktop_app.rendering.faces import FANG
from desktop_app.rendering.sfnt import Face
from desktop_app.rendering.styles import CELL_FULL, kerns, text_width, widths

HAN = "市生态环境局大气污染防治行动计划完成万平方米年月日吨家"
LATIN = "PM2.5 O₃ 12km/h 3.14 2023年3月 VOCs % mg"
MIXED = st.text(st.sampled_from(HAN * 3 + LATIN + "，。、；：？！”）》“（《——……\n\t"), max_size=300)


class Ems(defaultdict):
    """Chinese characters one em, Latin ones half."""

    def __missing__(self, character):
        return 0.5 if character < "\u2000" else 1.0


WIDTHS = Ems()


def broken(text, width, indent=0.0):
    return lines(text, width, lambda paragraph: map(WIDTHS.__getitem__, paragraph), indent=indent)


def bare(text):
    return re.sub(r"\s", "", text)


@given(MIXED, st.floats(2.0, 60.0), st.sampled_from([0.0, 2.0]))
def test_nothing_is_lost_but_white_space(text, width, indent):
    assert bare("".join(line.text for line in broken(text, width + indent, indent))) == bare(text)


@given(MIXED)
def test_atoms_join_to_the_text(text):
    assert "".join(atoms(text)) == text


@given(st.text(max_size=80), st.floats(1.0, 30.0))
def test_any_text_at_all_comes_through(text, width):
    assert bare("".join(line.text for line in broken(text, width))) == bare(text)


@given(MIXED, st.floats(8.0, 60.0))
def test_no_line_is_wider_than_its_room(text, width):
    for line in broken(text, width):
        assert line.width + line.spacing * max(0, len(line.text) - 1) <= width + 1e-6


@given(
    st.lists(st.sampled_from([*HAN, "PM2.5", "（污染", "防治）", "计划，", "“完成”", "36万平方米"]), max_size=120),
    st.integers(10, 40),
)
def test_no_line_starts_or_ends_with_a_forbidden_mark(pieces, width):
    made = broken("".join(pieces), float(width))
    assert not [line for line in made if line.text and line.text[0] in NO_START]
    assert not [line for line in made if line.text and line.text[-1] in NO_END and not line.end]


@given(
    st.integers(0, 30), st.sampled_from(["——", "……", "1.13万平方米", "PM₂.₅", "12km/h", "3月15日", "98.7%", "告.pdf"])
)
def test_what_belongs_together_is_not_cut(before, whole):
    made = broken("市" * before + whole + "局" * 30, 14.0)
    assert any(whole in line.text for line in made)


def test_full_lines_are_justified_and_the_last_is_not():
    made = broken("完成PM2.5治理，" * 12, 21.3)
    for line in made[:-1]:
        assert line.width + line.spacing * (len(line.text) - 1) == pytest.approx(21.3)
    assert made[-1].spacing == 0.0


def test_a_closing_mark_is_kept_by_tightening_the_line():
    made = broken("市" * 20 + "。" + "局" * 5, 20.5)
    assert made[0].text == "市" * 20 + "。"
    assert made[0].spacing < 0


def test_newlines_begin_paragraphs_and_only_those_are_indented():
    made = broken("甲" * 12 + "\n\n乙", 8.0, 2.0)
    assert [(line.text, line.indent, line.end) for line in made] == [
        ("甲" * 6, 2.0, False), ("甲" * 6, 0.0, True), ("", 2.0, True), ("乙", 2.0, True),
    ]  # fmt: skip


def test_spaces_alone_are_one_empty_line():
    assert [line.text for line in broken(" " * 50, 3.0)] == [""]
    assert [line.text for line in broken("市" * 4 + " " * 50, 4.0)] == ["市" * 4]


def test_a_word_longer_than_the_line_is_cut_and_whole():
    made = broken("见" + "a" * 100 + "。", 10.0)
    assert max(line.width for line in made) <= 10.0
    assert "".join(line.text for line in made) == "见" + "a" * 100 + "。"


def test_half_an_em_is_taken_between_marks_and_nowhere_else():
    assert kerns(FANG, "《甲》，（乙）：“丙”。丁！丁") == [2, 3, 6, 7, 10]
    assert kerns(FANG, "（（甲））") == [0, 3]
    assert kerns(FANG, "甲，乙。丙") == []
    assert text_width(CELL_FULL, "甲》，乙") == pytest.approx(3.5 * 10.5)


def test_a_mark_that_fills_its_square_is_left_alone(monkeypatch):
    """Whatever a face is said to be: where its ink is decides."""
    whole = replace_outline("，", left=100, right=900)
    monkeypatch.setitem(faces._others, FANG, whole)
    styles._has_blank_half.cache_clear()
    try:
        assert kerns(FANG, "甲，（乙") == []
    finally:
        styles._has_blank_half.cache_clear()


def replace_outline(character, *, left, right):
    """The shipped 仿宋 with other bounds for one character."""

    class Other(Face):
        def outline(self, glyph):
            if glyph == self.glyphs[character]:
                return struct.pack(">5h", 1, left, 0, right, 900)
            return super().outline(glyph)

    return Other(FANG, assets.read_bytes("fonts", f"{FANG}.ttf"))


def test_opening_marks_alone_stay_within_their_line():
    """Whatever is taken between them, ink never leaves the line."""
    for width in (60.0, 98.7, 121.3, 300.0):
        made = lines("（" * 90 + "甲", width, widths(CELL_FULL).along)
        assert "".join(line.text for line in made) == "（" * 90 + "甲"
        for line in made:
            reach = sum(widths(CELL_FULL).along(line.text)) + line.spacing * (len(line.text) - 1)
            assert reach <= width + 1e-6
