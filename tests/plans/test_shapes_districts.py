"""Districts in tables: down a column or along a row, with the whole city beside them, and as owners of a table."""

from decimal import Decimal

import pytest

from desktop_app.model.plan import Direction, TargetKind
from desktop_app.plans import shipped_directory
from desktop_app.plans.district_names import district_of, district_within, is_total
from desktop_app.plans.indicator_cells import name_and_unit, read_cell
from tests.plans.table_maker import HEADINGS, ids, imported, measure, sheet

TASKS = sheet("任务", ("附件1",), ("2024年计划",), HEADINGS, measure(1))
A, M = Direction.AT_LEAST, Direction.AT_MOST


def indicators(*rows, merge=()):
    plan = imported(TASKS, sheet("区指标", ("附件6",), ("2024年各区指标",), *rows, merge=merge)).plan
    return plan, {
        row.name: (row.group, row.unit, {each.scope: (each.direction, str(each.value)) for each in row.targets})
        for row in plan.indicators
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("东 城", "110101"),
        ("1.东城区", "110101"),
        ("（2）西城区", "110102"),
        ("三、朝阳区", "110105"),
        ("朝阳区人民政府", "110105"),
        ("北京市海淀区人民政府", "110108"),
        ("亦庄", "BJ-BDA"),
        ("经开区", "BJ-BDA"),
        ("北京经开区", "BJ-BDA"),
        ("亦庄经开区", "BJ-BDA"),
        ("通州区（城市副中心）", "110112"),
        ("各区", None),
        ("东城区、西城区", None),
        ("全市", None),
        ("", None),
    ],
)
def test_district_names(text, code):
    unit = district_of(text, shipped_directory())
    assert (unit.code if unit else None) == code


def test_the_whole_city_is_no_district():
    assert all(map(is_total, ("全市", "合 计", "全市平均", "总计：", "市级")))
    assert not any(map(is_total, ("全市域", "东城区", "计划")))


def test_the_one_district_of_a_title():
    directory = shipped_directory()
    assert district_within(("附件6-3 朝阳区2024年重点任务",), directory).code == "110105"
    assert district_within(("朝阳区", "朝阳区2024年计划"), directory).code == "110105"
    assert district_within(("朝阳区、海淀区任务",), directory) is None
    assert district_within(("2024年计划",), directory) is None
    assert district_within(("各区（含北京经济技术开发区）任务",), directory) is None


def test_districts_along_the_header():
    plan, found = indicators(
        ("序号", "类别", "指标名称", "单位", "全市", "东城", "西 城 区", "朝阳区", "备注"),
        ("一、大气",),
        (1, "空气", "PM2.5年均浓度", "微克/立方米", "≤32", "≤30", "≤31", "持续改善", "略"),
        (2, "空气", "降尘量（≤）", "吨/平方公里·月", 5, 5, 5, "/", "略"),
        ("二、水",),
        (3, "水", "达标率", "%", 100, "95以上", "—", "下降3%", "略"),
        ("注：“/”表示不涉及。",),
        merge=("A4:I4", "A7:I7", "B5:B6"),
    )
    assert found == {
        "PM2.5年均浓度": (
            "空气",
            "微克/立方米",
            {"110101": (M, "30"), "110102": (M, "31"), "110105": (Direction.IMPROVE, "None")},
        ),
        "降尘量": ("空气", "吨/平方公里·月", {"110101": (M, "5"), "110102": (M, "5")}),
        "达标率": ("水", "%", {"110101": (A, "95"), "110105": (Direction.DECREASE, "3")}),
    }
    assert [row.id for row in plan.indicators] == ["6-1", "6-2", "6-3"]
    assert plan.annexes[-1].notes == ("注：“/”表示不涉及。",)
    assert not any("不是已知的区" in warning for warning in plan.warnings)


def test_sections_stand_in_for_groups_where_there_is_no_such_column():
    _plan, found = indicators(
        ("序号", "指标", "东城区", "西城区", "朝阳区"),
        ("一", "大气环境"),
        (1, "PM2.5浓度(微克/立方米)", 30, 31, 32),
        ("二", "水环境"),
        (2, "达标率(%)", 100, 100, 95),
    )
    assert [(name, group) for name, (group, _unit, _targets) in found.items()] == [
        ("PM2.5浓度", "大气环境"),
        ("达标率", "水环境"),
    ]


def test_a_header_of_three_rows_with_units_of_their_own():
    _plan, found = indicators(
        ("序号", "区", "大气环境", None, "水环境"),
        (None, None, "PM2.5", "降尘量", "达标率"),
        (None, None, "微克/立方米", "吨/平方公里·月", "%"),
        ("全市", None, 32, 5, 100),
        (1, "东城区", 30, 5, "/"),
        (2, "西城区", 31, 5, 100),
        (3, "朝阳区", "32", "不高于5", "95以上"),
        ("合计", None, None, None, None),
        merge=("A3:A5", "B3:B5", "C3:D3"),
    )
    assert {name: (group, unit) for name, (group, unit, _targets) in found.items()} == {
        "PM2.5": ("大气环境", "微克/立方米"),
        "降尘量": ("大气环境", "吨/平方公里·月"),
        "达标率": ("水环境", "%"),
    }
    assert found["达标率"][2] == {"110102": (A, "100"), "110105": (A, "95")}


def test_a_total_among_the_indicators_is_none():
    _plan, found = indicators(
        ("区", "机动车(辆)", "合计", "备注"), ("东城区", 1, 2, "x"), ("西城区", 3, 4, "x"), ("朝阳区", 5, 6, "x")
    )
    assert list(found) == ["机动车"]


def test_an_unknown_name_among_districts_is_said_and_the_whole_city_is_not():
    plan, _found = indicators(
        ("区", "a(家)", "b(家)"),
        ("东城区", 1, 2),
        ("崇文区", 1, 2),
        ("首都功能核心区",),
        ("西城区", 1, 2),
        ("全市", 1, 2),
        ("朝阳区", 1, 2),
        merge=("A6:C6",),
    )
    assert [warning for warning in plan.warnings if "区」" in warning] == [
        "区指标第5行的「崇文区」不是已知的区，没有读取。"
    ]


def test_measures_with_a_part_for_each_district():
    headings = ("序号", "工作措施", "单位", "全市", "东城区", "西城区", "朝阳区", "完成时限", "主责单位")
    plan = imported(
        sheet(
            "任务",
            ("附件2",),
            ("2024年任务",),
            headings,
            (1, "餐饮业治理", "家", 300, 100, "/", 200, "年底前", "各区政府"),
        )
    ).plan
    (task,) = plan.tasks
    assert task.goal_raw == "300家，其中东城区100家、朝阳区200家"
    assert {target.scope: (str(target.value), target.unit) for target in task.targets} == {
        None: ("300", "家"),
        "110101": ("100", "家"),
        "110105": ("200", "家"),
    }
    assert not plan.questions
    assert not plan.warnings


@pytest.mark.parametrize("deadline", [True, False])
def test_ticks_under_the_districts_name_the_owners(deadline):
    headings = ("序号", "重点任务", "工作措施", "东城区", "西城区", "朝阳区", *(["完成时限"] if deadline else []))
    rows = [(1, "t", "甲", "√", None, "√", "年底前"), (2, "t", "乙", None, "√", None, "年底前")]
    plan = imported(sheet("任务", ("附件2",), ("2024年任务",), headings, *[row[: len(headings)] for row in rows])).plan
    assert [task.owners for task in plan.tasks] == [("110101", "110105"), ("110102",)]
    assert [question.id for question in plan.questions] == ([] if deadline else ["2-header-deadline"])


def test_a_sheet_of_one_districts_own_tasks():
    headings = ("序号", "特色任务", "完成时限")
    taken = imported(
        TASKS,
        sheet("朝阳区", headings, (1, "治理3公里。", "年底前")),
        sheet("海淀", headings, (1, "治理2公里。", "年底前")),
    )
    assert [(task.id, task.owners) for task in taken.plan.tasks[1:]] == [("2-1", ("110105",)), ("3-1", ("110108",))]
    assert not taken.plan.questions


def test_sections_that_are_districts_own_their_measures():
    headings = ("序号", "特色任务", "完成时限")
    plan = imported(
        sheet(
            "特色",
            ("2024年各区特色任务清单",),
            headings,
            ("一、东城区",),
            (1, "甲", "年底前"),
            (2, "乙", "年底前"),
            ("二、朝阳区",),
            (1, "丙", "年底前"),
            ("开发区",),
            (1, "丁", "年底前"),
        )
    ).plan
    assert [(task.id, *task.owners) for task in plan.tasks] == [
        ("1-1.1", "110101"),
        ("1-1.2", "110101"),
        ("1-2.1", "110105"),
        ("1-3.1", "BJ-BDA"),
    ]
    assert {task.obligation for task in plan.tasks} == {"district_specific"}
    assert not plan.questions


def test_a_column_of_districts_beside_their_measures():
    plan = imported(
        sheet(
            "特色",
            ("2024年各区特色任务清单",),
            ("区", "序号", "特色任务", "工作措施", "完成时限"),
            ("东城区", 1, "t", "甲", "年底前"),
            (None, 2, "t", "乙", "年底前"),
            ("朝阳区", 1, "t", "丙", "年底前"),
            ("西城区", 1, "t", "丁", "年底前"),
            merge=("A3:A4",),
        )
    ).plan
    assert [(task.id, task.section, *task.owners) for task in plan.tasks] == [
        ("1-1.1", "东城区", "110101"),
        ("1-1.2", "东城区", "110101"),
        ("1-2.1", "朝阳区", "110105"),
        ("1-3.1", "西城区", "110102"),
    ]


def test_tasks_and_indicators_of_one_annex_have_ids_of_their_own():
    taken = imported(
        sheet(
            "指标",
            ("附件6",),
            ("2024年各区指标",),
            ("区", "a(家)", "b(家)"),
            *[(d, 1, 2) for d in ("东城", "西城", "朝阳")],
        ),
        sheet("任务", ("附件6",), ("2024年各区任务",), HEADINGS, measure(1), measure(2)),
    )
    everything = [*ids(taken.plan), *(row.id for row in taken.plan.indicators)]
    assert len(set(everything)) == 4
    assert not taken.plan.questions


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("降尘量(吨/平方公里·月)", ("降尘量", "吨/平方公里·月", None)),
        ("PM2.5年均浓度（≤，微克/立方米）", ("PM2.5年均浓度", "微克/立方米", True)),
        ("达标率（%，下限）", ("达标率", "%", False)),
        ("断面达标率≥(%)", ("断面达标率", "%", False)),
        ("生态环境质量指数(EI)", ("生态环境质量指数(EI)", "", None)),
        ("新能源车【辆】", ("新能源车", "辆", None)),
        ("造林", ("造林", "", None)),
    ],
)
def test_unit_and_direction_in_a_heading(heading, expected):
    assert name_and_unit(heading) == expected


@pytest.mark.parametrize(
    ("text", "kind", "direction", "value", "unit"),
    [
        ("下降3%", TargetKind.RATIO, Direction.DECREASE, "3", "%"),
        ("同比提高2个百分点", TargetKind.RATIO, Direction.INCREASE, "2", "个百分点"),
        ("12辆以上", TargetKind.QUANTITY, A, "12", "辆"),
        ("控制在40", TargetKind.CEILING, M, "40", ""),
        ("不低于95%", TargetKind.RATIO, A, "95", "%"),
    ],
)
def test_cells_that_say_more_than_a_figure(text, kind, direction, value, unit):
    target = read_cell(text, "x", "", "110105", upper=False)
    assert (target.kind, target.direction, target.value, target.unit) == (kind, direction, Decimal(value), unit)
