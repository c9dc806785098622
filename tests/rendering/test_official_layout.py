"""The letter measured against GB/T 9704-2012, to the tenth of a millimetre, from the finished file."""

from dataclasses import replace
from itertools import pairwise

import pytest

from desktop_app.rendering import render_report
from desktop_app.rendering.styles import MM
from tests.rendering.geometry import pieces

CODE = "3F2A-9C01-77AB-0D4E"
TENTH = MM / 10
LEFT, RIGHT, TOP, FOOT = 28 * MM, (210 - 26) * MM, (297 - 37) * MM, 35 * MM


def found(report, text, page=None):
    """The pieces that begin a line with this text."""
    return [
        one for one in pieces(render_report(report, CODE).pdf)
        if one.text.startswith(text) and page in (None, one.page)
    ]  # fmt: skip


def test_title_addressee_and_levels_have_their_faces_sizes_and_places(report):
    everything = pieces(render_report(report, CODE).pdf)

    def first(text):
        return next(one for one in everything if one.text.startswith(text))

    title = first("关于报送")
    assert (title.face, title.size) == ("Yuebao-biaosong", 22)
    assert (title.left + title.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=TENTH)
    addressee = first("市生态环境局")
    assert (addressee.face, addressee.size) == ("Yuebao-fangsong", 16)
    assert addressee.text.endswith("：")
    assert addressee.left == pytest.approx(LEFT, abs=TENTH)
    level = first("一、总体情况")
    assert (level.face, level.size) == ("Yuebao-heiti", 16)
    assert level.left == pytest.approx(LEFT + 2 * 156 * MM / 28, abs=TENTH)
    body = first("按照《")
    assert (body.face, body.size) == ("Yuebao-fangsong", 16)
    assert body.left == pytest.approx(LEFT + 2 * 156 * MM / 28, abs=TENTH)
    assert first("附件：1．").left == pytest.approx(LEFT + 2 * 156 * MM / 28, abs=TENTH)


def test_body_lines_end_flush_at_the_right_and_stand_a_twenty_second_apart(report):
    report = replace(report, reason="核对后更正累计完成量，" * 30)
    page = [one for one in pieces(render_report(report, CODE).pdf) if one.size == 16 and "累计完成量" in one.text]
    full = [one for one in page[1:-1] if one.page == page[1].page]
    assert len(full) >= 5
    for one in full:
        assert one.left == pytest.approx(LEFT, abs=TENTH)
        assert one.right == pytest.approx(RIGHT, abs=TENTH)
    steps = [upper.low - lower.low for upper, lower in pairwise(full)]
    assert steps == pytest.approx([225 * MM / 22] * len(steps), abs=TENTH)


def test_the_date_stands_four_characters_in_and_is_not_padded(report):
    (date,) = [one for one in found(report, "2023年4月3日") if one.size == 16]
    assert date.right == pytest.approx(RIGHT - 4 * 16, abs=1.5 * MM)
    (name,) = [one for one in found(report, "北京市朝阳区人民政府", date.page) if one.size == 16]
    assert (name.left + name.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=TENTH)
    assert name.low - date.low == pytest.approx(225 * MM / 22, abs=TENTH)


def test_page_numbers_are_fourth_size_seven_millimetres_below_the_type_area(report):
    for number in (1, 2, 3, 4):
        (one,) = found(report, f"— {number} —", number - 1)
        assert one.size == 14
        assert one.high == pytest.approx(FOOT - 7 * MM, abs=2 * MM)  # of a line 14 pt high, its ink a little lower
        assert one.high <= FOOT - 7 * MM + TENTH
        if number % 2:
            assert one.right == pytest.approx(RIGHT - 14, abs=TENTH)
        else:
            assert one.left == pytest.approx(LEFT + 14, abs=TENTH)


def test_titles_are_broken_where_a_phrase_ends(report):
    sample = replace(report, plan=replace(report.plan, title="北京市污染防治2023年行动计划——示例任务集(非官方文本)"))
    lines = [one.text for one in pieces(render_report(sample, CODE).pdf) if one.size == 22]
    assert lines == [
        "关于报送《北京市污染防治2023年",
        "行动计划——示例任务集(非官方文本)》",
        "2023年3月工作进展情况的报告",
    ]
    long = replace(report, plan=replace(report.plan, title="很长的行动计划名称" * 12))
    assert "".join(one.text for one in pieces(render_report(long, CODE).pdf) if one.size == 22).count("行动计划") == 12
