"""A table with headings in words of its own: never refused, never guessed, and answered to a full plan."""

import pytest

from desktop_app.errors import ClerkError
from desktop_app.plans import apply_answer, shipped_directory
from tests.plans.table_maker import HEADINGS, imported, measure, sheet

pytestmark = pytest.mark.usefixtures("read_here")
DIRECTORY = shipped_directory()
TITLE = ("2024年我们要做的事",)
OWN = ("要做的事", "谁来做", "什么时候做完", "谁帮忙")
ROWS = (
    ("做完五个村的污水治理", "市水务局", "年底前", "市财政局"),
    ("查一百家工地", "各区政府", "6月底前", None),
    ("种树2万亩", "相关区政府", "长期", "市水务局"),
)
NUMBERED = [(number, *each) for number, each in enumerate(ROWS, 1)]
COLUMNS = {"measure": 0, "owners": 1, "deadline": 2}


def suggested(plan):
    """The first choice of every question about a column."""
    return {question.id: question.choices[0] for question in plan.questions if question.kind == "header"}


@pytest.mark.parametrize("number", ["", "排队", "第几件"])
@pytest.mark.parametrize(
    "headings", [OWN, ("干啥", "哪家", "几时", "搭手的"), ("甲", "乙", "丙", "丁"), ("事", "人", "日子", "其他")]
)
def test_every_column_is_asked_about_with_the_likely_one_first(headings, number):
    first = (number, *headings) if number else headings
    plan = imported(sheet("x", TITLE, first, *(NUMBERED if number else ROWS))).plan
    asked = suggested(plan)
    assert {name: asked[f"1-header-{name}"] for name in COLUMNS} == {name: headings[at] for name, at in COLUMNS.items()}
    assert [(task.id, task.measure, task.owners, task.deadline.raw) for task in plan.tasks] == [
        (f"1-{n}", "", (), "") for n in (1, 2, 3)
    ]
    assert all({f"1-header-{name}" for name in COLUMNS} <= set(task.open_questions) for task in plan.tasks)


def test_the_answers_make_a_full_plan():
    page = sheet("x", TITLE, OWN, *ROWS)
    plan = imported(page).plan
    answers = {**suggested(plan), "1-3-owners": "朝阳区"}
    given = imported(page, answers=answers).plan
    assert [(task.measure, len(task.owners), task.supporters, str(task.deadline.day)) for task in given.tasks] == [
        ("做完五个村的污水治理", 1, ("BJ-CZJ",), "2024-12-31"),
        ("查一百家工地", 16, (), "2024-06-30"),
        ("种树2万亩", 1, ("BJ-SHUIW",), "None"),
    ]
    assert [task.title for task in given.tasks] == ["做完五个村的污水治理", "查一百家工地", "种树2万亩"]
    assert not any(task.open_questions for task in given.tasks)
    for key, choice in answers.items():
        plan = apply_answer(plan, key, choice, DIRECTORY)
    assert plan.tasks == given.tasks


def test_beside_another_table_only_one_that_holds_measures_dates_and_units():
    contacts = sheet("通讯录", ("单位", "联系人", "手机"), ("市水务局", "张三", "138"), ("市教委", "李四", "139"))
    duties = sheet("职责", ("内容", "谁来做", "备考"), *((text, unit, "在岗") for text, unit, *_rest in ROWS))
    taken = imported(sheet("甲", TITLE, HEADINGS, measure(1)), sheet("乙", OWN, *ROWS), contacts, duties)
    assert [summary.title for summary in taken.sheets] == ["甲", "乙"]
    assert [name for name in ("通讯录", "职责") if any(name in warning for warning in taken.plan.warnings)] == [
        "通讯录",
        "职责",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("单位", "联系人", "手机"), ("市水务局", "张三", "138"), ("市教委", "李四", "139")],
        [("检查5家企业", "市教委", "年底前"), ("检查6家企业", "市水务局", "年底前")],
        [("要做的事", "谁来做", "什么时候做完")],
    ],
)
def test_what_holds_no_measures_under_headings_is_no_table(rows):
    with pytest.raises(ClerkError, match="没有找到任务表"):
        imported(sheet("x", TITLE, *rows))


def test_roles_inside_a_column_that_a_person_named():
    headings = ("序号", "工作任务", "责任单位及配合单位", "完成时限")
    page = sheet("x", TITLE, headings, (1, "检查5家。", "责任单位：市教委\n配合单位：市水务局", "年底前"))
    plan = imported(page).plan
    assert "1-header-owners" in [question.id for question in plan.questions]
    settled = apply_answer(plan, "1-header-owners", "责任单位及配合单位", DIRECTORY).tasks[0]
    assert (settled.owners, settled.supporters) == (("BJ-JW",), ("BJ-SHUIW",))


def test_owners_of_the_city_and_of_the_districts_in_two_columns():
    headings = ("序号", "工作任务", "市级责任单位", "区级责任单位", "完成时限")
    plan = imported(sheet("x", TITLE, headings, (1, "检查5家。", "市教委", "朝阳区", "年底前"))).plan
    assert (plan.tasks[0].owners, plan.questions) == (("BJ-JW", "110105"), ())
