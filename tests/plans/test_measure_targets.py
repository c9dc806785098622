"""Figures in a measure's words: which of them ask for something, and for what."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.plan import Direction, Target, TargetKind
from desktop_app.plans import shipped_directory
from desktop_app.plans.target import in_unit, read_targets

DIRECTORY = shipped_directory()
A, M, D = Direction.AT_LEAST, Direction.AT_MOST, Direction.DECREASE
Q, C, R = TargetKind.QUANTITY, TargetKind.CEILING, TargetKind.RATIO

ONE = {
    "检查企业8,000家": (Q, A, "8000", "家"),
    "抽查１２０家企业": (Q, A, "120", "家"),
    "绿色化提升三十家。": (Q, A, "30", "家"),
    "创建示范区两个。": (Q, A, "2", "个"),
    "完成不少于十二个村": (Q, A, "12", "个村"),
    "改造1.34万户": (Q, A, "1.34", "万户"),
    "退出企业10-15家": (Q, A, "10", "家"),
    "投资5亿元": (Q, A, "5", "亿元"),
    "新建5G基站300个": (Q, A, "300", "个"),
    "2023年4月底前完成30家": (Q, A, "30", "家"),
    "培育10家以上绿色企业": (Q, A, "10", "家"),
    "35蒸吨及以下锅炉改造10台": (Q, A, "10", "台"),
    "优良天数不少于280天": (Q, A, "280", "天"),
    "利用率≥98%": (R, A, "98", "%"),
    "安装率100%": (R, A, "100", "%"),
    "配套率保持100%": (R, A, "100", "%"),
    "PM2.5浓度同比下降5%以上": (R, D, "5", "%"),
    "碳排放强度下降率3%左右": (R, A, "3", "%"),
    "Ⅴ类水比例控制在22%以内": (C, M, "22", "%"),
    "不合格占比不高于5%": (C, M, "5", "%"),
    "细颗粒物浓度32微克/立方米": (C, M, "32", "微克/立方米"),
    "PM10年均浓度不高于60微克/立方米": (C, M, "60", "微克/立方米"),
    "10个工作日内办结": (C, M, "10", "个工作日"),
    "电能利用效率（PUE）不高于1.3。": (C, M, "1.3", ""),
    "劣Ⅴ类断面数不高于0个": (C, M, "0", "个"),
}
NONE = [
    "对2000平方米以上的裸露地块逐块建账",
    "日处理能力20吨以上的设施加强监管",
    "执行节能率80%以上的设计标准",
    "淘汰国三柴油货车和国四汽油车",
    "监测PM2.5和PM10",
    "编制2022年度清单",
    "组织17个地区会审",
    "深化“一微克”行动",
    "年度指标见附件6",
    "培育A级、5A级单位",
    "发现一处、整改一处",
    "向五条主要河流实施生态补水",
    "执行GB 3095-2012标准",
    "24小时在线监测",
    "分4批通报典型案例",
    "连续两月靠后的由市级部门约谈",
    "达到“六个百分百”",
]


@pytest.mark.parametrize("text", ONE)
def test_one_figure(text):
    (target,) = read_targets(text, DIRECTORY)
    assert (target.kind, target.direction, str(target.value), target.unit) == ONE[text]
    assert target.indicator


@pytest.mark.parametrize("text", NONE)
def test_figures_that_ask_for_nothing(text):
    (target,) = read_targets(text, DIRECTORY)
    assert target.value is None
    assert target.kind in (TargetKind.QUALITATIVE, TargetKind.TREND)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("火点数同比下降", Direction.DECREASE),
        ("浓度同比持续改善", Direction.IMPROVE),
        ("力争稳中向好", Direction.IMPROVE),
        ("水质保持稳定", Direction.STABLE),
        ("绿色出行比例持续提升", Direction.INCREASE),
    ],
)
def test_trends(text, direction):
    (target,) = read_targets(text, DIRECTORY)
    assert (target.kind, target.direction) == (TargetKind.TREND, direction)


def test_figures_for_single_units():
    text = "治理800蒸吨，其中朝阳区320蒸吨、海淀区300蒸吨、北京经济技术开发区180蒸吨。"
    found = [(target.scope, str(target.value)) for target in read_targets(text, DIRECTORY)]
    assert found == [(None, "800"), ("110105", "320"), ("110108", "300"), ("BJ-BDA", "180")]


def test_a_place_that_begins_like_a_district_is_no_scope():
    (target,) = read_targets("密云水库周边整治12处", DIRECTORY)
    assert target.scope is None


def test_the_words_are_kept_as_written():
    (target,) = read_targets("抽查１２０家企业", DIRECTORY)
    assert target.raw == "抽查１２０家"


@given(
    st.integers(1, 10**8),
    st.sampled_from(["家", "户", "万亩", "公里", "蒸吨", "个村", "万平方米", "亿千瓦时", "万辆次"]),
)
def test_any_amount_is_read_back(value, unit):
    for text in (f"完成治理{value}{unit}。", f"完成治理{value:,}{unit}，持续推进", f"完成{value}{unit}治理"):
        (target,) = read_targets(text, DIRECTORY)
        assert (target.value, target.unit, target.kind) == (value, unit, Q)


@given(st.decimals(0, 1000, places=2, allow_nan=False))
def test_units_change_the_figure_and_not_the_amount(value):
    target = Target("x", Q, A, value, "亩")
    there = in_unit(target, "万亩")
    assert there.value * 10_000 == value
    assert in_unit(there, "亩").value == value


def test_units_of_other_things_do_not_fit():
    assert in_unit(Target("x", Q, A, Decimal(1), "家"), "亩") is None


@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    assert read_targets(text, DIRECTORY)
