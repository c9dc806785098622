"""Headings: exact synonyms however they are set, and a question for every other one that may be a column of ours."""

import pytest

from desktop_app.errors import ClerkError
from desktop_app.plans import apply_answer, shipped_directory
from desktop_app.plans.heading_words import field_of, is_foreign, resembled
from tests.plans.table_maker import HEADINGS, ids, imported, measure, sheet

BASE = ("序号", "工作措施", "完成时限", "主责单位")
ROW = (1, "检查5家。", "年底前", "市教委")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("牵头部门", "lead"),
        ("牵头单位及责任人", "lead"),
        ("牵 头\n单 位", "lead"),
        ("牵头单位、责任人", "lead"),
        ("主责单位（牵头落实）", "owners"),
        ("【主责单位】", None),
        ("责任单位：", "owners"),
        ("配合单位", "supporters"),
        ("时限要求*", "deadline"),
        ("完成时限（2024年）", "deadline"),
        ("2024年工作措施", "measure"),
        ("2024年度目标", "goal"),
        ("任务类别", "topic"),
        ("★", "key"),
        ("今年任务数", None),
        ("2023", None),
        ("单位", "unit"),
    ],
)
def test_what_a_heading_names(heading, name):
    assert field_of(heading) == name


@pytest.mark.parametrize("heading", ["备注", "联系电话", "资金（万元）", "2023年完成情况", "责任人", "12"])
def test_plainly_foreign_headings(heading):
    assert is_foreign(heading)


def test_what_a_heading_resembles_comes_with_the_likeliest_first():
    assert [resembled(heading)[0] for heading in ("今年任务数", "谁来干", "啥时候", "总牵头方", "协同方")] == [
        "goal",
        "owners",
        "deadline",
        "lead",
        "supporters",
    ]
    assert resembled("颜色") == ()


def test_an_unknown_heading_is_asked_about_though_nothing_is_missing():
    page = sheet("大气", ("2024年计划",), (*BASE, "今年任务数", "备注", "颜色"), (*ROW, "120家", "略", "红"))
    plan = imported(page).plan
    (question,) = plan.questions
    assert (question.id, question.kind, question.subject) == ("1-header-c5", "header", "今年任务数")
    assert (question.choices[0], question.choices[-1]) == ("年度目标", "不读这一列")
    assert plan.tasks[0].open_questions == ("1-header-c5",)
    assert plan.unread == (("1-1", "今年任务数", "120家"),)
    assert any("备注" in warning and "颜色" in warning for warning in plan.warnings)
    settled = apply_answer(plan, question.id, "年度目标", shipped_directory())
    assert (settled.tasks[0].goal_raw, settled.tasks[0].open_questions, settled.unread) == ("120家", (), ())
    assert imported(page, answers={question.id: "年度目标"}).plan.tasks == settled.tasks
    unread = apply_answer(plan, question.id, "不读这一列", shipped_directory())
    assert (unread.tasks[0].goal_raw, unread.tasks[0].open_questions) == ("", ())
    with pytest.raises(ClerkError, match="没有"):
        apply_answer(plan, question.id, "主责单位", shipped_directory())


def test_every_choice_of_every_header_question_is_an_answer():
    page = sheet(
        "大气",
        ("2024年计划",),
        ("序号", "怎么做", "谁来干", "完成时限", "今年任务数", "协同方", "区级部门"),
        (1, "检查5家。", "市教委", "年底前", "5家", "市水务局", "市财政局"),
    )
    plan = imported(page).plan
    assert [question.id for question in plan.questions] == [
        "1-header-measure",
        "1-header-owners",
        "1-header-c5",
        "1-header-c6",
    ]
    for question in plan.questions:
        for choice in question.choices:
            settled = apply_answer(plan, question.id, choice, shipped_directory())
            assert next(each for each in settled.questions if each.id == question.id).answer == choice
            assert question.id not in settled.tasks[0].open_questions


def test_header_answers_give_the_same_at_import_and_later():
    page = sheet(
        "大气",
        ("2024年计划",),
        ("序号", "怎么做", "谁来干", "完成时限", "今年任务数", "协同方"),
        (1, "检查5家。", "市教委", "年底前", "5家", "市水务局"),
        (2, "检查6家。", "市水务局", "年底前", "6家", "市财政局"),
    )
    answers = {
        "1-header-measure": "怎么做",
        "1-header-owners": "谁来干",
        "1-header-c5": "年度目标",
        "1-header-c6": "协办单位",
    }
    later = imported(page).plan
    for key, choice in answers.items():
        later = apply_answer(later, key, choice, shipped_directory())
    given = imported(page, answers=answers).plan
    assert given.tasks == later.tasks
    assert [(task.measure, task.owners, task.supporters, task.goal_raw) for task in given.tasks] == [
        ("检查5家。", ("BJ-JW",), ("BJ-SHUIW",), "5家"),
        ("检查6家。", ("BJ-SHUIW",), ("BJ-CZJ",), "6家"),
    ]


def test_a_second_column_of_units_is_asked_about():
    plan = imported(
        sheet("大气", ("2024年计划",), (*BASE, "责任单位"), (*ROW, "市财政局")),
    ).plan
    (question,) = plan.questions
    assert question.subject == "责任单位"
    assert question.choices[0] in ("牵头部门", "协办单位")
    assert plan.tasks[0].owners == ("BJ-JW",)


def test_a_table_with_only_a_lead_asks_who_owns():
    page = sheet(
        "大气",
        ("2024年计划",),
        ("序号", "工作任务", "完成时间", "牵头单位", "配合单位", "进展情况"),
        (1, "检查5家。", "年底前", "市教委", "各区政府", ""),
    )
    plan = imported(page).plan
    (question,) = plan.questions
    assert (question.id, question.choices) == ("1-header-owners", ("牵头单位", "配合单位"))
    settled = apply_answer(plan, question.id, "牵头单位", shipped_directory())
    assert (settled.tasks[0].owners, settled.tasks[0].lead) == (("BJ-JW",), ("BJ-JW",))


def test_a_table_without_deadlines_may_be_all_year_end():
    page = sheet("大气", ("2024年计划",), ("序号", "工作任务", "责任单位"), (1, "检查5家。", "市教委"))
    plan = imported(page).plan
    (question,) = plan.questions
    assert question.choices == ("没有这一列，都是年底前", "没有这一列")
    settled = apply_answer(plan, question.id, question.choices[0], shipped_directory()).tasks[0]
    assert (settled.deadline.kind, settled.open_questions) == ("year_end", ())
    none = apply_answer(plan, question.id, "没有这一列", shipped_directory()).tasks[0]
    assert none.open_questions == ("1-1-deadline",)


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        (("规定动作", "特色任务"), ["mandatory", "district_specific"]),
        (("大气", "水"), [None, None]),
    ],
)
def test_a_column_of_kinds_is_told_by_what_it_holds(cells, kinds):
    rows = [(number, cell, "检查5家。", "年底前", "市教委") for number, cell in enumerate(cells, 1)]
    headings = ("序号", "任务类型", "工作措施", "完成时限", "主责单位")
    plan = imported(sheet("x", ("2024年计划",), headings, *rows)).plan
    assert [task.obligation for task in plan.tasks] == kinds
    assert [task.title == cell for task, cell in zip(plan.tasks, cells, strict=True)] == [
        kind is None for kind in kinds
    ]


@pytest.mark.parametrize(("cell", "goal", "owners"), [("家", "120家", ()), ("市水务局", "120", ("BJ-SHUIW",))])
def test_a_column_of_units_is_told_by_what_it_holds(cell, goal, owners):
    headings = ("序号", "工作措施", "年度目标", "单位", "完成时限")
    task = imported(sheet("x", ("2024年计划",), headings, (1, "治理", 120, cell, "年底前"))).plan.tasks[0]
    assert (task.goal_raw, task.owners) == (goal, owners)


def test_roles_named_inside_one_cell():
    page = sheet(
        "x",
        ("2024年计划",),
        ("序号", "工作措施", "完成时限", "责任单位"),
        (1, "治理5家。", "年底前", "牵头：市水务局\n主责：各区政府\n配合：市教委、市财政局"),
    )
    task = imported(page).plan.tasks[0]
    assert (task.lead, len(task.owners), task.supporters) == (("BJ-SHUIW",), 16, ("BJ-JW", "BJ-CZJ"))


def grouped(group, *leaves):
    """A header in which one heading stands over several columns, and the area that it is merged over."""
    top = ("序号", "工作措施", "完成时限", "牵头部门", group, *[None] * (len(leaves) - 1))
    merge = ("A2:A3", "B2:B3", "C2:C3", "D2:D3", f"E2:{'EFGH'[len(leaves) - 1]}2")
    return top, (None, None, None, None, *leaves), merge


def test_owners_in_two_columns_under_one_heading():
    top, second, merge = grouped("主责单位", "市级", "区级")
    row = (1, "检查5家。", "年底前", "市水务局", "市教委", "朝阳区政府")
    plan = imported(sheet("x", ("2024年计划",), top, second, row, merge=merge)).plan
    assert plan.tasks[0].owners == ("BJ-JW", "110105")
    assert not plan.questions


def test_a_unit_and_a_person_under_one_heading():
    top, second, merge = grouped("主责单位", "单位", "责任人")
    row = (1, "检查5家。", "年底前", "市水务局", "市教委", "张三")
    plan = imported(sheet("x", ("2024年计划",), top, second, row, merge=merge)).plan
    assert (plan.tasks[0].owners, plan.questions) == (("BJ-JW",), ())


@pytest.mark.parametrize("years", [("2024年", "2025年"), ("2025年", "2024年")])
def test_of_the_goals_of_two_years_the_later_is_taken(years):
    top, second, merge = grouped("年度目标", *years)
    row = (1, "治理", "年底前", "市水务局", *(f"{year[2:4]}家" for year in years))
    plan = imported(sheet("x", ("2025年计划",), top, second, row, merge=merge)).plan
    assert plan.tasks[0].goal_raw == "25家"


def test_a_second_table_beside_the_first_is_said_not_mixed_in():
    page = sheet("x", ("2024年计划",), (*BASE, None, *BASE), (*ROW, None, 2, "别的", "6月底前", "市水务局"))
    plan = imported(page).plan
    assert ids(plan) == ["1-1"]
    assert plan.tasks[0].owners == ("BJ-JW",)
    assert any("并排" in warning for warning in plan.warnings)


@pytest.mark.parametrize("title", ["填写示例", "说 明", "下拉选项"])
def test_a_sheet_that_shows_how_to_fill_in_is_no_annex(title):
    shown = sheet(title, HEADINGS, measure(1, "示例：检查5家。"))
    taken = imported(shown, sheet("大气", ("2024年计划",), HEADINGS, measure(1)))
    assert [each.title for each in taken.sheets] == ["大气"]
    assert any(title in warning for warning in taken.plan.warnings)
    assert ids(imported(shown, name="2024.xlsx").plan) == ["1-1"]


def test_lists_to_choose_from_are_no_table():
    lists = sheet("Sheet2", ("完成时限", "主责单位", "协办单位"), ("年底前", "市教委", "市水务局"))
    assert len(imported(sheet("大气", ("2024年计划",), HEADINGS, measure(1)), lists).plan.tasks) == 1


def test_the_title_may_hold_words_of_the_header():
    page = sheet("x", ("2024年重点任务",), ("任务",), HEADINGS, measure(1))
    assert ids(imported(page).plan) == ["1-1"]


def test_questions_of_two_tables_of_one_annex_do_not_mix():
    plan = imported(
        sheet("甲", ("附件6-1",), ("2024年计划",), (*BASE, "今年任务数"), (*ROW, "9家")),
        sheet("乙", ("附件6-2",), ("2024年计划",), ("序号", "工作措施", "完成时限", "谁来干"), ROW),
    ).plan
    assert [question.id for question in plan.questions] == ["6-header-c5", "6-header-2-owners"]
    once = apply_answer(plan, "6-header-c5", "年度目标", shipped_directory())
    assert [task.goal_raw for task in once.tasks] == ["9家", ""]
    assert "6-header-2-owners" in once.tasks[1].open_questions
    both = apply_answer(once, "6-header-2-owners", "谁来干", shipped_directory())
    assert [task.owners for task in both.tasks] == [("BJ-JW",), ("BJ-JW",)]
    assert not any(task.open_questions for task in both.tasks)
