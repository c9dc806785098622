"""What stands above a table: annex numbers in every style or none, the plan's year from many places, stacked tables."""

import pytest

from desktop_app.plans import apply_answer, shipped_directory
from desktop_app.plans.caption import annex_mark, part_mark, plan_year, without_number
from desktop_app.plans.cells import Sheet, Workbook
from tests.plans.table_maker import HEADINGS, ids, imported, measure, sheet


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("附件1", (1, None)),
        ("附件 12：", (12, None)),
        ("附表二", (2, None)),
        ("附录A", (1, None)),
        ("（附件十）大气", (10, None)),
        ("附件6-3 朝阳区", (6, 3)),
        ("附件６－２", (6, 2)),
        ("附件6.2023年各区指标", (6, None)),
        ("附件", None),
        ("附件一览表", None),
        ("附件：1.大气", None),
        ("见附件6", None),
    ],
)
def test_annex_numbers(line, mark):
    assert annex_mark(line) == mark


def test_a_part_and_a_title_without_its_number():
    assert [part_mark(line) for line in ("第二部分 水", "第12部分", "部分")] == [2, 12, None]
    assert without_number("附件二：水污染防治") == "水污染防治"
    assert without_number("附件6-3 朝阳区任务") == "朝阳区任务"


@pytest.mark.parametrize(
    ("sheets", "annexes"),
    [
        ([("附件2", None), ("附件1", None)], [2, 1]),
        ([("2.大气", None), ("1.水", None)], [2, 1]),
        ([("二、大气", None), ("一、水", None)], [2, 1]),
        ([("大气", "表2 大气任务"), ("水", "表1 水任务")], [2, 1]),
        ([("大气", "表1 任务"), ("水", "表1 任务")], [1, 2]),
        ([("大气", None), ("水", None)], [1, 2]),
        ([("大气", None), ("水", "附件1")], [2, 1]),
        ([("2024年大气", None), ("3月水", None)], [1, 2]),
        ([("大气", "附件5"), ("封面", ""), ("水", None)], [5, 2]),
        ([("水", "2024年行动计划 附件3 水污染防治")], [3]),
        ([("水", "《某市2024年行动计划》（附件三）")], [3]),
        ([("大气", "2024年行动计划 附件3"), ("水", "2024年行动计划 附件3")], [1, 2]),
        ([("水", "2024年行动计划，指标见附件3")], [1]),
    ],
)
def test_annexes_by_caption_else_by_sheet_else_by_place(sheets, annexes):
    pages = []
    for title, caption in sheets:
        if caption == "":
            pages.append(sheet(title, ("北京市2024年行动计划",)))
        else:
            lines = [(caption,)] if caption else []
            pages.append(sheet(title, *lines, HEADINGS, measure(1)))
    taken = imported(*pages, name="2024.xlsx")
    assert [summary.annex for summary in taken.sheets] == annexes
    assert ids(taken.plan) == [f"{annex}-1" for annex in annexes]
    assert not taken.plan.questions


def test_the_annexes_keep_their_own_titles():
    page = sheet(
        "全部",
        ("北京市深入打好污染防治攻坚战2024年行动计划",),
        ("附件2：水污染防治",),
        HEADINGS,
        measure(1),
        ("附件1：应对气候变化2024年行动计划",),
        HEADINGS,
        measure(1),
    )
    plan = imported(page).plan
    assert [(annex.number, annex.title) for annex in plan.annexes] == [
        (1, "应对气候变化2024年行动计划"),
        (2, "水污染防治"),
    ]
    assert ids(plan) == ["2-1", "1-1"]


def test_parts_without_a_header_of_their_own():
    page = sheet(
        "全部",
        ("2024年计划",),
        ("第一部分 大气",),
        HEADINGS,
        measure(1),
        ("第二部分 水",),
        measure(1),
        measure(2),
        ("第三部分 土壤",),
        ("一、农用地",),
        measure(1),
    )
    plan = imported(page).plan
    assert ids(plan) == ["1-1", "2-1", "2-2", "3-1"]
    assert [task.section for task in plan.tasks] == ["", "", "", "一、农用地"]
    assert not plan.questions


def test_a_list_of_annexes_is_no_annex():
    page = sheet(
        "全部", ("2024年计划",), ("附件1 大气",), ("附件2 水",), ("附件2",), ("水污染防治任务",), HEADINGS, measure(1)
    )
    assert ids(imported(page).plan) == ["2-1"]


def test_a_table_that_goes_on_with_other_columns_stays_in_its_annex():
    page = sheet(
        "全部",
        ("附件3",),
        ("2024年计划",),
        HEADINGS,
        measure(1),
        ("序号", "工作措施", "完成时限", "主责单位"),
        (2, "检查6家。", "年底前", "市教委"),
    )
    plan = imported(page).plan
    assert [(task.id, task.title, len(task.owners)) for task in plan.tasks] == [
        ("3-1", "治理", 16),
        ("3-2", "检查6家", 1),
    ]


def book(*lines, title=""):
    cells = {(row, 1): text for row, text in enumerate(lines, 1)}
    return Workbook((Sheet("x", cells),), title=title)


@pytest.mark.parametrize(
    ("lines", "titles", "name", "year"),
    [
        ((), ["北京市2024年行动计划"], "", 2024),
        ((), ["北京市二〇二四年行动计划"], "", 2024),
        ((), ["“十四五”（2021—2025年）规划2024年任务"], "", 2024),
        (("北京市２０２２年行动计划",), ["大气"], "2025.xlsx", 2022),
        (("到2025年", "2025年底前", "京政办发〔2023〕4号"), ["大气"], "", 2023),
        (("京政办发〔2020〕8号、京政办发〔2021〕3号同时废止", "京政办发〔2023〕4号"), ["大气"], "", 2023),
        (("2023年目标", "2024年目标"), ["大气"], "", 2024),
        (("到2025年完成",), ["大气"], "污染防治2022年任务(1).xlsx", 2022),
        (("到2025年完成",), ["大气"], "table20230105.xlsx", 2023),
        (("2013—2017年清洁空气",), ["大气"], "", 2013),
        ((), ["大气"], "", None),
    ],
)
def test_the_year_from_the_surest_place(lines, titles, name, year):
    assert plan_year(book(*lines), titles, name) == year


def test_a_caption_repeated_on_every_page_begins_no_other_table():
    caption = (("附件1",), ("大气污染防治2024年任务",))
    page = sheet("x", *caption, HEADINGS, measure(1), *caption, HEADINGS, measure(2), ("附件1",), measure(3))
    taken = imported(page)
    assert ids(taken.plan) == ["1-1", "1-2", "1-3"]
    assert len(taken.sheets) == 1


def test_a_line_of_several_cells_between_the_mark_and_the_header():
    line = ("填报单位：市教委", None, "日期：2024年3月")
    page = sheet("x", ("附件1",), line, HEADINGS, measure(1), ("附件2",), line, HEADINGS, measure(1))
    assert ids(imported(page).plan) == ["1-1", "2-1"]


def test_a_title_may_stand_above_the_annexs_number():
    plan = imported(sheet("x", ("大气污染防治2024年任务",), ("附件3",), HEADINGS, measure(1))).plan
    assert [(annex.number, annex.title) for annex in plan.annexes] == [(3, "大气污染防治2024年任务")]


def test_annexes_of_a_column_keep_clear_of_the_others():
    headings = ("序号", "专项", "工作措施", "完成时限", "主责单位")
    rows = [(number, name, "检查5家。", "年底前", "市教委") for number, name in enumerate(("大气", "水", "水"), 1)]
    plan = imported(
        sheet("综合", ("2024年计划",), headings, *rows), sheet("土壤", ("附件1",), HEADINGS, measure(1))
    ).plan
    assert ids(plan) == ["2-1", "3-2", "3-3", "1-1"]
    assert {annex.number: annex.title for annex in plan.annexes} == {1: "土壤", 2: "大气", 3: "水"}


def test_a_column_of_annexes_waits_for_no_question_of_another_annex():
    headings = ("序号", "专项", "工作措施", "完成时限", "谁来干")
    rows = [(number, name, "检查5家。", "年底前", "市教委") for number, name in enumerate(("大气", "水"), 1)]
    plan = imported(sheet("综合", ("2024年计划",), headings, *rows)).plan
    assert [(task.id, task.section) for task in plan.tasks] == [("1-1", "大气"), ("1-2", "水")]
    settled = apply_answer(plan, "1-header-owners", "谁来干", shipped_directory())
    assert not any(task.open_questions for task in settled.tasks)
    assert imported(
        sheet("综合", ("2024年计划",), headings, *rows), answers={"1-header-owners": "谁来干"}
    ).plan.tasks == (settled.tasks)
