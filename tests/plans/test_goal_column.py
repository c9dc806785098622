"""The goal column 年度目标: terse cells speak of what the measure names."""

import pytest

from desktop_app.model.plan import Direction, TargetKind

HEADINGS = ("序号", "任务", "年度目标", "时限", "责任单位")


@pytest.mark.parametrize(
    ("measure", "goal", "kind", "direction", "value", "unit"),
    [
        ("PM2.5年均浓度", "33微克/立方米", TargetKind.CEILING, Direction.AT_MOST, "33", "微克/立方米"),
        ("PM2.5年均浓度", "≤33微克/立方米", TargetKind.CEILING, Direction.AT_MOST, "33", "微克/立方米"),
        ("餐饮业深度治理", "260家", TargetKind.QUANTITY, Direction.AT_LEAST, "260", "家"),
        ("受污染耕地安全利用率", "95%以上", TargetKind.RATIO, Direction.AT_LEAST, "95", "%"),
        ("降尘量", "控制在3.2吨/平方公里·月以内", TargetKind.CEILING, Direction.AT_MOST, "3.2", "吨/平方公里·月"),
        ("污水管线建设", "完成50公里", TargetKind.QUANTITY, Direction.AT_LEAST, "50", "公里"),
    ],
)
def test_a_bare_figure_is_read_with_the_measure(read, measure, goal, kind, direction, value, unit):
    task = read((1, measure, goal, "年底前", "朝阳区"), headings=HEADINGS).plan.task("1-1")
    (target,) = [target for target in task.targets if target.value is not None]
    assert (target.kind, target.direction, str(target.value), target.unit) == (kind, direction, value, unit)
    assert task.goal_raw == goal


def test_a_figure_in_both_columns_is_one_target(read):
    row = (1, "完成260家餐饮业深度治理", "260家", "年底前", "朝阳区")
    task = read(row, headings=HEADINGS).plan.task("1-1")
    assert [(str(target.value), target.unit) for target in task.targets] == [("260", "家")]


def test_a_file_of_district_figures_alone_is_a_plan_without_measures(read):
    rows = [("朝阳区", "33", "600"), ("海淀区", "32", "/"), ("通州区", "34", "900")]
    taken = read(*rows, headings=("区", "PM2.5年均浓度(微克/立方米)", "造林(亩)"), title="2024年各区指标")
    assert taken.plan.tasks == ()
    assert [len(row.targets) for row in taken.plan.indicators] == [3, 2]
