"""The rows of a table: sections in all styles, numbers in all forms, torn measures, notes, printed pages."""

import pytest

from desktop_app.plans.numbering import number_apart
from desktop_app.plans.numerals import serial
from desktop_app.plans.sections import Outline, is_page_mark, level_of, looks_like_section, ordinal
from desktop_app.plans.task_table import Row
from tests.plans.table_maker import HEADINGS, REST, ids, imported, measure, sheet

TITLE = ("2024年计划",)


def plan_of(*rows, merge=(), headings=HEADINGS):
    return imported(sheet("x", TITLE, headings, *rows, merge=merge)).plan


@pytest.mark.parametrize(
    ("row", "merge", "section"),
    [
        (("一、移动源",), (), "一、移动源"),
        (("一", "移动源"), (), "一、移动源"),
        (("（二）", None, "移动源"), (), "（二）移动源"),
        (("第三章 移动源",), (), "第三章 移动源"),
        (("【移动源】",), (), "【移动源】"),
        (("移动源污染防治",), (), "移动源污染防治"),
        ((None, "移动源污染防治"), (), "移动源污染防治"),
        ((None, None, "四、移动源"), (), "四、移动源"),
        ((None, None, "移动源"), (), "移动源"),
        (("1.移动源",), (), "1.移动源"),
        (("Ⅱ", "移动源"), (), "Ⅱ、移动源"),
        (("二", "移动源"), ("B3:G3",), "二、移动源"),
        ((5, "移动源"), ("B3:G3",), "5、移动源"),
        (("移动源",), ("A3:G3",), "移动源"),
    ],
)
def test_sections_in_every_style(row, merge, section):
    plan = plan_of(row, measure(1), measure(2), merge=merge)
    assert [(task.id, task.section) for task in plan.tasks] == [("1-1", section), ("1-2", section)]
    assert not plan.questions


def test_a_number_above_its_own_parts_is_a_section():
    plan = plan_of((1, "大气"), measure("1.1"), measure("1.2"), (2, "水"), measure("2.1"))
    assert [(task.id, task.section) for task in plan.tasks] == [
        ("1-1.1", "1、大气"),
        ("1-1.2", "1、大气"),
        ("1-2.1", "2、水"),
    ]


def test_a_short_measure_with_its_units_is_no_section():
    plan = plan_of(measure(1, "减煤"), (None, None, "减油", *REST), measure(2, "减车"))
    assert [(task.id, task.measure) for task in plan.tasks] == [("1-1", "减煤"), ("1-1-2", "减油"), ("1-2", "减车")]


@pytest.mark.parametrize(
    ("text", "number"),
    [("No.11", "11"), ("№3", "3"), ("第9项", "9"), ("㈡", "2"), ("1-1", "1-1"), ("A1", None), ("２．", "2")],
)
def test_further_serial_numbers(text, number):
    assert serial(text) == number


def test_a_number_of_letters_is_kept():
    assert ids(plan_of(measure("A1"), measure("A2"), measure("气-3"))) == ["1-A1", "1-A2", "1-气-3"]


@pytest.mark.parametrize("apart", ["section", "topic", "bare"])
def test_numbers_that_begin_again_stand_under_their_section(apart):
    rows = []
    for place, name in enumerate("甲乙丙", 1):
        if apart == "section":
            rows.append((f"{'一二三'[place - 1]}、{name}类",))
        topic = name if apart == "topic" else "治理"
        rows.extend(measure(number, f"检查{number}家{name}。", topic) for number in (1, 2))
    plan = plan_of(*rows)
    assert ids(plan) == ["1-1.1", "1-1.2", "1-2.1", "1-2.2", "1-3.1", "1-3.2"]
    assert not plan.questions


def test_one_slip_of_the_pen_is_still_asked_about():
    plan = plan_of(measure(1), measure(2), measure(2), measure(3))
    assert ids(plan) == ["1-1", "1-2", "1-2-2", "1-3"]
    assert [question.kind for question in plan.questions] == ["duplicate"]
    again = plan_of(measure(1), measure(2), measure(1), measure(4))
    assert [question.kind for question in again.questions] == ["duplicate"]


def test_the_sections_own_numbers_are_taken_where_they_differ():
    rows = [Row(1, number, "x", section) for section in ("三、甲", "五、乙") for number in ("1", "2")]
    assert [row.number for row in number_apart(rows)] == ["3.1", "3.2", "5.1", "5.2"]
    same = [Row(1, number, "x", "三、甲", title=title) for title in "ab" for number in ("1", "2")]
    assert [row.number for row in number_apart(same)] == ["1.1", "1.2", "2.1", "2.2"]


def test_a_number_merged_over_several_measures():
    plan = plan_of(
        measure(1, "检查1家。"), measure(None, "检查2家。"), measure(2, "检查3家。"), merge=("A3:A4", "B3:B4")
    )
    assert ids(plan) == ["1-1", "1-1-2", "1-2"]
    assert not plan.warnings


def test_filler_rows_and_blank_rows_between():
    plan = plan_of(measure(1), (), (2,), (3,), (), measure(4))
    assert ids(plan) == ["1-1", "1-4"]
    assert any("第5、6行" in warning for warning in plan.warnings)


def test_a_measure_torn_by_the_page_is_one():
    rows = [measure(1, "推进治理，"), (None, None, "并检查5家。"), (None, None, None, None, None, "市教委", "市财政局")]
    (task,) = plan_of(*rows).tasks
    assert (task.measure, len(task.owners), task.supporters) == ("推进治理，并检查5家。", 17, ("BJ-CZJ",))


def test_what_stands_below_the_table_is_kept_as_notes():
    plan = plan_of(
        ("一、移动源",),
        measure(1),
        ("小 计", None, None, None, None, None, 1),
        ("合计", "1项"),
        ("填表人：张三", None, "联系电话：010-12345678"),
        ("注：1.★为重点。",),
        ("2.各单位按月报送。",),
        ("2024年3月5日",),
    )
    assert [(task.id, task.section) for task in plan.tasks] == [("1-1", "一、移动源")]
    assert plan.annexes[0].notes == (
        "填表人：张三 联系电话：010-12345678",
        "注：1.★为重点。",
        "2.各单位按月报送。",
        "2024年3月5日",
    )


def test_a_header_and_title_printed_on_every_page():
    caption = (("附件1",), ("大气污染防治2024年任务",))
    page = sheet(
        "x",
        *caption,
        HEADINGS,
        ("一、移动源",),
        measure(1),
        ("第1页 共3页",),
        ("附件1（续）",),
        caption[1],
        HEADINGS,
        measure(2),
        ("— 2 —",),
        HEADINGS,
        measure(3),
        ("续表",),
        HEADINGS,
        measure(4),
    )
    taken = imported(page)
    assert [(task.id, task.section) for task in taken.plan.tasks] == [
        (f"1-{each}", "一、移动源") for each in range(1, 5)
    ]
    assert len(taken.sheets) == 1
    assert not taken.plan.warnings


def test_the_kind_of_task_from_sections_that_hold_others():
    plan = plan_of(
        ("一、规定动作",),
        ("（一）大气",),
        measure(1),
        ("二、特色任务",),
        ("（一）大气",),
        measure(2),
        measure(3, "【规定动作】检查5家。"),
        ("三、保障措施",),
        measure(4),
    )
    assert [task.obligation for task in plan.tasks] == ["mandatory", "district_specific", "mandatory", None]
    assert plan.tasks[2].measure == "【规定动作】检查5家。"


def test_levels_of_sections():
    assert [level_of(text) for text in ("第一章 总则", "一、甲", "（一）甲", "1.甲", "（1）甲", "甲")] == [
        0,
        1,
        2,
        3,
        3,
        None,
    ]
    assert [ordinal(text) for text in ("第十二章 甲", "三、甲", "（四）甲", "5.甲", "甲")] == [12, 3, 4, 5, None]
    assert not looks_like_section("各单位按月报送有关情况。")
    outline = Outline()
    for text in ("一、特色任务", "（一）甲", "（二）乙"):
        outline.enter(text)
    assert list(outline.open.values()) == ["一、特色任务", "（二）乙"]


@pytest.mark.parametrize("text", ["第1页 共3页", "— 2 —", "-3-", "续表", "（续）", "附件1（续）", "续表2"])
def test_marks_of_printed_pages(text):
    assert is_page_mark(text)


@pytest.mark.parametrize("text", ["2", "一、续建工程", "3家", "持续改善"])
def test_what_only_looks_like_one(text):
    assert not is_page_mark(text)
